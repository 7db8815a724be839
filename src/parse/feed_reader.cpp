// FeedReader: the events, and the text that stands between them. Which element stands where is in
// feed_places.cpp, what the values mean in feed_fields.cpp and entry_fields.cpp.
#include "parse/feed_reader.h"

#include <algorithm>
#include <array>

#include "core/strings.h"
#include "core/url.h"
#include "core/utf8.h"
#include "parse/problems.h"
#include "text/html_entities.h"

namespace tidings::parse {
namespace {

constexpr std::array<std::string_view, 14> kVoidTags = {"area",  "base",   "br",    "col",  "embed",
                                                        "hr",    "img",    "input", "link", "meta",
                                                        "param", "source", "track", "wbr"};

bool is_void_tag(std::string_view name) {
  return std::find(kVoidTags.begin(), kVoidTags.end(), name) != kVoidTags.end();
}

}  // namespace

std::string_view Attributes::get(std::string_view name) const {
  for (const Attribute& attribute : list_) {
    if (iequals(attribute.name, name)) return attribute.value;
  }
  return {};
}

bool Attributes::has(std::string_view name) const {
  return std::any_of(list_.begin(), list_.end(),
                     [&](const Attribute& attribute) { return iequals(attribute.name, name); });
}

std::string_view Attributes::first_of(std::initializer_list<std::string_view> names) const {
  for (const std::string_view name : names) {
    if (const std::string_view value = trim(get(name)); !value.empty()) return value;
  }
  return {};
}

FeedReader::FeedReader(FeedDocument& document, std::string_view url, const ParseLimits& limits)
    : document_(document),
      url_(url),
      limits_(limits),
      addresses_(limits_, document.problems),
      dates_(document.problems) {
  frames_.reserve(16);
  frames_.push_back({});
}

void FeedReader::start(std::string_view name, Attributes attributes) {
  if (stop_ != Stop::None) return;
  if (++depth_ > limits_.depth_max) {
    stop_ = Stop::TooDeep;
  } else if (skipped_ > 0) {
    ++skipped_;
  } else if (place() == Place::Leaf) {
    start_in_leaf(name, attributes);
  } else {
    open(name, attributes);
  }
}

void FeedReader::end(std::string_view name) {
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

void FeedReader::open(std::string_view name, Attributes attributes) {
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
      return leaf_.is_extension ? store_extension() : store_in_feed(frame);
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
bool FeedReader::becomes_container(std::string_view name) {
  if (nested_ > 0) return false;
  Frame& frame = frames_.back();
  const Name child = scopes_.resolve(name);
  if (leaf_.is_extension) {
    store_extension();  // its attributes
    frame.place = in_entry_ ? Place::Entry : Place::Feed;
  } else if (frame.name.tag == Tag::Person ||
             (frame.name.tag == Tag::Author &&
              (child.tag == Tag::Name || child.tag == Tag::Email || child.tag == Tag::Uri))) {
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

void FeedReader::start_in_leaf(std::string_view name, Attributes attributes) {
  if (becomes_container(name)) return open(name, attributes);
  if (leaf_.kind == TextKind::Plain) {  // naked markup where the type promised text
    const std::string plain = std::move(text_);
    text_.clear();
    text::append_escaped_html(text_, plain);
    leaf_.kind = TextKind::Xhtml;
  }
  ++nested_;
  write_start_tag(local_part(name), attributes);
}

// The div around XHTML is no part of the content (RFC 4287 §3.1.1.3).
void FeedReader::write_start_tag(std::string_view name, Attributes attributes) {
  if (!is_capturing_ || (nested_ == 1 && name == "div")) return;
  text_ += '<';
  text_ += name;
  for (const auto& [attribute, value] : attributes.list()) {
    if (attribute.starts_with("xmlns") || attribute.starts_with("xml:")) continue;
    text_ += ' ';
    text_ += attribute;
    text_ += "=\"";
    text::append_escaped_html(text_, value);
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
  for (const auto& [name, value] : attributes.list()) {
    if (!name.starts_with("xml")) continue;
    if (name == "xmlns") {
      scopes_.declare({}, value);
    } else if (name.starts_with("xmlns:")) {
      scopes_.declare(name.substr(6), value);
    } else if (name == "xml:base") {
      std::string absolute = resolve_url(base(), trim(value));
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
