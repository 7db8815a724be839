#include "parse/names.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <vector>

#include "core/strings.h"

namespace tidings::parse {
namespace {

struct SpaceUri {
  std::string_view uri;  // lower case, without scheme and last slash
  Namespace space;
};

constexpr SpaceUri kUris[] = {
    {"www.w3.org/2005/atom", Namespace::Atom},
    {"purl.org/atom/ns#", Namespace::Atom},
    {"example.com/newformat#", Namespace::Atom},
    {"purl.org/rss/1.0", Namespace::Rss},
    {"my.netscape.com/rdf/simple/0.9", Namespace::Rss},
    {"channel.netscape.com/rdf/simple/0.9", Namespace::Rss},
    {"my.netscape.com/publish/formats/rss-0.91.dtd", Namespace::Rss},
    {"backend.userland.com/rss", Namespace::Rss},
    {"backend.userland.com/rss2", Namespace::Rss},
    {"blogs.law.harvard.edu/tech/rss", Namespace::Rss},
    {"cyber.law.harvard.edu/rss", Namespace::Rss},
    {"purl.org/net/rss1.1#", Namespace::Rss},
    {"www.w3.org/1999/02/22-rdf-syntax-ns#", Namespace::Rdf},
    {"purl.org/rss/1.0/modules/content", Namespace::Content},
    {"purl.org/dc/elements/1.1", Namespace::DublinCore},
    {"purl.org/dc/elements/1.0", Namespace::DublinCore},
    {"purl.org/dc/terms", Namespace::DublinCoreTerms},
    {"search.yahoo.com/mrss", Namespace::Media},
    {"www.rssboard.org/media-rss", Namespace::Media},
    {"video.search.yahoo.com/mrss", Namespace::Media},
    {"www.itunes.com/dtds/podcast-1.0.dtd", Namespace::Itunes},
    {"example.com/dtds/podcast-1.0.dtd", Namespace::Itunes},
    {"www.georss.org/georss", Namespace::GeoRss},
    {"www.georss.org/georss/10", Namespace::GeoRss},
    {"www.w3.org/2003/01/geo/wgs84_pos#", Namespace::Geo},
    {"www.opengis.net/gml", Namespace::Gml},
    {"purl.org/rss/1.0/modules/syndication", Namespace::Syndication},
    {"purl.org/syndication/thread/1.0", Namespace::Thread},
    {"purl.org/rss/1.0/modules/slash", Namespace::Slash},
    {"rssnamespace.org/feedburner/ext/1.0", Namespace::Feedburner},
    {"wellformedweb.org/commentapi", Namespace::WellFormedWeb},
    {"backend.userland.com/creativecommonsrssmodule", Namespace::CreativeCommons},
    {"creativecommons.org/ns#", Namespace::CreativeCommons},
    {"web.resource.org/cc", Namespace::CreativeCommons},
    {"www.google.com/schemas/play-podcasts/1.0", Namespace::GooglePlay},
    {"podcastindex.org/namespace/1.0", Namespace::Podcast},
    {"prismstandard.org/namespaces/basic/2.0", Namespace::Prism},
    {"prismstandard.org/namespaces/1.2/basic", Namespace::Prism},
    {"www.w3.org/1999/xhtml", Namespace::Xhtml},
    {"www.w3.org/xml/1998/namespace", Namespace::Xml},
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
    {Namespace::Rss, "item", Tag::Entry},
    {Namespace::Rss, "image", Tag::Image},
    {Namespace::Rss, "title", Tag::Title},
    {Namespace::Rss, "link", Tag::Link},
    {Namespace::Rss, "description", Tag::Description},
    {Namespace::Rss, "summary", Tag::Summary},
    {Namespace::Rss, "guid", Tag::Guid},
    {Namespace::Rss, "pubdate", Tag::Published},
    {Namespace::Rss, "published", Tag::Published},
    {Namespace::Rss, "lastbuilddate", Tag::Updated},
    {Namespace::Rss, "updated", Tag::Updated},
    {Namespace::Rss, "date", Tag::Date},
    {Namespace::Rss, "author", Tag::Author},
    {Namespace::Rss, "managingeditor", Tag::ManagingEditor},
    {Namespace::Rss, "webmaster", Tag::WebMaster},
    {Namespace::Rss, "name", Tag::Name},
    {Namespace::Rss, "email", Tag::Email},
    {Namespace::Rss, "uri", Tag::Uri},
    {Namespace::Rss, "url", Tag::Url},
    {Namespace::Rss, "category", Tag::Category},
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
    {Namespace::DublinCoreTerms, "creator", Tag::Creator},
    {Namespace::DublinCoreTerms, "created", Tag::Date},
    {Namespace::DublinCoreTerms, "issued", Tag::Published},
    {Namespace::DublinCoreTerms, "modified", Tag::Updated},
    {Namespace::DublinCoreTerms, "subject", Tag::Subject},
    {Namespace::DublinCoreTerms, "rights", Tag::Rights},
    {Namespace::DublinCoreTerms, "abstract", Tag::Description},
    {Namespace::Prism, "publicationdate", Tag::Date},
    {Namespace::Media, "group", Tag::MediaGroup},
    {Namespace::Media, "content", Tag::MediaContent},
    {Namespace::Media, "thumbnail", Tag::Thumbnail},
    {Namespace::Media, "title", Tag::Title},
    {Namespace::Media, "description", Tag::Description},
    {Namespace::Media, "category", Tag::Category},
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
  while (uri.ends_with('/')) uri.remove_suffix(1);
  for (const SpaceUri& known : kUris) {
    if (iequals(known.uri, uri)) return known.space;
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
