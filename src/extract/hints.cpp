#include "extract/hints.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "core/strings.h"

namespace tidings::extract {
namespace {

using html::Tag;

constexpr std::size_t kNameBytesMax = 512;
constexpr std::size_t kWordsMax = 12;  // of one class name

enum class Word : std::uint8_t {
  Other,
  Modifier,   // this name is about looks or state
  Subject,    // article, story, post
  Container,  // body, content, text
  Caption,
  Byline,
  Comments,
  Chrome,
};

struct Known {
  std::string_view text;
  Word word;
};

// Sorted. Words of class names and ids as they are common on the web's news pages.
constexpr auto kKnown = std::to_array<Known>({
    {"ad", Word::Chrome},
    {"addthis", Word::Chrome},
    {"ads", Word::Chrome},
    {"adslot", Word::Chrome},
    {"adunit", Word::Chrome},
    {"advert", Word::Chrome},
    {"advertisement", Word::Chrome},
    {"advertising", Word::Chrome},
    {"adwrapper", Word::Chrome},
    {"align", Word::Modifier},
    {"article", Word::Subject},
    {"articlebody", Word::Container},
    {"articlecontent", Word::Container},
    {"articletext", Word::Container},
    {"aside", Word::Chrome},
    {"author", Word::Byline},
    {"authors", Word::Byline},
    {"banner", Word::Chrome},
    {"bio", Word::Chrome},
    {"body", Word::Container},
    {"bodytext", Word::Container},
    {"breadcrumb", Word::Chrome},
    {"breadcrumbs", Word::Chrome},
    {"byline", Word::Byline},
    {"bylines", Word::Byline},
    {"caption", Word::Caption},
    {"captions", Word::Caption},
    {"comment", Word::Comments},
    {"commentlist", Word::Comments},
    {"comments", Word::Comments},
    {"consent", Word::Chrome},
    {"content", Word::Container},
    {"contributor", Word::Byline},
    {"cookie", Word::Chrome},
    {"cookies", Word::Chrome},
    {"copy", Word::Container},
    {"copyright", Word::Chrome},
    {"credit", Word::Caption},
    {"credits", Word::Caption},
    {"date", Word::Byline},
    {"dateline", Word::Byline},
    {"datetime", Word::Byline},
    {"disable", Word::Modifier},
    {"disabled", Word::Modifier},
    {"disqus", Word::Comments},
    {"donate", Word::Chrome},
    {"donation", Word::Chrome},
    {"enable", Word::Modifier},
    {"enabled", Word::Modifier},
    {"entry", Word::Subject},
    {"figcaption", Word::Caption},
    {"follow", Word::Chrome},
    {"footer", Word::Chrome},
    {"gdpr", Word::Chrome},
    {"has", Word::Modifier},
    {"hentry", Word::Subject},
    {"is", Word::Modifier},
    {"livefyre", Word::Comments},
    {"login", Word::Chrome},
    {"main", Word::Subject},
    {"masthead", Word::Chrome},
    {"menu", Word::Chrome},
    {"modal", Word::Chrome},
    {"mostpopular", Word::Chrome},
    {"mostread", Word::Chrome},
    {"nav", Word::Chrome},
    {"navbar", Word::Chrome},
    {"navigation", Word::Chrome},
    {"news", Word::Subject},
    {"newsletter", Word::Chrome},
    {"newsletters", Word::Chrome},
    {"no", Word::Modifier},
    {"not", Word::Modifier},
    {"outbrain", Word::Chrome},
    {"overlay", Word::Chrome},
    {"pager", Word::Chrome},
    {"pagination", Word::Chrome},
    {"permutive", Word::Modifier},
    {"popular", Word::Chrome},
    {"popup", Word::Chrome},
    {"post", Word::Subject},
    {"postcontent", Word::Container},
    {"print", Word::Modifier},
    {"promo", Word::Chrome},
    {"promos", Word::Chrome},
    {"promotion", Word::Chrome},
    {"pubdate", Word::Byline},
    {"published", Word::Byline},
    {"rail", Word::Chrome},
    {"readmore", Word::Chrome},
    {"recirc", Word::Chrome},
    {"recirculation", Word::Chrome},
    {"recommend", Word::Chrome},
    {"recommendation", Word::Chrome},
    {"recommendations", Word::Chrome},
    {"recommended", Word::Chrome},
    {"related", Word::Chrome},
    {"relatedlinks", Word::Chrome},
    {"relatedposts", Word::Chrome},
    {"replies", Word::Comments},
    {"respond", Word::Comments},
    {"sb", Word::Other},
    {"share", Word::Chrome},
    {"sharebar", Word::Chrome},
    {"sharedaddy", Word::Chrome},
    {"sharing", Word::Chrome},
    {"show", Word::Modifier},
    {"sidebar", Word::Chrome},
    {"signin", Word::Chrome},
    {"signup", Word::Chrome},
    {"social", Word::Chrome},
    {"sponsor", Word::Chrome},
    {"sponsored", Word::Chrome},
    {"story", Word::Subject},
    {"storybody", Word::Container},
    {"storycontent", Word::Container},
    {"subscribe", Word::Chrome},
    {"subscription", Word::Chrome},
    {"taboola", Word::Chrome},
    {"taglist", Word::Chrome},
    {"tags", Word::Chrome},
    {"teaser", Word::Chrome},
    {"teasers", Word::Chrome},
    {"text", Word::Container},
    {"timestamp", Word::Byline},
    {"toolbar", Word::Chrome},
    {"topics", Word::Chrome},
    {"trending", Word::Chrome},
    {"updated", Word::Byline},
    {"widget", Word::Other},
    {"with", Word::Modifier},
    {"without", Word::Modifier},
});
static_assert(std::is_sorted(kKnown.begin(), kKnown.end(),
                             [](const Known& a, const Known& b) { return a.text < b.text; }));

Word word_of(std::string_view text) {
  const auto at = std::lower_bound(
      kKnown.begin(), kKnown.end(), text,
      [](const Known& known, std::string_view wanted) { return known.text < wanted; });
  return at != kKnown.end() && at->text == text ? at->word : Word::Other;
}

constexpr bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

// Two words that together say what neither does.
bool is_chrome_pair(std::string_view first, std::string_view second) {
  constexpr std::pair<std::string_view, std::string_view> kPairs[] = {
      {"most", "read"},      {"read", "more"},    {"read", "next"},    {"more", "from"},
      {"more", "on"},        {"more", "stories"}, {"also", "like"},    {"up", "next"},
      {"sign", "up"},        {"see", "also"},     {"also", "read"},    {"read", "also"},
      {"skip", "link"},      {"more", "links"},   {"log", "in"},       {"call", "out"},
      {"tag", "list"},       {"tag", "links"},    {"top", "stories"},  {"around", "web"},
      {"you", "may"},        {"might", "like"},   {"next", "article"}, {"latest", "news"},
      {"latest", "stories"}, {"more", "news"},    {"link", "list"},    {"app", "download"}};
  return std::any_of(std::begin(kPairs), std::end(kPairs), [&](const auto& pair) {
    return pair.first == first && pair.second == second;
  });
}

// One class name or id: cut into words at signs and at "camelCase" humps.
Hint hint_of_name(std::string_view name) {
  char letters[64];
  std::string_view previous_text;
  Word previous = Word::Other;
  Hint found = Hint::None;
  bool has_subject = false;
  const auto raise = [&found](Hint hint) { found = std::max(found, hint); };
  std::size_t at = 0, words = 0, used = 0;
  while (at < name.size() && words < kWordsMax) {
    if (!is_alpha(name[at]) && !is_digit(name[at])) {
      ++at;
      continue;
    }
    const std::size_t begin = used;
    bool was_lower = false;
    while (at < name.size() && (is_alpha(name[at]) || is_digit(name[at])) &&
           !(was_lower && is_upper(name[at])) && used < sizeof letters) {
      was_lower = !is_upper(name[at]);
      letters[used++] = to_lower(name[at++]);
    }
    if (used == sizeof letters) break;
    const std::string_view text(letters + begin, used - begin);
    const Word word = word_of(text);
    ++words;
    switch (word) {
      case Word::Modifier:
        return Hint::None;
      case Word::Subject:
        has_subject = true;
        raise(Hint::Content);
        break;
      case Word::Container:
        raise(has_subject || text.size() > 7 ? Hint::Body : Hint::Content);
        break;
      case Word::Caption:
        raise(Hint::Caption);
        break;
      case Word::Byline:
        raise(Hint::Byline);
        break;
      case Word::Comments:
        raise(Hint::Comments);
        break;
      case Word::Chrome:
        raise(Hint::Chrome);
        break;
      case Word::Other:
        if (is_chrome_pair(previous_text, text)) raise(Hint::Chrome);
        break;
    }
    if (word == Word::Other && is_chrome_pair(previous_text, text)) raise(Hint::Chrome);
    previous_text = text;
    previous = word;
  }
  (void)previous;
  return found;
}

Hint hint_of_names(std::string_view names) {
  names = names.substr(0, kNameBytesMax);
  Hint found = Hint::None;
  bool is_body = false;
  for (std::size_t at = 0; at < names.size();) {
    while (at < names.size() && is_space(names[at])) ++at;
    const std::size_t begin = at;
    while (at < names.size() && !is_space(names[at])) ++at;
    const Hint hint = hint_of_name(names.substr(begin, at - begin));
    is_body = is_body || hint == Hint::Body;
    found = std::max(found, hint);
  }
  return is_body ? Hint::Body : found;
}

std::optional<Hint> hint_of_tag(Tag tag) {
  switch (tag) {
    case Tag::Nav:
    case Tag::Footer:
    case Tag::Menu:
    case Tag::Dialog:
    case Tag::Search:
      return Hint::Chrome;
    case Tag::Figcaption:
      return Hint::Caption;
    case Tag::Time:
      return Hint::Byline;
    default:
      return std::nullopt;
  }
}

std::optional<Hint> hint_of_role(std::string_view role) {
  constexpr std::string_view kChrome[] = {"navigation", "banner",       "contentinfo", "search",
                                          "dialog",     "alertdialog",  "menu",        "menubar",
                                          "toolbar",    "complementary"};
  if (role.empty()) return std::nullopt;
  if (std::find(std::begin(kChrome), std::end(kChrome), role) != std::end(kChrome))
    return Hint::Chrome;
  return std::nullopt;
}

}  // namespace

Hint hint_of(const html::Node& element) {
  if (const std::optional<Hint> hint = hint_of_tag(element.tag)) return *hint;
  std::string_view class_names, id, role, property;
  for (const html::Attribute& given : element.attributes) {
    if (given.name == "class") class_names = given.value;
    if (given.name == "id") id = given.value;
    if (given.name == "role") role = given.value;
    if (given.name == "itemprop") property = given.value;
  }
  if (property == "articleBody" || property == "reviewBody") return Hint::Body;
  if (const std::optional<Hint> hint = hint_of_role(role)) return *hint;
  const Hint by_class = class_names.empty() ? Hint::None : hint_of_names(class_names);
  if (by_class == Hint::Body || id.empty()) return by_class;
  const Hint by_id = hint_of_names(id);
  return by_id == Hint::Body ? by_id : std::max(by_class, by_id);
}

bool is_named_standfirst(const html::Node& element) {
  constexpr std::string_view kNames[] = {
      "standfirst", "subhead",       "sub-head",     "subtitle",    "sub-title",  "dek",
      "deck",       "summary",       "keypoint",     "key-point",   "highlights", "takeaway",
      "abstract",   "strapline",     "chapo",        "sommario",    "entradilla", "vorspann",
      "occhiello",  "lead-text",     "article-lead", "teaser-text", "excerpt",    "kicker-text",
      "synopsis",   "article__lead", "intro"};
  for (const html::Attribute& given : element.attributes) {
    if (given.name != "class" && given.name != "id" && given.name != "itemprop" &&
        given.name != "data-testid")
      continue;
    const std::string lower = to_lower(given.value.substr(0, kNameBytesMax));
    for (const std::string_view name : kNames) {
      if (lower.find(name) != std::string::npos) return true;
    }
  }
  return false;
}

bool is_hidden(const html::Node& element) {
  for (const html::Attribute& given : element.attributes) {
    if (given.name == "hidden") return true;
    if (given.name == "aria-hidden" && given.value == "true") return true;
    if (given.name == "style") {
      for (const std::string_view style :
           {"display:none", "display: none", "visibility:hidden", "visibility: hidden"}) {
        if (given.value.find(style) != std::string_view::npos) return true;
      }
    }
    if (given.name == "class") {
      for (const std::string_view name : {"sr-only", "screen-reader-text", "visually-hidden",
                                          "visuallyhidden", "screen-reader-only", "print-only",
                                          "visible-print", "d-print-block", "noprint-hidden"}) {
        if (given.value.find(name) != std::string_view::npos) return true;
      }
    }
  }
  return false;
}

}  // namespace tidings::extract
