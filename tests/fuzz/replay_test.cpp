// What fuzzing found once stays found: every kept input runs through the entry point that it broke,
// or that it is a seed of, and so do a few broken copies of it, the same ones in every run. New
// ones go to tests/corpus/fuzz/<target>/; script/fuzz looks for them.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#define TARGET(name) extern "C" int name(const std::uint8_t* data, std::size_t size);
#include "fuzz_targets.inc"
#undef TARGET

namespace tidings {
namespace {

namespace fs = std::filesystem;
using std::literals::operator""sv;

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

// A copy with up to eight edits: bytes written over, cut out, repeated, moved in from elsewhere.
std::string mutated(std::string bytes, std::mt19937& chance) {
  constexpr std::size_t kEditsMax = 8, kRunMax = 64;
  constexpr auto kBytes = "\0\xff\x80<>&\"'{}[],:;=/\\%\n 09"sv;
  const auto below = [&](std::size_t end) { return chance() % std::max<std::size_t>(end, 1); };
  for (std::size_t edits = 1 + below(kEditsMax); edits > 0; --edits) {
    const std::size_t at = below(bytes.size()), from = below(bytes.size());
    const std::size_t size = below(kRunMax);
    switch (below(4)) {
      case 0:
        if (!bytes.empty()) bytes[at] = kBytes[below(kBytes.size())];
        break;
      case 1:
        if (!bytes.empty()) bytes[at] = static_cast<char>(below(256));
        break;
      case 2:
        bytes.erase(at, size);
        break;
      default:
        bytes.insert(at, std::string(bytes, from, size));
    }
  }
  return bytes;
}

TEST_P(FuzzReplay, BrokenCopiesDoNoHarm) {
  constexpr int kCopies = 3;
  std::mt19937 chance(1);
  std::vector<fs::path> inputs = inputs_of(GetParam());
  std::ranges::sort(inputs);
  for (const fs::path& input : inputs) {
    const std::string whole = read(input);
    for (int copy = 0; copy < kCopies; ++copy) {
      SCOPED_TRACE(testing::Message() << input << ", broken copy " << copy);
      const std::string bytes = mutated(whole, chance);
      EXPECT_EQ(GetParam().run(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()),
                0);
    }
  }
}

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
