#include "normalize/normalize.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "core/locale_codes.h"
#include "core/strings.h"
#include "core/url.h"
#include "core/utf8.h"
#include "model/media_address.h"
#include "normalize/base_address.h"
#include "normalize/canonical_url.h"
#include "normalize/content_hash.h"
#include "normalize/html_addresses.h"
#include "normalize/identity.h"
#include "normalize/publish_times.h"
#include "normalize/safe_text.h"
#include "normalize/sanitize.h"
#include "text/html_text.h"

namespace tidings::normalize {
namespace {

// --- text

std::string one_line(std::string_view text) {
  return text::collapsed(safe_text(text));
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
  return cut_at_word(safe_text(beginning), size_max);
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

Article article_of(const Feed& feed, const Source& source, const Entry& entry,
                   const PublishTimes& times, Time now) {
  Article article;
  ArticleSummary& summary = article.summary;
  BaseUrl base(base_address(feed, entry, source.fetch_url()));
  SanitizedHtml content = sanitize(
      entry.content_html.empty() ? entry.summary_html : entry.content_html, base.address());

  summary.updated = times.updated;
  summary.published = times.published;
  summary.added_at = now;
  summary.source_id = source.id;
  summary.url = page_address(feed, source, entry);
  summary.title = title_of(entry, content.text, summary.url);
  summary.summary = summary_of(entry, content.text);
  summary.authors = authors_of(feed, entry, base);
  summary.categories = categories_of(entry);
  summary.language = language_of(feed, source, entry);
  summary.country = entry.country.empty() ? source.settings.country : entry.country;
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

// An article with those of its keys that tell it from the others of its document.
struct Told {
  NewArticle article;
  std::vector<Hash128> own_keys;
};

Told told(Article article, Identity identity) {
  Told told{.article = {.article = std::move(article),
                        .identity = identity.keys.front(),
                        .has_own_address = identity.has_own_address,
                        .aliases = {identity.keys.begin() + 1, identity.keys.end()}}};
  told.article.content_hash = content_hash(told.article.article);
  identity.keys.resize(identity.own_keys);
  told.own_keys = std::move(identity.keys);
  return told;
}

// Of entries that share a key the latest stays, in the place of the first, with the better keys.
void take(Told told, std::size_t entry, std::map<Hash128, std::size_t>& place_of,
          NormalizedFeed& normalized) {
  std::vector<NewArticle>& articles = normalized.articles;
  std::size_t place = articles.size();
  for (const Hash128& key : told.own_keys) {
    if (const auto found = place_of.find(key); found != place_of.end() && place == articles.size())
      place = found->second;
  }
  for (const Hash128& key : told.own_keys) place_of.try_emplace(key, place);
  NewArticle fresh = std::move(told.article);
  if (place == articles.size()) {
    articles.push_back(std::move(fresh));
    normalized.entries.push_back(entry);
    return;
  }
  NewArticle& first = articles[place];
  if (!is_later(first.article, fresh.article)) return;
  if (first.aliases.size() > fresh.aliases.size()) {
    fresh.identity = first.identity;
    fresh.aliases = std::move(first.aliases);
  }
  first = std::move(fresh);
  normalized.entries[place] = entry;
}

}  // namespace

NormalizedFeed normalize_feed(const Feed& feed, const Source& source, Time now) {
  NormalizedFeed normalized;
  std::vector<Article> articles;
  std::vector<IdentityInput> inputs;
  const Sight sight = source.state.last_succeeded_at ? Sight::Later : Sight::First;
  const std::vector<PublishTimes> times = publish_times(feed, sight, now);
  for (std::size_t i = 0; i < feed.entries.size(); ++i) {
    const Entry& entry = feed.entries[i];
    if (articles.size() == kArticlesMax) {
      normalized.rejected.push_back(
          "The document has more than 10,000 entries; the rest was left out.");
      break;
    }
    Article article = article_of(feed, source, entry, times[i], now);
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

  std::vector<Identity> all = identities(source.id, inputs, home_pages_of(feed, source));
  std::map<Hash128, std::size_t> place_of;
  for (std::size_t i = 0; i < articles.size(); ++i) {
    const auto entry = static_cast<std::size_t>(inputs[i].entry - feed.entries.data());
    take(told(std::move(articles[i]), std::move(all[i])), entry, place_of, normalized);
  }
  return normalized;
}

}  // namespace tidings::normalize
