#include "corpus.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <map>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "core/utf8.h"
#include "dawg.h"

namespace tidings::training::language {
namespace {

using analyze::LetterRuns;
using analyze::Script;

constexpr std::size_t kVocabularyMax = 40'000;  // words of a language's list: more teach little
constexpr std::size_t kKeptAsideEvery = 20;     // lines
constexpr std::array<std::string_view, 3> kSisterTables = {"malay_indonesian.tsv", "norwegian.tsv",
                                                           "south_slavic.tsv"};
constexpr std::size_t kLanguagesOfLoanWords =
    3;  // a word on more lists is a name or comes with the web

std::u16string spelled(const LetterRun& run) {
  return {run.letters.data(), run.size};
}

std::vector<std::string> lines_of(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(std::move(line));
  return lines;
}

// Han and Kana stand in one Japanese text: each entry takes its own runs.
std::vector<LetterRun> runs_of(std::string_view text, Script script) {
  std::vector<LetterRun> found;
  LetterRuns runs(text);
  LetterRun run;
  while (runs.next(run)) {
    if (run.script == script) found.push_back(run);
  }
  return found;
}

// Serbian in Cyrillic, in Latin letters: the two alphabets stand for each other letter by letter.
std::string in_latin_letters(std::string_view serbian) {
  static const std::map<char32_t, std::string_view> kLetters = {
      {U'а', "a"}, {U'б', "b"},  {U'в', "v"}, {U'г', "g"}, {U'д', "d"},  {U'ђ', "đ"},
      {U'е', "e"}, {U'ж', "ž"},  {U'з', "z"}, {U'и', "i"}, {U'ј', "j"},  {U'к', "k"},
      {U'л', "l"}, {U'љ', "lj"}, {U'м', "m"}, {U'н', "n"}, {U'њ', "nj"}, {U'о', "o"},
      {U'п', "p"}, {U'р', "r"},  {U'с', "s"}, {U'т', "t"}, {U'ћ', "ć"},  {U'у', "u"},
      {U'ф', "f"}, {U'х', "h"},  {U'ц', "c"}, {U'ч', "č"}, {U'џ', "dž"}, {U'ш', "š"}};
  std::string latin;
  for (std::size_t position = 0; position < serbian.size();) {
    const char32_t code_point = next_code_point(serbian, position);
    const auto found = kLetters.find(analyze::letter(code_point).lower);
    if (found != kLetters.end())
      latin += found->second;
    else
      append_utf8(latin, code_point);
  }
  return latin;
}

void add_sentence(Text& text, std::string_view line, Script script) {
  auto runs = runs_of(line, script);
  if (!runs.empty()) text.sentences.push_back(std::move(runs));
}

void read_data(const std::filesystem::path& folder, std::size_t index, Corpus& corpus) {
  const Language& language = languages()[index];
  for (const std::string_view kind : {"sentences", "word-pairs", "single-words"}) {
    auto lines = lines_of(folder / "language" / kind / (std::string(language.code) + ".txt"));
    for (std::size_t at = 0; at < lines.size(); at += 2) {
      if (language.code == "sr" && language.script == Script::Latin)
        lines[at] = in_latin_letters(lines[at]);
      if (at % kKeptAsideEvery == 0)
        corpus.kept_aside.push_back({index, lines[at]});
      else
        add_sentence(corpus.texts[index], lines[at], language.script);
    }
  }
}

void read_declaration(const std::filesystem::path& folder, std::size_t index, Corpus& corpus) {
  const Language& language = languages()[index];
  for (const std::string& line : lines_of(folder / (std::string(language.declaration) + ".html")))
    add_sentence(corpus.texts[index], line, language.script);
}

std::vector<std::string_view> cells(std::string_view line) {
  std::vector<std::string_view> found;
  for (std::size_t tab = 0; tab != std::string_view::npos;) {
    tab = line.find('\t');
    found.push_back(line.substr(0, tab));
    line.remove_prefix(std::min(line.size(), found.back().size() + 1));
  }
  return found;
}

Result<std::size_t> latin_place_of(std::string_view code) {
  const auto found = std::ranges::find_if(languages(), [&](const Language& language) {
    return language.code == code && language.script == Script::Latin;
  });
  if (found == languages().end()) return invalid_input("no language " + std::string(code));
  return static_cast<std::size_t>(found - languages().begin());
}

// A table in Latin letters: codes in the first row, the same matter in each other row.
Result<void> read_sisters(const std::filesystem::path& file, Corpus& corpus) {
  std::vector<std::size_t> columns;
  for (const std::string& line : lines_of(file)) {
    if (line.starts_with('#')) continue;
    const auto row = cells(line);
    if (columns.empty()) {
      for (const std::string_view code : row) columns.push_back(TRY(latin_place_of(code)));
      continue;
    }
    if (row.size() != columns.size())
      return invalid_input(file.string() + ": a row of another width: " + line);
    for (std::size_t at = 0; at < row.size(); ++at)
      corpus.texts[columns[at]].contrasts.push_back(runs_of(row[at], Script::Latin));
  }
  return {};
}

using WordList = std::vector<LetterRun>;

Result<WordList> read_word_list(const std::filesystem::path& folder, const Language& language) {
  WordList found;
  if (language.tesseract.empty()) return found;
  const auto words =
      words_of_tesseract(folder / (std::string(language.tesseract) + ".traineddata"));
  if (!words) return words.error();
  std::unordered_set<std::u16string> seen;
  for (const std::string& word : *words) {
    const auto runs = runs_of(word, language.script);
    if (runs.size() == 1 && (runs[0].size > 1 || language.script == Script::Han) &&
        seen.insert(spelled(runs[0])).second)
      found.push_back(runs[0]);
  }
  return found;
}

// Every so many-th word, so that all the alphabet is there.
void thin_out(WordList& words) {
  if (words.size() <= kVocabularyMax) return;
  WordList kept;
  for (std::size_t at = 0; at < kVocabularyMax; ++at)
    kept.push_back(words[at * words.size() / kVocabularyMax]);
  words = std::move(kept);
}

void keep_own_words(std::vector<WordList>& lists, Corpus& corpus) {
  std::unordered_map<std::u16string, std::size_t> lists_with;
  for (const WordList& list : lists) {
    for (const LetterRun& word : list) ++lists_with[spelled(word)];
  }
  for (std::size_t index = 0; index < lists.size(); ++index) {
    std::erase_if(lists[index], [&](const LetterRun& word) {
      return lists_with[spelled(word)] > kLanguagesOfLoanWords;
    });
    thin_out(lists[index]);
    corpus.texts[index].words = std::move(lists[index]);
  }
}

}  // namespace

Result<Corpus> read_corpus(const Sources& sources) {
  Corpus corpus;
  corpus.texts.resize(languages().size());
  std::vector<WordList> lists;
  for (std::size_t index = 0; index < languages().size(); ++index) {
    read_data(sources.data, index, corpus);
    read_declaration(sources.declarations, index, corpus);
    Result<WordList> list = read_word_list(sources.tesseract, languages()[index]);
    if (!list) return list.error();
    lists.push_back(*std::move(list));
    if (corpus.texts[index].sentences.empty())
      return not_found("no training text for " + std::string(languages()[index].code) + " in " +
                       sources.data.string());
  }
  keep_own_words(lists, corpus);
  for (const std::string_view table : kSisterTables)
    TRY(read_sisters(sources.sisters / table, corpus));
  return corpus;
}

}  // namespace tidings::training::language
