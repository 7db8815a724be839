#include "extract/names.h"

#include <algorithm>
#include <array>

#include "core/strings.h"
#include "core/utf8.h"
#include "text/html_text.h"
#include "text/lower.h"

namespace tidings::extract {
namespace {

constexpr std::size_t kBylineBytesMax = 400;
constexpr std::size_t kNameBytesMax = 80;
constexpr std::size_t kWordsMax = 6;
constexpr std::size_t kByBytesMax = 60;

// What stands before the names.
constexpr std::string_view kBy[] = {
    "by",         "written by",  "reported by",  "story by",  "posted by",   "published by",
    "from",       "author:",     "authors:",     "author",    "von",         "par",
    "por",        "di",          "da",           "de",        "av",          "af",
    "door",       "autor:",      "autor",        "auteur:",   "autore:",     "tekst:",
    "text:",      "od",          "przez",        "автор:",    "автор",       "авторы:",
    "текст:",     "κείμενο:",    "του",          "της",       "بقلم",        "بقلم:",
    "كتب",        "كتبت",        "المصدر:",      "記者",      "作者：",      "作者:",
    "作者",       "文／",        "文/",          "記者／",    "執筆：",      "文・",
    "글",         "글·",         "द्वारा",        "लेखक:",      "przygotował", "yazan:",
    "yazar:",     "szerző:",     "kirjoittanut", "edited by", "review by",   "words by",
    "opinion by", "analysis by", "via"};

// Separators between names, as words of their own.
constexpr std::string_view kAnd[] = {" and ", " und ", " et ",   " y ",  " e ",   " en ", " och ",
                                     " og ",  " i ",   " и ",    " та ", " και ", " و ",  " ve ",
                                     " és ",  " ja ",  " with ", " & ",  " и ",   " और "};

// A part with one of these words is no name but a role or a place to be.
constexpr auto kRoles = std::to_array<std::string_view>(
    {"agency",      "analyst",   "bureau",        "chief",     "columnist",    "contributing",
     "contributor", "copy",      "correspondent", "critic",    "desk",         "digital",
     "director",    "editor",    "editorial",     "editors",   "follow",       "freelance",
     "journalist",  "min",       "minutes",       "newsroom",  "photographer", "posted",
     "producer",    "published", "read",          "redakteur", "redaktion",    "reporter",
     "reporters",   "review",    "reviewed",      "reviewer",  "senior",       "share",
     "staff",       "subscribe", "team",          "updated",   "view",         "writer",
     "writers"});

// "Nelson C.J.", "John F."
bool ends_with_initial(std::string_view text) {
  if (text.size() < 4 || text.back() != '.') return false;
  const char letter = text[text.size() - 2], before = text[text.size() - 3];
  return letter >= 'A' && letter <= 'Z' && (before == ' ' || before == '.');
}

std::string_view strip(std::string_view text) {
  constexpr std::string_view kEdges = " \t\r\n,;:|-/*.()[]\"'";
  while (true) {
    const std::size_t before = text.size();
    while (!text.empty() && kEdges.find(text.front()) != std::string_view::npos)
      text.remove_prefix(1);
    while (!text.empty() && kEdges.find(text.back()) != std::string_view::npos &&
           !ends_with_initial(text))
      text.remove_suffix(1);
    for (const std::string_view mark : {"–", "—", "•", "·", "\xC2\xA0", "|", "،", "、"}) {
      if (text.starts_with(mark)) text.remove_prefix(mark.size());
      if (text.ends_with(mark)) text.remove_suffix(mark.size());
    }
    if (text.size() == before) return text;
  }
}

// Chinese, Japanese and Korean write the name right behind.
bool is_unspaced(std::string_view word) {
  const auto first = static_cast<unsigned char>(word.front());
  return first >= 0xE3 && first <= 0xED;
}

std::string_view without_by(std::string_view text) {
  bool was_found = true;
  while (was_found) {
    was_found = false;
    const std::string lower = text::lower(text.substr(0, kByBytesMax));
    for (const std::string_view by : kBy) {
      if (!lower.starts_with(by) || text.size() <= by.size()) continue;
      const char next = text[by.size()];
      const bool ends = is_space(next) || next == ':' || by.back() == ':' || is_unspaced(by);
      if (!ends) continue;
      text = strip(text.substr(by.size()));
      was_found = true;
      break;
    }
  }
  return text;
}

bool is_role(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    while (at < text.size() && !is_alpha(text[at])) ++at;
    const std::size_t begin = at;
    while (at < text.size() && is_alpha(text[at])) ++at;
    const std::string word = to_lower(text.substr(begin, at - begin));
    if (std::find(kRoles.begin(), kRoles.end(), word) != kRoles.end()) return true;
  }
  return false;
}

// "Ana Ruiz Senior Writer" is "Ana Ruiz": cut before the first word of a role that has a name of
// two words before it.
std::string_view without_role_behind(std::string_view text) {
  std::size_t words = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    if (words >= 2 && is_role(text.substr(at, end - at))) return strip(text.substr(0, at));
    ++words;
    at = end + 1;
  }
  return text;
}

