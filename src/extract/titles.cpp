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

bool holds_title(std::string_view longer, std::string_view title) {
  const std::string whole = essence(longer), part = essence(title);
  return !part.empty() && whole.size() > part.size() &&
         (whole.ends_with(part) || whole.starts_with(part));
}

bool shares_words(std::string_view a, std::string_view b) {
  constexpr std::size_t kWordBytesMin = 4;
  const std::string other = to_lower(b);
  for (std::size_t at = 0; at < a.size();) {
    std::size_t end = at;
    while (end < a.size() &&
           (is_alpha(a[end]) || is_digit(a[end]) || static_cast<unsigned char>(a[end]) >= 0x80))
      ++end;
    // Six bytes are two Chinese characters.
    for (std::size_t begin = at; begin + kWordBytesMin <= end; begin += 6) {
      const std::size_t size = static_cast<unsigned char>(a[begin]) >= 0xE0 ? 6 : end - begin;
      if (begin + size <= end && other.find(to_lower(a.substr(begin, size))) != std::string::npos)
        return true;
      if (size != 6) break;
    }
    at = std::max(end, at) + 1;
  }
  return false;
}

std::string without_labels(std::string_view title) {
  constexpr std::string_view kBar = " | ";
  constexpr std::size_t kLabelBytesMax = 12, kTailBytesMax = 30;
  if (const std::size_t first = title.find(kBar); first <= kLabelBytesMax)
    title = trim(title.substr(first + kBar.size()));
  const std::size_t last = title.rfind(kBar);
  if (last != std::string_view::npos) {
    const std::size_t tail = title.size() - last - kBar.size();
    if (tail <= kTailBytesMax && last >= 2 * tail) title = trim(title.substr(0, last));
  }
  return std::string(title);
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
