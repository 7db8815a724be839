#include "extract/titles.h"

#include <algorithm>

#include "core/strings.h"
#include "core/utf8.h"

namespace tidings::extract {
namespace {

constexpr std::string_view kSeparators[] = {" | ", " - ", " – ", " — ", " :: ", " » ",
                                            " « ", " · ", " • ", " / ", " ‹ ",  " › ",
                                            "｜",  "_",   "|",   " -- "};

// Letters and digits alone, ASCII in lower case.
std::string essence(std::string_view text) {
  std::string letters;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = next_code_point(text, at);
    if (c < 0x80) {
      const char letter = to_lower(static_cast<char>(c));
      if (is_alpha(letter) || is_digit(letter)) letters += letter;
    } else if (c >= 0xC0 && (c < 0x2000 || c > 0x206F) && (c < 0x3000 || c > 0x303F)) {
      letters += text.substr(begin, at - begin);
    }
  }
  return letters;
}

bool is_site_name(std::string_view part, std::string_view site, std::string_view host) {
  const std::string own = essence(part);
  if (own.empty()) return true;
  const std::string known = essence(site);
  if (!known.empty() && (own == known || own.find(known) != std::string::npos ||
                         (own.size() >= 3 && known.find(own) != std::string::npos)))
    return true;
  const std::string name = essence(host);
  return own.size() >= 2 && name.find(own) != std::string::npos;
}

}  // namespace

bool is_same_title(std::string_view a, std::string_view b) {
  return essence(a) == essence(b);
}

std::string without_site(std::string_view title, std::string_view site, std::string_view host,
                         std::string_view heading) {
  for (int part = 0; part < 3; ++part) {
    std::size_t last = std::string_view::npos, last_size = 0, first = title.size(), first_size = 0;
    for (const std::string_view separator : kSeparators) {
      const std::size_t behind = title.rfind(separator);
      if (behind != std::string_view::npos && (last == std::string_view::npos || behind > last)) {
        last = behind;
        last_size = separator.size();
      }
      const std::size_t before = title.find(separator);
      if (before < first) {
        first = before;
        first_size = separator.size();
      }
    }
    if (last == std::string_view::npos) break;
    const std::string_view head = trim(title.substr(0, last));
    const std::string_view tail = trim(title.substr(last + last_size));
    const std::string_view rest = trim(title.substr(first + first_size));
    if (!heading.empty() && is_same_title(title, heading)) break;
    if (!head.empty() &&
        (is_site_name(tail, site, host) || (!heading.empty() && is_same_title(head, heading)))) {
      title = head;
    } else if (!rest.empty() && (is_site_name(title.substr(0, first), site, host) ||
                                 (!heading.empty() && is_same_title(rest, heading)))) {
      title = rest;
    } else {
      break;
    }
  }
  return std::string(trim(title));
}

}  // namespace tidings::extract
