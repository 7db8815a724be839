// NetNewsWire's real feeds against what was read in them and found right, in netnewswire.tsv:
// counts, a time and a hash. The feeds are their publishers' text, which has no place in this tree;
// that a feed has 48 entries with a title each is a fact. The hash stands for every title, address
// and time: when it changes, read the feed before the new one is written down.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <string>

#include <gtest/gtest.h>

#include <fmt/format.h>

#include "core/hash.h"
#include "core/time.h"
#include "corpus_files.h"
#include "parse/parse.h"

namespace tidings::corpus {
namespace {

namespace fs = std::filesystem;

std::string facts_of(const FeedDocument& document) {
  std::map<std::string, std::size_t> with;
  std::string said = document.feed.title + '\n' + document.feed.url + '\n';
  std::optional<Time> latest;
  for (const Entry& entry : document.feed.entries) {
    with["url"] += entry.url.empty() ? 0 : 1;
    with["title"] += entry.title.empty() ? 0 : 1;
    with["published"] += entry.published ? 1 : 0;
    with["updated"] += entry.updated ? 1 : 0;
    with["text"] += entry.content_html.empty() && entry.summary_html.empty() ? 0 : 1;
    with["authors"] += entry.authors.size();
    with["categories"] += entry.categories.size();
    with["enclosures"] += entry.enclosures.size();
    with["image"] += entry.image.empty() ? 0 : 1;
    latest = std::max(latest, std::max(entry.published, entry.updated));
    said += entry.id + '\n' + entry.url + '\n' + entry.title + '\n';
    for (const auto& time : {entry.published, entry.updated})
      said += time ? format_rfc3339(*time) + '\n' : "-\n";
  }
  return fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{:016x}",
                     document.format_name, document.encoding,
                     document.recovered ? "recovered" : "whole", document.feed.entries.size(),
                     with["url"], with["title"], with["published"], with["updated"], with["text"],
                     with["authors"], with["categories"], with["enclosures"], with["image"],
                     latest ? format_rfc3339(*latest) : "-", hash64(said));
}

std::map<std::string, std::string> approved_facts() {
  std::map<std::string, std::string> facts;
  std::ifstream file(fs::path(TIDINGS_TREE) / "tests/corpus/netnewswire.tsv");
  for (std::string line; std::getline(file, line);) {
    const std::size_t tab = line.find('\t');
    if (!line.starts_with('#') && tab != std::string::npos)
      facts[line.substr(0, tab)] = line.substr(tab + 1);
  }
  return facts;
}

TEST(NetNewsWire, RealFeedsSayWhatWasApproved) {
  const fs::path feeds = shared_feeds();
  if (feeds.empty())
    GTEST_SKIP() << "../shared/data is not there, and TIDINGS_DATA names no other place";
  const std::map<std::string, std::string> approved = approved_facts();
  EXPECT_GE(approved.size(), 40U);
  for (const auto& [name, facts] : approved) {
    const std::string bytes = read_file(feeds / "netnewswire" / name);
    const Result<FeedDocument> document = parse::parse_feed({.bytes = bytes});
    EXPECT_EQ(document ? facts_of(*document) : document.error().message, facts) << name;
  }
}

}  // namespace
}  // namespace tidings::corpus
