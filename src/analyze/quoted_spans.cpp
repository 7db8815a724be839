#include "analyze/quoted_spans.h"

#include <algorithm>
#include <array>
#include <optional>

#include <unicode/uchar.h>

#include "core/strings.h"
#include "core/utf8.h"

namespace tidings::analyze {
namespace {

struct Marks {
  char32_t open;
  char32_t close;
  char32_t other_close;
};
constexpr std::array kMarks = {
    Marks{'"', '"', '"'},       Marks{U'“', U'”', U'“'},    Marks{U'„', U'“', U'”'},
    Marks{U'«', U'»', U'»'},    Marks{U'»', U'«', U'«'},    Marks{U'”', U'”', U'”'},
    Marks{U'「', U'」', U'」'}, Marks{U'『', U'』', U'』'}, Marks{U'‘', U'’', U'’'},
    Marks{U'‚', U'‘', U'’'},    Marks{U'‹', U'›', U'›'},    Marks{U'＂', U'＂', U'＂'},
};

bool is_word_at(std::string_view text, std::size_t at) {
  return at < text.size() && u_isalnum(static_cast<UChar32>(next_code_point(text, at)));
}

// White space, an opening bracket, a dash or nothing: a word's letter would make an apostrophe.
bool is_free_before(std::string_view text, std::size_t at) {
  if (at == 0) return true;
  std::size_t before = at - 1;
  while (before > 0 && at - before < 4 &&
         (static_cast<unsigned char>(text[before]) & 0xC0) == 0x80) {
    --before;
  }
  const auto c = static_cast<UChar32>(next_code_point(text, before));
  return u_isUWhiteSpace(c) || u_ispunct(c);
}

class Finder {
 public:
  explicit Finder(std::string_view text) : text_(text) {}

  std::vector<TextSpan> find(std::size_t begin, std::size_t count_max) {
    std::vector<TextSpan> found;
    for (std::size_t at = begin; at < text_.size() && found.size() < count_max;) {
      const char byte = text_[at];
      if (static_cast<unsigned char>(byte) < 0x80 && byte != '"') {
        ++at;
        continue;
      }
      std::size_t next = at;
      const char32_t c = next_code_point(text_, next);
      const auto marks = std::ranges::find(kMarks, c, &Marks::open);
      if (marks != kMarks.end() && may_open(c, at, next)) {
        const auto kind = static_cast<std::size_t>(marks - kMarks.begin());
        if (const auto end = close_of(kind, next)) {
          found.push_back({static_cast<std::uint32_t>(next), static_cast<std::uint32_t>(*end)});
          next = *end;
          next_code_point(text_, next);  // the closing mark
        }
      }
      at = next;
    }
    return found;
  }

 private:
  bool may_open(char32_t c, std::size_t at, std::size_t next) const {
    if (next >= text_.size()) return false;
    if (c == U'「' || c == U'『') return true;
    if (c == U'«' || c == U'„' || c == U'“') return is_free_before(text_, at) || c == U'“';
    return is_free_before(text_, at) && !is_space(text_[next]);
  }

  std::optional<std::size_t> close_of(std::size_t kind, std::size_t begin) {
    const std::size_t limit = std::min(text_.size(), begin + kQuotationBytesMax);
    const Marks& marks = kMarks[kind];
    std::size_t at = std::max(begin, none_before_[kind]);
    while (at < limit) {
      std::size_t next = at;
      const char32_t c = next_code_point(text_, next);
      if (c == '\n') {
        const std::optional<std::size_t> goes_on = next_line(marks.open, next);
        if (!goes_on) break;
        next = *goes_on;
      } else if (closes(marks, c, at, next)) {
        return at;
      } else if (c == '"' && marks.open == '"' && is_opening(at, next)) {
        break;  // the first was never closed
      }
      at = next;
    }
    none_before_[kind] = std::max(none_before_[kind], std::min(at, limit));
    return std::nullopt;
  }

  // Where to go on behind a line break: past the mark with which a quotation of many paragraphs
  // repeats its opening.
  std::optional<std::size_t> next_line(char32_t open, std::size_t at) const {
    bool is_empty_line = false;
    const std::size_t limit = std::min(text_.size(), at + 16);
    for (; at < limit && is_space(text_[at]); ++at) is_empty_line |= text_[at] == '\n';
    if (at >= text_.size()) return std::nullopt;
    std::size_t next = at;
    if (next_code_point(text_, next) == open) return next;
    if (is_empty_line) return std::nullopt;
    return at;
  }

  bool is_opening(std::size_t at, std::size_t next) const {
    return at > 0 && is_space(text_[at - 1]) && next < text_.size() && !is_space(text_[next]);
  }

  bool closes(const Marks& marks, char32_t c, std::size_t at, std::size_t next) const {
    if (c != marks.close && c != marks.other_close) return false;
    if (c == '"') return !is_word_at(text_, next) && !is_opening(at, next);
    // “…“ is how some keyboards close; where it opens a word it is a quotation within.
    if (marks.open == U'“' && c == U'“') return !is_word_at(text_, next);
    return c != U'’' || !is_word_at(text_, next);  // else an apostrophe
  }

  std::string_view text_;
  std::array<std::size_t, kMarks.size()> none_before_ =
      {};  // no closing mark of the kind before this
};

}  // namespace

std::vector<TextSpan> quoted_spans(std::string_view text, std::size_t begin,
                                   std::size_t count_max) {
  return Finder(text).find(begin, count_max);
}

}  // namespace tidings::analyze
