#include "pipeline/entry_memory.h"

#include <gtest/gtest.h>

namespace tidings::pipeline {
namespace {

TEST(EntryMemory, KnowsOnlyTheDocumentThatIsStored) {
  EntryMemory memory;
  memory.keep(SourceId(1), 7, {1, 2, 3});
  ASSERT_TRUE(memory.of(SourceId(1), 7));
  EXPECT_EQ(memory.of(SourceId(1), 7)->size(), 3u);
  EXPECT_FALSE(memory.of(SourceId(1), 8)) << "another document was stored last";
  EXPECT_FALSE(memory.of(SourceId(2), 7));
}

TEST(EntryMemory, IsBounded) {
  EntryMemory memory(100);
  for (int i = 1; i <= 50; ++i) memory.keep(SourceId(i), 1, std::vector<std::uint64_t>(10));
  int known = 0;
  for (int i = 1; i <= 50; ++i) known += memory.of(SourceId(i), 1) ? 1 : 0;
  EXPECT_EQ(known, 10);
  memory.keep(SourceId(51), 1, std::vector<std::uint64_t>(1000));
  EXPECT_FALSE(memory.of(SourceId(51), 1)) << "too large to be remembered";
}

TEST(EntryMemory, AnEditIsAnotherEntry) {
  Feed feed;
  feed.entries.resize(2);
  feed.entries[0].title = "a";
  feed.entries[1].title = "b";
  const auto before = entry_hashes(feed);
  feed.entries[1].content_html = "<p>edited</p>";
  const auto after = entry_hashes(feed);
  EXPECT_EQ(before[0], after[0]);
  EXPECT_NE(before[1], after[1]);
}

}  // namespace
}  // namespace tidings::pipeline
