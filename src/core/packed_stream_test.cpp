#include "core/packed_stream.h"

#include <gtest/gtest.h>

namespace tidings {
namespace {

constexpr std::uint32_t kNumbers = 1'000'000;  // several blocks

std::string packed(std::string_view name) {
  return pack_stream(name, [](ByteWriter& out) {
    for (std::uint32_t i = 0; i < kNumbers; ++i) out.add(i * i);
  });
}

Result<std::uint32_t> unpacked(std::string_view bytes, std::string_view name,
                               std::uint32_t count = kNumbers) {
  return unpack_stream(bytes, name, [&](ByteReader& in) -> Result<std::uint32_t> {
    std::uint32_t right = 0;
    for (std::uint32_t i = 0; i < count; ++i)
      right += TRY(in.number<std::uint32_t>()) == i * i ? 1 : 0;
    return right;
  });
}

TEST(PackedStream, GivesBackWhatWasPackedOverManyBlocks) {
  const auto right = unpacked(packed("squares 1"), "squares 1");
  ASSERT_TRUE(right) << right.error().message;
  EXPECT_EQ(*right, kNumbers);
}

TEST(PackedStream, RefusesAnotherNameAndWhatEndsEarlyOrLate) {
  const std::string bytes = packed("squares 1");
  const std::string_view all = bytes;
  const auto kind = [](const Result<std::uint32_t>& result) {
    EXPECT_FALSE(result);
    return result ? ErrorKind::NotFound : result.error().kind;
  };
  EXPECT_EQ(kind(unpacked(bytes, "squares 2")), ErrorKind::Corrupt);
  EXPECT_EQ(kind(unpacked(all.substr(0, all.size() / 2), "squares 1")), ErrorKind::Corrupt);
  EXPECT_EQ(kind(unpacked(bytes + "more", "squares 1")), ErrorKind::Corrupt);
  EXPECT_EQ(kind(unpacked(bytes, "squares 1", kNumbers - 1)), ErrorKind::Corrupt);
  EXPECT_EQ(kind(unpacked(bytes, "squares 1", kNumbers + 1)), ErrorKind::Corrupt);
  EXPECT_EQ(kind(unpacked("", "squares 1")), ErrorKind::Corrupt);
  EXPECT_EQ(kind(unpacked("no such thing", "squares 1")), ErrorKind::Corrupt);
}

}  // namespace
}  // namespace tidings
