// Every feed of the development data is read, none crashes or hangs.
#include <chrono>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "core/utf8.h"
#include "corpus_files.h"
#include "parse/feed_json.h"
#include "parse/parse.h"

namespace tidings::corpus {
namespace {

namespace fs = std::filesystem;

bool is_feed_name(const fs::path& path) {
  const std::string extension = path.extension().string();
  // feed-rs keeps what it expects of its own reader in x.serde.json.
  if (extension == ".json") return path.stem().extension() != ".serde";
  return extension == ".xml" || extension == ".rss" || extension == ".atom" || extension == ".rdf";
}

TEST(SharedFeeds, NoneCrashesOrHangs) {
  const fs::path feeds = shared_feeds();
  if (feeds.empty())
    GTEST_SKIP() << "../shared/data is not there, and TIDINGS_DATA names no other place";
  for (const fs::path& file : files_below(feeds)) {
    const std::string bytes = read_file(file);
    const auto start = std::chrono::steady_clock::now();
    const Result<FeedDocument> document =
        parse::parse_feed({.bytes = bytes, .url = "https://example.org/feed"});
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5)) << file;
    if (!document) continue;
    std::string json;
    parse::write_feed_json(*document, json);
    EXPECT_TRUE(is_valid_utf8(json)) << file;
  }
}

TEST(SharedFeeds, RealFeedsAreRead) {
  const fs::path feeds = shared_feeds();
  if (feeds.empty())
    GTEST_SKIP() << "../shared/data is not there, and TIDINGS_DATA names no other place";
  for (const char* folder : {"feed-rs", "netnewswire"}) {
    for (const fs::path& file : files_below(feeds / folder)) {
      // feed-rs/xml holds XML that is no feed.
      if (!is_feed_name(file) || file.parent_path().filename() == "xml") continue;
      const std::string bytes = read_file(file);
      const Result<FeedDocument> document = parse::parse_feed({.bytes = bytes});
      EXPECT_TRUE(document) << file << ": " << document.error().message;
    }
  }
}

}  // namespace
}  // namespace tidings::corpus
