#include "analytics/baseline.h"

#include <algorithm>
#include <cmath>

namespace tidings::analytics {
namespace {

// A key that was never seen: half an article in all that came (Jeffreys' prior of a Poisson rate).
constexpr double kPriorCount = 0.5;
constexpr double kPriorArticles = 1;
constexpr float kShortDeviations = 2;
// A cell of the profile is drawn to the stream's as if so many articles had come as the stream
// does.
constexpr double kProfilePrior = 20;
constexpr double kProfileLeast = 0.2, kProfileMost = 10;
constexpr double kProfileTrustedHours = 7 * 24;  // by half
// Overdispersion, until Σ expected² says otherwise.
constexpr double kPriorOverdispersion = 0.02, kPriorSquares = 50;
constexpr double kOverdispersionMost = 2;
constexpr double kOutlier = 4;      // standard deviations
constexpr double kRateKnown = 0.2;  // of_rate; hours are not compared with what is a guess
constexpr Hour kDayHours = 24;

constexpr Hour kHourMost = 1'000'000'000;

double faded(double half_life, double hours) {
  return std::exp2(-hours / half_life);
}

std::size_t hour_of_day(Hour hour) {
  return static_cast<std::size_t>(((hour % 24) + 24) % 24);
}

std::size_t weekday(Hour hour) {
  const Hour day = hour >= 0 ? hour / 24 : (hour - 23) / 24;
  return static_cast<std::size_t>(((day % 7) + 7) % 7);
}

template <class Number, std::size_t size>
void save_all(const std::array<Number, size>& numbers, ByteWriter& out) {
  for (const Number number : numbers) out.add(number);
}

// Weights and sums of counts; others were not saved so.
template <class Number>
Result<Number> amount(ByteReader& in) {
  const auto number = TRY(in.number<Number>());
  if (!(number >= 0 && number < 1e15)) return corrupt("a count that cannot be was kept");
  return number;
}

template <class Number, std::size_t size>
Result<void> restore_all(std::array<Number, size>& numbers, ByteReader& in) {
  for (Number& number : numbers) number = TRY(amount<Number>(in));
  return {};
}

}  // namespace

void StreamBaseline::add(Hour hour, double articles) {
  const Hour passed = hours_ == 0 ? 1 : std::max<Hour>(hour - last_, 0);
  const auto hours = static_cast<double>(passed);
  const double fade = faded(kLongHalfLifeHours, hours);
  long_ = long_ * fade + articles;
  short_ = short_ * faded(kShortHalfLifeHours, hours) + articles;
  for (double& cell : by_hour_) cell *= fade;
  for (double& cell : by_weekday_) cell *= fade;
  by_hour_[hour_of_day(hour)] += articles;
  by_weekday_[weekday(hour)] += articles;
  hours_ += passed;
  last_ = hour;
}

double StreamBaseline::share_of_hour(Hour hour) const {
  return long_ > 0 ? by_hour_[hour_of_day(hour)] / long_ : 0;
}

double StreamBaseline::share_of_weekday(Hour hour) const {
  return long_ > 0 ? by_weekday_[weekday(hour)] / long_ : 0;
}

void StreamBaseline::save(ByteWriter& out) const {
  out.add(long_);
  out.add(short_);
  save_all(by_hour_, out);
  save_all(by_weekday_, out);
  out.add(hours_);
  out.add(last_);
}

Result<StreamBaseline> StreamBaseline::restore(ByteReader& in) {
  StreamBaseline stream;
  stream.long_ = TRY(amount<double>(in));
  stream.short_ = TRY(amount<double>(in));
  TRY(restore_all(stream.by_hour_, in));
  TRY(restore_all(stream.by_weekday_, in));
  stream.hours_ = TRY(in.number<Hour>());
  stream.last_ = TRY(in.number<Hour>());
  const auto is_hour = [](Hour hour) { return hour >= -1 && hour <= kHourMost; };
  if (!is_hour(stream.hours_) || !is_hour(stream.last_))
    return corrupt("an hour that cannot be was kept");
  return stream;
}

void KeyBaseline::fade(double hours) {
  const auto by_long = static_cast<float>(faded(kLongHalfLifeHours, hours));
  long_ *= by_long;
  const auto by_short = static_cast<float>(faded(kShortHalfLifeHours, hours));
  short_ *= by_short;
  short_articles_ *= by_short;
  excess_ *= by_long;
  squares_ *= by_long;
  if (!profile_) return;
  for (float& cell : profile_->by_hour) cell *= by_long;
  for (float& cell : profile_->by_weekday) cell *= by_long;
  profile_->count *= by_long;
  profile_->hours += static_cast<float>(hours);
}

void KeyBaseline::pass(double hours) {
  if (hours > 0) fade(hours);
}

void KeyBaseline::add(const StreamBaseline& stream, Hour hour, double count, double articles) {
  const double others = std::max(articles - count, 0.0);
  const Expected expected = expect(stream, hour, others);
  const double factor_then = factor(stream, hour);
  fade(1);
  if (stream.hours() >= kDayHours && expected.of_rate <= kRateKnown) learn_spread(expected, count);
  short_articles_ += static_cast<float>(factor_then * others);
  long_ += static_cast<float>(count);
  short_ += static_cast<float>(count);
  if (!profile_ && long_ >= kProfileCountMin) profile_ = std::make_unique<Profile>();
  if (!profile_) return;
  profile_->by_hour[hour_of_day(hour)] += static_cast<float>(count);
  profile_->by_weekday[weekday(hour)] += static_cast<float>(count);
  profile_->count += static_cast<float>(count);
}

// By the method of moments. A burst counts as an outlier: it is not how the key usually varies.
void KeyBaseline::learn_spread(const Expected& expected, double count) {
  const double square = expected.count * expected.count;
  const double variance = expected.count + (expected.of_rate + expected.of_hours) * square;
  const double difference = std::min(count - expected.count, kOutlier * std::sqrt(variance) + 1);
  excess_ +=
      static_cast<float>(difference * difference - expected.count - expected.of_rate * square);
  squares_ += static_cast<float>(square);
}

double KeyBaseline::factor(const StreamBaseline& stream, Hour hour) const {
  if (!profile_) return 1;
  const double trust = profile_->hours / (profile_->hours + kProfileTrustedHours);
  const auto cell = [&](double count, double share) {
    return (count + kProfilePrior) / (profile_->count * share + kProfilePrior);
  };
  const double own = cell(profile_->by_hour[hour_of_day(hour)], stream.share_of_hour(hour)) *
                     cell(profile_->by_weekday[weekday(hour)], stream.share_of_weekday(hour));
  return 1 + trust * (std::clamp(own, kProfileLeast, kProfileMost) - 1);
}

// The last days count where they differ by more than chance: the greater of two equals is too
// great. A key that only comes back to what it was for weeks is not to rise.
KeyBaseline::Rate KeyBaseline::rate(const StreamBaseline& stream) const {
  const double counted = long_ + kPriorCount;
  const double others = stream.articles_long() + kPriorCount - counted;
  const double by_long = counted / (std::max(others, 0.0) + kPriorArticles);
  const double lately = short_articles_ + kPriorArticles;
  const double deviation = kShortDeviations * std::sqrt(short_ + 1);
  if (short_ - deviation > by_long * lately) return {short_ / lately, short_};
  if (short_ + deviation >= by_long * lately) return {by_long, counted};
  const double by_short = (short_ + 1) / lately;
  if (by_short < kFallen * by_long) return {kFallen * by_long, counted};
  return {by_short, short_ + 1};
}

Expected KeyBaseline::expect(const StreamBaseline& stream, Hour hour, double others) const {
  const Rate known = rate(stream);
  const double varies =
      (std::max(excess_, 0.0F) + kPriorOverdispersion * kPriorSquares) / (squares_ + kPriorSquares);
  // What is known of the rate: a gamma distribution of as many counts.
  return {.count = known.value * factor(stream, hour) * others,
          .of_rate = 1 / known.counted,
          .of_hours = std::min(varies, kOverdispersionMost)};
}

void KeyBaseline::save(ByteWriter& out) const {
  for (const float number : {long_, short_, short_articles_, excess_, squares_}) out.add(number);
  out.add(static_cast<std::uint8_t>(profile_ ? 1 : 0));
  if (!profile_) return;
  save_all(profile_->by_hour, out);
  save_all(profile_->by_weekday, out);
  out.add(profile_->count);
  out.add(profile_->hours);
}

Result<KeyBaseline> KeyBaseline::restore(ByteReader& in) {
  KeyBaseline key;
  key.long_ = TRY(amount<float>(in));
  key.short_ = TRY(amount<float>(in));
  key.short_articles_ = TRY(amount<float>(in));
  key.excess_ = TRY(in.number<float>());
  if (!(std::abs(key.excess_) < 1e30F)) return corrupt("a count that cannot be was kept");
  key.squares_ = TRY(in.number<float>());
  if (!(key.squares_ >= 0 && key.squares_ < 1e30F))
    return corrupt("a count that cannot be was kept");
  if (TRY(in.number<std::uint8_t>()) == 0) return key;
  key.profile_ = std::make_unique<Profile>();
  TRY(restore_all(key.profile_->by_hour, in));
  TRY(restore_all(key.profile_->by_weekday, in));
  key.profile_->count = TRY(amount<float>(in));
  key.profile_->hours = TRY(amount<float>(in));
  return key;
}

}  // namespace tidings::analytics
