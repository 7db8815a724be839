// A world of publishers for a simulated day: what each feed publishes when, how its server answers,
// and what it asks of its guests.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/time.h"

namespace tidings::publisher {

struct ScoredFeed {
  enum class Validators {
    Both,
    Etag,
    LastModified,
    None,
    Churning,  // another ETag with each answer
    Lying,     // 304 for ever to whoever has a validator
  };

  std::size_t host = 0;
  std::size_t listed_host = 0;  // of listed_url
  std::string url;              // of the document
  std::string listed_url;       // that clients are given: another one where the feed has moved
  int moved_status = 0;         // 301, 302 or 308 from listed_url; 0: they are the same
  Validators validators = Validators::Both;
  std::chrono::seconds max_age{0};
  bool max_age_by_expires = false;
  std::chrono::minutes ttl{0};
  std::vector<int> skip_hours;
  std::vector<Time> entries;  // ascending, from before the day to its end
  std::size_t entry_bytes = 500;
  bool gzip = false;
  bool refuses = false;        // 503 with Retry-After at every request, alone of its host
  Time gone_at = Time::max();  // 410 from then on
};

// When a host answers nobody.
struct Closure {
  Time from{}, until{};
  int status = 503;  // 429, 503, or 403 of a rate limiter
  bool says_when = true;
};

struct ScoredHost {
  std::string name;
  std::size_t address = 0;
  std::vector<Closure> closures;
  // When one of its feeds first asked for itself to be left alone: until another page of the host
  // is seen to answer, a guest must take that for the host's word.
  std::vector<Closure> misheard;
  std::chrono::milliseconds delay{0};
};

struct WorldSettings {
  std::size_t feeds = 10'000;
  std::size_t hosts = 300;
  std::size_t addresses = 40;  // that the hosts share
  std::chrono::hours length{24};
  Time began{};
  std::uint64_t seed = 1;
};

struct World {
  std::vector<ScoredHost> hosts;
  std::vector<ScoredFeed> feeds;
};

// The same settings give the same world.
World make_world(const WorldSettings& settings);

// How many of the feed's entries are out at `now`.
std::size_t published_count(const ScoredFeed& feed, Time now);

// RSS 2.0 with the newest kEntriesShown of the first `published` entries.
inline constexpr std::size_t kEntriesShown = 20;
std::string scored_document(const ScoredFeed& feed, std::size_t published);

// The publisher's own judgement of how often the feed brings something, when its `published`-th
// entry came out: the mean time between the occasions that its document shows (entries within five
// minutes are one), but no less than its max-age or ttl, nor than five minutes.
Duration fair_interval(const ScoredFeed& feed, std::size_t published);

// Until when a guest who comes often enough has seen the feed's `published`-th entry: 1.5 times the
// interval. Times at which the feed must not be asked do not count: skip hours, and those at which
// one of its hosts was closed, twice over, since a guest is to back off.
Time fair_deadline(const World& world, const ScoredFeed& feed, std::size_t published);

}  // namespace tidings::publisher
