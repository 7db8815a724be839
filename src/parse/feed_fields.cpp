// FeedReader: what becomes of the values of the feed itself, and of times.
#include <algorithm>
#include <utility>

#include "core/strings.h"
#include "core/utf8.h"
#include "parse/feed_reader.h"
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

// 0 to 23; some count from 1 to 24.
std::optional<int> hour_of(std::string_view text) {
  const std::optional<long long> hour = parse_int(text);
  if (!hour || *hour < 0 || *hour > 24) return std::nullopt;
  return static_cast<int>(*hour % 24);
}

std::optional<int> day_of(std::string_view text) {
  constexpr std::string_view kDays[] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
  for (int day = 0; day < 7; ++day) {
    if (istarts_with(text, kDays[day])) return day;
  }
  return std::nullopt;
}

}  // namespace

void FeedReader::take_skipped(std::vector<int>& list, std::optional<int> value) {
  if (!value) return;
  const auto place = std::lower_bound(list.begin(), list.end(), *value);
  if (place == list.end() || *place != *value) list.insert(place, *value);
}

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
    case Tag::Summary:
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
    case Tag::Person:
    case Tag::ManagingEditor:
    case Tag::Creator: {
      const bool is_podcast = space == Namespace::Itunes || space == Namespace::GooglePlay;
      auto& people = is_podcast ? feed_fallback_authors_ : to.authors;
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
      return take_image(leaf_bare().empty() ? leaf_.attribute : leaf_bare(), 4, 0);
    case Tag::Icon:
      to.icon = resolved(leaf_bare());
      return;
    case Tag::Published:
    case Tag::Updated:
    case Tag::Date:
      return take_date(frame.name);
    case Tag::TimeToLive:
      if (const auto minutes = parse_int(leaf_bare());
          minutes && *minutes > 0 && *minutes <= kMinutesMax) {
        to.ttl_minutes = static_cast<int>(*minutes);
      }
      return;
    case Tag::SkippedHour:
      return take_skipped(to.skip_hours, hour_of(leaf_bare()));
    case Tag::SkippedDay:
      return take_skipped(to.skip_days, day_of(leaf_bare()));
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

void FeedReader::take_time(FeedDates::Field field, std::uint8_t rank) {
  const bool is_published = field == FeedDates::Field::Published;
  Ranks& ranks = in_entry_ ? entry_ranks_ : feed_ranks_;
  std::uint8_t& field_rank = is_published ? ranks.published : ranks.updated;
  if (rank <= field_rank) return;
  const std::string_view text = leaf_bare();
  const bool is_markup = text.find('<') != std::string_view::npos;
  const std::optional<Time> time = date_of(is_markup ? leaf_plain() : text, field);
  if (!time) return;
  field_rank = rank;
  if (in_entry_) {
    (is_published ? entry().published : entry().updated) = time;
  } else {
    (is_published ? feed().published : feed().updated) = time;
  }
}

std::optional<Time> FeedReader::date_of(std::string_view text, FeedDates::Field field) {
  return in_entry_ ? dates_.read_of_entry(text, feed().entries.size() - 1, field)
                   : dates_.read_of_feed(text, field);
}

void FeedReader::take_date(Name name) {
  using enum FeedDates::Field;
  const bool is_native = name.space == Namespace::Rss || name.space == Namespace::Atom ||
                         name.space == Namespace::SitemapNews;
  const std::uint8_t rank = is_native ? 3 : 2;
  if (name.tag == Tag::Published) return take_time(Published, rank);
  if (name.tag == Tag::Updated) return take_time(Updated, rank);
  // dc:date does not say of what: of an entry it is when it appeared, of a feed when it last
  // changed.
  take_time(in_entry_ ? Published : Updated, 1);
}

void FeedReader::finish_feed() {
  Feed& to = feed();
  dates_.settle(to);
  if (to.authors.empty()) to.authors = std::move(feed_fallback_authors_);
  if (to.authors.empty()) to.authors = std::move(web_masters_);
  if (to.ttl_minutes) return;
  if (const std::optional<int> minutes = minutes_of(update_period_)) {
    to.ttl_minutes =
        std::max(1, *minutes / static_cast<int>(std::clamp(update_frequency_, 1L, 10'000L)));
  }
}

}  // namespace tidings::parse
