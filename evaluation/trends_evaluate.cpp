// Whether bursts that are planted in a stream of news are found, and what rises without one:
// trends_evaluate SEED [STREAM] < FILE, JSON lines {"title","text","at"} in the order of their
// times (seconds). The stream has kWeeks weeks of kRate articles an hour on average, fewer at night
// and on weekends, each a copy of one of the given articles (its keys, under an id of its own) by
// one of kPublishers publishers: drawn from those that came about then
// ("real": what the news spoke of comes and goes), or from all of them ("constant": nothing rises).
// Writes
// {"real": …, "constant": …, "quiet_real": …, "quiet_constant": …}: with bursts planted and
// without.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iostream>
#include <random>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include <unistd.h>

#include "analytics/trend_facts.h"
#include "analytics/trends.h"
#include "core/json_writer.h"
#include "evaluation/trend_news.h"

namespace {

using namespace tidings;
using namespace tidings::analytics;

constexpr double kRate = 500;  // articles an hour
constexpr int kWeeks = 8, kWarmWeeks = 2;
constexpr int kPublishers = 60;
constexpr std::int64_t kStart = 1'772'409'600;  // seconds: a Monday, 2026-03-02
constexpr std::size_t kNear = 2'000;            // articles that came about then
constexpr double kBurstHours = 1.25;            // and a pause: one at a time
constexpr double kApartHours = 96;              // bursts of one key
constexpr double kSecondsPerHour = 3600, kWeekHours = 168;
constexpr double kLookHours = 0.1;  // between two looks at what rises

struct Class {
  const char* name;
  double base, times, within_hours;
};
constexpr std::array<Class, 3> kClasses = {
    {{"x10_on_5", 5, 10, 0.5}, {"x5_on_5", 5, 5, 1}, {"x3_on_50", 50, 3, 1}}};
constexpr std::size_t kBurstsPerClass = 100;

struct Burst {
  std::size_t klass;
  TrendKey key;
  double begin;  // hours
  double extra;  // articles an hour
  double found = -1;
  bool was_rising = false;
};

struct Base {
  std::vector<evaluation::NewsArticle> news;
  std::vector<std::vector<TrendKey>> articles;          // what trends see of each
  std::unordered_map<std::string, std::size_t> counts;  // by kind and key
};

std::string name_of(const TrendKey& key) {
  return std::string(to_string(key.kind)) + " " + key.key;
}

Base read() {
  Base base;
  for (const evaluation::NewsArticle& article : base.news = evaluation::read_news(std::cin)) {
    base.articles.push_back(trend_article(article.document).keys);
    for (const TrendKey& key : base.articles.back()) ++base.counts[name_of(key)];
  }
  return base;
}

// Of an average hour.
double profile(double hours) {
  static constexpr std::array<double, 24> kDay = {0.45, 0.4, 0.4, 0.45, 0.5, 0.6, 0.8, 1.0,
                                                  1.2,  1.4, 1.5, 1.5,  1.5, 1.5, 1.6, 1.6,
                                                  1.5,  1.4, 1.3, 1.1,  0.9, 0.8, 0.6, 0.5};
  const auto hour = static_cast<std::size_t>(hours);
  const double day = hour / 24 % 7 >= 5 ? 0.5 : 1.2;
  return kDay[hour % 24] / 1.02 * day;
}

std::int64_t resident_bytes() {
  std::ifstream file("/proc/self/statm");
  std::int64_t pages = 0, resident = 0;
  file >> pages >> resident;
  return resident * sysconf(_SC_PAGESIZE);
}

class Run {
 public:
  Run(const Base& base, bool is_real, bool has_bursts, unsigned seed)
      : base_(base), is_real_(is_real), chance_(seed) {
    if (has_bursts) plant();
  }

  void run() {
    const std::int64_t before = resident_bytes();
    for (double at = 0; at < kWeeks * kWeekHours;) {
      double rate = kRate * profile(at);
      for (const Burst& burst : bursts_) rate += is_on(burst, at) ? burst.extra : 0;
      at += std::exponential_distribution<>(rate)(chance_);
      give(at, planted(at, uniform() * rate));
      look(at);
    }
    bytes_ = resident_bytes() - before;
  }

