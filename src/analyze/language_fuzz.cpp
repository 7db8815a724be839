// Any bytes have a language or none.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "analyze/language.h"
#include "core/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t title = size > 0 ? data[0] % size : 0;
  for (const tidings::LanguageGuess& guess :
       {tidings::analyze::identify_language(text),
        tidings::analyze::identify_language(text.substr(0, title), text.substr(title))}) {
    CHECK(guess.confidence >= 0 && guess.confidence <= 1);
    CHECK(!guess.code.empty());
    CHECK((guess.code == "und") == (guess.confidence == 0));
  }
  static_cast<void>(tidings::analyze::LanguageModel::open(text));
  return 0;
}
