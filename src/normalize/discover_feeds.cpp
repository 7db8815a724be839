#include "normalize/discover_feeds.h"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_set>
#include <utility>

#include "core/strings.h"
#include "core/url.h"
#include "core/utf8.h"
#include "text/html_entities.h"
#include "text/html_text.h"

namespace tidings::normalize {
namespace {

// Only start tags matter, so that no tree is built: a page that would choke a parser is read here
// like any other.
struct Tag {
  std::string_view name;  // as written
  std::string_view href, rel, type, title;
  std::size_t end = 0;  // behind its '>'
};

// Lower numbers are shown first.
enum class Likelihood { Declared, DeclaredComments, OwnLink, ForeignLink };

struct Candidate {
  Likelihood likelihood;
  DiscoveredFeed feed;
};

constexpr std::size_t kTitleBytesMax = 500;
constexpr std::size_t kCandidatesMax = 1'000;

constexpr std::array<std::string_view, 7> kFeedTypes = {
    "application/rss+xml",   "application/atom+xml", "application/feed+json", "application/rdf+xml",
    "application/x-rss+xml", "application/rss",      "application/atom"};
// Feeds under these are common, and so are pages' data: they need an address that looks like a
// feed.
constexpr std::array<std::string_view, 4> kMaybeFeedTypes = {"application/json", "application/xml",
                                                             "text/xml", "text/rss"};

template <std::size_t N>
bool is_one_of(std::string_view text, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), text) != names.end();
}

bool ends_name(char c) {
  return is_space(c) || c == '>' || c == '/' || c == '=';
}

std::string_view attribute_value(std::string_view html, std::size_t& at) {
  while (at < html.size() && is_space(html[at])) ++at;
  if (at >= html.size() || html[at] != '=') return {};
  ++at;
  while (at < html.size() && is_space(html[at])) ++at;
  if (at >= html.size()) return {};
  const char quote = html[at];
  std::size_t end = 0;
  std::size_t begin = at;
  if (quote == '"' || quote == '\'') {
    begin = at + 1;
    end = std::min(html.find(quote, begin), html.size());
    at = std::min(end + 1, html.size());
  } else {
    end = begin;
    while (end < html.size() && !is_space(html[end]) && html[end] != '>') ++end;
    at = end;
  }
  return html.substr(begin, end - begin);
}

void keep_attribute(Tag& tag, std::string_view name, std::string_view value) {
  const std::pair<std::string_view, std::string_view*> places[] = {
      {"href", &tag.href}, {"rel", &tag.rel}, {"type", &tag.type}, {"title", &tag.title}};
  for (const auto& [known, place] : places) {
    if (place->empty() && iequals(name, known)) *place = value;
  }
}

// The start tag whose name begins at `at`.
Tag read_tag(std::string_view html, std::size_t at) {
  Tag tag;
  const std::size_t name_begin = at;
  while (at < html.size() && !ends_name(html[at])) ++at;
  tag.name = html.substr(name_begin, at - name_begin);
  while (at < html.size() && html[at] != '>') {
    const std::size_t begin = at;
    while (at < html.size() && !ends_name(html[at])) ++at;
    if (at == begin) {  // a space, a slash, or an '=' that belongs to nothing
      ++at;
      continue;
    }
    const std::string_view name = html.substr(begin, at - begin);
    const std::string_view value = attribute_value(html, at);
    keep_attribute(tag, name, value);
  }
  tag.end = std::min(at + 1, html.size());
  return tag;
}

// Where `needle` (lower case) next stands, in any case.
std::size_t find_any_case(std::string_view html, std::string_view needle, std::size_t at) {
  for (at = html.find('<', at); at != std::string_view::npos; at = html.find('<', at + 1)) {
    if (istarts_with(html.substr(at), needle)) return at;
  }
  return html.size();
}

// Behind the content of an element whose content is no markup.
std::size_t behind_raw_text(std::string_view html, const Tag& tag) {
  if (iequals(tag.name, "script")) return find_any_case(html, "</script", tag.end);
  if (iequals(tag.name, "style")) return find_any_case(html, "</style", tag.end);
  if (iequals(tag.name, "textarea")) return find_any_case(html, "</textarea", tag.end);
  return tag.end;
}

bool has_word(std::string_view words, std::string_view wanted) {
  std::size_t at = 0;
  while (at < words.size()) {
    while (at < words.size() && is_space(words[at])) ++at;
    const std::size_t begin = at;
    while (at < words.size() && !is_space(words[at])) ++at;
    if (iequals(words.substr(begin, at - begin), wanted)) return true;
  }
  return false;
}

std::string media_type(std::string_view raw) {
  return to_lower(trim(raw.substr(0, raw.find(';'))));
}

std::string clean_title(std::string_view raw) {
  const std::string text =
      text::collapsed(text::decode_entities(repaired_utf8(raw.substr(0, 4 * kTitleBytesMax))));
  return std::string(trim(utf8_prefix(text, kTitleBytesMax)));
}