  void write(JsonWriter& json) const {
    json.begin_object();
    json.field("articles", articles_);
    json.field("keys_each", static_cast<double>(keys_) / static_cast<double>(articles_));
    json.field("seconds", seconds_);
    json.field("bytes", bytes_);
    json.field("keys", trends_.counts().keys());
    json.field("hours", hours_);
    json.field("common_keys", common_keys());
    json.field("onsets", onsets_);
    json.field("heads_mean", heads_ / std::max(1.0, hours_));
    ByteWriter out;
    trends_.save(out);
    json.field("checkpoint_bytes", out.take().size());
    json.key("classes");
    json.begin_object();
    for (std::size_t i = 0; i < kClasses.size(); ++i) write(json, i);
    json.end_object();
    json.end_object();
  }

 private:
  void write(JsonWriter& json, std::size_t klass) const {
    std::vector<double> delays;
    std::size_t planted = 0, in_time = 0;
    for (const Burst& burst : bursts_) {
      if (burst.klass != klass || burst.was_rising) continue;
      ++planted;
      if (burst.found < 0) continue;
      delays.push_back(burst.found * 60);
      in_time += burst.found <= kClasses[klass].within_hours ? 1 : 0;
    }
    std::ranges::sort(delays);
    json.key(kClasses[klass].name);
    json.begin_object();
    json.field("planted", planted);
    json.field("in_time", in_time);
    json.field("found", delays.size());
    if (!delays.empty()) json.field("minutes_median", delays[delays.size() / 2]);
    json.end_object();
  }

  double uniform() { return std::uniform_real_distribution<>()(chance_); }
  static bool is_on(const Burst& burst, double at) {
    return at >= burst.begin && at < burst.begin + kBurstHours;
  }

  // Of all that come, the first `extra` articles an hour are of the first burst that is on, and so
  // forth.
  const TrendKey* planted(double at, double which) const {
    for (const Burst& burst : bursts_) {
      if (!is_on(burst, at)) continue;
      if (which < burst.extra) return &burst.key;
      which -= burst.extra;
    }
    return nullptr;
  }

  double usual(const TrendKey& key, double at) const {
    return static_cast<double>(base_.counts.at(name_of(key))) /
           static_cast<double>(base_.articles.size()) * kRate * profile(at);
  }

  // Keys that come about as often as their class says at a time that is drawn first.
  void plant() {
    for (std::size_t klass = 0; klass < kClasses.size(); ++klass) {
      for (std::size_t planted = 0; planted < kBurstsPerClass;) planted += plant_one(klass) ? 1 : 0;
    }
  }

  bool plant_one(std::size_t klass) {
    const double begin = (kWarmWeeks + uniform() * (kWeeks - kWarmWeeks)) * kWeekHours - 4;
    const auto& keys = base_.articles[static_cast<std::size_t>(
        uniform() * static_cast<double>(base_.articles.size()))];
    if (keys.empty()) return false;
    const TrendKey& key =
        keys[static_cast<std::size_t>(uniform() * static_cast<double>(keys.size()))];
    const Class& wanted = kClasses[klass];
    const double rate = usual(key, begin);
    const bool is_taken = std::ranges::any_of(bursts_, [&](const Burst& one) {
      const double apart = one.key == key ? kApartHours : kBurstHours + 0.25;
      return std::abs(one.begin - begin) < apart;
    });
    if (is_taken || rate < 0.9 * wanted.base || rate > 1.1 * wanted.base) return false;
    bursts_.push_back(
        {.klass = klass, .key = key, .begin = begin, .extra = rate * (wanted.times - 1)});
    return true;
  }

