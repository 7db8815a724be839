#include "normalize/sanitize_document.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "normalize/base_address.h"
#include "normalize/safe_text.h"
#include "normalize/sanitize.h"

namespace tidings::normalize {
namespace {

template <class... Texts>
void make_texts_safe(Texts&... texts) {
  ((texts = safe_text(texts)), ...);
}

template <class... Addresses>
void make_addresses_safe(Addresses&... addresses) {
  ((addresses = safe_address(addresses)), ...);
}

void make_safe(std::vector<Person>& people) {
  for (Person& person : people) {
    make_texts_safe(person.name, person.email);
    make_addresses_safe(person.url);
  }
}

void make_safe(std::vector<Category>& categories) {
  for (Category& category : categories) {
    make_texts_safe(category.term, category.label);
    category.scheme = safe_value(category.scheme);  // a word, to some
  }
}

void make_safe(std::vector<Enclosure>& enclosures) {
  for (Enclosure& enclosure : enclosures) {
    make_texts_safe(enclosure.type, enclosure.title);
    make_addresses_safe(enclosure.url);
  }
  std::erase_if(enclosures, [](const Enclosure& enclosure) { return enclosure.url.empty(); });
}

void make_safe(Extensions& extensions) {
  Extensions safe;
  for (auto& [name, values] : extensions) {
    for (std::string& value : values) value = safe_value(value);
    safe.emplace(safe_text(name), std::move(values));
  }
  extensions = std::move(safe);
}

void make_safe(Entry& entry, const std::string& base) {
  for (std::string* html : {&entry.content_html, &entry.summary_html}) {
    if (html->empty()) continue;
    SanitizedHtml safe = sanitize(*html, base);
    *html = std::move(safe.html);
    if (entry.image.empty()) entry.image = std::move(safe.first_image);  // as articles get it
  }
  entry.id = safe_value(entry.id);
  make_texts_safe(entry.title, entry.rights, entry.language, entry.country);
  make_addresses_safe(entry.url, entry.image, entry.comments_url, entry.base_url);
  make_safe(entry.authors);
  make_safe(entry.categories);
  make_safe(entry.enclosures);
  make_safe(entry.extensions);
}

}  // namespace

void sanitize_document(FeedDocument& document) {
  Feed& feed = document.feed;
  for (Entry& entry : feed.entries) make_safe(entry, base_address(feed, entry, {}));
  feed.id = safe_value(feed.id);
  make_texts_safe(feed.title, feed.description, feed.language, feed.rights, feed.generator);
  make_addresses_safe(feed.url, feed.self_url, feed.image, feed.icon);
  for (std::string& hub : feed.hubs) hub = safe_address(hub);
  std::erase_if(feed.hubs, [](const std::string& hub) { return hub.empty(); });
  make_safe(feed.authors);
  make_safe(feed.categories);
  make_safe(feed.extensions);
  make_texts_safe(document.encoding);
  for (std::string& problem : document.problems) problem = safe_text(problem);
}

}  // namespace tidings::normalize
