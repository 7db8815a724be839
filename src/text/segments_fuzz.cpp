// Any bytes in any language: words and sentences that lie in the text, in order, and belong
// together. The first byte chooses the language, the second where the title ends.
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/check.h"
#include "text/segments.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tidings;
  constexpr std::array<std::string_view, 12> kLanguages = {"en", "de", "fr", "es", "it",  "pt",
                                                           "nl", "el", "ja", "th", "und", ""};
  if (size < 2) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 2, size - 2);
  const text::Segments cut =
      text::segment(bytes, kLanguages[data[0] % kLanguages.size()], data[1] % 64);

  std::uint32_t end = 0, counted = 0;
  for (const text::Word& word : cut.words()) {
    CHECK(word.begin >= end && word.end > word.begin && word.end <= bytes.size());
    CHECK(word.form < cut.forms().size() && word.sentence < cut.sentences().size());
    const text::Sentence& sentence = cut.sentences()[word.sentence];
    CHECK(word.begin >= sentence.begin && word.end <= sentence.end);
    end = word.end;
  }
  for (const text::Form& form : cut.forms()) {
    CHECK(form.stem < cut.stem_count() && !form.lower.empty());
    counted += form.count;
  }
  CHECK(counted == cut.words().size());
  std::uint32_t sentence_end = 0, next_word = 0;
  for (const text::Sentence& sentence : cut.sentences()) {
    CHECK(sentence.begin >= sentence_end && sentence.end <= bytes.size());
    CHECK(sentence.first_word == next_word && sentence.end_word > next_word);
    sentence_end = sentence.end;
    next_word = sentence.end_word;
  }
  CHECK(next_word == cut.words().size());
  return 0;
}
