// Any bytes that are a feed: whatever becomes of them is safe to show, in all fields, and the same
// each time.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/check.h"
#include "normalize/normalize.h"
#include "normalize/safe_html_check.h"
#include "normalize/safe_text.h"
#include "normalize/sanitize_document.h"
#include "parse/feed_json.h"
#include "parse/parse.h"

namespace {

using namespace tidings;

void check_text(const std::string& text) {
  CHECK(normalize::safe_text(text) == text);
}

void check_address(const std::string& address) {
  CHECK(address.empty() || address.starts_with("http://") || address.starts_with("https://"));
}

void check_article(const NewArticle& made, Time now) {
  const ArticleSummary& summary = made.article.summary;
  CHECK(!summary.title.empty());
  CHECK(summary.published <= now);
  for (const std::string* text : {&summary.title, &summary.summary, &summary.rights})
    check_text(*text);
  for (const std::string* address : {&summary.url, &summary.image, &summary.comments_url})
    check_address(*address);
  for (const std::string& category : summary.categories) check_text(category);
  for (const Person& author : summary.authors) {
    check_text(author.name);
    check_text(author.email);
    check_address(author.url);
  }
  for (const Enclosure& enclosure : made.article.body.enclosures) check_address(enclosure.url);
  CHECK(normalize::unsafe_part(made.article.body.content_html).empty());
}

std::string shown(const FeedDocument& document) {
  std::string json;
  parse::write_feed_json(document, json);
  return json;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  Result<FeedDocument> document =
      parse::parse_feed({.bytes = bytes, .url = "https://feed.example/feed"});
  if (!document) return 0;
  const Source source{.id = SourceId(1), .settings = {.url = "https://feed.example/feed"}};
  const Time now = from_micros(1'800'000'000'000'000);
  const normalize::NormalizedFeed once = normalize::normalize_feed(document->feed, source, now);
  const normalize::NormalizedFeed again = normalize::normalize_feed(document->feed, source, now);
  CHECK(once.articles.size() == again.articles.size());
  for (std::size_t i = 0; i < once.articles.size(); ++i) {
    check_article(once.articles[i], now);
    CHECK(once.articles[i].identity == again.articles[i].identity);
    CHECK(once.articles[i].content_hash == again.articles[i].content_hash);
  }
  normalize::sanitize_document(*document);
  const std::string first = shown(*document);
  normalize::sanitize_document(*document);
  CHECK(shown(*document) == first);
  return 0;
}
