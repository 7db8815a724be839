#include "entities/examples.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <map>
#include <sstream>

#include "analyze/entity_words.h"
#include "text/lower.h"

namespace tidings::training {
namespace {

using analyze::EntityClass;
using analyze::WordClass;

bool is_any_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Whether a word is one that events are called by.
bool is_event_word(std::string_view lower) {
  return is_any_of(lower, {"war",      "wars",         "battle",        "olympics",   "olympic",
                           "cup",      "championship", "championships", "festival",   "revolution",
                           "games",    "tournament",   "election",      "elections",  "rebellion",
                           "siege",    "conference",   "uprising",      "expo",       "crisis",
                           "series",   "open",         "prix",          "bowl",       "massacre",
                           "campaign", "marathon",     "invasion",      "depression", "holocaust",
                           "crusade",  "convention",   "ceremony",      "playoffs",   "derby"});
}

bool is_award_word(std::string_view lower) {
  return is_any_of(
      lower, {"award", "awards", "prize", "medal", "order", "oscar", "grammy", "emmy", "trophy"});
}

// Days that return every year happen to nobody in particular.
bool is_holiday(std::string_view lower) {
  return is_any_of(lower, {"christmas", "easter", "thanksgiving", "halloween", "ramadan",
                           "hanukkah", "passover", "diwali", "lent", "epiphany"});
}

EntityClass class_of_miscellany(std::string_view text) {
  bool is_event = false, is_award = false, is_people = false;
  std::size_t words = 0;
  std::istringstream stream{std::string(text)};
  for (std::string word; stream >> word; ++words) {
    const std::string lower = text::lower(word);
    is_event = is_event || is_event_word(lower);
    is_award = is_award || is_award_word(lower) || is_holiday(lower);
    const analyze::WordClasses classes = analyze::classes_of(analyze::word_hash(lower));
    is_people = words == 0 && (classes.has(WordClass::Demonym) || classes.has(WordClass::Language));
  }
  if (is_event) return EntityClass::Event;
  return is_award || (is_people && words == 1) ? EntityClass::Other : EntityClass::Product;
}

struct Token {
  std::string word;
  std::string tag;
};

bool has_space_before(std::string_view word, std::string_view before) {
  if (is_any_of(word, {",", ".", ";", ":", "!", "?", ")", "]", "'s", "n't", "%", "'", "''", "'re",
                       "'ve", "'ll", "'d", "'m"}))
    return false;
  return !is_any_of(before, {"(", "[", "$", "``", "£", "#"});
}

void close(Example& example, std::size_t begin, std::string_view tag) {
  const auto end = static_cast<std::uint32_t>(example.text.size());
  const std::string_view words = std::string_view(example.text).substr(begin);
  EntityClass entity_class = class_of_miscellany(words);
  if (tag == "I-PER") entity_class = EntityClass::Person;
  if (tag == "I-ORG") entity_class = EntityClass::Organization;
  if (tag == "I-LOC") entity_class = EntityClass::Place;
  example.names.push_back({{static_cast<std::uint32_t>(begin), end}, entity_class});
}

void add_sentence(Example& example, const std::vector<Token>& tokens, Spacing spacing) {
  std::string open = "O", before;
  std::size_t begin = 0;
  for (const Token& token : tokens) {
    if (open != "O" && token.tag != open) {
      close(example, begin, open);
      open = "O";
    }
    const bool is_first = &token == tokens.data();
    const bool has_space =
        is_first ? !example.text.empty()
                 : spacing == Spacing::Tokenized || has_space_before(token.word, before);
    if (has_space) example.text += ' ';
    if (open == "O" && token.tag != "O") begin = example.text.size();
    example.text += token.word == "``" || token.word == "''" ? "\"" : token.word;
    open = token.tag;
    before = token.word;
  }
  if (open != "O") close(example, begin, open);
}

// "B-MISC" and slips such as "I-M145" are taken by their first letters.
std::string tag_of(std::string_view written) {
  for (const std::string_view tag : {"I-PER", "I-ORG", "I-LOC", "I-MISC"})
    if (written.size() > 2 && written.substr(2, 3) == tag.substr(2, 3)) return std::string(tag);
  return "O";
}

Error unreadable(const std::filesystem::path& file) {
  return {
      ErrorKind::NotFound,
      "read " + file.string() + ": no such file; set TIDINGS_DATA to the folder of the data sets"};
}

const std::map<std::string, EntityClass, std::less<>>& classes_by_name() {
  static const std::map<std::string, EntityClass, std::less<>> names = {
      {"PER", EntityClass::Person},  {"ORG", EntityClass::Organization},
      {"LOC", EntityClass::Place},   {"PROD", EntityClass::Product},
      {"EVENT", EntityClass::Event}, {"MISC", EntityClass::Other}};
  return names;
}

Result<Example> read_line(std::string_view line) {
  Example example;
  const bool is_headline = line.starts_with("= ");
  if (is_headline) line.remove_prefix(2);
  while (!line.empty()) {
    if (line.front() != '[') {
      example.text += line.front();
      line.remove_prefix(1);
      continue;
    }
    const std::size_t space = line.find(' ');
    const std::size_t end = line.find(']');
    const auto known =
        classes_by_name().find(line.substr(1, space == std::string_view::npos ? 0 : space - 1));
    if (known == classes_by_name().end() || end == std::string_view::npos || end < space)
      return Error{ErrorKind::InvalidInput, "no class, or no end, of the name at \"" +
                                                std::string(line.substr(0, 40)) + "\""};
    const auto begin = static_cast<std::uint32_t>(example.text.size());
    example.text += line.substr(space + 1, end - space - 1);
    example.names.push_back(
        {{begin, static_cast<std::uint32_t>(example.text.size())}, known->second});
    line.remove_prefix(end + 1);
  }
  if (is_headline) {
    example.title_end = static_cast<std::uint32_t>(example.text.size());
    example.text += '\n';
  }
  return example;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Letters of ASCII, and those of Latin-1 whose capital is 32 before them: offsets stay.
std::string in_capitals(std::string text) {
  unsigned char before = 0;
  for (char& c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_latin = before == 0xC3U && byte >= 0xA0U && byte <= 0xBEU && byte != 0xB7U;
    if (is_latin) c = static_cast<char>(byte - 0x20U);
    if (byte < 0x80U) c = static_cast<char>(std::toupper(byte));
    before = byte;
  }
  return text;
}

std::string each_capitalized(std::string text) {
  bool begins = true;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view word = std::string_view(text).substr(at, text.find(' ', at) - at);
    if (begins && !is_any_of(word, {"of", "the", "a", "an", "and", "in", "on", "to", "for", "by",
                                    "at", "with", "from"}))
      text[at] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[at])));
    begins = text[at] == ' ';
  }
  return text;
}

}  // namespace

