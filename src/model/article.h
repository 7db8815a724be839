// What we keep of an entry: one identity, one spelling, clean HTML, plain text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/hash.h"
#include "core/ids.h"
#include "core/time.h"
#include "model/analysis_brief.h"
#include "model/feed.h"

namespace tidings {

// What lists show and filters ask for.
struct ArticleSummary {
  ArticleId id{};
  SourceId source_id{};
  std::string url;    // canonical; may be empty
  std::string title;  // plain text
  std::vector<Person> authors;
  std::string summary;                  // plain text, at most 500 bytes, cut at a word
  std::string language;                 // BCP 47; the entry's, else the feed's, else the source's
  std::string country;                  // the source's
  std::vector<std::string> categories;  // the feed's own, plain text
  std::string image;
  std::string comments_url;
  std::string rights;
  Time published{};             // never later than added_at; added_at where the feed gave none
  std::optional<Time> updated;  // later than added_at only in calendars: when the event takes place
  Time added_at{};              // when we stored it first
  std::int32_t revision = 1;    // grows with every edit that the publisher made
  AnalysisBrief analysis;       // empty until it was analyzed; an edit keeps it until the next one

  friend bool operator==(const ArticleSummary&, const ArticleSummary&) = default;
};

// What one article shows by itself. Retention may drop it earlier than the article.
struct ArticleBody {
  std::string content_html;  // sanitized
  std::string text;          // the same as plain text
  std::vector<Enclosure> enclosures;

  friend bool operator==(const ArticleBody&, const ArticleBody&) = default;
};

struct Article {
  ArticleSummary summary;
  ArticleBody body;
};

// An article on its way into the store, which gives it its id.
struct NewArticle {
  Article article;     // id, source_id, added_at and revision are the store's to set
  Hash128 identity{};  // of the guid, else the link, else title and date, within the source
  bool has_own_address = true;     // false: its address stands for more than this article
  std::vector<Hash128> aliases;    // the weaker of these that it can be known by, strongest first
  std::uint64_t content_hash = 0;  // of what an edit would change: title, content, url
  bool wants_page = false;  // its page is to be read for the full text: see ports/page_store.h
};

}  // namespace tidings