// "/feed", "/rss.xml", "/blog/atom/", "?feed=rss2", "feeds.example.com".
bool looks_like_feed(const Url& url) {
  constexpr std::array<std::string_view, 12> kLastParts = {
      "feed",     "feeds",    "rss",       "atom",      "rdf",       "rss.xml",
      "atom.xml", "feed.xml", "index.rdf", "feed.json", "index.xml", "rss2"};
  constexpr std::array<std::string_view, 3> kEndings = {".rss", ".atom", ".rdf"};
  std::string path = to_lower(url.path);
  while (path.ends_with('/')) path.pop_back();
  const std::string_view last = std::string_view(path).substr(path.rfind('/') + 1);
  if (is_one_of(last, kLastParts)) return true;
  if (std::any_of(kEndings.begin(), kEndings.end(),
                  [&last](std::string_view ending) { return last.ends_with(ending); })) {
    return true;
  }
  if (url.host.starts_with("feeds.") && path.size() > 1) return true;
  const std::string query = to_lower(url.query);
  return query.starts_with("feed=") || query.find("&feed=") != std::string::npos ||
         query.find("format=rss") != std::string::npos ||
         query.find("format=feed") != std::string::npos;
}

// Many a blog names the feed of its comments beside that of its articles.
bool is_about_comments(const DiscoveredFeed& feed) {
  return to_lower(feed.url).find("comments") != std::string::npos ||
         to_lower(feed.title).find("comment") != std::string::npos;
}

class Discovery {
 public:
  Discovery(std::string_view html, std::string_view url)
      : html_(html.substr(0, kDiscoverBytesMax)), base_(url) {
    if (const Result<Url> page = parse_url(url)) site_ = registrable_domain(page->host);
  }

  std::vector<DiscoveredFeed> run() && {
    std::size_t at = html_.find('<');
    while (at < html_.size() && candidates_.size() < kCandidatesMax) {
      at = html_.find('<', read_at(at));
    }
    std::vector<DiscoveredFeed> feeds;
    std::unordered_set<std::string> known;
    for (const Likelihood likelihood : {Likelihood::Declared, Likelihood::DeclaredComments,
                                        Likelihood::OwnLink, Likelihood::ForeignLink}) {
      for (Candidate& candidate : candidates_) {
        if (candidate.likelihood != likelihood || feeds.size() == kDiscoveredFeedsMax) continue;
        if (known.insert(candidate.feed.url).second) feeds.push_back(std::move(candidate.feed));
      }
    }
    return feeds;
  }

 private:
  // Takes what begins at the '<' at `at`; returns where to look for the next one.
  std::size_t read_at(std::size_t at) {
    if (html_.substr(at).starts_with("<!--")) {
      const std::size_t end = html_.find("-->", at + 2);
      return end == std::string_view::npos ? html_.size() : end;
    }
    if (at + 1 >= html_.size() || !is_alpha(html_[at + 1])) return at + 1;
    const Tag tag = read_tag(html_, at + 1);
    if (iequals(tag.name, "link")) take_link(tag);
    if (iequals(tag.name, "a")) take_anchor(tag);
    if (iequals(tag.name, "base")) take_base(tag);
    return behind_raw_text(html_, tag);
  }

  // The first <base> counts (WHATWG HTML §4.2.3).
  void take_base(const Tag& tag) {
    if (has_base_ || tag.href.empty()) return;
    has_base_ = true;
    const std::string base = resolve_url(base_, text::decode_entities(trim(tag.href)));
    if (parse_url(base)) base_ = base;
  }

  std::optional<Url> absolute(const Tag& tag) const {
    if (trim(tag.href).empty()) return std::nullopt;
    Result<Url> url = parse_url(resolve_url(base_, text::decode_entities(trim(tag.href))));
    if (!url) return std::nullopt;
    url->has_fragment = false;
    url->fragment.clear();
    return *std::move(url);
  }

  void take_link(const Tag& tag) {
    const bool is_named = has_word(tag.rel, "alternate") || has_word(tag.rel, "feed");
    if (!is_named || has_word(tag.rel, "stylesheet")) return;
    const std::string type = media_type(tag.type);
    const std::optional<Url> url = absolute(tag);
    if (!url) return;
    const bool is_feed = is_one_of(type, kFeedTypes) || has_word(tag.rel, "feed") ||
                         (is_one_of(type, kMaybeFeedTypes) && looks_like_data_feed(*url));
    if (!is_feed) return;
    DiscoveredFeed feed{.url = url->to_string(), .title = clean_title(tag.title), .type = type};
    const Likelihood likelihood =
        is_about_comments(feed) ? Likelihood::DeclaredComments : Likelihood::Declared;
    candidates_.push_back({likelihood, std::move(feed)});
  }

  // WordPress names its API as an alternate of type application/json.
  static bool looks_like_data_feed(const Url& url) {
    return looks_like_feed(url) || (url.path.find("/wp-json/") == std::string::npos &&
                                    to_lower(url.path).find("feed") != std::string::npos);
  }

  void take_anchor(const Tag& tag) {
    const std::optional<Url> url = absolute(tag);
    if (!url) return;
    const std::string type = media_type(tag.type);
    if (!is_one_of(type, kFeedTypes) && !looks_like_feed(*url)) return;
    const std::string text(
        html_.substr(tag.end, std::min(html_.find('<', tag.end), html_.size()) - tag.end));
    DiscoveredFeed feed{.url = url->to_string(),
                        .title = clean_title(tag.title.empty() ? text : tag.title),
                        .type = type};
    const bool is_own = !site_.empty() && registrable_domain(url->host) == site_;
    candidates_.push_back(
        {is_own ? Likelihood::OwnLink : Likelihood::ForeignLink, std::move(feed)});
  }

  std::string_view html_;
  std::string base_;
  std::string site_;  // the page's registrable domain
  bool has_base_ = false;
  std::vector<Candidate> candidates_;
};

}  // namespace

std::vector<DiscoveredFeed> discover_feeds(std::string_view html, std::string_view url) {
  return Discovery(html, url).run();
}

}  // namespace tidings::normalize
