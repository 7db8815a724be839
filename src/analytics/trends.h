// What rises now: keys that come far more often than they use to, found as articles come.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "analytics/rise.h"
#include "analytics/trend_counts.h"
#include "analytics/trend_key.h"
#include "core/byte_stream.h"
#include "core/result.h"
#include "core/time.h"
#include "model/story.h"
#include "model/trend.h"

namespace tidings::analytics {

struct TrendSettings {
  RiseRules rules;
  double false_discovery_rate = 0.07;  // of what is believed in a step, on average
  double log10_p_max = -4.3;           // however many rise at once
  double over_ratio = 1.5;             // what comes less often than so does no longer rise
  std::size_t rising_max = 2'000;      // at once; more wait until others are over
  TrendLimits limits;
};

// Once a minute of the stream's time, keys that came since the last step are tested against what is
// usual of them. A key rises when its counts were believed twice, with another article between,
// within half an hour; until is_over, which is looked at every five minutes. Nothing rises in a
// stream's first two days. What it finds depends on the articles and their order alone, not on when
// it is asked, nor on whether it was told of whole minutes that went by. For one thread.
class Trends {
 public:
  explicit Trends(const TrendSettings& settings = {});

  // In the order of the log. False where the article is late or known, and not counted.
  bool add(const TrendArticle& article);
  // An article that was added (its keys do not matter here) is of this story.
  void add_to_story(const TrendArticle& article, StoryId story, const std::string& headline);
  // Time goes on without articles.
  void advance(Time now);

  // Strongest first, at most `most`; those that rise with mostly the same articles (half of all
  // that either has lately), or within one story, are one trend, with the strongest as its head.
  std::vector<Trend> rising(std::size_t most) const;
  Time now() const { return counts_.now(); }
  // Each key by itself.
  std::size_t rising_keys() const { return rising_.size(); }
  bool is_rising(const TrendKey& key) const;
  // The first two days are over.
  bool is_warm() const { return counts_.usual().hours() >= kWarmHours; }
  const TrendCounts& counts() const { return counts_; }

  // Equal states give equal bytes.
  void save(ByteWriter& out) const;
  // Corrupt unless it was saved with equal limits.
  static Result<Trends> restore(ByteReader& in, const TrendSettings& settings = {});

 private:
  struct Rising {
    Rise rise;
    Time since{};
    int peak_count = 0;
    Time peak_at{};
  };
  struct Test {
    KeyHash key;
    Rise rise;
  };

  void step();
  std::vector<Test> tests();
  double bound(const std::vector<Test>& tests) const;
  void believe(const Test& test);
  void update(Rising& rising, const TrendEntry& entry, const Rise& rise) const;
  void end_what_is_over();
  static RisingKey rising_key(const TrendEntry& entry, const Rising& rising);
  Result<void> restore_rising(ByteReader& in);

  TrendSettings settings_;
  TrendCounts counts_;
  std::int64_t minute_ = 0;           // of the last step
  Bucket ended_to_ = 0;               // what is over was looked for up to here
  std::vector<KeyHash> touched_;      // since then
  std::map<KeyHash, Time> believed_;  // once, when
  std::map<KeyHash, Rising> rising_;
};

}  // namespace tidings::analytics
