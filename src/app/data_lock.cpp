#include "app/data_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include <fmt/format.h>

#include "core/strings.h"

namespace tidings::app {
namespace {

std::filesystem::path lock_path(const std::filesystem::path& data) {
  return data / "tidings.lock";
}

std::string read_pid(int file) {
  std::array<char, 32> pid{};
  const ssize_t count = ::pread(file, pid.data(), pid.size(), 0);
  return std::string(trim({pid.data(), static_cast<std::size_t>(count > 0 ? count : 0)}));
}

}  // namespace

Result<DataLock> DataLock::take(const std::filesystem::path& data) {
  std::error_code error;
  std::filesystem::create_directories(data, error);
  const std::filesystem::path path = lock_path(data);
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) {
    return invalid_input(fmt::format("{}: {}; name another folder with --data", path.string(),
                                     std::strerror(errno)));
  }
  DataLock lock(file);
  if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
    return Error{ErrorKind::Conflict,
                 fmt::format("{} is in use by another server (process {}): stop it, or name "
                             "another folder with --data",
                             data.string(), read_pid(file)),
                 "data_folder_in_use"};
  }
  const std::string pid = fmt::format("{}\n", ::getpid());
  if (::ftruncate(file, 0) != 0 || ::pwrite(file, pid.data(), pid.size(), 0) < 0) {
    return unavailable(fmt::format("{}: {}", path.string(), std::strerror(errno)));
  }
  return lock;
}

std::string DataLock::holder(const std::filesystem::path& data) {
  const int file = ::open(lock_path(data).c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return {};
  const DataLock lock(file);
  return ::flock(file, LOCK_SH | LOCK_NB) == 0 ? std::string() : read_pid(file);
}

DataLock::~DataLock() {
  if (file_ >= 0) ::close(file_);
}

}  // namespace tidings::app
