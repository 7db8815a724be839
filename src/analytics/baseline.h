// What is usual of a key: its share of the stream, at which hours, and how much that varies.
#pragma once

#include <array>
#include <cstdint>
#include <memory>

#include "core/byte_stream.h"
#include "core/result.h"

namespace tidings::analytics {

using Hour = std::int64_t;  // since 1970, UTC

// What is over counts half after so many hours of it.
inline constexpr double kLongHalfLifeHours = 14 * 24;
inline constexpr double kShortHalfLifeHours = 24;

// The whole stream.
class StreamBaseline {
 public:
  // Hours come in order; one that is left out had no articles.
  void add(Hour hour, double articles);

  double articles_long() const { return long_; }
  double articles_short() const { return short_; }
  // The share of all articles that come in this hour of the day, or on this day of the week.
  double share_of_hour(Hour hour) const;
  double share_of_weekday(Hour hour) const;
  Hour hours() const { return hours_; }  // from the first to the last
  Hour last() const { return last_; }

  void save(ByteWriter& out) const;
  static Result<StreamBaseline> restore(ByteReader& in);

 private:
  double long_ = 0, short_ = 0;
  std::array<double, 24> by_hour_{};
  std::array<double, 7> by_weekday_{};
  Hour hours_ = 0;
  Hour last_ = 0;
};

// How many to expect, and how much that varies: overdispersions, as in log10_chance.
struct Expected {
  double count = 0;
  double of_rate = 0;   // since the rate is known from so much only
  double of_hours = 0;  // from hour to hour, as it did up to now
};

// One key of it. Of the stream's other articles so many come for each of the key's: a burst, and a
// stream that grows, do not move what is expected. A key has hours and days of its own once it was
// counted kProfileCountMin times; they are drawn to those of the stream where they rest on little.
// 32 bytes, and 140 more for hours and days.
class KeyBaseline {
 public:
  static constexpr double kProfileCountMin = 50;
  static constexpr double kFallen = 0.6;

  KeyBaseline() = default;
  // Known to have been counted before hours were kept.
  KeyBaseline(const StreamBaseline& stream, double counted_before)
      : long_(static_cast<float>(counted_before)),
        short_(long_),
        short_articles_(static_cast<float>(stream.articles_short())) {}

  // An hour that is over, with the `articles` of the whole stream, before it is added to the
  // stream.
  void add(const StreamBaseline& stream, Hour hour, double count, double articles);
  // Hours went by in which the whole stream had none.
  void pass(double hours);

  // Of one hour (or a part of it) in which `others` articles without the key come. From the last
  // weeks, or from the last days where those differ by more than chance: at least kFallen of what
  // the weeks say.
  Expected expect(const StreamBaseline& stream, Hour hour, double others) const;

  double count() const { return long_; }  // fading

  void save(ByteWriter& out) const;
  static Result<KeyBaseline> restore(ByteReader& in);

 private:
  struct Profile {
    std::array<float, 24> by_hour{};
    std::array<float, 7> by_weekday{};
    float count = 0;
    float hours = 0;  // that it was kept
  };
  void learn_spread(const Expected& expected, double count);
  struct Rate {
    double value = 0;    // of the key's articles for one of the others
    double counted = 0;  // articles that it is known from
  };
  Rate rate(const StreamBaseline& stream) const;
  double factor(const StreamBaseline& stream, Hour hour) const;
  void fade(double hours);

  float long_ = 0, short_ = 0;
  float short_articles_ = 0;  // others of the last days, each as the key's hours and days weigh it
  // Over past hours: Σ((count − expected)² − expected) and Σ expected².
  float excess_ = 0, squares_ = 0;
  std::unique_ptr<Profile> profile_;
};

}  // namespace tidings::analytics
