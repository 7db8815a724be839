// Snowball's stems: what is left of a word when its endings are taken off.
#pragma once

#include <memory>
#include <string>
#include <string_view>

struct sb_stemmer;

namespace tidings::text {

class Stemmer {
 public:
  // BCP 47. A language without a stemmer leaves words as they are.
  explicit Stemmer(std::string_view language);
  ~Stemmer();

  // `lowered` is one lower-cased word of valid UTF-8.
  std::string stem(std::string_view lowered);

 private:
  struct Free {
    void operator()(sb_stemmer* stemmer) const;
  };
  std::unique_ptr<sb_stemmer, Free> stemmer_;
};

}  // namespace tidings::text
