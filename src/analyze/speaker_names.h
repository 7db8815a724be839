// Names and noun phrases that may be a speaker, as words of a document.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyze/document.h"
#include "analyze/speech_words.h"

namespace tidings::analyze {

// Indices of the document's words, [begin, end).
struct WordRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  bool is_empty() const { return begin >= end; }
  std::uint32_t size() const { return end - begin; }
};

// What stands between a word and the one before it.
enum class Gap : std::uint8_t {
  None,   // a space, a hyphen, the point of an initial
  Comma,  // also a dash
  Colon,
  Stop,  // a sentence ends, or a bracket, a quotation mark, an empty line
};

// For one thread.
class SpeakerNames {
 public:
  // The document must outlive it.
  SpeakerNames(const Document& document, const SpeechWords& words);

  Gap gap(std::uint32_t word) const;  // before it
  SpeechWord kind(std::uint32_t word) const;
  // May the word be (of) a name: a capital, and no article, pronoun or weekday?
  bool is_name_word(std::uint32_t word) const;
  // "police", "officials": people in the plural, without an article (English).
  bool is_group(std::uint32_t word) const;

  // The name that begins at `begin`, or that ends at `end`; empty where there is none.
  WordRange name_from(std::uint32_t begin, std::uint32_t limit) const;
  WordRange name_to(std::uint32_t begin, std::uint32_t end) const;
  // Who is named from `begin` on, behind a verb of speech, before the clause is over at `limit`:
  // "police chief Ann Lee", "the minister".
  WordRange subject_from(std::uint32_t begin, std::uint32_t limit) const;
  // Who is named before `end`, where the verb stands.
  WordRange subject_to(std::uint32_t begin, std::uint32_t end) const;

  // As written, without "Mr" and "President"; a surname alone becomes the full name that the
  // document has for it, if it has only one.
  std::string text(WordRange range);

 private:
  std::string_view lower(std::uint32_t word) const;
  bool is_preposition(std::uint32_t word) const;
  bool is_german_article(std::uint32_t word) const;
  std::uint32_t possessive_end(WordRange name, std::uint32_t limit) const;
  WordRange without_titles(WordRange range) const;
  std::string full_name(std::uint32_t surname);
  std::string find_full_name(std::uint32_t surname) const;
  std::string written(WordRange range) const;

  const text::Segments& segments_;
  const SpeechWords& words_;
  bool nouns_are_capitalized_;
  bool is_english_;
  std::vector<std::pair<std::uint32_t, std::string>> full_names_;  // by the surname's form
};

}  // namespace tidings::analyze
