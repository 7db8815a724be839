// What comes far more often than it uses to: keys that rise, and trends made of them.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "core/time.h"

namespace tidings {

enum class TrendKind : std::uint8_t { Term, Keyphrase, Entity, Topic, Place, Country, Story };
inline constexpr std::size_t kTrendKinds = 7;
std::string_view to_string(TrendKind kind);  // "term", …
std::optional<TrendKind> parse_trend_kind(std::string_view name);

struct TrendKey {
  TrendKind kind = TrendKind::Term;
  std::string key;    // the same in every article that means the same
  std::string label;  // for people; empty: the key

  friend bool operator==(const TrendKey&, const TrendKey&) = default;
};

struct Rise {
  std::chrono::minutes window{};  // or up to one of its parts (5 minutes, an hour) less
  int count = 0;                  // articles
  double expected = 0;
  double discounted = 0;  // the count when one publisher counts for at most a quarter of it
  int publishers = 0;     // of its last articles
  double log10_p = 0;     // of the discounted count or more

  double ratio() const { return expected > 0 ? discounted / expected : 0; }
  // What lists are sorted by: how many times what is expected, and how many more (log2 of each).
  double rank() const;
  // "47 articles in 2 h, 6.1 expected, p < 10⁻²⁰"
  std::string explanation() const;
  friend bool operator==(const Rise&, const Rise&) = default;
};

struct RisingKey {
  TrendKey key;
  Rise rise;  // as of the key's last article, or the last step
  Time since{};
  int peak_count = 0;  // the most in an hour
  Time peak_at{};

  friend bool operator==(const RisingKey&, const RisingKey&) = default;
};

struct Trend {
  RisingKey head;                   // the strongest
  std::vector<RisingKey> related;   // rise with the same articles, strongest first
  std::vector<ArticleId> articles;  // of the head, newest first, at most kTrendArticlesMax

  friend bool operator==(const Trend&, const Trend&) = default;
};
inline constexpr std::size_t kTrendArticlesMax = 8;
inline constexpr std::size_t kTrendRelatedMax = 20;

// A trend as it is kept, and told of.
struct CurrentTrend {
  TrendId id{};
  Trend trend;
  Time since{};                  // when the first of its keys began to rise
  bool is_told = true;           // else it was a part of another one first
  std::optional<Time> ended_at;  // nothing of it rises any more; it may again, for a while

  friend bool operator==(const CurrentTrend&, const CurrentTrend&) = default;
};

struct TrendList {
  std::int64_t version = 0;          // one more with each that was kept
  Time since{}, as_of{};             // of what it was counted from; 0: nothing was counted yet
  bool is_warm = false;              // it is known what is usual
  std::vector<CurrentTrend> trends;  // strongest first, those that ended last
};
inline constexpr std::size_t kCurrentTrendsMax = 500;

}  // namespace tidings
