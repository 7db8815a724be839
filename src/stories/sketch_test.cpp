#include "stories/sketch.h"

#include <random>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace tidings::stories {
namespace {

std::string words(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += fmt::format("w{} ", i * i % 7919 * (i + 1));
  return text;
}

TEST(Sketch, IsTheSameUnpacked) {
  for (const int count : {0, 1, 2, 3, 4, 10, 100, 161, 162, 163, 170, 1000, 25'000}) {
    const Sketch sketch = Sketcher().sketch(words(count), fmt::format("{0} {0}1 {0}2", count));
    const Result<Sketch> unpacked = unpack(pack(sketch));
    ASSERT_TRUE(unpacked) << count << ": " << unpacked.error().message;
    EXPECT_EQ(*unpacked, sketch) << count;
  }
}

// Hashes as no text has them: at both ends, next to each other, far apart.
TEST(Sketch, IsTheSameUnpackedWhateverItsHashes) {
  constexpr std::uint32_t kLast = (1U << kSketchHashBits) - 1;
  Sketch sketch;
  sketch.runs.all = sketch.runs.count = 160;
  for (std::uint32_t i = 0; i < 160; ++i) sketch.runs.hashes[i] = i < 80 ? i : kLast - 159 + i;
  sketch.numbers.all = (1U << 20) - 1;
  sketch.numbers.count = 16;
  for (std::uint32_t i = 0; i < 16; ++i) sketch.numbers.hashes[i] = kLast / 16 * i;
  const Result<Sketch> unpacked = unpack(pack(sketch));
  ASSERT_TRUE(unpacked) << unpacked.error().message;
  EXPECT_EQ(*unpacked, sketch);
}

TEST(Sketch, OfNewsTakesLessThanFourHundredBytes) {
  for (const int count : {170, 300, 1000, 5000})
    EXPECT_LT(pack(Sketcher().sketch("A title", words(count))).size(), 400U) << count;
}

TEST(Sketch, IsRefusedWhereItIsDamaged) {
  const std::string packed = pack(Sketcher().sketch("Three words more", words(50) + " 12 13"));
  for (std::size_t size = 0; size < packed.size(); ++size)
    EXPECT_FALSE(unpack(std::string_view(packed).substr(0, size))) << size;
  EXPECT_FALSE(unpack(packed + "x"));
  EXPECT_FALSE(unpack(std::string(200, '\xFF')));
}

// Whatever is unpacked is a sketch: ascending hashes of so many bits.
TEST(Sketch, OfAnyBytesIsRefusedOrASketch) {
  std::mt19937 random(1);
  int sketches = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string bytes(random() % 40, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    if (!bytes.empty()) bytes[0] = static_cast<char>(random() % 20);
    if (bytes.size() > 2) bytes[1] = 0, bytes[2] &= '\xF0';
    const Result<Sketch> sketch = unpack(bytes);
    if (!sketch) continue;
    ++sketches;
    EXPECT_EQ(*unpack(pack(*sketch)), *sketch);
    const auto hashes = sketch->runs.values();
    EXPECT_TRUE(std::ranges::is_sorted(hashes, std::ranges::less_equal()) || hashes.empty());
    for (const std::uint32_t hash : hashes) EXPECT_EQ(hash >> kSketchHashBits, 0U);
  }
  EXPECT_GT(sketches, 0);
}

}  // namespace
}  // namespace tidings::stories
