// feed-rs's test feeds with its expected parses (x.serde.json): every field that both have.
//
// What feed-rs leaves empty is not compared: our model reads more namespaces. Nor is
//   an id that it made up, being a hash or a UUID (of RDF it drops rdf:about), and the name
//   "author", which it makes up where it does not take "address (name)" apart; an address at
//   FeedBurner's counter, where we have feedburner:origLink; `updated` of an entry, where it copied
//   `published` into it; of a feed both are dates of which RSS does not say more, so one of the two
//   must be the one that is expected; the size, kind and length of pictures: of several ours is
//   one, the widest of the best source.
#include <algorithm>
#include <array>
#include <filesystem>
#include <iostream>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/strings.h"
#include "core/time.h"
#include "core/url.h"
#include "corpus_files.h"
#include "parse/parse.h"
#include "text/html_entities.h"
#include "text/html_text.h"

namespace tidings::corpus {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t kDifferMax = 0;  // beside those of kKnown

// Where we differ on purpose.
struct Known {
  std::string_view file, reason;
};
constexpr std::array<Known, 2> kKnown = {{
    {"jsonfeed_elastic_1.1.json",
     "\"authors\" replaces \"author\" (JSON Feed 1.1), it does not add"},
    {"rss_2.0_spiegel.xml",
     "media:player is a page: it is among the extensions, not the enclosures"},
}};

std::string text_at(const json& object, const char* key) {
  return object.is_object() && object.contains(key) && object[key].is_string()
             ? object[key].get<std::string>()
             : std::string();
}

// {"content": …} and {"body": …}, or null.
std::string text_of(const json& from, const char* key, const char* inner) {
  return from.contains(key) ? text_at(from[key], inner) : std::string();
}

// The words alone, without the blanks between: feed-rs keeps some markup and drops some.
std::string words(const std::string& html) {
  std::string plain = text::plain_text(text::decode_entities(html));
  std::erase_if(plain, [](char c) { return is_space(c); });
  return plain;
}

std::string address(const std::string& url) {
  const std::string tidy = resolve_url({}, trim(url));
  return tidy.empty() ? std::string(trim(url)) : tidy;
}

std::string time_text(const std::optional<Time>& time) {
  return time ? format_rfc3339(*time) : std::string();
}

bool is_made_up(const std::string& id, const std::string& ours) {
  const bool is_hex =
      id.size() >= 28 && id.find_first_not_of("0123456789abcdef-") == std::string::npos;
  return is_hex && id != ours;
}

std::string first_page(const json& entry) {
  for (const json& link : entry["links"]) {
    const std::string relation = text_at(link, "rel");
    if (relation.empty() || relation == "alternate") return text_at(link, "href");
  }
  return {};
}

class Comparison {
 public:
  std::string first;  // difference

