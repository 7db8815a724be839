#include "parse/feed_dates.h"

#include <algorithm>
#include <iterator>

#include "core/strings.h"
#include "core/utf8.h"
#include "parse/problems.h"

namespace tidings::parse {
namespace {

constexpr std::size_t kCloserMin = 3;  // so few dates lie close together either way

// Languages whose dates put the day first; of English it is most of the regions.
constexpr std::string_view kDayFirst[] = {
    "de",    "fr",    "es",    "it",    "pt",    "nl",    "pl",    "ru",    "uk", "el", "tr",
    "cs",    "sk",    "ro",    "bg",    "sr",    "hr",    "sl",    "da",    "nb", "nn", "no",
    "fi",    "et",    "lv",    "ar",    "he",    "fa",    "hi",    "bn",    "ta", "te", "mr",
    "vi",    "th",    "id",    "ms",    "ca",    "gl",    "eu",    "is",    "sq", "mk", "bs",
    "en-gb", "en-au", "en-nz", "en-ie", "en-in", "en-za", "en-sg", "en-hk", "ga", "cy", "ur"};

bool names_day_first(std::string_view language) {
  const std::string whole = to_lower(trim(language));
  const std::string_view primary = std::string_view(whole).substr(0, whole.find_first_of("-_"));
  return std::any_of(std::begin(kDayFirst), std::end(kDayFirst),
                     [&](std::string_view known) { return known == whole || known == primary; });
}

bool names_month_first(std::string_view language) {
  return iequals(trim(language), "en-us") || iequals(trim(language), "en_us");
}

}  // namespace

std::optional<Time> FeedDates::read(std::string_view text, std::size_t entry, Field field) {
  text = trim(text);
  if (text.empty()) return std::nullopt;
  const std::optional<text::FeedDate> date = text::read_feed_date(text);
  if (!date) {
    add_problem(problems_,
                "A date could not be read: \"" + std::string(utf8_prefix(text, 40)) + "\".");
    return std::nullopt;
  }
  if (!date->unknown_zone.empty()) {
    add_problem(problems_, "The zone of a date is not known, it was read as UTC: \"" +
                               std::string(utf8_prefix(text, 60)) + "\".");
  }
  has_day_first_ = has_day_first_ || date->order == text::DateOrder::DayFirst;
  has_month_first_ = has_month_first_ || date->order == text::DateOrder::MonthFirst;
  if (date->day_first) {
    if (open_.empty()) example_ = text;
    open_.push_back({entry, field, date->time, *date->day_first});
  }
  return date->time;
}

bool FeedDates::is_closer_day_first() const {
  const auto [first_m, last_m] = std::minmax_element(
      open_.begin(), open_.end(),
      [](const Open& a, const Open& b) { return a.month_first < b.month_first; });
  const auto [first_d, last_d] =
      std::minmax_element(open_.begin(), open_.end(),
                          [](const Open& a, const Open& b) { return a.day_first < b.day_first; });
  return last_d->day_first - first_d->day_first < last_m->month_first - first_m->month_first;
}

bool FeedDates::is_day_first(std::string_view language) {
  if (has_day_first_ != has_month_first_) return has_day_first_;
  bool is_first = false;
  if (names_month_first(language)) return false;
  if (names_day_first(language)) {
    is_first = true;
  } else if (open_.size() >= kCloserMin) {
    is_first = is_closer_day_first();
  }
  add_problem(problems_, std::string("Whether day or month comes first is a guess (the ") +
                             (is_first ? "day" : "month") + "): \"" +
                             std::string(utf8_prefix(example_, 40)) + "\".");
  return is_first;
}

void FeedDates::settle(Feed& feed) {
  if (open_.empty() || !is_day_first(feed.language)) return;
  for (const Open& open : open_) {
    const auto correct = [&](auto& of) {
      std::optional<Time>& time = open.field == Field::Published ? of.published : of.updated;
      if (time == open.month_first) time = open.day_first;  // else a better one took its place
    };
    if (open.entry == kFeed) {
      correct(feed);
    } else if (open.entry < feed.entries.size()) {
      correct(feed.entries[open.entry]);
    }
  }
}

}  // namespace tidings::parse
