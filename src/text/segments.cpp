#include "text/segments.h"

#include <algorithm>
#include <unordered_map>

#include <unicode/uchar.h>

#include "core/utf8.h"
#include "text/lower.h"
#include "text/stemmer.h"

namespace tidings::text {
namespace {

bool is_word_character(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  const auto point = static_cast<UChar32>(c);
  return u_isalnum(point) || (U_GET_GC_MASK(point) & U_GC_M_MASK) != 0;
}

bool joins_words(char32_t c) {
  return c == '\'' || c == U'’' || c == '.' || c == ',' || c == ':' || c == '_';
}

bool ends_sentence(char32_t c) {
  return c == '.' || c == '!' || c == '?' || c == U'。' || c == U'！' || c == U'？' || c == U'।' ||
         c == U'؟' || c == U'…';
}

}  // namespace

class Segmenter {
 public:
  Segmenter(std::string_view text, std::string_view language, std::size_t title_end)
      : stemmer_(language), title_end_(title_end) {
    done_.text_ = text;
  }

  Segments run() {
    std::size_t at = 0;
    while (at < text().size()) at = step(at);
    end_sentence(text().size());
    return std::move(done_);
  }

 private:
  std::string_view text() const { return done_.text_; }

  char32_t at(std::size_t position) const {
    return position < text().size() ? next_code_point(text(), position) : U'\0';
  }

  // Past one word or one character between words.
  std::size_t step(std::size_t begin) {
    if (begin == title_end_ && begin > 0) end_sentence(begin);
    std::size_t next = begin;
    const char32_t c = next_code_point(text(), next);
    if (is_word_character(c)) return add_word(begin);
    const bool is_break = c == '\n' && at(next) == '\n';
    if (is_break || (ends_sentence(c) && at(next) <= U' ')) end_sentence(next);
    return next;
  }

  std::size_t add_word(std::size_t begin) {
    const std::size_t end = word_end(begin);
    const std::string_view written = text().substr(begin, end - begin);
    done_.words_.push_back({.begin = static_cast<std::uint32_t>(begin),
                            .end = static_cast<std::uint32_t>(end),
                            .form = form_of(written),
                            .sentence = static_cast<std::uint32_t>(done_.sentences_.size()),
                            .letters = letters_of(written)});
    return end;
  }

  std::size_t word_end(std::size_t begin) const {
    std::size_t end = begin;
    while (end < text().size()) {
      std::size_t next = end;
      const char32_t c = next_code_point(text(), next);
      if (is_word_character(c)) {
        end = next;
      } else if (joins_words(c) && is_word_character(at(next)) && next != title_end_) {
        end = next;
      } else {
        break;
      }
    }
    return end;
  }

  static Letters letters_of(std::string_view written) {
    std::size_t upper = 0, lower = 0, position = 0;
    bool is_first_upper = false;
    for (bool first = true; position < written.size(); first = false) {
      const auto c = static_cast<UChar32>(next_code_point(written, position));
      if (first && u_isdigit(c)) return Letters::Number;
      const bool is_upper = u_isupper(c) || u_istitle(c);
      if (first) is_first_upper = is_upper;
      upper += is_upper ? 1 : 0;
      lower += u_islower(c) ? 1 : 0;
    }
    if (upper + lower == 0) return Letters::Uncased;
    if (upper == 0) return Letters::Lower;
    if (is_first_upper && upper == 1) return Letters::Capitalized;
    return lower == 0 ? Letters::Upper : Letters::Mixed;
  }

  std::uint32_t form_of(std::string_view written) {
    std::string lowered = lower(written);
    const auto known = forms_.find(lowered);
    if (known != forms_.end()) {
      ++done_.forms_[known->second].count;
      return known->second;
    }
    done_.lowered_.push_back(std::move(lowered));
    const std::string_view kept = done_.lowered_.back();
    const auto form = static_cast<std::uint32_t>(done_.forms_.size());
    done_.forms_.push_back({.lower = kept, .stem = stem_of(kept), .count = 1});
    forms_.emplace(kept, form);
    return form;
  }

  std::uint32_t stem_of(std::string_view lowered) {
    std::string stem = stemmer_.stem(lowered);
    const auto known = stems_.find(stem);
    if (known != stems_.end()) return known->second;
    done_.lowered_.push_back(std::move(stem));
    const auto number = static_cast<std::uint32_t>(done_.stems_.size());
    done_.stems_.push_back(done_.lowered_.back());
    stems_.emplace(done_.lowered_.back(), number);
    return number;
  }

  void end_sentence(std::size_t end) {
    const auto end_word = static_cast<std::uint32_t>(done_.words_.size());
    if (end_word == first_word_) return;
    std::size_t begin = sentence_begin_;
    while (static_cast<unsigned char>(text()[begin]) <= ' ') ++begin;
    while (static_cast<unsigned char>(text()[end - 1]) <= ' ') --end;
    done_.sentences_.push_back({.begin = static_cast<std::uint32_t>(begin),
                                .end = static_cast<std::uint32_t>(end),
                                .first_word = first_word_,
                                .end_word = end_word});
    first_word_ = end_word;
    sentence_begin_ = end;
  }

  Stemmer stemmer_;
  std::size_t title_end_;
  std::size_t sentence_begin_ = 0;
  std::uint32_t first_word_ = 0;
  std::unordered_map<std::string_view, std::uint32_t> forms_, stems_;
  Segments done_;
};

Segments segment(std::string_view text, std::string_view language, std::size_t title_end) {
  return Segmenter(text, language, title_end).run();
}

}  // namespace tidings::text
