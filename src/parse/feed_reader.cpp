// FeedReader: the events, and which element stands where. What the values mean is in
// feed_fields.cpp and entry_fields.cpp.
#include "parse/feed_reader.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "core/strings.h"
#include "core/url.h"
#include "core/utf8.h"
#include "parse/problems.h"
#include "text/html_entities.h"

namespace tidings::parse {
namespace {

long width_of(Attributes attributes) {
  return static_cast<long>(parse_int(trim(attributes.get("width"))).value_or(0));
}

constexpr std::array<std::string_view, 14> kVoidTags = {"area",  "base",   "br",    "col",  "embed",
                                                        "hr",    "img",    "input", "link", "meta",
                                                        "param", "source", "track", "wbr"};

bool is_void_tag(std::string_view name) {
  return std::find(kVoidTags.begin(), kVoidTags.end(), name) != kVoidTags.end();
}

std::string_view local_part(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

std::string rss_version(Attributes attributes) {
  const std::string_view version = trim(attributes.get("version"));
  return version.empty() ? "rss" : "rss " + std::string(version.substr(0, 16));
}

// RSS 0.90 and 1.0 differ in the address of their namespace alone.
std::string rdf_version(Attributes attributes) {
  for (const char** at = attributes.list(); *at != nullptr; at += 2) {
    if (istarts_with(at[0], "xmlns") && std::strstr(at[1], "rdf/simple/0.9") != nullptr)
      return "rdf 0.90";
  }
  return "rdf 1.0";
}

bool declares_old_atom(Attributes attributes) {
  if (attributes.get("version") == "0.3") return true;
  for (const char** at = attributes.list(); *at != nullptr; at += 2) {
    if (istarts_with(at[0], "xmlns") && istarts_with(trim(at[1]), "http://purl.org/atom/ns#"))
      return true;
  }
  return false;
}

}  // namespace

std::string_view Attributes::get(std::string_view name) const {
  for (const char** at = list_; *at != nullptr; at += 2) {
    if (name == at[0]) return at[1];
  }
  return {};
}

bool Attributes::has(std::string_view name) const {
  for (const char** at = list_; *at != nullptr; at += 2) {
    if (name == at[0]) return true;
  }
  return false;
}

FeedReader::FeedReader(FeedDocument& document, std::string_view url, const ParseLimits& limits)
    : document_(document), url_(url), limits_(limits), addresses_(limits_, document.problems) {
  frames_.reserve(16);
  frames_.push_back({});
}

void FeedReader::start(const char* name, const char** attributes) {
  if (stop_ != Stop::None) return;
  if (++depth_ > limits_.depth_max) {
    stop_ = Stop::TooDeep;
  } else if (skipped_ > 0) {
    ++skipped_;
  } else if (place() == Place::Leaf) {
    start_in_leaf(name, attributes);
  } else {
    open(name, Attributes(attributes));
  }
}

void FeedReader::end(const char* name) {
  if (stop_ != Stop::None || depth_ == 0) return;
  --depth_;
  if (skipped_ > 0) {
    --skipped_;
  } else if (nested_ > 0) {
    write_end_tag(local_part(name));
    --nested_;
  } else {
    const Frame frame = frames_.back();
    close(frame);
    bases_.resize(frame.bases_mark);
    scopes_.leave(frame.scopes_mark);
  }
}

void FeedReader::open(const char* name, Attributes attributes) {
  Frame frame{.scopes_mark = scopes_.mark(), .bases_mark = bases_.size()};
  read_xml_attributes(attributes);
  frame.name = scopes_.resolve(name);
  switch (place()) {
    case Place::Document:
      return open_root(name, frame, attributes);
    case Place::Feed:
      return open_in_feed(name, frame, attributes);
    case Place::Entry:
      return open_in_entry(name, frame, attributes);
    default:
      return open_in_container(frame, attributes);
  }
}

void FeedReader::open_root(const char* name, Frame frame, Attributes attributes) {
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
      document_.format = FeedFormat::Atom;
      is_old_atom_ = declares_old_atom(attributes);
      document_.format_name = is_old_atom_ ? "atom 0.3" : "atom 1.0";
      if (frame.name.space == Namespace::Rss) scopes_.force_default(Namespace::Atom);
      break;
    case Tag::Entry:
      if (frame.name.space != Namespace::Atom) {
        stop_ = Stop::NotAFeed;
        return;
      }
      // An entry by itself is a document too (RFC 4287 §2).
      document_.format = FeedFormat::Atom;
      is_old_atom_ = declares_old_atom(attributes);
      document_.format_name = is_old_atom_ ? "atom 0.3" : "atom 1.0";
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

void FeedReader::open_in_feed(const char*, Frame frame, Attributes attributes) {
  switch (frame.name.tag) {
    case Tag::Channel:
      if (feed().id.empty())
        feed().id = limited(attributes.get("rdf:about"), limits_.text_bytes_max);
      set_language(attributes.get("xml:lang"));
      return push(frame, Place::Feed);
    case Tag::Entry:
      return open_entry(frame, attributes);
    case Tag::Person:
    case Tag::Owner:
      person_ = {};
      return push(frame, Place::Person);
    case Tag::MediaGroup:
      return push(frame, Place::Feed);
    case Tag::MediaContent:
      take_media_content(attributes);
      return push(frame, Place::Feed);
    case Tag::Thumbnail:
      take_image(attributes.get(frame.name.space == Namespace::Itunes ? "href" : "url"),
                 frame.name.space == Namespace::Itunes ? 3 : 1, width_of(attributes));
      return skip(frame);
    case Tag::Link:
      if (frame.name.space != Namespace::Atom) return open_leaf(frame, attributes);
      take_feed_link(attributes);
      return skip(frame);
    case Tag::Category:
      if (frame.name.space == Namespace::Rss) return open_leaf(frame, attributes);
      take_category(frame.name, attributes);
      return frame.name.space == Namespace::Itunes ? push(frame, Place::Feed) : skip(frame);
    case Tag::Unknown:
    case Tag::Contributor:
    case Tag::Source:
    case Tag::Enclosure:
      return skip(frame);
    default:
      return open_leaf(frame, attributes);
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
  if (const std::string_view about = attributes.get("rdf:about"); !about.empty()) {
    entry().id = limited(trim(about), limits_.text_bytes_max);
    take_entry_url(about, 1);
  }
  set_language(attributes.get("xml:lang"));
  push(frame, Place::Entry);
}

void FeedReader::open_in_entry(const char* name, Frame frame, Attributes attributes) {
  const Namespace space = frame.name.space;
  switch (frame.name.tag) {
    case Tag::Entry:
      return open_entry(frame, attributes);
    case Tag::Person:
    case Tag::Owner:
      person_ = {};
      return push(frame, Place::Person);
    case Tag::MediaGroup:
      return push(frame, Place::Entry);
    case Tag::MediaContent:
      take_media_content(attributes);
      return push(frame, Place::Entry);
    case Tag::Thumbnail:
      take_image(attributes.get(space == Namespace::Itunes ? "href" : "url"),
                 space == Namespace::Itunes ? 3 : 4, width_of(attributes));
      return skip(frame);
    case Tag::Link:
      if (space != Namespace::Atom) return open_leaf(frame, attributes);
      take_entry_link(attributes);
      return skip(frame);
    case Tag::Category:
      if (space == Namespace::Rss || space == Namespace::Media) return open_leaf(frame, attributes);
      take_category(frame.name, attributes);
      return space == Namespace::Itunes ? push(frame, Place::Entry) : skip(frame);
    case Tag::Enclosure:
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
    case Tag::Contributor:
      return skip(frame);
    case Tag::Unknown:
      return open_extension(name, frame, attributes);
    default:
      return open_leaf(frame, attributes);
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
      leaf_.attribute = attributes.get("href");
      break;
    case Tag::Source:
      leaf_.attribute = attributes.get("url");
      break;
    case Tag::Category:
      leaf_.attribute = attributes.get(frame.name.space == Namespace::Media ? "scheme" : "domain");
      break;
    case Tag::Generator: {
      if (frame.name.space != Namespace::Atom) break;
      const std::string_view version = attributes.get("version");
      const std::string_view uri = attributes.get(attributes.has("uri") ? "uri" : "url");
      if (!version.empty()) leaf_.attribute += " v" + std::string(version);
      if (!uri.empty()) leaf_.attribute += " " + std::string(trim(uri));
      break;
    }
    default:
      break;
  }
  push(frame, Place::Leaf);
  is_capturing_ = true;
}

void FeedReader::open_extension(const char* name, Frame frame, Attributes attributes) {
  const std::string_view prefix = canonical_prefix(frame.name.space);
  if (prefix.empty() || frame.name.space == Namespace::Rss ||
      frame.name.space == Namespace::Xhtml) {
    return skip(frame);
  }
  text_.clear();
  leaf_.kind = TextKind::Html;
  leaf_.is_extension = true;
  leaf_.name = prefix;
  leaf_.name += ':';
  leaf_.name += local_part(name);
  leaf_.attributes.clear();
  for (const char** at = attributes.list(); *at != nullptr; at += 2) {
    if (!istarts_with(at[0], "xmlns")) leaf_.attributes.emplace_back(local_part(at[0]), at[1]);
  }
  push(frame, Place::Leaf);
  is_capturing_ = true;
}

void FeedReader::push(Frame frame, Place place) {
  frame.place = place;
  frames_.push_back(frame);
}

void FeedReader::skip(const Frame& frame) {
  bases_.resize(frame.bases_mark);
  scopes_.leave(frame.scopes_mark);
  skipped_ = 1;
}

void FeedReader::close(const Frame& frame) {
  if (frame.place == Place::Document) return;
  if (frame.place == Place::Leaf) {
    close_leaf(frame);
    frames_.pop_back();
    return;
  }
  frames_.pop_back();
  if (frame.place == Place::Person) close_person(place(), frame.name);
  if (frame.place == Place::Entry && frame.name.tag == Tag::Entry && in_entry_) finish_entry();
}

void FeedReader::close_leaf(const Frame& frame) {
  is_capturing_ = false;
  const Place parent = frames_[frames_.size() - 2].place;
  switch (parent) {
    case Place::Entry:
      if (!in_entry_) return;
      return leaf_.is_extension ? store_extension() : store_in_entry(frame);
    case Place::Person:
      return store_in_person(frame.name.tag);
    case Place::Image:
      return take_image(leaf_bare(), in_entry_ ? 3 : 4, 0);
    case Place::Source:
      if (in_entry_) entry().extensions["atom:source"] = {leaf_plain()};
      return;
    default:
      return store_in_feed(frame);
  }
}

void FeedReader::close_person(Place parent, Name name) {
  if (person_ == Person{}) return;
  if (name.tag == Tag::Owner) {
    if (parent == Place::Feed) add_person(web_masters_, std::move(person_), limits_.values_max);
  } else {
    add_person(in_entry_ ? entry().authors : feed().authors, std::move(person_),
               limits_.values_max);
  }
}

void FeedReader::append_text(std::string_view characters) {
  if (leaf_.kind == TextKind::Xhtml) {
    text::append_escaped_html(text_, characters);
  } else {
    text_.append(characters);
  }
  if (text_.size() > limits_.html_bytes_max) {
    text_.resize(utf8_prefix(text_, limits_.html_bytes_max).size());
    problem("A text was longer than its limit and was cut.");
    is_capturing_ = false;
  }
}

// <author><name>…</name></author> in RSS, <image><url>…</url></image>, <georss:where><gml:Point>…:
// these hold elements, where others hold text or markup.
bool FeedReader::becomes_container(const char* name) {
  if (nested_ > 0) return false;
  Frame& frame = frames_.back();
  const Name child = scopes_.resolve(name);
  if (leaf_.is_extension) {
    frame.place = Place::Entry;
  } else if (frame.name.tag == Tag::Author &&
             (child.tag == Tag::Name || child.tag == Tag::Email || child.tag == Tag::Uri)) {
    person_ = {};
    frame.place = Place::Person;
  } else if (frame.name.tag == Tag::Image &&
             (child.tag == Tag::Url || child.tag == Tag::Title || child.tag == Tag::Link)) {
    frame.place = Place::Image;
  } else {
    return false;
  }
  is_capturing_ = false;
  return true;
}

void FeedReader::start_in_leaf(const char* name, const char** attributes) {
  if (becomes_container(name)) return open(name, Attributes(attributes));
  if (leaf_.kind == TextKind::Plain) {  // naked markup where the type promised text
    const std::string plain = std::move(text_);
    text_.clear();
    text::append_escaped_html(text_, plain);
    leaf_.kind = TextKind::Xhtml;
  }
  ++nested_;
  write_start_tag(local_part(name), Attributes(attributes));
}

// The div around XHTML is no part of the content (RFC 4287 §3.1.1.3).
void FeedReader::write_start_tag(std::string_view name, Attributes attributes) {
  if (!is_capturing_ || (nested_ == 1 && name == "div")) return;
  text_ += '<';
  text_ += name;
  for (const char** at = attributes.list(); *at != nullptr; at += 2) {
    const std::string_view attribute = at[0];
    if (attribute.starts_with("xmlns") || attribute.starts_with("xml:")) continue;
    text_ += ' ';
    text_ += attribute;
    text_ += "=\"";
    text::append_escaped_html(text_, at[1]);
    text_ += '"';
  }
  text_ += '>';
}

void FeedReader::write_end_tag(std::string_view name) {
  if (!is_capturing_ || (nested_ == 1 && name == "div") || is_void_tag(name)) return;
  text_ += "</";
  text_ += name;
  text_ += '>';
}

void FeedReader::read_xml_attributes(Attributes attributes) {
  for (const char** at = attributes.list(); *at != nullptr; at += 2) {
    if (at[0][0] != 'x' || at[0][1] != 'm' || at[0][2] != 'l') continue;
    const std::string_view name = at[0];
    if (name == "xmlns") {
      scopes_.declare({}, at[1]);
    } else if (name.starts_with("xmlns:")) {
      scopes_.declare(name.substr(6), at[1]);
    } else if (name == "xml:base") {
      std::string absolute = resolve_url(base(), trim(at[1]));
      if (!absolute.empty()) bases_.push_back(std::move(absolute));
    }
  }
}

void FeedReader::set_language(std::string_view language) {
  std::string& field = in_entry_ ? entry().language : feed().language;
  language = trim(language);
  if (field.empty() && language.size() <= 64) field = language;
}

void FeedReader::finish() {
  if (in_entry_) {
    const bool has_identity = !entry().url.empty() || !entry().id.empty();
    finish_entry();
    if (!has_identity && stop_ == Stop::None) feed().entries.pop_back();
  }
  finish_feed();
}

}  // namespace tidings::parse
