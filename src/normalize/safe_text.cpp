#include "normalize/safe_text.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "core/strings.h"
#include "core/utf8.h"
#include "normalize/clean_text.h"
#include "normalize/html_elements.h"
#include "text/html_entities.h"

namespace tidings::normalize {
namespace {

// --- what cannot be seen

constexpr char32_t kZeroWidthNonJoiner = 0x200C, kZeroWidthJoiner = 0x200D;
constexpr char32_t kFirstIsolate = 0x2066, kPopIsolate = 0x2069;
constexpr char32_t kBlackFlag = 0x1F3F4, kCancelTag = 0xE007F;

struct Range {
  char32_t first, last;
};

// In the order of their numbers. U+200C to U+200F (joiners and marks), U+2066 to U+2069 (isolates)
// and tags have rules of their own.
constexpr Range kInvisible[] = {
    {0x00AD, 0x00AD},    // soft hyphen: words are searched and compared without it
    {0x034F, 0x034F},    // combining grapheme joiner
    {0x17B4, 0x17B5},    // Khmer inherent vowels, deprecated
    {0x180B, 0x180E},    // Mongolian selectors and separator
    {0x200B, 0x200B},    // zero-width space
    {0x202A, 0x202E},    // embeddings and overrides of direction
    {0x2060, 0x2065},    // word joiner, invisible operators
    {0x206A, 0x206F},    // deprecated format characters
    {0x3164, 0x3164},    // Hangul filler: a name of nothing
    {0xFEFF, 0xFEFF},    // byte-order mark
    {0xFFA0, 0xFFA0},    // half-width Hangul filler
    {0xFFF0, 0xFFFB},    // interlinear annotation
    {0x1BCA0, 0x1BCA3},  // shorthand format controls
    {0x1D173, 0x1D17A},  // musical format controls
};

bool is_invisible(char32_t c) {
  const auto range =
      std::lower_bound(std::begin(kInvisible), std::end(kInvisible), c,
                       [](const Range& known, char32_t wanted) { return known.last < wanted; });
  return range != std::end(kInvisible) && c >= range->first;
}

bool is_tag(char32_t c) {
  return c >= 0xE0000 && c <= kCancelTag;
}
bool is_joiner(char32_t c) {
  return c == kZeroWidthNonJoiner || c == kZeroWidthJoiner;
}
// Joiners shape letters of scripts beyond Latin, Greek and Cyrillic, and emoji.
bool may_be_joined(char32_t c) {
  return c >= 0x0590 && c != 0x2028 && c != 0x2029 && !is_joiner(c);
}

// Reads and writes code points; every rule sees what was written before.
class VisibleText {
 public:
  explicit VisibleText(std::string_view text) : text_(text) { out_.reserve(text.size()); }

  std::string take() && {
    while (at_ < text_.size()) {
      const char32_t c = next_code_point(text_, at_);
      if (c == 0xA0 || c == 0x2028 || c == 0x2029) {
        write(' ');
      } else if (is_joiner(c)) {
        owed_joiner_ = may_be_joined(last_) ? c : 0;
      } else if (is_tag(c)) {
        take_tag(c);
      } else if (c >= kFirstIsolate && c <= kPopIsolate) {
        take_isolate(c);
      } else if (!is_invisible(c)) {
        write(c);
      }
    }
    for (; isolates_ > 0; --isolates_) append_utf8(out_, kPopIsolate);
    return std::move(out_);
  }

 private:
  // A joiner is owed until what it joins to is there.
  void write(char32_t c) {
    if (owed_joiner_ != 0 && may_be_joined(c)) append_utf8(out_, owed_joiner_);
    owed_joiner_ = 0;
    append_utf8(out_, c);
    last_ = c;
  }

  // Flags of regions are a black flag, tags, and the tag that ends them.
  void take_tag(char32_t c) {
    constexpr std::size_t kTagBytes = 4, kTagsMax = 7;
    if (last_ != kBlackFlag) return;
    std::string flag;
    append_utf8(flag, c);
    std::size_t next = at_;
    while (next < text_.size() && c != kCancelTag && flag.size() < kTagsMax * kTagBytes) {
      c = next_code_point(text_, next);
      if (!is_tag(c)) return;
      append_utf8(flag, c);
    }
    if (c != kCancelTag || flag.size() == kTagBytes) return;
    out_ += flag;
    last_ = kCancelTag;
    at_ = next;
  }

  void take_isolate(char32_t c) {
    constexpr std::size_t kIsolatesMax = 8;
    const bool is_end = c == kPopIsolate;
    if (is_end ? isolates_ == 0 : isolates_ == kIsolatesMax) return;
    is_end ? --isolates_ : ++isolates_;
    write(c);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string out_;
  char32_t last_ = 0, owed_joiner_ = 0;
  std::size_t isolates_ = 0;
};

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<signed char>(c) > 0; });
}

// --- what would act

// Elements that only set words apart; what HTML does not know does nothing.
bool is_plain_element(std::string_view name) {
  const Element* element = find_element(name);
  return element == nullptr || (element->action != Action::Drop && element->role == Role::None &&
                                element->written_as.empty());
}

