#include "text/stemmer.h"

#include <libstemmer.h>

namespace tidings::text {

Stemmer::Stemmer(std::string_view language) {
  const std::string code(language.substr(0, language.find('-')));
  stemmer_.reset(sb_stemmer_new(code.c_str(), nullptr));  // null for what it does not know
}

Stemmer::~Stemmer() = default;

void Stemmer::Free::operator()(sb_stemmer* stemmer) const {
  sb_stemmer_delete(stemmer);
}

std::string Stemmer::stem(std::string_view lowered) {
  if (!stemmer_) return std::string(lowered);
  const sb_symbol* stem =
      sb_stemmer_stem(stemmer_.get(), reinterpret_cast<const sb_symbol*>(lowered.data()),
                      static_cast<int>(lowered.size()));
  if (stem == nullptr) return std::string(lowered);  // out of memory
  return {reinterpret_cast<const char*>(stem),
          static_cast<std::size_t>(sb_stemmer_length(stemmer_.get()))};
}

}  // namespace tidings::text
