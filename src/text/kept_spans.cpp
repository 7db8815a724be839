#include "text/kept_spans.h"

#include <algorithm>

#include <unicode/uchar.h>

#include "core/strings.h"
#include "core/utf8.h"
#include "text/marks.h"

namespace tidings::text {
namespace {

struct Kind {
  char32_t open;
  char32_t close;
};
// A kind may open with what closes another; the first that fits is taken.
constexpr std::array kKindsOfSpans = {
    Kind{'"', '"'},     Kind{U'“', U'”'}, Kind{U'„', U'“'}, Kind{U'«', U'»'}, Kind{U'「', U'」'},
    Kind{U'『', U'』'}, Kind{U'‘', U'’'}, Kind{'\'', '\''}, Kind{'(', ')'},
};

bool is_letter_or_digit(std::string_view text, std::size_t at) {
  return at < text.size() && u_isalnum(static_cast<UChar32>(next_code_point(text, at)));
}

// Nothing but space, or what opens too, stands before a mark that opens; French has a space behind
// it.
bool may_open(std::string_view text, char32_t c, std::size_t at, std::size_t after) {
  const bool is_free = at == 0 || is_space(text[at - 1]) || text[at - 1] == '(' ||
                       text[at - 1] == '[' || static_cast<unsigned char>(text[at - 1]) >= 0x80;
  return is_free && after < text.size() && (!is_space(text[after]) || c == U'«');
}

}  // namespace

void KeptSpans::meet(char32_t c, std::size_t at) {
  if (at <= end_ && end_ != 0) return;
  end_ = 0;
  for (std::size_t kind = 0; kind < kKindsOfSpans.size(); ++kind) {
    if (kKindsOfSpans[kind].open != c) continue;
    std::size_t after = at;
    next_code_point(text_, after);
    if (may_open(text_, c, at, after)) end_ = close_of(kind, after);
    return;
  }
}

// 0 where no mark closes the span within its bounds.
std::size_t KeptSpans::close_of(std::size_t kind, std::size_t begin) {
  const std::size_t limit = std::min(text_.size(), begin + kBytesMax);
  std::size_t at = std::max(begin, none_before_[kind]);
  while (at < limit) {
    std::size_t next = at;
    const char32_t c = next_code_point(text_, next);
    if (c == '\n' && next < text_.size() && text_[next] == '\n') break;
    if (closes(kind, c, at, next)) return at;
    at = next;
  }
  none_before_[kind] = std::max(none_before_[kind], at);
  return 0;
}

bool KeptSpans::closes(std::size_t kind, char32_t c, std::size_t begin, std::size_t end) const {
  if (c != kKindsOfSpans[kind].close && !(kKindsOfSpans[kind].open == U'„' && c == U'”'))
    return false;
  if (c == U'’') return !is_letter_or_digit(text_, end);  // else an apostrophe
  // After a space it is an opening mark, before a letter an apostrophe.
  return c != '\'' || (!is_letter_or_digit(text_, end) && !is_space(text_[begin - 1]));
}

}  // namespace tidings::text