  const std::vector<TrendKey>& draw(double at) {
    std::size_t number = 0;
    if (is_real_) {
      const std::size_t first =
          evaluation::first_about(base_.news, at / (kWeeks * kWeekHours), kNear);
      number = first + static_cast<std::size_t>(uniform() * kNear);
    } else {
      number = static_cast<std::size_t>(uniform() * static_cast<double>(base_.articles.size()));
    }
    return base_.articles[number];
  }

  void give(double at, const TrendKey* planted) {
    const Time time =
        from_micros((kStart * 1'000'000) + static_cast<std::int64_t>(at * kSecondsPerHour * 1e6));
    const auto publisher = static_cast<int>(kPublishers * std::pow(uniform(), 2));
    TrendArticle article{.id = ArticleId(++articles_),
                         .published = time,
                         .came = time,
                         .publisher = "publisher " + std::to_string(publisher),
                         .keys = draw(at)};
    if (planted != nullptr && std::ranges::find(article.keys, *planted) == article.keys.end())
      article.keys.push_back(*planted);
    keys_ += article.keys.size();
    const std::clock_t begin = std::clock();
    trends_.add(article);
    seconds_ += static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  }

  void look(double at) {
    for (Burst& burst : bursts_) {
      if (burst.found >= 0 || at < burst.begin - 0.5 || at > burst.begin + kBurstHours) continue;
      if (!trends_.is_rising(burst.key)) continue;
      burst.was_rising = at < burst.begin;
      burst.found = at - burst.begin;
    }
    if (at < next_look_) return;
    next_look_ = at + kLookHours;
    count_onsets(at);
  }

  void count_onsets(double at) {
    const std::vector<Trend> trends = trends_.rising(10'000);
    std::set<std::string> rising;
    for (const Trend& trend : trends) {
      rising.insert(name_of(trend.head.key));
      for (const RisingKey& one : trend.related) rising.insert(name_of(one.key));
    }
    rising.swap(rising_);  // now those of the last look
    if (at < kWarmWeeks * kWeekHours) return;
    hours_ += kLookHours;
    heads_ += kLookHours * static_cast<double>(trends.size());
    for (const std::string& name : rising_) {
      if (!rising.contains(name) && !is_planted(name, at)) ++onsets_;
    }
  }

  // Within a day, that is: it may rise again.
  bool is_planted(const std::string& name, double at) const {
    return std::ranges::any_of(bursts_, [&](const Burst& burst) {
      return at >= burst.begin && at < burst.begin + kBurstHours + 24 && name_of(burst.key) == name;
    });
  }

  std::size_t common_keys() const {
    return static_cast<std::size_t>(std::ranges::count_if(
        base_.counts, [&](const auto& one) { return is_common(one.second); }));
  }

  // Comes at least once an hour.
  bool is_common(std::size_t count) const {
    return static_cast<double>(count) * kRate >= static_cast<double>(base_.articles.size());
  }

  const Base& base_;
  const bool is_real_;
  std::mt19937 chance_;
  std::vector<Burst> bursts_;
  Trends trends_;
  std::int64_t articles_ = 0;
  std::size_t keys_ = 0;
  double seconds_ = 0;
  std::int64_t bytes_ = 0;
  double next_look_ = 0, hours_ = 0, heads_ = 0;
  std::set<std::string> rising_;
  std::size_t onsets_ = 0;
};

}  // namespace

int main(int count, char** arguments) {
  const auto seed = static_cast<unsigned>(count > 1 ? std::atoi(arguments[1]) : 1);
  const std::string only = count > 2 ? arguments[2] : "";
  const Base base = read();
  if (base.articles.size() <= kNear) {
    std::cerr << "too few articles\n";
    return 1;
  }
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  const auto run = [&](const char* name, bool is_real, bool has_bursts) {
    if (!only.empty() && only != name) return;
    Run one(base, is_real, has_bursts, seed);
    one.run();
    json.key(name);
    one.write(json);
  };
  run("real", true, true);
  run("constant", false, true);
  run("quiet_real", true, false);
  run("quiet_constant", false, false);
  json.end_object();
  std::cout << out << '\n';
}
