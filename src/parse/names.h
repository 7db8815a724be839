// What element names mean: namespaces by address or habitual prefix, and the tags that have a place
// in our model.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tidings::parse {

enum class Namespace : std::uint8_t {
  Rss,  // and elements without a namespace
  Atom,
  Rdf,
  Content,
  DublinCore,
  DublinCoreTerms,
  Media,
  Itunes,
  GeoRss,
  Geo,
  Gml,
  Syndication,
  Thread,
  Slash,
  Feedburner,
  WellFormedWeb,
  CreativeCommons,
  GooglePlay,
  Podcast,
  Prism,
  Sitemap,
  SitemapNews,
  SitemapImage,
  SitemapVideo,
  ScriptingSource,
  Publishing,  // app
  GoogleData,
  YouTube,
  OpenSearch,
  Yandex,
  YandexTurbo,
  WebFeeds,
  SmartNews,
  FeedHistory,
  Administration,
  Event,
  Calendar,
  Foaf,
  Xhtml,
  Xml,
  Unknown,
};

enum class Tag : std::uint8_t {
  Unknown,
  // roots and containers
  RssRoot,
  RdfRoot,
  AtomRoot,
  SitemapRoot,
  SitemapIndex,
  Channel,
  Group,  // holds elements that speak of what it stands in
  Entry,
  Image,
  MediaContent,
  Source,
  // text
  Title,
  Description,
  Subtitle,
  Content,
  Summary,
  Author,
  Person,
  Owner,
  Contributor,
  Name,
  Email,
  Uri,
  ManagingEditor,
  WebMaster,
  Creator,
  Category,
  Keywords,
  Subject,
  Rights,
  Language,
  Generator,
  // identity and links
  Guid,
  Id,
  Link,
  OriginalLink,
  Url,
  Comments,
  Enclosure,
  EnclosureUrl,
  OriginalEnclosure,
  FullText,
  Cloud,
  PublicationName,
  Cover,
  Thumbnail,
  Logo,
  Icon,
  // times
  Published,
  Updated,
  Date,
  TimeToLive,
  UpdatePeriod,
  UpdateFrequency,
  SkippedHour,
  SkippedDay,
};

struct Name {
  Namespace space = Namespace::Unknown;
  Tag tag = Tag::Unknown;
};

// White space around it, letter case, the scheme, "www." and a last slash do not matter; nor does
// the version of those that have many.
Namespace namespace_of_uri(std::string_view uri);

// "encoded" of "content:encoded".
constexpr std::string_view local_part(std::string_view qualified_name) {
  const std::size_t colon = qualified_name.find(':');
  return colon == std::string_view::npos ? qualified_name : qualified_name.substr(colon + 1);
}

// For prefixes that nobody declared.
Namespace namespace_of_prefix(std::string_view prefix);

// The prefix that everybody uses; empty for Rss and Unknown.
std::string_view canonical_prefix(Namespace space);

// Letter case does not matter.
Tag tag_of(Namespace space, std::string_view local_name);

}  // namespace tidings::parse
