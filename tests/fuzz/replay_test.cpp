// What fuzzing found once stays found: every kept input runs through the entry point that it broke,
// or that it is a seed of. New ones go to tests/corpus/fuzz/<target>/.
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#define TARGET(name) extern "C" int name(const std::uint8_t* data, std::size_t size);
#include "fuzz_targets.inc"
#undef TARGET

namespace tidings {
namespace {

namespace fs = std::filesystem;

struct Target {
  const char* name;
  int (*run)(const std::uint8_t*, std::size_t);
};

constexpr Target kTargets[] = {
#define TARGET(name) {#name, &::name},
#include "fuzz_targets.inc"
#undef TARGET
};

// A target's own, and feeds for whatever reads text.
std::vector<fs::path> inputs_of(const Target& target) {
  std::vector<fs::path> inputs;
  for (const fs::path& folder : {fs::path(TIDINGS_TREE) / "tests/corpus/fuzz" / target.name,
                                 fs::path(TIDINGS_TREE) / "tests/corpus/feeds"}) {
    if (!fs::is_directory(folder)) continue;
    for (const auto& entry : fs::directory_iterator(folder))
      if (entry.is_regular_file()) inputs.push_back(entry.path());
  }
  return inputs;
}

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class FuzzReplay : public testing::TestWithParam<Target> {};

TEST_P(FuzzReplay, KeptInputsDoNoHarm) {
  const std::vector<fs::path> inputs = inputs_of(GetParam());
  ASSERT_FALSE(inputs.empty());
  for (const fs::path& input : inputs) {
    SCOPED_TRACE(input.string());
    const std::string bytes = read(input);
    EXPECT_EQ(GetParam().run(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()), 0);
  }
}

INSTANTIATE_TEST_SUITE_P(Targets, FuzzReplay, testing::ValuesIn(kTargets),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace tidings
