// FeedReader: which element stands where, by the format of the root and by what it stands in.
#include "core/strings.h"
#include "parse/feed_reader.h"

namespace tidings::parse {
namespace {

long width_of(Attributes attributes) {
  return static_cast<long>(parse_int(trim(attributes.get("width"))).value_or(0));
}

bool declares(Attributes attributes, std::string_view part_of_uri) {
  for (const auto& [name, value] : attributes.list()) {
    if (istarts_with(name, "xmlns") && value.find(part_of_uri) != std::string_view::npos)
      return true;
  }
  return false;
}

std::string rss_version(Attributes attributes) {
  const std::string_view version = trim(attributes.get("version"));
  return version.empty() ? "rss" : "rss " + std::string(version.substr(0, 16));
}

// RSS 0.90 and 1.0 differ in the address of their namespace alone.
std::string rdf_version(Attributes attributes) {
  return declares(attributes, "rdf/simple/0.9") ? "rdf 0.90" : "rdf 1.0";
}

bool declares_old_atom(Attributes attributes) {
  return attributes.get("version") == "0.3" || declares(attributes, "://purl.org/atom/ns#");
}

}  // namespace

void FeedReader::begin_atom(Attributes attributes) {
  document_.format = FeedFormat::Atom;
  is_old_atom_ = declares_old_atom(attributes);
  document_.format_name = is_old_atom_ ? "atom 0.3" : "atom 1.0";
}

// A channel by itself: RSS 1.1 says so by its namespace, the Channel Definition Format by its
// address; else an RSS document has lost its outer element.
void FeedReader::open_root_channel(Frame frame, Attributes attributes) {
  if (declares(attributes, "purl.org/net/rss1.1")) {
    document_.format = FeedFormat::Rdf;
    document_.format_name = "rdf 1.1";
  } else if (attributes.has("href") || attributes.has("lastmod") || attributes.has("base")) {
    document_.format = FeedFormat::ChannelDefinition;
    document_.format_name = "cdf";
  } else {
    document_.format = FeedFormat::Rss;
    document_.format_name = "rss";
    problem("The <rss> element around the channel is missing.");
  }
  open_in_feed({}, frame, attributes);
}

void FeedReader::open_root(std::string_view name, Frame frame, Attributes attributes) {
  root_name_ = name;
  // Some publishers put their root into a namespace that it is not in.
  if (frame.name.tag == Tag::Unknown)
    frame.name = {Namespace::Rss, tag_of(Namespace::Rss, local_part(name))};
  switch (frame.name.tag) {
    case Tag::RssRoot:
      document_.format = FeedFormat::Rss;
      document_.format_name = rss_version(attributes);
      // Some publishers declare Atom as the default of their RSS: the elements are RSS all the
      // same.
      scopes_.force_default(Namespace::Rss);
      break;
    case Tag::RdfRoot:
      document_.format = FeedFormat::Rdf;
      document_.format_name = rdf_version(attributes);
      break;
    case Tag::AtomRoot:
      begin_atom(attributes);
      if (frame.name.space == Namespace::Rss) scopes_.force_default(Namespace::Atom);
      break;
    case Tag::SitemapRoot:
      document_.format = FeedFormat::Sitemap;
      document_.format_name = "news sitemap";
      if (frame.name.space == Namespace::Rss) scopes_.force_default(Namespace::Sitemap);
      break;
    case Tag::Channel:
      return open_root_channel(frame, attributes);
    case Tag::Entry:
      if (frame.name.space != Namespace::Atom) {
        stop_ = Stop::NotAFeed;
        return;
      }
      // An entry by itself is a document too (RFC 4287 §2).
      begin_atom(attributes);
      return open_entry(frame, attributes);
    default:
      stop_ = Stop::NotAFeed;
      return;
  }
  if (const std::string_view language = attributes.get("xml:lang"); !language.empty()) {
    set_language(language);
  }
  push(frame, Place::Feed);
}

// What means the same in a feed and in an entry.
void FeedReader::open_anywhere(std::string_view name, Frame frame, Attributes attributes) {
  switch (frame.name.tag) {
    case Tag::Entry:
      return open_entry(frame, attributes);
    case Tag::Owner:
      person_ = {};
      return push(frame, Place::Person);
    case Tag::Group:
      return push(frame, place());
    case Tag::MediaContent:
      take_media_content(attributes);
      return push(frame, place());
    case Tag::Cover:
      take_image(attributes.first_of({"image", "url", "href"}), 2, 0);
      return skip(frame);
    case Tag::Cloud:
    case Tag::Unknown:
      return open_extension(name, frame, attributes);
    case Tag::Contributor:
      return skip(frame);
    default:
      return open_leaf(frame, attributes);
  }
}

void FeedReader::open_in_feed(std::string_view name, Frame frame, Attributes attributes) {
  const Namespace space = frame.name.space;
  switch (frame.name.tag) {
    case Tag::Channel:
      if (feed().id.empty())
        feed().id = limited(attributes.get("rdf:about"), limits_.text_bytes_max);
      if (feed().url.empty()) feed().url = resolved(attributes.get("href"));
      if (!feed().updated)
        feed().updated = date_of(attributes.get("lastmod"), FeedDates::Field::Updated);
      set_language(attributes.get("xml:lang"));
      return push(frame, Place::Feed);
    case Tag::Thumbnail:
      if (iequals(attributes.get("style"), "icon")) {
        feed().icon = resolved(attributes.first_of({"href", "url"}));
      } else {
        take_image(attributes.first_of({"href", "url"}), space == Namespace::Media ? 1 : 3,
                   width_of(attributes));
      }
      return skip(frame);
    case Tag::Link:
      if (space != Namespace::Atom && !attributes.has("rel")) return open_leaf(frame, attributes);
      take_feed_link(attributes);
      return skip(frame);
    case Tag::Category:
      if (space == Namespace::Rss) return open_leaf(frame, attributes);
      take_category(frame.name, attributes);
      return space == Namespace::Itunes ? push(frame, Place::Feed) : skip(frame);
    case Tag::Source:
    case Tag::Enclosure:
      return skip(frame);
    default:
      return open_anywhere(name, frame, attributes);
  }
}

void FeedReader::open_entry(Frame frame, Attributes attributes) {
  if (in_entry_) finish_entry();
  if (feed().entries.size() >= limits_.entries_max) {
    problem("Only the first " + std::to_string(limits_.entries_max) + " entries were read.");
    stop_ = Stop::EntriesFull;
    return;
  }
  feed().entries.emplace_back();
  in_entry_ = true;
  entry_ranks_ = {};
  fallback_authors_.clear();
  original_enclosure_.clear();
  if (const std::string_view about = attributes.get("rdf:about"); !about.empty()) {
    entry().id = limited(trim(about), limits_.text_bytes_max);
    take_entry_url(about, 1);
  }
  if (frame.name.space == Namespace::Rss) {  // the Channel Definition Format
    take_entry_url(attributes.get("href"), 1);
    entry().updated = date_of(attributes.get("lastmod"), FeedDates::Field::Updated);
  }
  set_language(attributes.get("xml:lang"));
  push(frame, Place::Entry);
}

void FeedReader::open_in_entry(std::string_view name, Frame frame, Attributes attributes) {
  const Namespace space = frame.name.space;
  switch (frame.name.tag) {
    case Tag::Thumbnail:
      take_image(attributes.first_of({"href", "url"}), space == Namespace::Media ? 4 : 3,
                 width_of(attributes));
      return skip(frame);
    case Tag::Link:
      if (space == Namespace::Atom ? attributes.list().empty() : !attributes.has("rel"))
        return open_leaf(frame, attributes);
      take_entry_link(attributes);
      return skip(frame);
    case Tag::Category:
      if (space == Namespace::Rss || space == Namespace::Media) return open_leaf(frame, attributes);
      take_category(frame.name, attributes);
      return space == Namespace::Itunes ? push(frame, Place::Entry) : skip(frame);
    case Tag::Enclosure:
      if (trim(attributes.get("url")).empty()) return open_leaf(frame, attributes);
      take_enclosure({.url = resolved(attributes.get("url")),
                      .type = std::string(trim(attributes.get("type"))),
                      .length_bytes = parse_int(trim(attributes.get("length")))});
      return skip(frame);
    case Tag::Source:
      return space == Namespace::Atom ? push(frame, Place::Source) : open_leaf(frame, attributes);
    case Tag::Content:
      if (attributes.has("src")) take_content_source(attributes);
      return open_leaf(frame, attributes);
    case Tag::Channel:
      return skip(frame);
    default:
      return open_anywhere(name, frame, attributes);
  }
}

// Inside an image, a person or a source only what these have is read.
void FeedReader::open_in_container(Frame frame, Attributes attributes) {
  const Tag tag = frame.name.tag;
  const bool has_place =
      (place() == Place::Image && tag == Tag::Url) ||
      (place() == Place::Person && (tag == Tag::Name || tag == Tag::Email || tag == Tag::Uri)) ||
      (place() == Place::Source && tag == Tag::Title);
  return has_place ? open_leaf(frame, attributes) : skip(frame);
}

void FeedReader::open_leaf(Frame frame, Attributes attributes) {
  text_.clear();
  leaf_.kind = text_kind(frame.name, attributes);
  leaf_.is_extension = false;
  leaf_.attribute.clear();
  switch (frame.name.tag) {
    case Tag::Guid:
      leaf_.is_permalink = !iequals(trim(attributes.get("isPermaLink")), "false");
      break;
    case Tag::Link:
      leaf_.attribute = attributes.first_of({"href", "rdf:resource", "url"});
      break;
    case Tag::Source:
    case Tag::Image:
      leaf_.attribute = attributes.first_of({"url", "href", "src"});
      break;
    case Tag::Category:
      leaf_.attribute = attributes.get(frame.name.space == Namespace::Media ? "scheme" : "domain");
      break;
    case Tag::Generator: {
      if (frame.name.space != Namespace::Atom) break;
      const std::string_view version = attributes.get("version");
      const std::string_view uri = attributes.first_of({"uri", "url"});
      if (!version.empty()) leaf_.attribute += " v" + std::string(version);
      if (!uri.empty()) leaf_.attribute += " " + std::string(uri);
      break;
    }
    default:
      break;
  }
  push(frame, Place::Leaf);
  is_capturing_ = true;
}

void FeedReader::open_extension(std::string_view name, Frame frame, Attributes attributes) {
  const Namespace space = frame.name.space;
  const std::string_view prefix = canonical_prefix(space);
  const bool is_structure = space == Namespace::Rdf || space == Namespace::Xhtml ||
                            space == Namespace::Sitemap ||
                            (space == Namespace::Rss && frame.name.tag != Tag::Cloud);
  if (prefix.empty() || is_structure) return skip(frame);
  text_.clear();
  leaf_.kind = TextKind::Html;
  leaf_.is_extension = true;
  leaf_.name = prefix;
  leaf_.name += ':';
  leaf_.name += local_part(name);
  leaf_.attributes.clear();
  for (const auto& [attribute, value] : attributes.list()) {
    if (!istarts_with(attribute, "xmlns"))
      leaf_.attributes.emplace_back(local_part(attribute), value);
  }
  push(frame, Place::Leaf);
  is_capturing_ = true;
}

}  // namespace tidings::parse
