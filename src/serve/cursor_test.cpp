#include "serve/cursor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace tidings::serve {
namespace {

using testing::HasSubstr;

constexpr std::uint64_t kFilters = 0x1234567890abcdef;

TEST(Cursor, ComesBackAsItWas) {
  for (const Cursor& cursor :
       {Cursor{}, Cursor{.time = 1'764'000'000'000'000, .id = 123'456'789},
        Cursor{.time = -1, .id = std::numeric_limits<std::int64_t>::max()}}) {
    const std::string text = encode_cursor(CursorKind::Articles, kFilters, cursor);
    const Result<Cursor> back = decode_cursor(CursorKind::Articles, kFilters, text);
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ(*back, cursor);
  }
}

TEST(Cursor, NeedsNoEscapeInAnAddress) {
  const std::string text = encode_cursor(CursorKind::Sources, ~0ull, {.time = -1, .id = -1});
  EXPECT_EQ(
      text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
      std::string::npos);
}

TEST(Cursor, SaysWhyItIsRefused) {
  const std::string good = encode_cursor(CursorKind::Articles, kFilters, {.time = 5, .id = 6});
  std::string other_version = good;
  other_version[0] = 'B';
  struct Case {
    std::string why, given, expected;
  };
  std::vector<Case> cases = {
      {"another alphabet", "not+base64", "not one of ours"},
      {"a lone digit", "A", "not one of ours"},
      {"another version", other_version, "another version"},
      {"cut off", good.substr(0, good.size() - 3), "damaged"},
      {"longer", good + "AAAA", "damaged"},
      {"another kind", encode_cursor(CursorKind::Sources, kFilters, {}), "another kind of list"},
      {"other filters", encode_cursor(CursorKind::Articles, kFilters + 1, {}), "other filters"},
  };
  for (const auto& [why, given, expected] : cases) {
    const Result<Cursor> cursor = decode_cursor(CursorKind::Articles, kFilters, given);
    ASSERT_FALSE(cursor) << why;
    EXPECT_THAT(cursor.error().message, HasSubstr(expected)) << why;
    EXPECT_EQ(cursor.error().code, "cursor_invalid/cursor") << why;
  }
}

TEST(Cursor, NoticesEveryChangedCharacter) {
  const std::string good = encode_cursor(CursorKind::Articles, kFilters, {.time = 5, .id = 6});
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = bad[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(decode_cursor(CursorKind::Articles, kFilters, bad)) << i;
  }
}

}  // namespace
}  // namespace tidings::serve
