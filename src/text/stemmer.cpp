#include "text/stemmer.h"

#include <array>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include <libstemmer.h>

#include "text/word_index.h"

namespace tidings::text {
namespace {

constexpr std::size_t kWordBytesMax = 64;  // no language has endings on words this long
constexpr std::size_t kStemmedBytesMax = 60;

// A word and its stem, one after the other.
struct Stemmed {
  std::uint8_t stemmer = 0;
  std::uint8_t word_size = 0;  // 0: nothing yet
  std::uint8_t stem_size = 0;
  std::array<char, kStemmedBytesMax> bytes = {};

  std::string_view word() const { return {bytes.data(), word_size}; }
  std::string_view stem() const { return {bytes.data() + word_size, stem_size}; }
};

struct FreeStemmer {
  void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};

struct KnownStemmer {
  std::string language;
  std::unique_ptr<sb_stemmer, FreeStemmer> stemmer;
};

struct ThreadStemmers {
  std::vector<KnownStemmer> stemmers;  // at most Snowball's thirty
  std::vector<Stemmed> lately = std::vector<Stemmed>(8192);
};

ThreadStemmers& of_this_thread() {
  thread_local ThreadStemmers stemmers;
  return stemmers;
}

}  // namespace

Stemmer::Stemmer(std::string_view language) {
  std::string code(language.substr(0, language.find('-')));
  if (code.size() != 2) return;  // Snowball would take names and other codes too
  if (code == "nb" || code == "nn") code = "no";
  std::vector<KnownStemmer>& known = of_this_thread().stemmers;
  for (std::size_t i = 0; i < known.size(); ++i) {
    number_ = static_cast<std::uint8_t>(i);
    if (known[i].language == code) {
      stemmer_ = known[i].stemmer.get();
      return;
    }
  }
  number_ = static_cast<std::uint8_t>(known.size());
  stemmer_ = sb_stemmer_new(code.c_str(), nullptr);  // null for what it does not know
  if (stemmer_ != nullptr) {
    known.push_back({std::move(code), std::unique_ptr<sb_stemmer, FreeStemmer>(stemmer_)});
  }
}

std::string_view Stemmer::stem(std::string_view lowered) {
  if (stemmer_ == nullptr || lowered.empty() || lowered.size() > kWordBytesMax) return lowered;
  std::vector<Stemmed>& lately = of_this_thread().lately;
  Stemmed& place = lately[word_hash(lowered) % lately.size()];
  if (place.stemmer == number_ && place.word() == lowered) return place.stem();

  const sb_symbol* found =
      sb_stemmer_stem(stemmer_, reinterpret_cast<const sb_symbol*>(lowered.data()),
                      static_cast<int>(lowered.size()));
  if (found == nullptr) return lowered;  // out of memory
  const std::string_view stem(reinterpret_cast<const char*>(found),
                              static_cast<std::size_t>(sb_stemmer_length(stemmer_)));
  if (lowered.size() + stem.size() <= kStemmedBytesMax) {
    place.stemmer = number_;
    place.word_size = static_cast<std::uint8_t>(lowered.size());
    place.stem_size = static_cast<std::uint8_t>(stem.size());
    std::memcpy(place.bytes.data(), lowered.data(), lowered.size());
    std::memcpy(place.bytes.data() + lowered.size(), stem.data(), stem.size());
  }
  return stem;
}

}  // namespace tidings::text
