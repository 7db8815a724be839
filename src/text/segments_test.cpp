#include "text/segments.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/strings.h"

namespace tidings::text {
namespace {

std::vector<std::string> words_of(const Segments& segments) {
  std::vector<std::string> found;
  for (const Word& word : segments.words()) found.emplace_back(segments.written(word));
  return found;
}

std::vector<std::string> sentences_of(const Segments& segments) {
  std::vector<std::string> found;
  for (const Sentence& sentence : segments.sentences())
    found.emplace_back(segments.text().substr(sentence.begin, sentence.end - sentence.begin));
  return found;
}

std::vector<std::string> words(std::string_view text, std::string_view language) {
  return words_of(segment(text, language));
}

using Texts = std::vector<std::string>;

TEST(Segments, CutsWordsWhereScriptsHaveSpaces) {
  EXPECT_EQ(words("Don't pay 3.5 for well-known “Ärger”.", "en"),
            (Texts{"Don't", "pay", "3.5", "for", "well", "known", "Ärger"}));
  EXPECT_EQ(words("1,250 at 10:30, a.m. or U.S. time_zone", "en"),
            (Texts{"1,250", "at", "10:30", "a.m", "or", "U.S", "time_zone"}));
  EXPECT_EQ(words("consultation.11 and 3.Next", "en"),
            (Texts{"consultation", "11", "and", "3", "Next"}));
}

TEST(Segments, PartsElisionsOfRomanceLanguages) {
  EXPECT_EQ(words("L'eau d’aujourd'hui qu'il", "fr"),
            (Texts{"L", "eau", "d", "aujourd'hui", "qu", "il"}));
  EXPECT_EQ(words("dell'acqua", "it"), (Texts{"dell", "acqua"}));
  EXPECT_EQ(words("O'Neill isn't", "en"), (Texts{"O'Neill", "isn't"}));
}

TEST(Segments, CutsScriptsWithoutSpacesByDictionary) {
  EXPECT_EQ(words("東京都の天気。", "ja"), (Texts{"東京", "都", "の", "天気"}));
  EXPECT_EQ(words("我们需要和平", "zh"), (Texts{"我们", "需要", "和平"}));
  EXPECT_EQ(words("สวัสดีครับ", "th"), (Texts{"สวัสดี", "ครับ"}));
  EXPECT_EQ(words("GDPは3.5%増", "ja"), (Texts{"GDP", "は", "3.5", "増"}));
}

TEST(Segments, CutsLongTextsWithoutSpacesByCount) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "和平";
  text += "。天天";
  const Segments cut = segment(text, "zh");
  EXPECT_EQ(cut.written(cut.words().back()), "天天");
  for (const Word& word : cut.words()) EXPECT_LE(word.end - word.begin, 12u);
}

TEST(Segments, ACombiningSignBeginsNoWord) {
  EXPECT_EQ(words("❤️ é 👍🏽", "en"), (Texts{"é"}));
}

TEST(Segments, SharesFormsAndStems) {
  const Segments cut = segment("Runs RUNS running", "en");
  ASSERT_EQ(cut.words().size(), 3u);
  EXPECT_EQ(cut.words()[0].form, cut.words()[1].form);
  EXPECT_EQ(cut.forms().size(), 2u);
  EXPECT_EQ(cut.stem_count(), 1u);
  EXPECT_EQ(cut.stem(cut.words()[2]), "run");
  EXPECT_EQ(cut.forms()[0].count, 2u);
}

TEST(Segments, StemsOfOneLanguageAreNotThoseOfAnother) {
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(segment("nationalization", "en").forms()[0].lower, "nationalization");
    const Segments english = segment("running", "en"), none = segment("running", "und"),
                   french = segment("running", "fr");
    EXPECT_EQ(english.stem(english.words()[0]), "run");
    EXPECT_EQ(none.stem(none.words()[0]), "running");
    EXPECT_EQ(french.stem(french.words()[0]), "running");
  }
}

TEST(Segments, StayGoodWhenMoved) {
  Segments made = segment("Houses and Ärzte", "en");
  const Segments moved = std::move(made);
  EXPECT_EQ(moved.lower(moved.words()[0]), "houses");
  EXPECT_EQ(moved.stem(moved.words()[0]), "hous");
  EXPECT_EQ(moved.lower(moved.words()[2]), "ärzte");
}

