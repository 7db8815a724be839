// What a publisher said, in the publisher's words: one shape for every feed format.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/time.h"

namespace tidings {

enum class FeedFormat { Unknown, Rss, Rdf, Atom, JsonFeed, Sitemap, ChannelDefinition, HFeed };

struct Person {
  std::string name, email, url;
  friend bool operator==(const Person&, const Person&) = default;
};

struct Category {
  std::string term, scheme, label;
  friend bool operator==(const Category&, const Category&) = default;
};

struct Enclosure {
  std::string url, type, title;
  std::optional<std::int64_t> length_bytes;
  friend bool operator==(const Enclosure&, const Enclosure&) = default;
};

// An element or attribute of a known namespace that has no place of its own: "media:credit",
// "georss:point". Values in document order; each trimmed, at most 4 KiB.
using Extensions = std::map<std::string, std::vector<std::string>>;

// URLs are absolute where a base was known; titles and names are plain text; *_html is as the feed
// gave it, not yet sanitized (plain text is escaped to HTML).
struct Entry {
  std::string id;          // guid, atom:id, JSON Feed id: as given
  bool id_is_url = false;  // RSS isPermaLink, or an Atom id that is an http address
  std::string url;
  std::string title;
  std::string summary_html;
  std::string content_html;
  std::optional<Time> published;
  std::optional<Time> updated;
  std::vector<Person> authors;
  std::vector<Category> categories;
  std::vector<Enclosure> enclosures;
  std::string image;
  std::string comments_url;
  std::string rights;
  std::string language;
  std::string country;   // ISO 3166-1 alpha-2; of APIs that tell
  std::string base_url;  // what relative addresses inside the HTML are relative to
  Extensions extensions;
};

struct Feed {
  std::string id;
  std::string title;
  std::string description;
  std::string url;  // the site
  std::string self_url;
  std::string language;
  std::optional<Time> published;
  std::optional<Time> updated;
  std::vector<Person> authors;
  std::vector<Category> categories;
  std::string rights;
  std::string image;
  std::string icon;
  std::string generator;
  std::optional<int> ttl_minutes;  // RSS ttl, or sy:updatePeriod and sy:updateFrequency
  std::vector<int> skip_hours;     // RSS skipHours: 0 to 23 in UTC, ascending, each once
  std::vector<int> skip_days;      // RSS skipDays: 0 (Sunday) to 6, ascending, each once
  std::vector<std::string> hubs;   // WebSub
  Extensions extensions;  // as an entry's: "itunes:type", "podcast:locked", "rss:cloud@domain"
  std::vector<Entry> entries;
};

// A feed document with how it was read.
struct FeedDocument {
  FeedFormat format = FeedFormat::Unknown;
  std::string
      format_name;  // "rss 2.0", "atom 1.0", "rdf 1.0", "json_feed 1.1", "h-feed", "news sitemap"
  std::string encoding;               // the charset that was used, lower case ("utf-8")
  bool recovered = false;             // the document was ill-formed and read all the same
  std::vector<std::string> problems;  // plain sentences, at most 20
  Feed feed;
};

}  // namespace tidings
