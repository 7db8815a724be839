// What the elements of RSS, RDF and Atom say, event by event, whichever XML parser reads them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/feed.h"
#include "parse/addresses.h"
#include "parse/feed_dates.h"
#include "parse/name_scopes.h"
#include "parse/names.h"
#include "parse/parse.h"

namespace tidings::parse {

struct Attribute {
  std::string_view name, value;
};

// The attributes of one start tag. Letter case does not matter: no format has two names that differ
// in it alone, and old ones shout.
class Attributes {
 public:
  Attributes() = default;
  explicit Attributes(std::span<const Attribute> list) : list_(list) {}
  std::span<const Attribute> list() const { return list_; }
  // Empty when absent.
  std::string_view get(std::string_view name) const;
  bool has(std::string_view name) const;
  // Of the first of the names that has a value.
  std::string_view first_of(std::initializer_list<std::string_view> names) const;

 private:
  std::span<const Attribute> list_;
};

// What the characters of a text construct are.
enum class TextKind : std::uint8_t { Plain, Html, Xhtml, Base64 };

// Takes the events of one document in order. Names and values are UTF-8 and need to live as long as
// the call; a name may lack its declaration.
class FeedReader final {
 public:
  enum class Stop : std::uint8_t { None, NotAFeed, TooDeep, EntriesFull };

  FeedReader(FeedDocument& document, std::string_view url, const ParseLimits& limits);

  void start(std::string_view name, Attributes attributes);
  void end(std::string_view name);
  void text(std::string_view characters) {
    if (is_capturing_) append_text(characters);
  }
  // After the last event, also where the document ended early: an open entry keeps the elements
  // that were whole.
  void finish();

  Stop stop() const { return stop_; }  // once it is not None, further events are ignored
  const std::string& root_name() const { return root_name_; }
  bool has_news() const { return has_news_; }  // whether an entry had a title

 private:
  enum class Place : std::uint8_t { Document, Feed, Entry, Image, Person, Source, Leaf };

  struct Frame {
    Place place = Place::Document;
    Name name;
    std::size_t scopes_mark = 0;
    std::size_t bases_mark = 0;
  };

  // The text construct that is being read: one at a time.
  struct Leaf {
    TextKind kind = TextKind::Plain;
    bool is_extension = false;
    bool is_permalink = true;
    std::string attribute;  // domain, href, url …: the one that the element needs beside its text
    std::string name;       // an extension's "prefix:name"
    std::vector<std::pair<std::string, std::string>> attributes;  // of an extension
  };

  // How good the value is that a field has: a better source may replace it.
  struct Ranks {
    std::uint8_t id = 0, title = 0, url = 0, summary = 0, content = 0, published = 0, updated = 0,
                 image = 0;
    long image_width = 0;
  };

  // feed_reader.cpp: events
  Place place() const { return frames_.back().place; }
  void open(std::string_view name, Attributes attributes);
  void push(Frame frame, Place place);
  void skip(const Frame& frame);
  void close(const Frame& frame);
  void close_leaf(const Frame& frame);
  void close_person(Place parent, Name name);
  void append_text(std::string_view characters);
  void start_in_leaf(std::string_view name, Attributes attributes);
  bool becomes_container(std::string_view name);
  void write_start_tag(std::string_view name, Attributes attributes);
  void write_end_tag(std::string_view name);
  void read_xml_attributes(Attributes attributes);
  void set_language(std::string_view language);

  // feed_places.cpp: which element stands where
  void open_root(std::string_view name, Frame frame, Attributes attributes);
  void open_root_channel(Frame frame, Attributes attributes);
  void open_anywhere(std::string_view name, Frame frame, Attributes attributes);
  void open_in_feed(std::string_view name, Frame frame, Attributes attributes);
  void open_in_entry(std::string_view name, Frame frame, Attributes attributes);
  void open_in_container(Frame frame, Attributes attributes);
  void open_entry(Frame frame, Attributes attributes);
  void open_leaf(Frame frame, Attributes attributes);
  void open_extension(std::string_view name, Frame frame, Attributes attributes);
  void begin_atom(Attributes attributes);

  // feed_fields.cpp, entry_fields.cpp: where values go
  void store_in_feed(const Frame& frame);
  void store_in_entry(const Frame& frame);
  void store_in_person(Tag tag);
  void store_extension();
  void take_feed_link(Attributes attributes);
  void take_entry_link(Attributes attributes);
  void take_category(Name name, Attributes attributes);
  void take_enclosure(Enclosure enclosure);
  void take_media_content(Attributes attributes);
  void take_image(std::string_view url, std::uint8_t rank, long width);
  void take_content_source(Attributes attributes);
  void take_title(Name name);
  void take_summary(std::uint8_t rank);
  void take_content(std::uint8_t rank);
  void take_entry_url(std::string_view url, std::uint8_t rank);
  void take_guid(std::uint8_t rank);
  void take_skipped(std::vector<int>& list, std::optional<int> value);
  void take_author_text(Namespace space);
  void take_keywords();
  void take_time(FeedDates::Field field, std::uint8_t rank);
  void take_date(Name name);
  std::optional<Time> date_of(std::string_view text, FeedDates::Field field);
  void finish_entry();
  void finish_feed();

  // feed_text.cpp: what the characters mean
  TextKind text_kind(Name name, Attributes attributes) const;
  std::string leaf_plain();      // plain text, collapsed, at most text_bytes_max
  std::string leaf_html();       // HTML
  std::string_view leaf_bare();  // trimmed, at most text_bytes_max
  Person leaf_person();
  void decode_base64_leaf();
  std::string limited(std::string_view text, std::size_t size_max);
  std::string resolved(std::string_view address);
  std::string_view base() const;
  void problem(std::string sentence);

  Feed& feed() { return document_.feed; }
  Entry& entry() { return document_.feed.entries.back(); }
  Extensions& extensions() { return in_entry_ ? entry().extensions : feed().extensions; }
  std::vector<Category>& categories() { return in_entry_ ? entry().categories : feed().categories; }

  FeedDocument& document_;
  const std::string url_;
  const ParseLimits limits_;
  Addresses addresses_;
  FeedDates dates_;
  NameScopes scopes_;
  std::vector<Frame> frames_;
  std::vector<std::string> bases_;  // xml:base, resolved, outermost first
  std::string text_;
  Leaf leaf_;
  Person person_;
  Ranks feed_ranks_, entry_ranks_;
  std::vector<Person> fallback_authors_;  // of the entry or, outside entries, of the feed
  std::vector<Person> feed_fallback_authors_;
  std::vector<Person> web_masters_;
  std::string original_enclosure_;  // of the entry: the address that a counter stands before
  std::string update_period_;
  long update_frequency_ = 1;
  std::string root_name_;
  std::size_t depth_ = 0;
  std::size_t skipped_ = 0;  // depth inside an element that has no place
  std::size_t nested_ = 0;   // depth inside markup within a leaf
  bool is_capturing_ = false;
  bool in_entry_ = false;
  bool is_old_atom_ = false;  // 0.3
  bool has_news_ = false;
  Stop stop_ = Stop::None;
};

// Adds a person unless the list has one of that name or address; fills in what was missing then.
void add_person(std::vector<Person>& people, Person person, std::size_t people_max);

}  // namespace tidings::parse
