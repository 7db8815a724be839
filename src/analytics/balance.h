// Whether those who rate one way cover something as much as those who rate another.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analytics/ratings.h"
#include "ports/search_index.h"

namespace tidings::analytics {

// What the publishers of one rating wrote, of what is asked about and of everything.
struct BalanceSide {
  std::string rating;
  Bucket covering;                      // articles that match
  std::uint64_t publishers = 0;         // that have such
  std::uint64_t articles = 0;           // all of theirs in that time
  std::uint64_t active_publishers = 0;  // that wrote anything
  double share = 0;                     // [0, 1]: of the rated articles that match
  double expected_share = 0;            // [0, 1]: of all rated articles
  double expected = 0;                  // articles: as many of the rated ones that match
  // [0, 1]: that none of as many articles would be of this rating, if each were as likely as any
  // other of that time. Small: silence is no accident.
  double silence_chance = 1;
};

struct Balance {
  Bucket covering;  // all that matches
  Bucket rated;     // of it what rated publishers wrote
  std::uint64_t publishers = 0, rated_publishers = 0;
  std::uint64_t articles = 0, rated_articles = 0;  // everything of that time
  std::vector<BalanceSide> sides;                  // as RatingScale::ratings()
  std::optional<double> mean, expected_mean;       // of numbers, over articles
  std::vector<NamedCounts> unrated;                // that match, most articles first
};

inline constexpr std::size_t kUnratedShown = 10;

// `covering` and `all`: counts by publisher of what matches and of everything in that time.
Balance balance_of(const RatingScale& scale, const Aggregates& covering, const Aggregates& all);

// The sides that wrote in that time, and nothing of what matches.
std::vector<const BalanceSide*> blind_spots(const Balance& balance);

}  // namespace tidings::analytics
