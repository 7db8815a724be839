// Words that tell who speaks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tidings::analyze {

enum class SpeechWord : std::uint8_t {
  Other,
  Verb,       // "said", also a participle: "(a) déclaré"
  Pronoun,    // "he"
  Article,    // what a noun phrase may begin with: "the", "son"
  Source,     // "according", "laut"
  Auxiliary,  // what may stand between a speaker and the verb: "has", "also"
  Naming,     // "called (the ruling)"
};

// For English, German, French, Spanish, Italian, Portuguese and Dutch; in others every word is
// Other.
class SpeechWords {
 public:
  explicit SpeechWords(std::string_view language);  // BCP 47

  bool knows_language() const { return number_ != kUnknown; }
  SpeechWord kind(std::string_view lowered) const;
  bool is_verb(std::string_view lowered) const;  // whether its kind is Verb; costs less
  // Within a name: "von", "de".
  static bool is_name_particle(std::string_view lowered);

 private:
  static constexpr std::size_t kUnknown = static_cast<std::size_t>(-1);
  std::size_t number_ = kUnknown;
};

}  // namespace tidings::analyze