Result<std::vector<Example>> read_conll(const std::filesystem::path& file, Spacing spacing) {
  std::ifstream stream(file);
  if (!stream) return unreadable(file);
  std::vector<Example> examples(1);
  std::vector<Token> sentence;
  const auto end_sentence = [&] {
    add_sentence(examples.back(), sentence, spacing);
    sentence.clear();
  };
  for (std::string line; std::getline(stream, line);) {
    const std::size_t space = line.find(' ');
    if (space == std::string::npos) {
      end_sentence();
    } else if (line.starts_with("-DOCSTART-")) {
      end_sentence();
      if (!examples.back().text.empty()) examples.emplace_back();
    } else {
      sentence.push_back({line.substr(0, space), tag_of(line.substr(space + 1))});
    }
  }
  end_sentence();
  if (examples.back().text.empty()) examples.pop_back();
  return examples;
}

Result<std::vector<Example>> read_brackets(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".txt" && entry.path().filename() != "CMakeLists.txt")
      files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<Example> examples;
  for (const std::filesystem::path& file : files) {
    const auto language = analyze::entity_language(file.stem().string());
    if (!language)
      return Error{ErrorKind::InvalidInput, file.string() + ": no language has this name"};
    std::ifstream stream(file);
    std::size_t number = 0;
    for (std::string line; std::getline(stream, line);) {
      ++number;
      if (line.empty() || line.starts_with("# ")) continue;
      examples.push_back(
          TRY(with_context(read_line(line), file.string() + ":" + std::to_string(number))));
      examples.back().language = *language;
    }
  }
  return examples;
}

std::vector<Example> as_headlines(const std::vector<Example>& examples, std::uint32_t one_in) {
  std::vector<Example> headlines;
  std::uint32_t turn = 0;
  for (const Example& example : examples) {
    const bool is_english = example.language == analyze::EntityLanguage::English;
    const text::Segments segments = text::segment(example.text, analyze::code_of(example.language));
    for (const text::Sentence& sentence : segments.sentences()) {
      const std::uint32_t kind = turn++ % one_in;
      Example headline{.language = example.language,
                       .text = example.text.substr(sentence.begin, sentence.end - sentence.begin)};
      if (kind > (is_english ? 1U : 0U) || (is_english && !is_ascii(headline.text))) continue;
      headline.text = kind == 0 ? in_capitals(headline.text) : each_capitalized(headline.text);
      headline.title_end = static_cast<std::uint32_t>(headline.text.size());
      for (const analyze::NamedSpan& name : example.names)
        if (name.span.begin >= sentence.begin && name.span.end <= sentence.end)
          headline.names.push_back(
              {{name.span.begin - sentence.begin, name.span.end - sentence.begin},
               name.entity_class});
      headlines.push_back(std::move(headline));
    }
  }
  return headlines;
}

}  // namespace tidings::training