TEST(Segments, TellsHowWordsAreWritten) {
  const Segments cut = segment("news News NEWS iPhone 平和 3rd A", "en");
  std::vector<Letters> found;
  for (const Word& word : cut.words()) found.push_back(word.letters);
  EXPECT_EQ(found, (std::vector<Letters>{Letters::Lower, Letters::Capitalized, Letters::Upper,
                                         Letters::Mixed, Letters::Uncased, Letters::Number,
                                         Letters::Capitalized}));
}

TEST(Segments, TitleIsASentenceOfItsOwn) {
  const std::string text = "Rain comes. Or not\nIt rained. It did!";
  EXPECT_EQ(sentences_of(segment(text, "en", 18)),
            (Texts{"Rain comes. Or not", "It rained.", "It did!"}));
}

TEST(Segments, TellsWhereParagraphsBegin) {
  const Segments cut = segment("Title\nOne. Two.\n\nThree.", "en", 5);
  std::vector<bool> opens;
  for (const Sentence& sentence : cut.sentences()) opens.push_back(sentence.opens_paragraph);
  EXPECT_EQ(opens, (std::vector<bool>{true, true, false, true}));
}

TEST(Segments, NothingIsNothing) {
  EXPECT_TRUE(segment("", "en").sentences().empty());
  EXPECT_TRUE(segment(" \n\n ... ", "und").words().empty());
}

TEST(Segments, BytesThatAreNotUtf8PartWords) {
  EXPECT_EQ(words("ab\xFF"
                  "cd \xE4\xB8 \xC3",
                  "en"),
            (Texts{"ab", "cd"}));
}

TEST(Segments, NoSentenceIsEndless) {
  std::string text;
  for (std::size_t i = 0; i < 3 * kSentenceWordsMax; ++i) text += "word ";
  const Segments cut = segment(text, "en");
  ASSERT_EQ(cut.sentences().size(), 3u);
  for (const Sentence& sentence : cut.sentences()) {
    EXPECT_EQ(cut.words_of(sentence).size(), kSentenceWordsMax);
  }
}

// tests/analysis/sentences: a line a text, ¦ where a sentence ends, ␤ for a line break. In
// other.txt the language stands before a tab.
std::string with_line_breaks(std::string line) {
  constexpr std::string_view kLineBreak = "␤";
  for (std::size_t at = 0; (at = line.find(kLineBreak, at)) != std::string::npos;) {
    line.replace(at, kLineBreak.size(), "\n");
  }
  return line;
}

struct Marked {
  std::string text;
  Texts sentences;
};

Marked unmarked(std::string line) {
  constexpr std::string_view kBoundary = "¦";
  Marked marked;
  std::size_t begin = 0;
  while (true) {
    const std::size_t end = std::min(line.find(kBoundary, begin), line.size());
    const std::string part = line.substr(begin, end - begin);
    marked.text += part;
    marked.sentences.emplace_back(trim(part));
    if (end == line.size()) return marked;
    begin = end + kBoundary.size();
  }
}

TEST(Sentences, EndWherePeopleEndThem) {
  constexpr double kFloor = 0.95;
  std::size_t languages = 0, cases = 0;
  for (const auto& entry : std::filesystem::directory_iterator(std::string(TIDINGS_TREE) +
                                                               "/tests/analysis/sentences")) {
    std::ifstream file(entry.path());
    std::size_t right = 0, all = 0;
    for (std::string line; std::getline(file, line); ++all) {
      std::string language = entry.path().stem().string();
      if (const std::size_t tab = line.find('\t'); tab != std::string::npos) {
        language = line.substr(0, tab);
        line.erase(0, tab + 1);
      }
      const Marked marked = unmarked(with_line_breaks(line));
      const Texts found = sentences_of(segment(marked.text, language));
      if (found == marked.sentences) {
        ++right;
      } else {
        std::cout << language << ": " << line << " → " << join(found, " ¦ ") << '\n';
      }
    }
    EXPECT_GE(static_cast<double>(right), kFloor * static_cast<double>(all)) << entry.path();
    ++languages;
    cases += all;
  }
  EXPECT_EQ(languages, 8u);
  EXPECT_GE(cases, 460u);
}

}  // namespace
}  // namespace tidings::text