// An attribute that has a value, or that acts by its name (handlers, style), begins or goes on
// here.
bool shows_attribute(std::string_view text, std::size_t at) {
  if (text[at] == '=') return true;
  const bool begins_word = at > 0 && !is_alpha(text[at - 1]) && text[at - 1] != '<';
  if (!begins_word) return false;
  if (istarts_with(text.substr(at), "on")) return true;
  const char before = text[at - 1];
  const bool begins_attribute =
      is_space(before) || before == '/' || before == '"' || before == '\'';
  return begins_attribute && istarts_with(text.substr(at), "style");
}

// Whether the '<' at `at` begins a tag that does more.
bool begins_active_tag(std::string_view text, std::size_t at, bool has_attributes) {
  constexpr std::size_t kNameBytesMax = 32;  // longer ones are no element that is known here
  std::size_t begin = at + 1;
  if (begin >= text.size()) return false;
  if (text[begin] == '!' || text[begin] == '?') return true;  // comments swallow what follows
  if (text[begin] == '/') ++begin;
  if (begin >= text.size() || !is_alpha(text[begin])) return false;
  std::size_t end = begin;
  while (end < text.size() && end - begin < kNameBytesMax && !is_space(text[end]) &&
         text[end] != '/' && text[end] != '>') {
    ++end;
  }
  return has_attributes || !is_plain_element(to_lower(text.substr(begin, end - begin)));
}

// Every '<' is judged by itself, also those in comments and values: what hides there counts as
// well. Read from the end, since what makes a tag active stands behind its '<'. A tag ends at the
// first '>' outside of quotes, and there are no quotes before a '='.
std::string without_active_tags(std::string text) {
  constexpr std::string_view kInstead = "‹";
  if (text.find('<') == std::string::npos) return text;
  std::string reversed;
  bool has_attributes = false;
  for (std::size_t at = text.size(); at-- > 0;) {
    if (shows_attribute(text, at)) has_attributes = true;
    if (text[at] == '>') has_attributes = false;
    if (text[at] == '<' && begins_active_tag(text, at, has_attributes)) {
      reversed.append(kInstead.rbegin(), kInstead.rend());
    } else {
      reversed += text[at];
    }
  }
  std::reverse(reversed.begin(), reversed.end());
  return reversed;
}

// --- addresses

constexpr std::string_view kSchemes[] = {
    "acct", "at",    "bitcoin", "cid",    "dat",    "doi",    "ed2k",   "feed", "ftp",
    "ftps", "geo",   "gemini",  "gopher", "http",   "https",  "info",   "ipfs", "irc",
    "ircs", "isbn",  "itms",    "itpc",   "magnet", "mid",    "mailto", "mms",  "news",
    "nntp", "pcast", "podcast", "rtmp",   "rtsp",   "sip",    "sips",   "sftp", "sms",
    "ssh",  "tag",   "tel",     "urn",    "uuid",   "webcal", "ws",     "wss",  "xmpp",
};

// Everything that a browser would pass over before it looks for the scheme.
std::string squeezed(std::string_view address) {
  std::string squeezed;
  for (const char c : address) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte > 0x20 && byte != 0x7F) squeezed += to_lower(c);
  }
  return squeezed;
}

// What would run, or show something of ours or of the reader's machine.
constexpr std::string_view kActiveSchemes[] = {
    "about",  "blob",     "chrome",     "data",        "file",       "filesystem",
    "intent", "jar",      "javascript", "jscript",     "livescript", "mocha",
    "ms-its", "resource", "vbscript",   "view-source",
};

// Empty when the address is relative, or begins like nothing that is a scheme.
std::string_view scheme_of(std::string_view address) {
  const std::size_t end = address.find_first_of(":/\\?#");
  if (end == std::string_view::npos || address[end] != ':') return {};
  return address.substr(0, end);
}

template <std::size_t N>
bool is_one_of(const std::string_view (&schemes)[N], std::string_view scheme) {
  return std::find(std::begin(schemes), std::end(schemes), scheme) != std::end(schemes);
}

// The scheme in both readings: as it stands, and with its character references decoded.
template <class Accepts>
bool both_schemes(std::string_view address, const Accepts& accepts) {
  const std::string plain = squeezed(address), decoded = squeezed(text::decode_entities(address));
  return accepts(scheme_of(plain)) && accepts(scheme_of(decoded));
}

// Without what may not stand in an address (RFC 3986 §2) and would end the attribute or the line
// that holds it.
std::string with_encoded_delimiters(std::string_view address) {
  std::string encoded;
  for (const char c : address) {
    if (c == '\n' || c == '\t') continue;
    if (c == '<' || c == '>' || c == '"') {
      encoded += c == '<' ? "%3C" : c == '>' ? "%3E" : "%22";
    } else {
      encoded += c;
    }
  }
  return encoded;
}

}  // namespace

std::string safe_text(std::string_view text) {
  const std::string clean = cleaned(text);
  return without_active_tags(is_ascii(clean) ? clean : VisibleText(clean).take());
}

std::string safe_address(std::string_view address) {
  const std::string clean = cleaned(trim(address));
  const bool is_safe = both_schemes(
      clean, [](std::string_view scheme) { return scheme.empty() || is_one_of(kSchemes, scheme); });
  return is_safe ? with_encoded_delimiters(clean) : std::string();
}

std::string safe_value(std::string_view value) {
  const bool is_safe = both_schemes(
      value, [](std::string_view scheme) { return !is_one_of(kActiveSchemes, scheme); });
  return is_safe ? safe_text(value) : std::string();
}

}  // namespace tidings::normalize
