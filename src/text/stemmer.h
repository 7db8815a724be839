// Snowball's stems: what is left of a word when its endings are taken off.
#pragma once

#include <cstdint>
#include <string_view>

struct sb_stemmer;

namespace tidings::text {

// A thread keeps the stemmers it has used and the stems of words it met lately (half a megabyte at
// most), because news says the same few thousand words over and over; what comes out does not
// depend on it. Cheap to make. For one thread.
class Stemmer {
 public:
  // BCP 47. A language without a stemmer leaves words as they are.
  explicit Stemmer(std::string_view language);

  bool knows_language() const { return stemmer_ != nullptr; }

  // `lowered` is one lower-cased word of valid UTF-8. The stem is good until the next call in this
  // thread, and as long as `lowered` where it is that itself.
  std::string_view stem(std::string_view lowered);

 private:
  sb_stemmer* stemmer_ = nullptr;  // the thread's
  std::uint8_t number_ = 0;        // which of the thread's
};

}  // namespace tidings::text
