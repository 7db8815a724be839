// Damage is found when the index is opened, and what is damaged is never served.
#include <random>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/faulty/faulty_index_files.h"
#include "search/index.h"
#include "tests/support/index_history.h"

namespace tidings::search {
namespace {

using faulty::FaultyIndexFiles;

class DamagedIndex : public testing::TestWithParam<std::uint32_t> {
 protected:
  // Written, with changes to what was written, and not merged away.
  void write(FaultyIndexFiles& files) const {
    Result<std::unique_ptr<Index>> index = Index::open(files, {});
    ASSERT_TRUE(index);
    for (std::size_t step = 0; step < history_.steps(); ++step) {
      history_.apply(**index, step);
      if (step % 4 == 3) {
        ASSERT_TRUE((*index)->flush());
      }
    }
    ASSERT_TRUE((*index)->flush());
  }

  void expect_is_found(FaultyIndexFiles& files, const std::string& name, std::uint64_t bit) {
    files.flip_bit(name, bit);
    const Result<std::unique_ptr<Index>> opened = Index::open(files, {.is_read_only = true});
    files.flip_bit(name, bit);
    if (name == kManifestName) {
      ASSERT_FALSE(opened);
      EXPECT_EQ(opened.error().kind, ErrorKind::Corrupt);
      return;
    }
    ASSERT_TRUE(opened) << opened.error().message;
    Index& index = **opened;
    ASSERT_FALSE(index.damage().empty());
    EXPECT_EQ(index.filled_to(), ArticleId{}) << "the store is to be read again";
    EXPECT_THAT(index.damage().front().reason, testing::HasSubstr(name));
    // Nothing that is served is other than it was written last.
    const std::vector<std::string>& all = history_.at_the_end().content;
    const std::vector<std::string> left = content_of(index);
    ASSERT_TRUE(std::ranges::includes(all, left));
    lost_ += all.size() - left.size();
  }

  const History history_{GetParam()};
  std::size_t lost_ = 0;
};

TEST_P(DamagedIndex, NeverServesAFlippedBit) {
  FaultyIndexFiles files(GetParam());
  write(files);
  std::mt19937_64 numbers(GetParam());
  std::set<std::string> kinds;
  for (const std::string& name : files_of(files)) {
    const std::uint64_t bits = 8 * (*files.open(name))->bytes().size();
    kinds.insert(name.substr(name.find('.') + 1));
    for (int sample = 0; sample < 25 && bits > 0; ++sample) {
      const std::uint64_t bit = sample == 0 ? 0 : sample == 1 ? bits - 1 : numbers() % bits;
      SCOPED_TRACE(testing::Message() << "bit " << bit << " of " << name);
      expect_is_found(files, name, bit);
      if (HasFatalFailure()) return;
    }
  }
  EXPECT_GT(lost_, 100);
  EXPECT_EQ(kinds, (std::set<std::string>{"changes", "columns", "manifest", "positions", "postings",
                                          "terms"}));
}

INSTANTIATE_TEST_SUITE_P(Seeds, DamagedIndex, testing::Range(1U, 4U));

}  // namespace
}  // namespace tidings::search
