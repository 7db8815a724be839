#include "parse/names.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <vector>

#include "core/strings.h"

namespace tidings::parse {
namespace {

struct SpaceUri {
  std::string_view uri;  // lower case, without scheme, "www." and last slash
  Namespace space;
};

constexpr SpaceUri kUris[] = {
    {"w3.org/2005/atom", Namespace::Atom},
    {"purl.org/atom/ns#", Namespace::Atom},
    {"example.com/newformat#", Namespace::Atom},
    {"purl.org/rss/1.0", Namespace::Rss},
    {"my.netscape.com/rdf/simple/0.9", Namespace::Rss},
    {"channel.netscape.com/rdf/simple/0.9", Namespace::Rss},
    {"my.netscape.com/publish/formats/rss-0.91.dtd", Namespace::Rss},
    {"backend.userland.com/rss", Namespace::Rss},
    {"backend.userland.com/rss2", Namespace::Rss},
    {"backend.userland.com/rss091", Namespace::Rss},
    {"blogs.law.harvard.edu/tech/rss", Namespace::Rss},
    {"cyber.law.harvard.edu/rss", Namespace::Rss},
    {"purl.org/net/rss1.1#", Namespace::Rss},
    {"w3.org/1999/02/22-rdf-syntax-ns#", Namespace::Rdf},
    {"purl.org/rss/1.0/modules/content", Namespace::Content},
    {"purl.org/dc/elements/1.1", Namespace::DublinCore},
    {"purl.org/dc/elements/1.0", Namespace::DublinCore},
    {"purl.org/dc/elements", Namespace::DublinCore},
    {"purl.org/dc/terms", Namespace::DublinCoreTerms},
    {"rssboard.org/media-rss", Namespace::Media},
    {"video.search.yahoo.com/mrss", Namespace::Media},
    {"itunes.com/dtds/podcast-1.0.dtd", Namespace::Itunes},
    {"itunes.apple.com/dtds/podcast-1.0.dtd", Namespace::Itunes},
    {"example.com/dtds/podcast-1.0.dtd", Namespace::Itunes},
    {"w3.org/2003/01/geo/wgs84_pos#", Namespace::Geo},
    {"w3.org/2003/01/geo", Namespace::Geo},
    {"purl.org/rss/1.0/modules/syndication", Namespace::Syndication},
    {"purl.org/syndication/thread/1.0", Namespace::Thread},
    {"purl.org/syndication/history/1.0", Namespace::FeedHistory},
    {"purl.org/rss/1.0/modules/slash", Namespace::Slash},
    {"rssnamespace.org/feedburner/ext/1.0", Namespace::Feedburner},
    {"wellformedweb.org/commentapi", Namespace::WellFormedWeb},
    {"backend.userland.com/creativecommonsrssmodule", Namespace::CreativeCommons},
    {"cyber.law.harvard.edu/rss/creativecommonsrssmodule.html", Namespace::CreativeCommons},
    {"creativecommons.org/ns#", Namespace::CreativeCommons},
    {"web.resource.org/cc", Namespace::CreativeCommons},
    {"google.com/schemas/play-podcasts/1.0", Namespace::GooglePlay},
    {"source.scripting.com", Namespace::ScriptingSource},
    {"source.smallpict.com/2014/07/12/thesourcenamespace.html", Namespace::ScriptingSource},
    {"w3.org/2007/app", Namespace::Publishing},
    {"purl.org/atom/app#", Namespace::Publishing},
    {"schemas.google.com/g/2005", Namespace::GoogleData},
    {"news.yandex.ru", Namespace::Yandex},
    {"turbo.yandex.ru", Namespace::YandexTurbo},
    {"webfeeds.org/rss/1.0", Namespace::WebFeeds},
    {"smartnews.be/snf", Namespace::SmartNews},
    {"webns.net/mvcb", Namespace::Administration},
    {"purl.org/rss/1.0/modules/event", Namespace::Event},
    {"xmlns.com/foaf/0.1", Namespace::Foaf},
    {"w3.org/1999/xhtml", Namespace::Xhtml},
    {"w3.org/tr/html4", Namespace::Xhtml},
    {"w3.org/xml/1998/namespace", Namespace::Xml},
};

// Namespaces that appear in many versions, by how they begin.
constexpr SpaceUri kUriBeginnings[] = {
    {"search.yahoo.com/mrss", Namespace::Media},
    {"podcastindex.org/namespace/", Namespace::Podcast},
    {"github.com/podcastindex-org/podcast-namespace", Namespace::Podcast},
    {"georss.org/georss", Namespace::GeoRss},
    {"opengis.net/gml", Namespace::Gml},
    {"prismstandard.org/namespaces/", Namespace::Prism},
    {"purl.org/prism", Namespace::Prism},
    {"purl.org/atom/ns", Namespace::Atom},
    {"itunes.com/dtds/podcast", Namespace::Itunes},
    {"sitemaps.org/schemas/sitemap/", Namespace::Sitemap},
    {"google.com/schemas/sitemap/", Namespace::Sitemap},
    {"google.com/schemas/sitemap-news/", Namespace::SitemapNews},
    {"google.com/schemas/sitemap-image/", Namespace::SitemapImage},
    {"google.com/schemas/sitemap-video/", Namespace::SitemapVideo},
    {"youtube.com/xml/schemas/", Namespace::YouTube},
    {"gdata.youtube.com/schemas/", Namespace::YouTube},
    {"a9.com/-/spec/opensearch", Namespace::OpenSearch},
    {"urn:ietf:params:xml:ns:xcal", Namespace::Calendar},
};

struct SpacePrefix {
  std::string_view prefix;
  Namespace space;
};

// The first prefix of each namespace is its canonical one.
constexpr SpacePrefix kPrefixes[] = {
    {"atom", Namespace::Atom},
    {"atom10", Namespace::Atom},
    {"a10", Namespace::Atom},
    {"rss", Namespace::Rss},
    {"rdf", Namespace::Rdf},
    {"content", Namespace::Content},
    {"dc", Namespace::DublinCore},
    {"dcterms", Namespace::DublinCoreTerms},
    {"dct", Namespace::DublinCoreTerms},
    {"media", Namespace::Media},
    {"itunes", Namespace::Itunes},
    {"georss", Namespace::GeoRss},
    {"geo", Namespace::Geo},
    {"gml", Namespace::Gml},
    {"sy", Namespace::Syndication},
    {"thr", Namespace::Thread},
    {"slash", Namespace::Slash},
    {"feedburner", Namespace::Feedburner},
    {"wfw", Namespace::WellFormedWeb},
    {"creativeCommons", Namespace::CreativeCommons},
    {"cc", Namespace::CreativeCommons},
    {"googleplay", Namespace::GooglePlay},
    {"podcast", Namespace::Podcast},
    {"prism", Namespace::Prism},
    {"sitemap", Namespace::Sitemap},
    {"news", Namespace::SitemapNews},
    {"image", Namespace::SitemapImage},
    {"video", Namespace::SitemapVideo},
    {"source", Namespace::ScriptingSource},
    {"app", Namespace::Publishing},
    {"gd", Namespace::GoogleData},
    {"yt", Namespace::YouTube},
    {"opensearch", Namespace::OpenSearch},
    {"openSearch", Namespace::OpenSearch},
    {"yandex", Namespace::Yandex},
    {"turbo", Namespace::YandexTurbo},
    {"webfeeds", Namespace::WebFeeds},
    {"snf", Namespace::SmartNews},
    {"fh", Namespace::FeedHistory},
    {"admin", Namespace::Administration},
    {"ev", Namespace::Event},
    {"xcal", Namespace::Calendar},
    {"foaf", Namespace::Foaf},
    {"xhtml", Namespace::Xhtml},
    {"xml", Namespace::Xml},
};

struct TagName {
  Namespace space;
  std::string_view local;  // lower case
  Tag tag;
};

constexpr TagName kTags[] = {
    {Namespace::Rss, "rss", Tag::RssRoot},
    {Namespace::Rdf, "rdf", Tag::RdfRoot},
    {Namespace::Rss, "rdf", Tag::RdfRoot},
    {Namespace::Rss, "feed", Tag::AtomRoot},
    {Namespace::Rss, "channel", Tag::Channel},
    {Namespace::Rss, "urlset", Tag::SitemapRoot},
    {Namespace::Rss, "sitemapindex", Tag::SitemapIndex},
    {Namespace::Rss, "item", Tag::Entry},
    {Namespace::Rss, "items", Tag::Group},
    {Namespace::Rss, "skiphours", Tag::Group},
    {Namespace::Rss, "skipdays", Tag::Group},
    {Namespace::Rss, "hour", Tag::SkippedHour},
    {Namespace::Rss, "day", Tag::SkippedDay},
    {Namespace::Rss, "cloud", Tag::Cloud},
    {Namespace::Rss, "logo", Tag::Thumbnail},
    {Namespace::Rss, "thumbnail", Tag::Image},
    {Namespace::Rss, "thumb", Tag::Image},
    {Namespace::Rss, "image", Tag::Image},
    {Namespace::Rss, "title", Tag::Title},
    {Namespace::Rss, "link", Tag::Link},
    {Namespace::Rss, "description", Tag::Description},
    {Namespace::Rss, "summary", Tag::Summary},
    {Namespace::Rss, "abstract", Tag::Summary},
    {Namespace::Rss, "excerpt", Tag::Summary},
    {Namespace::Rss, "subtitle", Tag::Subtitle},
    {Namespace::Rss, "content", Tag::FullText},
    {Namespace::Rss, "fulltext", Tag::FullText},
    {Namespace::Rss, "full-text", Tag::FullText},
    {Namespace::Rss, "id", Tag::Id},
    {Namespace::Rss, "guid", Tag::Guid},
    {Namespace::Rss, "pubdate", Tag::Published},
    {Namespace::Rss, "published", Tag::Published},
    {Namespace::Rss, "publishdate", Tag::Published},
    {Namespace::Rss, "datepublished", Tag::Published},
    {Namespace::Rss, "created", Tag::Date},
    {Namespace::Rss, "modified", Tag::Updated},
    {Namespace::Rss, "lastmod", Tag::Updated},
    {Namespace::Rss, "lastbuilddate", Tag::Updated},
    {Namespace::Rss, "updated", Tag::Updated},
    {Namespace::Rss, "date", Tag::Date},
    {Namespace::Rss, "author", Tag::Author},
    {Namespace::Rss, "creator", Tag::Creator},
    {Namespace::Rss, "managingeditor", Tag::ManagingEditor},
    {Namespace::Rss, "webmaster", Tag::WebMaster},
    {Namespace::Rss, "name", Tag::Name},
    {Namespace::Rss, "email", Tag::Email},
    {Namespace::Rss, "uri", Tag::Uri},
    {Namespace::Rss, "url", Tag::Url},
    {Namespace::Rss, "category", Tag::Category},
    {Namespace::Rss, "keywords", Tag::Keywords},
    {Namespace::Rss, "tags", Tag::Keywords},
    {Namespace::Rss, "enclosure", Tag::Enclosure},
    {Namespace::Rss, "comments", Tag::Comments},
    {Namespace::Rss, "copyright", Tag::Rights},
    {Namespace::Rss, "language", Tag::Language},
    {Namespace::Rss, "generator", Tag::Generator},
    {Namespace::Rss, "ttl", Tag::TimeToLive},
    {Namespace::Rss, "source", Tag::Source},
    {Namespace::Xhtml, "body", Tag::Content},
    {Namespace::Content, "encoded", Tag::Content},
    {Namespace::Atom, "feed", Tag::AtomRoot},
    {Namespace::Atom, "entry", Tag::Entry},
    {Namespace::Atom, "title", Tag::Title},
    {Namespace::Atom, "subtitle", Tag::Subtitle},
    {Namespace::Atom, "tagline", Tag::Subtitle},
    {Namespace::Atom, "link", Tag::Link},
    {Namespace::Atom, "id", Tag::Id},
    {Namespace::Atom, "updated", Tag::Updated},
    {Namespace::Atom, "modified", Tag::Updated},
    {Namespace::Atom, "published", Tag::Published},
    {Namespace::Atom, "issued", Tag::Published},
    {Namespace::Atom, "created", Tag::Date},
    {Namespace::Atom, "date", Tag::Date},
    {Namespace::Atom, "pubdate", Tag::Published},
    {Namespace::Atom, "description", Tag::Description},
    {Namespace::Atom, "guid", Tag::Id},
    {Namespace::Atom, "author", Tag::Person},
    {Namespace::Atom, "contributor", Tag::Contributor},
    {Namespace::Atom, "name", Tag::Name},
    {Namespace::Atom, "email", Tag::Email},
    {Namespace::Atom, "uri", Tag::Uri},
    {Namespace::Atom, "url", Tag::Uri},
    {Namespace::Atom, "homepage", Tag::Uri},
    {Namespace::Atom, "category", Tag::Category},
    {Namespace::Atom, "content", Tag::Content},
    {Namespace::Atom, "summary", Tag::Summary},
    {Namespace::Atom, "rights", Tag::Rights},
    {Namespace::Atom, "copyright", Tag::Rights},
    {Namespace::Atom, "logo", Tag::Logo},
    {Namespace::Atom, "icon", Tag::Icon},
    {Namespace::Atom, "generator", Tag::Generator},
    {Namespace::Atom, "source", Tag::Source},
    {Namespace::DublinCore, "title", Tag::Title},
    {Namespace::DublinCore, "creator", Tag::Creator},
    {Namespace::DublinCore, "author", Tag::Creator},
    {Namespace::DublinCore, "date", Tag::Date},
    {Namespace::DublinCore, "description", Tag::Description},
    {Namespace::DublinCore, "subject", Tag::Subject},
    {Namespace::DublinCore, "language", Tag::Language},
    {Namespace::DublinCore, "rights", Tag::Rights},
    {Namespace::DublinCoreTerms, "title", Tag::Title},
    {Namespace::DublinCoreTerms, "date", Tag::Date},
    {Namespace::DublinCoreTerms, "available", Tag::Date},
    {Namespace::DublinCoreTerms, "description", Tag::Description},
    {Namespace::DublinCoreTerms, "language", Tag::Language},
    {Namespace::DublinCoreTerms, "creator", Tag::Creator},
    {Namespace::DublinCoreTerms, "created", Tag::Date},
    {Namespace::DublinCoreTerms, "issued", Tag::Published},
    {Namespace::DublinCoreTerms, "modified", Tag::Updated},
    {Namespace::DublinCoreTerms, "subject", Tag::Subject},
    {Namespace::DublinCoreTerms, "rights", Tag::Rights},
    {Namespace::DublinCoreTerms, "abstract", Tag::Description},
    {Namespace::Prism, "publicationdate", Tag::Date},
    {Namespace::Media, "group", Tag::Group},
    {Namespace::Media, "content", Tag::MediaContent},
    {Namespace::Media, "thumbnail", Tag::Thumbnail},
    {Namespace::Media, "title", Tag::Title},
    {Namespace::Media, "description", Tag::Description},
    {Namespace::Media, "category", Tag::Category},
    {Namespace::Media, "keywords", Tag::Keywords},
    {Namespace::Itunes, "title", Tag::Title},
    {Namespace::Itunes, "author", Tag::Creator},
    {Namespace::Itunes, "owner", Tag::Owner},
    {Namespace::Itunes, "name", Tag::Name},
    {Namespace::Itunes, "email", Tag::Email},
    {Namespace::Itunes, "summary", Tag::Description},
    {Namespace::Itunes, "subtitle", Tag::Subtitle},
    {Namespace::Itunes, "image", Tag::Thumbnail},
    {Namespace::Itunes, "category", Tag::Category},
    {Namespace::Itunes, "keywords", Tag::Keywords},
    {Namespace::Syndication, "updateperiod", Tag::UpdatePeriod},
    {Namespace::Syndication, "updatefrequency", Tag::UpdateFrequency},
    {Namespace::Feedburner, "origlink", Tag::OriginalLink},
    {Namespace::Feedburner, "origenclosurelink", Tag::OriginalEnclosure},
    {Namespace::GooglePlay, "author", Tag::Creator},
    {Namespace::GooglePlay, "description", Tag::Description},
    {Namespace::GooglePlay, "image", Tag::Thumbnail},
    {Namespace::GooglePlay, "category", Tag::Category},
    {Namespace::Yandex, "full-text", Tag::FullText},
    {Namespace::YandexTurbo, "content", Tag::FullText},
    {Namespace::WebFeeds, "cover", Tag::Cover},
    {Namespace::WebFeeds, "logo", Tag::Logo},
    {Namespace::WebFeeds, "icon", Tag::Icon},
    {Namespace::SmartNews, "logo", Tag::Image},
    {Namespace::Sitemap, "urlset", Tag::SitemapRoot},
    {Namespace::Sitemap, "sitemapindex", Tag::SitemapIndex},
    {Namespace::Sitemap, "url", Tag::Entry},
    {Namespace::Sitemap, "loc", Tag::Link},
    {Namespace::Sitemap, "lastmod", Tag::Updated},
    {Namespace::SitemapNews, "news", Tag::Group},
    {Namespace::SitemapNews, "publication", Tag::Group},
    {Namespace::SitemapNews, "name", Tag::PublicationName},
    {Namespace::SitemapNews, "language", Tag::Language},
    {Namespace::SitemapNews, "publication_date", Tag::Published},
    {Namespace::SitemapNews, "title", Tag::Title},
    {Namespace::SitemapNews, "keywords", Tag::Keywords},
    {Namespace::SitemapImage, "image", Tag::Group},
    {Namespace::SitemapImage, "loc", Tag::Image},
    {Namespace::SitemapVideo, "video", Tag::Group},
    {Namespace::SitemapVideo, "title", Tag::Title},
    {Namespace::SitemapVideo, "description", Tag::Description},
    {Namespace::SitemapVideo, "thumbnail_loc", Tag::Image},
    {Namespace::SitemapVideo, "content_loc", Tag::EnclosureUrl},
    {Namespace::SitemapVideo, "publication_date", Tag::Date},
    {Namespace::SitemapVideo, "tag", Tag::Subject},
    {Namespace::SitemapVideo, "category", Tag::Subject},
};

bool before(const TagName& a, const TagName& b) {
  return a.space != b.space ? a.space < b.space : a.local < b.local;
}

const std::vector<TagName>& sorted_tags() {
  static const std::vector<TagName> tags = [] {
    std::vector<TagName> sorted(std::begin(kTags), std::end(kTags));
    std::sort(sorted.begin(), sorted.end(), before);
    return sorted;
  }();
  return tags;
}

}  // namespace

Namespace namespace_of_uri(std::string_view uri) {
  uri = trim(uri);
  if (uri.empty()) return Namespace::Rss;
  if (istarts_with(uri, "http://")) uri.remove_prefix(7);
  if (istarts_with(uri, "https://")) uri.remove_prefix(8);
  if (istarts_with(uri, "www.")) uri.remove_prefix(4);
  while (uri.ends_with('/')) uri.remove_suffix(1);
  for (const SpaceUri& known : kUris) {
    if (iequals(known.uri, uri)) return known.space;
  }
  for (const SpaceUri& known : kUriBeginnings) {
    if (istarts_with(uri, known.uri)) return known.space;
  }
  return Namespace::Unknown;
}

Namespace namespace_of_prefix(std::string_view prefix) {
  for (const SpacePrefix& known : kPrefixes) {
    if (iequals(known.prefix, prefix)) return known.space;
  }
  return Namespace::Unknown;
}

std::string_view canonical_prefix(Namespace space) {
  if (space == Namespace::Rss) return "rss";
  for (const SpacePrefix& known : kPrefixes) {
    if (known.space == space) return known.prefix;
  }
  return {};
}

Tag tag_of(Namespace space, std::string_view local_name) {
  char lower[24];
  if (local_name.size() > sizeof lower) return Tag::Unknown;
  std::transform(local_name.begin(), local_name.end(), lower, [](char c) { return to_lower(c); });
  const TagName wanted{space, {lower, local_name.size()}, Tag::Unknown};
  const std::vector<TagName>& tags = sorted_tags();
  const auto found = std::lower_bound(tags.begin(), tags.end(), wanted, before);
  return found != tags.end() && !before(wanted, *found) ? found->tag : Tag::Unknown;
}

}  // namespace tidings::parse
