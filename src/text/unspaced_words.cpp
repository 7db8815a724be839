#include "text/unspaced_words.h"

#include <memory>

#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

#include "core/utf8.h"

namespace tidings::text {
namespace {

bool is_han_or_kana(char32_t c) {
  return c == U'々' || (c >= 0x3040 && c <= 0x30FF) || (c >= 0x31F0 && c <= 0x31FF) ||
         (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFF66 && c <= 0xFF9F) ||
         (c >= 0x20000 && c <= 0x3FFFF);
}

// Opening one reads rules and costs milliseconds: a thread keeps its own. Null where ICU has no
// data.
icu::BreakIterator* dictionary_of_this_thread() {
  thread_local const std::unique_ptr<icu::BreakIterator> iterator = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> opened(
        icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
    return U_SUCCESS(status) ? std::move(opened) : nullptr;
  }();
  return iterator.get();
}

}  // namespace

bool is_unspaced_script(char32_t c) {
  return is_han_or_kana(c) || (c >= 0x0E00 && c <= 0x0EFF) || (c >= 0x1000 && c <= 0x109F) ||
         (c >= 0x1780 && c <= 0x17FF);
}

const std::vector<std::size_t>& UnspacedWords::ends(std::string_view run) {
  ends_.clear();
  if (looked_up_ + run.size() <= kDictionaryBytes) {
    looked_up_ += run.size();
    cut_by_dictionary(run);
  }
  if (ends_.empty() || ends_.back() != run.size()) cut_by_count(run);
  return ends_;
}

void UnspacedWords::cut_by_dictionary(std::string_view run) {
  icu::BreakIterator* const dictionary = dictionary_of_this_thread();
  if (dictionary == nullptr) return;
  UErrorCode status = U_ZERO_ERROR;
  UText borrowed = UTEXT_INITIALIZER;
  utext_openUTF8(&borrowed, run.data(), static_cast<std::int64_t>(run.size()), &status);
  dictionary->setText(&borrowed, status);
  if (U_SUCCESS(status)) {
    for (auto end = dictionary->next(); end != icu::BreakIterator::DONE; end = dictionary->next()) {
      ends_.push_back(static_cast<std::size_t>(end));
    }
  }
  utext_close(&borrowed);
}

void UnspacedWords::cut_by_count(std::string_view run) {
  ends_.clear();
  std::size_t count = 0;
  for (std::size_t at = 0; at < run.size();) {
    std::size_t next = at;
    const char32_t c = next_code_point(run, next);
    const bool is_combining = (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_M_MASK) != 0;
    if (count >= (is_han_or_kana(c) ? 2u : 8u) && !is_combining) {
      ends_.push_back(at);
      count = 0;
    }
    ++count;
    at = next;
  }
  ends_.push_back(run.size());
}

}  // namespace tidings::text
