// The scanner of our own against expat: over every feed of the corpora, and over many that were
// damaged a little, so that each rule of XML is broken somewhere.
#include <array>
#include <filesystem>
#include <random>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "corpus_files.h"
#include "parse/scanner_agreement.h"

namespace tidings::corpus {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 36> kDamage = {"<",
                                                      ">",
                                                      "&",
                                                      "\"",
                                                      "'",
                                                      "/",
                                                      ";",
                                                      "]]>",
                                                      "--",
                                                      "?>",
                                                      "<?x",
                                                      "<!--",
                                                      "<![CDATA[",
                                                      "\r",
                                                      "\r\n",
                                                      "\t",
                                                      "\n",
                                                      " ",
                                                      "=",
                                                      "a",
                                                      ":",
                                                      "&amp;",
                                                      "&#65;",
                                                      "&#x1F;",
                                                      "&#xFFFE;",
                                                      "&nbsp;",
                                                      "\x01",
                                                      "\x7F",
                                                      "\xEF\xBF\xBE",
                                                      "\xEF\xBC\x81",
                                                      "\xC3\xA9",
                                                      " a='1'",
                                                      " a=\"<\"",
                                                      "<a/>",
                                                      "</a>",
                                                      "<?xml?>"};

TEST(XmlScanner, ReadsTheCorporaAsExpatDoes) {
  std::size_t completed = 0, all = 0;
  for (const fs::path& folder : {fs::path(TIDINGS_TREE) / "tests/corpus/feeds", shared_feeds()}) {
    if (folder.empty()) continue;
    for (const fs::path& file : files_below(folder)) {
      const std::string bytes = read_file(file);
      EXPECT_EQ(parse::disagreement(bytes), "") << file;
      FeedDocument document;
      const parse::ParseLimits limits;
      parse::FeedReader reader(document, "", limits);
      const bool is_xml = file.extension() == ".xml";
      all += is_xml ? 1 : 0;
      completed += is_xml && parse::scan_xml(bytes, reader) == parse::ScanOutcome::Complete ? 1 : 0;
    }
  }
  // Otherwise it agrees because it leaves everything to expat.
  EXPECT_GT(completed * 2, all);
}

TEST(XmlScanner, AgreesWithExpatOnDamagedFeeds) {
  constexpr int kDamagedEach = 60;
  constexpr std::size_t kBytesMax = 20'000;
  std::mt19937 random(20261124);  // the same feeds in every run
  for (const fs::path& file : files_below(fs::path(TIDINGS_TREE) / "tests/corpus/feeds")) {
    if (file.extension() != ".xml" || fs::file_size(file) > kBytesMax) continue;
    const std::string bytes = read_file(file);
    for (int i = 0; i < kDamagedEach && !bytes.empty(); ++i) {
      std::string damaged = bytes;
      const std::size_t at = random() % damaged.size();
      damaged.replace(at, random() % 3, kDamage[random() % kDamage.size()]);
      ASSERT_EQ(parse::disagreement(damaged), "") << file << "\n" << damaged;
    }
  }
}

}  // namespace
}  // namespace tidings::corpus
