#include "tests/support/publisher/scored_feed.h"

#include <algorithm>
#include <random>
#include <span>

#include <fmt/format.h>

namespace tidings::publisher {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Duration kBurst = minutes(5);
constexpr Duration kIntervalMin = minutes(5);

class WorldMaker {
 public:
  explicit WorldMaker(const WorldSettings& settings)
      : settings_(settings), random_(settings.seed) {}

  World make() {
    for (std::size_t i = 0; i < settings_.hosts; ++i) add_host(i);
    for (std::size_t i = 0; i < settings_.feeds; ++i) add_feed(i);
    return std::move(world_);
  }

 private:
  std::int64_t below(std::int64_t end) {
    return static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(end));
  }
  bool in_100(int share) { return below(100) < share; }
  seconds around(seconds mean) { return mean / 2 + seconds(below(mean.count() + 1)); }

  void add_host(std::size_t number) {
    ScoredHost host{.name = fmt::format("h{}.test", number),
                    .address = number % settings_.addresses};
    const seconds length = settings_.length;
    const Time from = settings_.began + length / 8 + seconds(below(length.count() / 2));
    switch (number % 10) {
      case 3:
        host.closures = {{from, from + minutes(20 + below(40)), 429, true}};
        break;
      case 4:
        host.closures = {{from, from + minutes(30), 503, true}};
        break;
      case 5:
        host.closures = {{from, from + minutes(20), 503, false}};
        break;
      case 6:
        host.closures = {{from, from + minutes(15), 403, true}};
        break;
      case 7:
        host.delay = std::chrono::milliseconds(2);
        break;
      default:
        break;
    }
    world_.hosts.push_back(std::move(host));
  }

  void add_feed(std::size_t number) {
    ScoredFeed feed;
    const bool is_of_the_large_one = number % 20 == 0;
    feed.host = feed.listed_host = is_of_the_large_one ? 0 : number % settings_.hosts;
    const std::string& host = world_.hosts[feed.host].name;
    feed.url = feed.listed_url = fmt::format("http://{}/f{}", host, number);
    if (in_100(3)) {
      constexpr int kStatuses[] = {301, 302, 308};
      feed.moved_status = kStatuses[below(3)];
      feed.listed_host =
          static_cast<std::size_t>(below(static_cast<std::int64_t>(settings_.hosts)));
      feed.listed_url =
          fmt::format("http://{}/old/f{}", world_.hosts[feed.listed_host].name, number);
    }
    choose_answers(feed);
    choose_entries(feed);
    feed.refuses = number < settings_.hosts && feed.host % 10 == 8;
    if (in_100(1))
      feed.gone_at = settings_.began + seconds(below(seconds(settings_.length).count()));
    world_.feeds.push_back(std::move(feed));
  }

