// FeedReader: what becomes of the values of an entry. Several elements may speak of one field: the
// rank of a source says how much it is worth, and a later one replaces an earlier one only where it
// is worth more.
#include <algorithm>
#include <utility>

#include "core/strings.h"
#include "core/url.h"
#include "core/utf8.h"
#include "model/media_address.h"
#include "parse/feed_reader.h"
#include "text/html_text.h"

namespace tidings::parse {
namespace {

bool is_web_address(std::string_view text) {
  return istarts_with(text, "http://") || istarts_with(text, "https://");
}

std::uint8_t title_rank(Namespace space) {
  switch (space) {
    case Namespace::Rss:
    case Namespace::Atom:
    case Namespace::SitemapNews:
      return 3;
    case Namespace::Media:
    case Namespace::SitemapVideo:
      return 1;
    default:
      return 2;
  }
}

std::uint8_t content_rank(Namespace space) {
  if (space == Namespace::Content) return 3;
  return space == Namespace::Atom ? 2 : 1;
}

std::uint8_t summary_rank(Name name) {
  if (name.tag == Tag::Subtitle) return 1;
  switch (name.space) {
    case Namespace::Rss:
    case Namespace::Atom:
      return 4;
    case Namespace::Media:
    case Namespace::SitemapVideo:
      return 1;
    case Namespace::Itunes:
    case Namespace::GooglePlay:
      return 2;
    default:
      return 3;
  }
}

// "http://www.iana.org/assignments/relation/alternate" is "alternate" (RFC 4287 §4.2.7.2).
std::string_view relation_of(Attributes attributes) {
  std::string_view relation = trim(attributes.get("rel"));
  constexpr std::string_view kRegistry = "http://www.iana.org/assignments/relation/";
  if (relation.starts_with(kRegistry)) relation.remove_prefix(kRegistry.size());
  return relation.empty() ? "alternate" : relation;
}

bool is_page_type(std::string_view type) {
  return type.empty() || istarts_with(type, "text/html") || istarts_with(type, "application/xhtml");
}

}  // namespace

void add_person(std::vector<Person>& people, Person person, std::size_t people_max) {
  if (person.name.empty() && person.email.empty() && person.url.empty()) return;
  const auto known = std::find_if(people.begin(), people.end(), [&](const Person& other) {
    if (!person.name.empty() && iequals(person.name, other.name)) return true;
    return !person.email.empty() && iequals(person.email, other.email);
  });
  if (known == people.end()) {
    if (people.size() < people_max) people.push_back(std::move(person));
    return;
  }
  if (known->name.empty()) known->name = std::move(person.name);
  if (known->email.empty()) known->email = std::move(person.email);
  if (known->url.empty()) known->url = std::move(person.url);
}

void FeedReader::store_in_entry(const Frame& frame) {
  const Namespace space = frame.name.space;
  switch (frame.name.tag) {
    case Tag::Title:
      return take_title(frame.name);
    case Tag::Description:
    case Tag::Subtitle:
    case Tag::Summary:
      return take_summary(summary_rank(frame.name));
    case Tag::Content:
    case Tag::FullText:
      return take_content(content_rank(space));
    case Tag::Link:
      return take_entry_url(leaf_bare().empty() ? leaf_.attribute : leaf_bare(), 5);
    case Tag::OriginalLink:
      return take_entry_url(leaf_bare(), 6);
    case Tag::Guid:
      return take_guid(2);
    case Tag::Id:
      leaf_.is_permalink = space == Namespace::Atom;
      return take_guid(space == Namespace::Rss ? 1 : 2);
    case Tag::Author:
    case Tag::Person:
    case Tag::Creator:
      return take_author_text(space);
    case Tag::Category:
    case Tag::Subject:
      return take_category(frame.name, Attributes());
    case Tag::Keywords:
      return take_keywords();
    case Tag::Comments:
      if (entry().comments_url.empty()) entry().comments_url = resolved(leaf_bare());
      return;
    case Tag::Rights:
      if (entry().rights.empty()) entry().rights = leaf_plain();
      return;
    case Tag::Language:
      return set_language(leaf_bare());
    case Tag::Published:
    case Tag::Updated:
    case Tag::Date:
      return take_date(frame.name);
    case Tag::Image:
      return take_image(leaf_bare().empty() ? leaf_.attribute : leaf_bare(), 3, 0);
    case Tag::Enclosure:
    case Tag::EnclosureUrl:
      return take_enclosure({.url = resolved(leaf_bare())});
    case Tag::OriginalEnclosure:
      original_enclosure_ = resolved(leaf_bare());
      return;
    case Tag::PublicationName:
      if (feed().title.empty()) feed().title = leaf_plain();
      return;
    case Tag::Source:
      if (const std::string title = leaf_plain(); !title.empty())
        entry().extensions["rss:source"] = {title};
      if (!leaf_.attribute.empty())
        entry().extensions["rss:source@url"] = {resolved(leaf_.attribute)};
      return;
    default:
      return;
  }
}

void FeedReader::take_title(Name name) {
  const std::uint8_t rank = title_rank(name.space);
  if (rank <= entry_ranks_.title) return;
  std::string title = leaf_plain();
  if (title.empty()) return;
  entry().title = std::move(title);
  entry_ranks_.title = rank;
}

void FeedReader::take_summary(std::uint8_t rank) {
  if (rank <= entry_ranks_.summary) return;
  std::string html = leaf_html();
  if (html.empty()) return;
  entry().summary_html = std::move(html);
  entry_ranks_.summary = rank;
  if (!bases_.empty() && entry_ranks_.content == 0)
    entry().base_url = addresses_.copied(bases_.back());
}

void FeedReader::take_content(std::uint8_t rank) {
  if (rank <= entry_ranks_.content) return;
  std::string html = leaf_html();
  if (html.empty()) return;
  entry().content_html = std::move(html);
  entry_ranks_.content = rank;
  if (!bases_.empty()) entry().base_url = addresses_.copied(bases_.back());
}

void FeedReader::take_entry_url(std::string_view url, std::uint8_t rank) {
  url = trim(url);
  // Of several links of one kind the last is the one meant; a page beats what only leads to it.
  if (url.empty() || rank < entry_ranks_.url) return;
  entry().url = resolved(url);
  entry_ranks_.url = rank;
}

void FeedReader::take_guid(std::uint8_t rank) {
  const std::string_view bare = leaf_bare();
  if (rank < entry_ranks_.id || (bare.empty() && !entry().id.empty())) return;
  entry_ranks_.id = rank;
  entry().id = bare.find('<') == std::string_view::npos ? std::string(bare) : leaf_plain();
  const bool may_be_link = document_.format == FeedFormat::Atom || leaf_.is_permalink;
  entry().id_is_url = may_be_link && is_web_address(entry().id);
  if (entry().id_is_url && document_.format != FeedFormat::Atom) take_entry_url(entry().id, 2);
}

void FeedReader::take_author_text(Namespace space) {
  const bool is_podcast = space == Namespace::Itunes || space == Namespace::GooglePlay;
  auto& people = is_podcast ? fallback_authors_ : entry().authors;
  add_person(people, leaf_person(), limits_.values_max);
}

void FeedReader::take_keywords() {
  const std::string keywords = leaf_plain();
  for (const std::string_view keyword : split(keywords, ',')) {
    if (const std::string_view term = trim(keyword);
        !term.empty() && categories().size() < limits_.values_max) {
      categories().push_back({.term = std::string(term)});
    }
  }
}

void FeedReader::take_category(Name name, Attributes attributes) {
  Category category;
  if (name.space == Namespace::Atom) {
    category.term = trim(attributes.get("term"));
    category.scheme = trim(attributes.get("scheme"));
    category.label = text::plain_text(attributes.get("label"));
  } else if (name.space == Namespace::Itunes || name.space == Namespace::GooglePlay) {
    category.term = text::plain_text(attributes.get("text"));
  } else {
    category.term = leaf_plain();
    if (name.tag == Tag::Category) category.scheme = std::exchange(leaf_.attribute, {});
  }
  std::vector<Category>& all = categories();
  if (category == Category{} || all.size() >= limits_.values_max) return;
  if (std::find(all.begin(), all.end(), category) == all.end()) all.push_back(std::move(category));
}

void FeedReader::take_entry_link(Attributes attributes) {
  const std::string_view href = attributes.get("href");
  const std::string_view relation = relation_of(attributes);
  const std::string_view type = trim(attributes.get("type"));
  if (relation == "alternate") {
    const std::uint8_t rank = is_page_type(type) ? 4 : 3;
    if (rank > entry_ranks_.url) take_entry_url(href, rank);
  } else if (relation == "enclosure") {
    take_enclosure({.url = resolved(href),
                    .type = std::string(type),
                    .title = text::collapsed(attributes.get("title")),
                    .length_bytes = parse_int(trim(attributes.get("length")))});
  } else if (relation == "license") {
    entry().extensions["creativeCommons:license"] = {resolved(href)};
  } else if (relation == "replies" && is_page_type(type) && entry().comments_url.empty()) {
    entry().comments_url = resolved(href);
  }
}

void FeedReader::take_enclosure(Enclosure enclosure) {
  if (enclosure.url.empty()) return;
  if (enclosure.length_bytes && *enclosure.length_bytes < 0) enclosure.length_bytes.reset();
  if (istarts_with(enclosure.type, "image/")) take_image(enclosure.url, 2, 0);
  std::vector<Enclosure>& all = entry().enclosures;
  const auto known = std::find_if(
      all.begin(), all.end(), [&](const Enclosure& other) { return other.url == enclosure.url; });
  if (known == all.end()) {
    if (all.size() < limits_.values_max) all.push_back(std::move(enclosure));
    return;
  }
  if (known->type.empty()) known->type = std::move(enclosure.type);
  if (known->title.empty()) known->title = std::move(enclosure.title);
  if (!known->length_bytes) known->length_bytes = enclosure.length_bytes;
}

// Media RSS: pictures are what the entry looks like, all else is something to play. Without type
// and medium the address tells, else its having a size: what plays says what it is.
void FeedReader::take_media_content(Attributes attributes) {
  const std::string_view url = attributes.get("url");
  const std::string_view type = trim(attributes.get("type"));
  const std::string_view medium = trim(attributes.get("medium"));
  if (trim(url).empty()) return;
  const long width = static_cast<long>(parse_int(trim(attributes.get("width"))).value_or(0));
  const bool has_size = width > 0 && parse_int(trim(attributes.get("height"))).value_or(0) > 0;
  const bool is_unsaid = type.empty() && medium.empty();
  const bool looks_like_picture =
      is_unsaid && (is_picture_address(url) || (has_size && !is_played_address(url)));
  if (iequals(medium, "image") || istarts_with(type, "image/") || looks_like_picture) {
    return take_image(url, 5, width);
  }
  if (!in_entry_) return;
  if (type.empty() && !iequals(medium, "audio") && !iequals(medium, "video")) return;
  take_enclosure({.url = resolved(url),
                  .type = std::string(type),
                  .length_bytes = parse_int(trim(attributes.get("fileSize")))});
}

// The widest of the best source.
void FeedReader::take_image(std::string_view url, std::uint8_t rank, long width) {
  Ranks& ranks = in_entry_ ? entry_ranks_ : feed_ranks_;
  const bool is_better = rank > ranks.image || (rank == ranks.image && width > ranks.image_width);
  url = trim(url);
  if (url.empty() || !is_better) return;
  std::string address = resolved(url);
  if (istarts_with(address, "data:")) return;
  (in_entry_ ? entry().image : feed().image) = std::move(address);
  ranks.image = rank;
  ranks.image_width = width;
}

// <content src="…"> stands elsewhere: a page is the entry's address, anything else is something to
// play.
void FeedReader::take_content_source(Attributes attributes) {
  const std::string_view type = trim(attributes.get("type"));
  if (is_page_type(type)) return take_entry_url(attributes.get("src"), 1);
  take_enclosure({.url = resolved(attributes.get("src")), .type = std::string(type)});
}

void FeedReader::store_extension() {
  Extensions& all = extensions();
  const auto add = [&](std::string key, std::string value) {
    if (value.empty() || all.size() >= limits_.values_max) return;
    std::vector<std::string>& values = all[std::move(key)];
    if (values.size() < limits_.values_max) values.push_back(std::move(value));
  };
  if (std::string value = leaf_plain(); !value.empty()) {
    add(leaf_.name, limited(value, limits_.extension_bytes_max));
  }
  for (const auto& [name, value] : leaf_.attributes) {
    add(leaf_.name + '@' + name, limited(trim(value), limits_.extension_bytes_max));
  }
}

void FeedReader::store_in_person(Tag tag) {
  switch (tag) {
    case Tag::Name:
      person_.name = leaf_plain();
      break;
    case Tag::Email:
      person_.email = leaf_bare();
      break;
    default:
      person_.url = resolved(leaf_bare());
      break;
  }
}

void FeedReader::finish_entry() {
  in_entry_ = false;
  Entry& done = entry();
  if (!original_enclosure_.empty() && done.enclosures.size() == 1)
    done.enclosures[0].url = std::move(original_enclosure_);
  has_news_ = has_news_ || entry_ranks_.title > 0;
  if (done.authors.empty()) done.authors = std::exchange(fallback_authors_, {});
  if (done.base_url.empty() && !(done.summary_html.empty() && done.content_html.empty())) {
    const bool is_known = !bases_.empty() || !url_.empty();
    done.base_url = addresses_.copied(is_known            ? base()
                                      : !done.url.empty() ? std::string_view(done.url)
                                                          : std::string_view(feed().url));
  }
}

}  // namespace tidings::parse