bool is_name(std::string_view text) {
  if (text.empty() || text.size() > kNameBytesMax) return false;
  std::size_t words = 1;
  for (const char c : text) {
    if (is_digit(c) || c == '@' || c == '<' || c == '{' || c == '=' || c == '?' || c == '!')
      return false;
    if (c == ' ') ++words;
  }
  if (words > kWordsMax || text.find("://") != std::string_view::npos ||
      text.find("www.") != std::string_view::npos)
    return false;
  const char first = text.front();
  if (first >= 'a' && first <= 'z' && words > 3) return false;  // a sentence
  std::size_t at = 0;
  std::size_t letters = 0;
  while (at < text.size()) {
    const char32_t c = next_code_point(text, at);
    if (c > 0x7F || is_alpha(static_cast<char>(c))) ++letters;
  }
  return letters >= 2;
}

enum class Roles : bool { Refused, Accepted };

void add(std::string_view part, Roles roles, std::vector<std::string>& names) {
  part = without_role_behind(strip(without_by(strip(part))));
  if (!is_name(part) || (roles == Roles::Refused && is_role(part))) return;
  const bool is_known = std::any_of(names.begin(), names.end(),
                                    [&](const std::string& name) { return iequals(name, part); });
  if (!is_known) names.emplace_back(part);
}

// Positions at which a separator of names stands, and its length.
std::size_t separator_at(std::string_view text, std::size_t at) {
  for (const std::string_view sign : {"，", "、", "；", "،", "•", "·", "—", " - ", " – ", "／"}) {
    if (text.substr(at).starts_with(sign)) return sign.size();
  }
  const char c = text[at];
  if (c == ',' || c == ';' || c == '|' || c == '/' || c == '(' || c == ')' || c == '\n') return 1;
  if (c != ' ') return 0;
  for (const std::string_view word : kAnd) {
    if (istarts_with(text.substr(at), word)) return word.size() - 1;  // its last space begins again
  }
  return 0;
}

std::vector<std::string> parts_of(std::string_view text, Roles roles) {
  std::vector<std::string> names;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size = separator_at(text, at);
    if (size == 0) {
      ++at;
      continue;
    }
    add(text.substr(begin, at - begin), roles, names);
    at += size;
    begin = at;
  }
  add(text.substr(begin), roles, names);
  return names;
}

}  // namespace

bool begins_with_by(std::string_view line) {
  line = strip(line);
  return without_by(line).size() < line.size();
}

std::vector<std::string> names_in(std::string_view byline) {
  const std::string tidy = text::collapsed(utf8_prefix(byline, kBylineBytesMax));
  if (tidy.find("://") != std::string::npos) return {};  // of a profile
  std::vector<std::string> names = parts_of(tidy, Roles::Refused);
  if (names.empty() && tidy.size() <= kNameBytesMax) names = parts_of(tidy, Roles::Accepted);
  return names;
}

}  // namespace tidings::extract
