// gofeed's own test feeds with its expected parses: every field that both formats have is compared.
//
// Left out, because our model has no place for them or keeps them otherwise:
//   textInput, rating, docs, webMaster beside a managingEditor, image title and size, links beyond
//   the one address, the feed's own and enclosures; source, contributors and extensions of entries
//   (ours are kept under other names); the id of RDF documents (gofeed drops rdf:about); avatars;
//   the single "author" and "enclosure" that repeat the lists; dates of JSON feeds that gofeed
//   computes from their items; markup inside titles, descriptions and rights, which are plain text
//   here.
#include <filesystem>
#include <iostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "corpus_files.h"
#include "gofeed_view.h"
#include "parse/parse.h"

namespace tidings::corpus {
namespace {

namespace fs = std::filesystem;

constexpr double kRateMin = 0.98;

// Where we differ on purpose; any other difference fails the test.
constexpr std::pair<std::string_view, std::string_view> kReasons[] = {
    {"atom10_feed_entry_content_src.xml", "content elsewhere is what the entry points to"},
    {"entry_id_xml_base.xml",
     "an atom:id is compared letter by letter, never resolved (RFC 4287 §4.2.6)"},
    {"issue_275_extensions_and_source.xml", "the feed's author by Dublin Core is an author"},
    {"rss_channel_item_guid_cdata_escaped_markup.xml",
     "a guid is an opaque string, kept as it stands"},
    {"feed_image_-_rss_channel_description.xml",
     "a description is plain text here; its pictures are not the feed's"},
    {"feed_item_image_-_rss_channel_item_content.xml",
     "pictures in HTML are found when it is sanitized"},
    {"feed_item_image_-_rss_channel_item_description.xml",
     "pictures in HTML are found when it is sanitized"},
    {"feed_link_-_rss_channel_itunes_subtitle.xml",
     "an itunes:subtitle is better than no description"},
};

std::string_view reason_of(const fs::path& document) {
  const std::string name = document.filename().string();
  for (const auto& [file, reason] : kReasons) {
    if (file == name) return reason;
  }
  return {};
}

struct Pair {
  fs::path document;
  fs::path expected;
  GofeedShape shape;
};

std::vector<Pair> find_pairs(const fs::path& gofeed) {
  std::vector<Pair> pairs;
  const auto add = [&](const fs::path& document, const fs::path& expected, GofeedShape shape) {
    if (fs::exists(document) && fs::exists(expected)) pairs.push_back({document, expected, shape});
  };
  for (const fs::path& file : files_below(gofeed)) {
    const std::string folder = file.parent_path().lexically_relative(gofeed).string();
    const GofeedShape shape = folder == "parser/rss"    ? GofeedShape::RssParser
                              : folder == "parser/atom" ? GofeedShape::AtomParser
                              : folder == "parser/json" ? GofeedShape::JsonParser
                                                        : GofeedShape::Translator;
    if (file.extension() == ".xml") add(file, fs::path(file).replace_extension(".json"), shape);
    if (file.extension() == ".json") {
      add(file, file.parent_path() / (file.stem().string() + "_expected.json"), shape);
    }
  }
  return pairs;
}

std::string difference_of(const Pair& pair) {
  const nlohmann::json expected = nlohmann::json::parse(read_file(pair.expected), nullptr, false);
  if (expected.is_discarded()) return "the expected parse is no JSON";
  const std::string bytes = read_file(pair.document);
  const Result<FeedDocument> document = parse::parse_feed({.bytes = bytes});
  if (!document) return document.error().message;
  return first_difference(view_of_expected(expected, pair.shape), view_of_document(*document));
}

TEST(Gofeed, ItsExpectedParsesAreOurs) {
  const fs::path feeds = shared_feeds();
  if (feeds.empty())
    GTEST_SKIP() << "../shared/data is not there, and TIDINGS_DATA names no other place";
  const std::vector<Pair> pairs = find_pairs(feeds / "gofeed");
  ASSERT_FALSE(pairs.empty());
  std::size_t equal = 0;
  for (const Pair& pair : pairs) {
    const std::string difference = difference_of(pair);
    if (difference.empty()) {
      ++equal;
      continue;
    }
    const std::string_view reason = reason_of(pair.document);
    EXPECT_FALSE(reason.empty()) << pair.document << ": " << difference;
    std::cout << pair.document.lexically_relative(feeds).string() << "\n    " << difference
              << "\n    (" << reason << ")\n";
  }
  const double rate = static_cast<double>(equal) / static_cast<double>(pairs.size());
  std::cout << "gofeed: " << equal << " of " << pairs.size() << " pairs equal (" << rate * 100
            << " %)\n";
  RecordProperty("equal_rate", std::to_string(rate));
  EXPECT_GE(rate, kRateMin);
}

}  // namespace
}  // namespace tidings::corpus
