#include "tests/hostile/process_cost.h"

#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "core/check.h"

namespace tidings::hostile {
namespace {

// The kernel's own maximum (proc(5), VmHWM), which misses nothing between two looks.
std::size_t resident_bytes_peak() {
  std::ifstream file("/proc/self/status");
  std::string word;
  while (file >> word && word != "VmHWM:") continue;
  std::size_t kilobytes = 0;
  file >> kilobytes;
  CHECK(file);
  return kilobytes * 1024;
}

void forget_resident_peak() {
  std::ofstream file("/proc/self/clear_refs");
  file << "5" << std::flush;
  CHECK(file);
}

}  // namespace

std::size_t resident_bytes() {
  std::ifstream file("/proc/self/statm");
  std::size_t all = 0, resident = 0;
  file >> all >> resident;
  return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

std::size_t open_descriptors() {
  const auto all = std::filesystem::directory_iterator("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(all), end(all))) - 1;  // its own
}

CostWatch::CostWatch() {
  malloc_trim(0);  // what earlier ones left would be taken again, and not seen
  resident_before_ = resident_bytes();
  descriptors_before_ = open_descriptors();
  forget_resident_peak();
}

void CostWatch::look() {
  const auto beyond = [](std::size_t now, std::size_t before) {
    return now > before ? now - before : 0;
  };
  resident_growth_ = std::max(resident_growth_, beyond(resident_bytes_peak(), resident_before_));
  descriptors_growth_ =
      std::max(descriptors_growth_, beyond(open_descriptors(), descriptors_before_));
}

}  // namespace tidings::hostile