  void choose_answers(ScoredFeed& feed) {
    using Validators = ScoredFeed::Validators;
    constexpr Validators kKinds[] = {
        Validators::Both,         Validators::Both, Validators::Both,    Validators::Etag,
        Validators::LastModified, Validators::None, Validators::Churning};
    feed.validators = kKinds[below(std::size(kKinds))];
    if (in_100(1)) feed.validators = Validators::Lying;
    constexpr int kAges[] = {0, 0, 0, 300, 900, 1800, 3600, 14'400};
    feed.max_age = seconds(kAges[below(std::size(kAges))]);
    feed.max_age_by_expires = in_100(30);
    if (in_100(20)) feed.ttl = minutes(30 * (1 + below(4)));
    feed.gzip = in_100(50);
    feed.entry_bytes = static_cast<std::size_t>(100 + below(1500));
  }

  void choose_entries(ScoredFeed& feed) {
    const int kind = static_cast<int>(below(100));
    const auto publish = [&](seconds mean, int burst, bool has_nights) {
      publish_entries(feed, mean, burst, has_nights);
    };
    if (kind < 3) return publish(minutes(6), 1, in_100(30));
    if (kind < 20) return publish(hours(1), 1, in_100(50));
    if (in_100(5)) feed.skip_hours = {0, 1, 2, 3, 4};
    if (kind < 45) return publish(hours(4), 1, false);
    if (kind < 75) return publish(hours(24), 1, false);
    if (kind < 90) return publish(hours(24 * 7), 1, false);
    publish(hours(6), 8, false);
  }

  // Forty occasions before the day, and those of the day, with nights of eight hours at 22:00.
  void publish_entries(ScoredFeed& feed, seconds mean, int burst, bool has_nights) {
    const Time first = settings_.began - 40 * mean - (has_nights ? 2 * hours(8) : hours(0));
    const Time end = settings_.began + settings_.length;
    for (Time at = std::chrono::floor<seconds>(first); at < end; at += around(mean)) {
      const auto hour = std::chrono::floor<hours>(at - std::chrono::floor<std::chrono::days>(at));
      if (has_nights && (hour >= hours(22) || hour < hours(6))) continue;
      for (int i = 0; i < burst; ++i) feed.entries.push_back(at + seconds(10 * i));
    }
    std::ranges::sort(feed.entries);
  }

  const WorldSettings& settings_;
  std::mt19937_64 random_;
  World world_;
};

std::span<const Time> shown(const ScoredFeed& feed, std::size_t published) {
  const std::size_t count = std::min(published, kEntriesShown);
  return std::span(feed.entries).subspan(published - count, count);
}

struct Window {
  Time from, until;
};

void add_closures(std::vector<Window>& windows, const ScoredHost& host) {
  for (const Closure& closure : host.closures)
    windows.push_back({closure.from, closure.until + (closure.until - closure.from)});
  for (const Closure& closure : host.misheard)
    windows.push_back({closure.from, closure.until + kIntervalMin});
}

std::vector<Window> closed_windows(const World& world, const ScoredFeed& feed, Time from,
                                   Time until) {
  std::vector<Window> windows;
  add_closures(windows, world.hosts[feed.host]);
  if (feed.listed_host != feed.host) add_closures(windows, world.hosts[feed.listed_host]);
  const auto first = std::chrono::floor<hours>(from);
  for (Time hour = first; hour < until; hour += hours(1)) {
    const auto of_day =
        std::chrono::floor<hours>(hour - std::chrono::floor<std::chrono::days>(hour));
    if (std::ranges::count(feed.skip_hours, of_day.count()) > 0)
      windows.push_back({hour, hour + hours(1)});
  }
  std::ranges::sort(windows, {}, &Window::from);
  return windows;
}

}  // namespace

World make_world(const WorldSettings& settings) {
  return WorldMaker(settings).make();
}

std::size_t published_count(const ScoredFeed& feed, Time now) {
  const auto end = std::ranges::upper_bound(feed.entries, now);
  return static_cast<std::size_t>(end - feed.entries.begin());
}

std::string scored_document(const ScoredFeed& feed, std::size_t published) {
  std::string out = "<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><title>" + feed.url +
                    "</title><link>" + feed.url + ".html</link>\n";
  if (feed.ttl.count() > 0) out += fmt::format("<ttl>{}</ttl>\n", feed.ttl.count());
  if (!feed.skip_hours.empty()) {
    out += "<skipHours>";
    for (const int hour : feed.skip_hours) out += fmt::format("<hour>{}</hour>", hour);
    out += "</skipHours>\n";
  }
  const std::span<const Time> times = shown(feed, published);
  for (std::size_t i = times.size(); i-- > 0;) {
    const std::size_t number = published - times.size() + i;
    out += fmt::format(
        "<item><title>Entry {0}</title><link>{1}/{0}</link><guid "
        "isPermaLink=\"false\">{1}#{0}</guid>"
        "<pubDate>{2}</pubDate><description>",
        number, feed.url, format_http_date(times[i]));
    out.append(feed.entry_bytes, static_cast<char>('a' + number % 26))
        .append("</description></item>\n");
  }
  return out + "</channel></rss>\n";
}

Duration fair_interval(const ScoredFeed& feed, std::size_t published) {
  Duration interval = std::max<Duration>({kIntervalMin, feed.max_age, feed.ttl});
  const std::span<const Time> times = shown(feed, published);
  std::size_t occasions = times.empty() ? 0 : 1;
  for (std::size_t i = 1, first = 0; i < times.size(); ++i) {
    if (times[i] - times[first] < kBurst) continue;
    first = i;
    ++occasions;
  }
  if (occasions > 1) {
    interval = std::max(interval,
                        (times.back() - times.front()) / static_cast<std::int64_t>(occasions - 1));
  }
  return interval;
}

Time fair_deadline(const World& world, const ScoredFeed& feed, std::size_t published) {
  const Time at = feed.entries[published - 1];
  Time deadline = at + fair_interval(feed, published) * 3 / 2;
  for (const Window& window : closed_windows(world, feed, at, deadline + hours(24))) {
    if (window.from < deadline && window.until > at)
      deadline += window.until - std::max(window.from, at);
  }
  return deadline;
}

}  // namespace tidings::publisher
