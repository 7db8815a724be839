// An index that is read while another process keeps it.
#include <functional>
#include <utility>

#include <gtest/gtest.h>

#include "adapters/memory/memory_index_files.h"
#include "search/index.h"
#include "search/test_articles.h"
#include "tests/support/index_history.h"

namespace tidings::search {
namespace {

using memory::MemoryIndexFiles;

// Files to whose reader something happens before a segment is opened.
class FilesThatChange final : public IndexFiles {
 public:
  FilesThatChange(IndexFiles& files, std::function<void()> change)
      : files_(files), change_(std::move(change)) {}

  Result<std::unique_ptr<IndexFileWriter>> create(std::string_view name) override {
    return files_.create(name);
  }
  Result<std::unique_ptr<IndexFile>> open(std::string_view name) const override {
    if (name != kManifestName) change_();
    return files_.open(name);
  }
  Result<void> replace(std::string_view name, std::string_view bytes) override {
    return files_.replace(name, bytes);
  }
  Result<void> remove(std::string_view name) override { return files_.remove(name); }
  Result<std::vector<std::string>> list() const override { return files_.list(); }

 private:
  IndexFiles& files_;
  std::function<void()> change_;
};

TEST(IndexReading, IsWholeThoughTheKeeperMergesWhatIsBeingRead) {
  MemoryIndexFiles files;
  const std::unique_ptr<Index> keeper = *Index::open(files);
  const History history(1);
  for (std::size_t step = 0; step < history.steps(); ++step) {
    history.apply(*keeper, step);
    ASSERT_TRUE(keeper->flush());
  }
  int merges = 0;
  FilesThatChange changing(files, [&] {
    while (*keeper->merge([] { return false; })) ++merges;
  });
  const std::unique_ptr<Index> reader = *Index::open(changing, {.is_read_only = true});
  EXPECT_GT(merges, 0);
  EXPECT_TRUE(reader->damage().empty());
  EXPECT_EQ(content_of(*reader), history.at_the_end().content);
}

TEST(IndexReading, SaysWhatIsDamagedThoughFilesChange) {
  MemoryIndexFiles files;
  const std::unique_ptr<Index> keeper = *Index::open(files);
  const History history(2);
  history.apply(*keeper, 0);
  ASSERT_TRUE(keeper->flush());
  const std::vector<std::string> names = *files.list();
  const auto postings =
      std::ranges::find_if(names, [](const auto& name) { return name.ends_with(".postings"); });
  ASSERT_NE(postings, names.end());
  ASSERT_TRUE(files.remove(*postings));
  std::int64_t events = 1;
  FilesThatChange changing(files, [&] {
    keeper->apply({.cursor = EventSequence(++events), .filled_to = std::nullopt});
    ASSERT_TRUE(keeper->flush());
  });
  const std::unique_ptr<Index> reader = *Index::open(changing, {.is_read_only = true});
  EXPECT_FALSE(reader->damage().empty());
  EXPECT_GT(events, 10);
}

}  // namespace
}  // namespace tidings::search
