#include "normalize/normalize.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "core/hash.h"
#include "core/locale_codes.h"
#include "core/strings.h"
#include "core/url.h"
#include "core/utf8.h"
#include "model/media_address.h"
#include "normalize/canonical_url.h"
#include "normalize/clean_text.h"
#include "normalize/html_addresses.h"
#include "normalize/identity.h"
#include "normalize/sanitize.h"
#include "text/html_text.h"

namespace tidings::normalize {
namespace {

// --- text

std::string one_line(std::string_view text) {
  return is_clean(text) ? text::collapsed(text) : text::collapsed(cleaned(text));
}

// At most `size_max` bytes; what is cut ends at a word, if there is one near, with an ellipsis.
std::string cut_at_word(std::string text, std::size_t size_max) {
  constexpr std::string_view kEllipsis = "…";
  constexpr std::size_t kWordBytesMax = 60;
  if (text.size() <= size_max) return text;
  std::string_view cut = utf8_prefix(text, size_max - kEllipsis.size());
  const std::size_t blank = text[cut.size()] == ' ' ? cut.size() : cut.rfind(' ');
  if (blank != std::string_view::npos && blank > 0 && blank + kWordBytesMax > cut.size())
    cut = cut.substr(0, blank);
  return std::string(cut) + std::string(kEllipsis);
}

std::string short_text(std::string_view text, std::size_t size_max) {
  return cut_at_word(one_line(text), size_max);
}

// --- times

std::optional<Time> plausible(const std::optional<Time>& time) {
  static const Time kFirst = Time(std::chrono::sys_days(std::chrono::year(1990) / 1 / 1));
  return time && *time >= kFirst ? time : std::nullopt;
}

// One entry of tomorrow is a mistake, or a clock that is fast; a feed of which most are is a
// calendar.
bool is_calendar(const Feed& feed, Time now) {
  constexpr std::ptrdiff_t kEventsMin = 2;
  const auto is_ahead = [&](const Entry& entry) {
    return entry.published && *entry.published > now + std::chrono::hours(24);
  };
  const std::ptrdiff_t ahead = std::ranges::count_if(feed.entries, is_ahead);
  return ahead >= kEventsMin && ahead * 2 > static_cast<std::ptrdiff_t>(feed.entries.size());
}

void set_times(ArticleSummary& summary, const Entry& entry, Time now, bool in_calendar) {
  const std::optional<Time> published = plausible(entry.published);
  const std::optional<Time> updated = plausible(entry.updated);
  summary.added_at = now;
  if (updated) summary.updated = std::min(*updated, now);
  summary.published = published ? std::min(*published, now) : summary.updated.value_or(now);
  if (in_calendar && published && *published > now) summary.updated = published;
}

// --- addresses

std::string page_address(const Feed& feed, const Source& source, const Entry& entry) {
  const std::string& given = !entry.url.empty() ? entry.url
                             : entry.id_is_url  ? entry.id
                                                : entry.url;
  if (trim(given).empty()) return {};
  const std::string& base = !entry.base_url.empty() ? entry.base_url
                            : !feed.url.empty()     ? feed.url
                                                    : source.fetch_url();
  const Result<std::string> url = canonical_url(resolve_url(base, given));
  return url ? *url : std::string();
}

std::string base_of(const Feed& feed, const Entry& entry, std::string_view fallback) {
  for (const std::string* base : {&entry.base_url, &entry.url, &feed.url, &feed.self_url}) {
    if (base->starts_with("http://") || base->starts_with("https://")) return *base;
  }
  return std::string(fallback);
}

std::string image_of(const Entry& entry, BaseUrl& base, const std::string& first_in_content) {
  std::string image = web_address(base, entry.image);
  for (const Enclosure& enclosure : entry.enclosures) {
    if (image.empty() && is_picture(enclosure)) image = web_address(base, enclosure.url);
  }
  return image.empty() ? first_in_content : image;
}

// --- lists

std::vector<Person> authors_of(const Feed& feed, const Entry& entry, BaseUrl& base) {
  std::vector<Person> authors;
  for (const Person& person : entry.authors.empty() ? feed.authors : entry.authors) {
    if (authors.size() == kAuthorsMax) break;
    Person author{.name = short_text(person.name, kNameBytesMax),
                  .email = short_text(person.email, kNameBytesMax),
                  .url = web_address(base, person.url)};
    const bool is_known = std::find(authors.begin(), authors.end(), author) != authors.end();
    if (!is_known && author != Person{}) authors.push_back(std::move(author));
  }
  return authors;
}

std::vector<std::string> categories_of(const Entry& entry) {
  std::vector<std::string> names;
  for (const Category& category : entry.categories) {
    if (names.size() == kCategoriesMax) break;
    std::string name =
        short_text(category.label.empty() ? category.term : category.label, kNameBytesMax);
    const bool is_known = std::find(names.begin(), names.end(), name) != names.end();
    if (!is_known && !name.empty()) names.push_back(std::move(name));
  }
  return names;
}

std::vector<Enclosure> enclosures_of(const Entry& entry, BaseUrl& base) {
  std::vector<Enclosure> enclosures;
  for (const Enclosure& given : entry.enclosures) {
    if (enclosures.size() == kEnclosuresMax) break;
    std::string url = web_address(base, given.url);
    if (url.empty()) continue;
    enclosures.push_back({.url = std::move(url),
                          .type = short_text(given.type, kNameBytesMax),
                          .title = short_text(given.title, kNameBytesMax),
                          .length_bytes = given.length_bytes && *given.length_bytes >= 0
                                              ? given.length_bytes
                                              : std::nullopt});
  }
  return enclosures;
}

std::string language_of(const Feed& feed, const Source& source, const Entry& entry) {
  for (const std::string* tag : {&entry.language, &feed.language, &source.settings.language}) {
    if (std::string tidy = tidy_language(*tag); !tidy.empty()) return tidy;
  }
  return {};
}

// --- the article

// Sanitized text has no blanks but single ones, and line breaks.
std::string beginning_of(std::string_view text, std::size_t size_max) {
  constexpr std::size_t kCodePointBytesMax = 4;
  std::string beginning(
      utf8_prefix(text, size_max + kCodePointBytesMax));  // enough to see that there is more
  std::replace(beginning.begin(), beginning.end(), '\n', ' ');
  return cut_at_word(std::move(beginning), size_max);
}

std::string title_of(const Entry& entry, const std::string& text, const std::string& url) {
  constexpr std::size_t kFirstWordsBytesMax = 100;
  std::string title = short_text(entry.title, kTitleBytesMax);
  if (title.empty()) title = beginning_of(text, kFirstWordsBytesMax);
  return title.empty() ? url : title;
}

std::string summary_of(const Entry& entry, const std::string& text) {
  const bool has_its_own = !entry.summary_html.empty() && !entry.content_html.empty();
  std::string summary = has_its_own
                            ? short_text(text::plain_text(entry.summary_html), kSummaryBytesMax)
                            : std::string();
  return summary.empty() ? beginning_of(text, kSummaryBytesMax) : summary;
}

// Of what an edit would change; line breaks and indents are no edit.
std::uint64_t content_hash_of(const Article& article) {
  std::string said(article.body.content_html.size() + article.summary.title.size() +
                       article.summary.url.size() + 3,
                   '\0');
  char* end = said.data();
  for (const std::string* part :
       {&article.summary.title, &article.summary.url, &article.body.content_html}) {
    for (const char c : *part) {
      *end = c;
      end += is_space(c) ? 0 : 1;
    }
    *end++ = '\0';
  }
  return hash64({said.data(), end});
}

Article article_of(const Feed& feed, const Source& source, const Entry& entry, Time now,
                   bool in_calendar) {
  Article article;
  ArticleSummary& summary = article.summary;
  BaseUrl base(base_of(feed, entry, source.fetch_url()));
  SanitizedHtml content = sanitize(
      entry.content_html.empty() ? entry.summary_html : entry.content_html, base.address());

  set_times(summary, entry, now, in_calendar);
  summary.source_id = source.id;
  summary.url = page_address(feed, source, entry);
  summary.title = title_of(entry, content.text, summary.url);
  summary.summary = summary_of(entry, content.text);
  summary.authors = authors_of(feed, entry, base);
  summary.categories = categories_of(entry);
  summary.language = language_of(feed, source, entry);
  summary.country = source.settings.country;
  summary.image = image_of(entry, base, content.first_image);
  summary.comments_url = web_address(base, entry.comments_url);
  summary.rights = short_text(entry.rights.empty() ? feed.rights : entry.rights, kNameBytesMax);
  article.body.enclosures = enclosures_of(entry, base);
  article.body.content_html = std::move(content.html);
  article.body.text = std::move(content.text);
  return article;
}

// True when `b` is the better of two tellings of one article.
bool is_later(const Article& a, const Article& b) {
  const Time of_a = a.summary.updated.value_or(a.summary.published);
  const Time of_b = b.summary.updated.value_or(b.summary.published);
  if (of_a != of_b) return of_a < of_b;
  return a.body.content_html.size() < b.body.content_html.size();
}

// The pages that say nothing of one article: the site's, the feed's own, and the roots of both.
std::vector<std::string> home_pages_of(const Feed& feed, const Source& source) {
  std::vector<std::string> pages;
  for (const std::string* address :
       {&feed.url, &feed.self_url, &source.settings.site_url, &source.settings.url}) {
    const Result<std::string> page = canonical_url(*address);
    if (!page) continue;
    pages.push_back(*page);
    pages.push_back(page->substr(0, page->find('/', page->find("://") + 3)) + "/");
  }
  return pages;
}

NewArticle new_article(Article article, std::vector<Hash128> keys) {
  NewArticle fresh{.article = std::move(article), .identity = keys.front()};
  keys.erase(keys.begin());
  fresh.aliases = std::move(keys);
  fresh.content_hash = content_hash_of(fresh.article);
  return fresh;
}

// Of entries that share a key the latest stays, in the place of the first, with the better keys.
void take(NewArticle fresh, std::map<Hash128, std::size_t>& place_of,
          std::vector<NewArticle>& articles) {
  std::size_t place = articles.size();
  std::vector<Hash128> keys = fresh.aliases;
  keys.insert(keys.begin(), fresh.identity);
  for (const Hash128& key : keys) {
    if (const auto found = place_of.find(key); found != place_of.end() && place == articles.size())
      place = found->second;
  }
  for (const Hash128& key : keys) place_of.try_emplace(key, place);
  if (place == articles.size()) return articles.push_back(std::move(fresh));
  NewArticle& first = articles[place];
  if (!is_later(first.article, fresh.article)) return;
  if (first.aliases.size() > fresh.aliases.size()) {
    fresh.identity = first.identity;
    fresh.aliases = std::move(first.aliases);
  }
  first = std::move(fresh);
}

}  // namespace

NormalizedFeed normalize_feed(const Feed& feed, const Source& source, Time now) {
  NormalizedFeed normalized;
  std::vector<Article> articles;
  std::vector<IdentityInput> inputs;
  const bool in_calendar = is_calendar(feed, now);
  for (std::size_t i = 0; i < feed.entries.size(); ++i) {
    const Entry& entry = feed.entries[i];
    if (articles.size() == kArticlesMax) {
      normalized.rejected.push_back(
          "The document has more than 10,000 entries; the rest was left out.");
      break;
    }
    Article article = article_of(feed, source, entry, now, in_calendar);
    if (article.summary.title.empty()) {
      normalized.rejected.push_back("Entry " + std::to_string(i + 1) +
                                    " has neither title, link nor text.");
      continue;
    }
    const bool has_other_name = !entry.title.empty() || !article.summary.url.empty();
    inputs.push_back({.entry = &entry,
                      .url = article.summary.url,
                      .title = article.summary.title,
                      .text = has_other_name ? std::string() : article.body.text});
    articles.push_back(std::move(article));
  }

  std::vector<std::vector<Hash128>> keys =
      identities(source.id, inputs, home_pages_of(feed, source));
  std::map<Hash128, std::size_t> place_of;
  for (std::size_t i = 0; i < articles.size(); ++i) {
    take(new_article(std::move(articles[i]), std::move(keys[i])), place_of, normalized.articles);
  }
  return normalized;
}

void sanitize_document(FeedDocument& document) {
  for (Entry& entry : document.feed.entries) {
    const std::string base = base_of(document.feed, entry, {});
    for (std::string* html : {&entry.content_html, &entry.summary_html}) {
      if (html->empty()) continue;
      SanitizedHtml safe = sanitize(*html, base);
      *html = std::move(safe.html);
      // As articles get it where the entry names none.
      if (entry.image.empty()) entry.image = std::move(safe.first_image);
    }
  }
}

}  // namespace tidings::normalize
