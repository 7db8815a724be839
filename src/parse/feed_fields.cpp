// FeedReader: what becomes of the values of the feed itself, and of times.
#include <algorithm>
#include <utility>

#include "core/strings.h"
#include "core/utf8.h"
#include "parse/feed_reader.h"
#include "text/date.h"
#include "text/html_text.h"

namespace tidings::parse {
namespace {

constexpr int kMinutesMax = 60 * 24 * 366;

bool is_page_type(std::string_view type) {
  return type.empty() || istarts_with(type, "text/html") || istarts_with(type, "application/xhtml");
}

std::uint8_t description_rank(Name name) {
  if (name.space == Namespace::Rss || name.space == Namespace::Atom) return 4;
  if (name.tag == Tag::Subtitle) return 1;
  return name.space == Namespace::Itunes ? 2 : 3;
}

// RSS 1.0 Syndication module.
std::optional<int> minutes_of(std::string_view period) {
  constexpr std::pair<std::string_view, int> kPeriods[] = {{"hourly", 60},
                                                           {"daily", 60 * 24},
                                                           {"weekly", 60 * 24 * 7},
                                                           {"monthly", 60 * 24 * 30},
                                                           {"yearly", 60 * 24 * 365}};
  for (const auto& [name, minutes] : kPeriods) {
    if (iequals(name, period)) return minutes;
  }
  return std::nullopt;
}

}  // namespace

void FeedReader::store_in_feed(const Frame& frame) {
  const Namespace space = frame.name.space;
  Feed& to = feed();
  switch (frame.name.tag) {
    case Tag::Title:
      if (const std::uint8_t rank = space == Namespace::Rss || space == Namespace::Atom ? 2 : 1;
          rank > feed_ranks_.title && !trim(text_).empty()) {
        to.title = leaf_plain();
        feed_ranks_.title = rank;
      }
      return;
    case Tag::Description:
    case Tag::Subtitle:
      if (const std::uint8_t rank = description_rank(frame.name);
          rank > feed_ranks_.summary && !trim(text_).empty()) {
        to.description = leaf_plain();
        feed_ranks_.summary = rank;
      }
      return;
    case Tag::Link:
      if (const std::string_view url = leaf_bare().empty() ? leaf_.attribute : leaf_bare();
          !url.empty()) {
        to.url = resolved(url);
        feed_ranks_.url = 2;
      }
      return;
    case Tag::Id:
      to.id = leaf_bare();
      return;
    case Tag::Author:
    case Tag::ManagingEditor:
    case Tag::Creator: {
      auto& people = space == Namespace::Itunes ? feed_fallback_authors_ : to.authors;
      return add_person(people, leaf_person(), limits_.values_max);
    }
    case Tag::WebMaster:
      return add_person(web_masters_, leaf_person(), limits_.values_max);
    case Tag::Category:
    case Tag::Subject:
      return take_category(frame.name, Attributes());
    case Tag::Keywords:
      return take_keywords();
    case Tag::Rights:
      if (to.rights.empty()) to.rights = leaf_plain();
      return;
    case Tag::Language:
      return set_language(leaf_bare());
    case Tag::Generator:
      to.generator = leaf_plain() + std::exchange(leaf_.attribute, {});
      return;
    case Tag::Logo:
    case Tag::Image:
      return take_image(leaf_bare(), 4, 0);
    case Tag::Icon:
      to.icon = resolved(leaf_bare());
      return;
    case Tag::Published:
    case Tag::Updated:
    case Tag::Date:
      return take_date(frame.name, to.published, to.updated);
    case Tag::TimeToLive:
      if (const auto minutes = parse_int(leaf_bare());
          minutes && *minutes > 0 && *minutes <= kMinutesMax) {
        to.ttl_minutes = static_cast<int>(*minutes);
      }
      return;
    case Tag::UpdatePeriod:
      update_period_ = leaf_bare();
      return;
    case Tag::UpdateFrequency:
      update_frequency_ = static_cast<long>(parse_int(leaf_bare()).value_or(1));
      return;
    default:
      return;
  }
}

void FeedReader::take_feed_link(Attributes attributes) {
  const std::string_view relation = trim(attributes.get("rel"));
  const std::string_view href = attributes.get("href");
  if (relation == "self") {
    feed().self_url = resolved(trim(href).empty() ? base() : href);
  } else if (relation == "hub") {
    if (feed().hubs.size() < limits_.values_max) feed().hubs.push_back(resolved(href));
  } else if ((relation.empty() || relation == "alternate") && feed_ranks_.url == 0 &&
             !trim(href).empty()) {
    feed().url = resolved(href);
    feed_ranks_.url = is_page_type(trim(attributes.get("type"))) ? 1 : 0;
  }
}

void FeedReader::take_time(std::optional<Time>& field, std::uint8_t& field_rank,
                           std::uint8_t rank) {
  if (rank <= field_rank) return;
  const std::string_view text = leaf_bare();
  if (text.empty()) return;
  const std::optional<Time> time = text::parse_feed_date(text);
  if (!time)
    return problem("A date could not be read: \"" + std::string(utf8_prefix(text, 40)) + "\".");
  field = time;
  field_rank = rank;
}

void FeedReader::take_date(Name name, std::optional<Time>& published,
                           std::optional<Time>& updated) {
  Ranks& ranks = in_entry_ ? entry_ranks_ : feed_ranks_;
  const bool is_native = name.space == Namespace::Rss || name.space == Namespace::Atom;
  const std::uint8_t rank = is_native ? 3 : 2;
  if (name.tag == Tag::Published) return take_time(published, ranks.published, rank);
  if (name.tag == Tag::Updated) return take_time(updated, ranks.updated, rank);
  // dc:date does not say of what: of an entry it is when it appeared, of a feed when it last
  // changed.
  if (in_entry_) return take_time(published, ranks.published, 1);
  take_time(updated, ranks.updated, 1);
}

void FeedReader::finish_feed() {
  Feed& to = feed();
  if (to.authors.empty()) to.authors = std::move(feed_fallback_authors_);
  if (to.authors.empty()) to.authors = std::move(web_masters_);
  if (to.ttl_minutes) return;
  if (const std::optional<int> minutes = minutes_of(update_period_)) {
    to.ttl_minutes =
        std::max(1, *minutes / static_cast<int>(std::clamp(update_frequency_, 1L, 10'000L)));
  }
}

}  // namespace tidings::parse
