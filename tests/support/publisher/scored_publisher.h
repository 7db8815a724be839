// Plays a world of publishers on loopback, and keeps a score of how its guests behave.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "adapters/curl/settings.h"
#include "core/mutex.h"
#include "core/result.h"
#include "core/time.h"
#include "tests/support/publisher/http_server.h"
#include "tests/support/publisher/scored_feed.h"

namespace tidings::publisher {

enum class Violation {
  Unconditional,     // without a validator, though one was given and is honored
  UnknownValidator,  // one that this feed never gave
  TooEarly,  // while the last answer was still fresh (max-age, Expires, ttl), in a skip hour, or
             // within four minutes of the last request
  IgnoredRetryAfter,
  AskedAfterGone,
  DomainBurst,    // more than 15 requests in ten seconds, or 3 at once
  AddressBurst,   // more than 60 requests in ten seconds
  UselessHeader,  // a header that says nothing, or that no feed asks for
  SeenLate,       // an entry after its fair_deadline()
};
inline constexpr std::size_t kViolations = 9;
std::string_view to_string(Violation violation);

struct Score {
  std::array<std::int64_t, kViolations> violations{};
  std::vector<std::string> examples;  // of each kind the first few
  std::int64_t requests = 0;
  std::int64_t not_modified = 0;
  std::int64_t whole = 0;         // 200 with a feed
  std::int64_t refused = 0;       // 403, 410, 429 and 503
  std::int64_t entries_seen = 0;  // of those that came out once a client knew the feed
  double delay_mean = 0;          // from publication, in fair_interval()s
  double delay_max = 0;
  std::int64_t total_violations() const;
};

// Safe to call from many threads.
class ScoredPublisher final : private Responder {
 public:
  // `clock` must outlive the publisher. Each address of the world is one of 127.0.1.1 and up.
  static Result<std::unique_ptr<ScoredPublisher>> start(World world, const Clock& clock);
  ~ScoredPublisher() override;

  curl::CurlSettings client_settings() const;
  const World& world() const { return world_; }
  // What has been seen until now; entries that are overdue by now count as seen late.
  Score score() const EXCLUDES(mutex_);

 private:
  struct FeedState {
    std::optional<Time> asked_at;  // the last request that was answered by the feed
    Time fresh_until{};            // of the last answer
    bool gave_validator = false;
    std::int64_t answers = 0;
    std::optional<std::size_t> seen;  // entries; nothing: never read
    std::int64_t whole_answers = 0;
  };
  struct Traffic {  // of a domain or an address
    std::deque<Time> recent;
    int in_flight = 0;
  };
  struct Place {
    std::size_t feed = 0;
    bool is_old = false;  // where it has moved from
  };

  ScoredPublisher(World world, const Clock& clock);
  Result<void> listen();
  void respond(const Request& request, Reply& reply) override EXCLUDES(mutex_);
  void finished(std::int64_t tag, std::uint64_t bytes) override EXCLUDES(mutex_);

  void judge_traffic(const Request& request, std::size_t host, Time now) REQUIRES(mutex_);
  void judge_headers(const Request& request, Time now) REQUIRES(mutex_);
  void judge_time(const ScoredFeed& feed, const FeedState& state, Time now) REQUIRES(mutex_);
  void judge_validators(const Request& request, const ScoredFeed& feed, const FeedState& state,
                        Time now) REQUIRES(mutex_);
  std::string answer(const Request& request, std::size_t host, const Place& place, Time now)
      REQUIRES(mutex_);
  std::string answer_closed(std::size_t host, const Closure& closure, Time now) REQUIRES(mutex_);
  std::string answer_feed(const Request& request, std::size_t number, Time now) REQUIRES(mutex_);
  void see(std::size_t number, std::size_t published, Time now) REQUIRES(mutex_);
  void note(Violation violation, const std::string& what, Time now) REQUIRES(mutex_);
  void note_delay(const ScoredFeed& feed, std::size_t published, Time seen_at, Score& score) const;

  World world_;
  const Clock& clock_;
  std::unordered_map<std::string, Place> places_;  // by address without its scheme
  std::unordered_map<std::string, std::size_t> host_numbers_;
  mutable Mutex mutex_;
  Score score_ GUARDED_BY(mutex_);
  std::vector<FeedState> states_ GUARDED_BY(mutex_);
  std::vector<Traffic> domains_ GUARDED_BY(mutex_);
  std::vector<Traffic> addresses_ GUARDED_BY(mutex_);
  std::vector<Time> closed_until_ GUARDED_BY(mutex_);  // hosts, as they said
  std::vector<std::unique_ptr<HttpServer>>
      servers_;  // last: they stop before what they answer from
};

}  // namespace tidings::publisher