  void same(const std::string& where, const std::string& expected, const std::string& actual) {
    if (first.empty() && !expected.empty() && expected != actual)
      first = where + ": expected \"" + expected.substr(0, 80) + "\", got \"" +
              actual.substr(0, 80) + "\"";
  }
  void contains(const std::string& where, const std::vector<std::string>& expected,
                const std::vector<std::string>& actual) {
    for (const std::string& one : expected) {
      if (std::find(actual.begin(), actual.end(), one) == actual.end()) same(where, one, "");
    }
  }
};

std::vector<std::string> terms(const json& categories) {
  std::vector<std::string> list;
  for (const json& category : categories)
    list.push_back(text::plain_text(text_at(category, "term")));
  return list;
}

std::vector<std::string> names(const json& people) {
  std::vector<std::string> list;
  for (const json& person : people) {
    const std::string name = text::plain_text(text_at(person, "name"));
    const bool is_whole_line = name.find("mailto:") != std::string::npos;  // ours is taken apart
    if (!is_whole_line && name != "author") list.push_back(name);
  }
  return list;
}

void compare_entry(const json& expected, const Entry& entry, const Feed& feed, bool is_rdf,
                   const std::string& where, Comparison& comparison) {
  comparison.same(where + "title", words(text_of(expected, "title", "content")),
                  words(entry.title));
  comparison.same(where + "summary", words(text_of(expected, "summary", "content")),
                  words(entry.summary_html));
  comparison.same(where + "content", words(text_of(expected, "content", "body")),
                  words(entry.content_html));
  comparison.same(where + "published", text_at(expected, "published"), time_text(entry.published));
  if (text_at(expected, "updated") != text_at(expected, "published") || entry.updated)
    comparison.same(where + "updated", text_at(expected, "updated"), time_text(entry.updated));
  if (!is_rdf && !is_made_up(text_at(expected, "id"), entry.id))
    comparison.same(where + "id", text_at(expected, "id"), entry.id);
  if (const std::string page = first_page(expected);
      !page.empty() && page.find("//feedproxy.google.com/") == std::string::npos) {
    const std::string absolute = resolve_url(feed.url, page);
    comparison.same(where + "url", absolute.empty() ? page : absolute, entry.url);
  }

  std::vector<std::string> authors, categories, media;
  for (const Person& person : entry.authors.empty() ? feed.authors : entry.authors)
    authors.push_back(person.name.empty() ? person.email : person.name);
  for (const Category& category : entry.categories) categories.push_back(category.term);
  for (const Enclosure& enclosure : entry.enclosures) media.push_back(enclosure.url);
  comparison.contains(where + "authors", names(expected["authors"]), authors);
  comparison.contains(where + "categories", terms(expected["categories"]), categories);
  for (const json& group : expected["media"]) {
    for (const json& content : group["content"]) {
      const std::string type = text_at(content, "content_type");
      if (type.starts_with("audio/") || type.starts_with("video/"))
        comparison.contains(where + "media", {address(text_at(content, "url"))}, media);
    }
  }
}

std::string difference_of(const json& expected, const FeedDocument& document) {
  Comparison comparison;
  const Feed& feed = document.feed;
  comparison.same("title", words(text_of(expected, "title", "content")), words(feed.title));
  comparison.same("description", words(text_of(expected, "description", "content")),
                  words(feed.description));
  comparison.same("rights", words(text_of(expected, "rights", "content")), words(feed.rights));
  comparison.same("language", to_lower(text_at(expected, "language")), to_lower(feed.language));
  comparison.same(
      "generator", words(text_of(expected, "generator", "content")),
      words(feed.generator).substr(0, words(text_of(expected, "generator", "content")).size()));
  if (expected["ttl"].is_number())
    comparison.same("ttl", expected["ttl"].dump(), std::to_string(feed.ttl_minutes.value_or(0)));
  for (const char* key : {"published", "updated"}) {
    const std::string time = text_at(expected, key);
    if (time != time_text(feed.published)) comparison.same(key, time, time_text(feed.updated));
  }
  std::vector<std::string> categories;
  for (const Category& category : feed.categories) categories.push_back(category.term);
  comparison.contains("categories", terms(expected["categories"]), categories);
  comparison.same("entries", std::to_string(expected["entries"].size()),
                  std::to_string(feed.entries.size()));
  for (std::size_t i = 0; i < feed.entries.size() && comparison.first.empty(); ++i) {
    compare_entry(expected["entries"][i], feed.entries[i], feed, document.format == FeedFormat::Rdf,
                  "entries[" + std::to_string(i) + "].", comparison);
  }
  return comparison.first;
}

fs::path document_of(const fs::path& expectation) {
  const std::string name = expectation.filename().string();
  const fs::path stem = expectation.parent_path() / name.substr(0, name.find(".serde.json"));
  for (const char* extension : {".xml", ".json"}) {
    if (fs::exists(stem.string() + extension)) return stem.string() + extension;
  }
  return {};
}

TEST(FeedRs, ItsExpectedParsesAreOurs) {
  const fs::path feeds = shared_feeds();
  if (feeds.empty())
    GTEST_SKIP() << "../shared/data is not there, and TIDINGS_DATA names no other place";
  std::size_t all = 0, differing = 0;
  std::set<std::string> known_differing;
  for (const fs::path& file : files_below(feeds / "feed-rs")) {
    if (!file.string().ends_with(".serde.json")) continue;
    ++all;
    const fs::path path = document_of(file);
    const std::string bytes = read_file(path);
    const Result<FeedDocument> document = parse::parse_feed({.bytes = bytes});
    const std::string difference = document ? difference_of(json::parse(read_file(file)), *document)
                                            : document.error().message;
    if (difference.empty()) continue;
    const std::string name = path.filename().string();
    const auto known = std::ranges::find(kKnown, std::string_view(name), &Known::file);
    std::cout << name << "\n    " << difference << "\n";
    if (known == kKnown.end()) {
      ++differing;
    } else {
      known_differing.insert(name);
      std::cout << "    (" << known->reason << ")\n";
    }
  }
  std::cout << "feed-rs: " << all - differing - known_differing.size() << " of " << all
            << " equal, " << known_differing.size() << " differ on purpose\n";
  EXPECT_EQ(all, 64U);
  EXPECT_LE(differing, kDifferMax);
  EXPECT_EQ(known_differing.size(), kKnown.size()) << "a difference that is gone leaves the list";
}

}  // namespace
}  // namespace tidings::corpus
