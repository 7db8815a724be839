// A publisher is a host whose guest we are: which source may be asked now, so that no domain is
// asked too much at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/ids.h"
#include "core/time.h"

namespace tidings::fetch {

struct PacingSettings {
  std::size_t in_flight_max = 2;           // requests to one registrable domain at a time
  Duration gap = std::chrono::seconds(1);  // between the starts of two requests to one domain
};

// Sources wait in a queue per domain. Single-threaded; time is passed and must not go back. Each
// call costs O(log n) of the domains per source that it moves. Memory: what was added and not
// finished, and each domain until its gap and block are over.
class DomainPacer {
 public:
  struct Postponed {
    SourceId id{};
    Time until{};
  };

  explicit DomainPacer(PacingSettings settings = {}) : settings_(settings) {}

  // False when the source is here already, waiting or in flight.
  bool add(SourceId id, const std::string& domain);

  // Takes a waiting source out. False when it does not wait: in flight, or not here. Looks through
  // all that wait for its domain.
  bool withdraw(SourceId id);

  // Up to `count_max` sources that may be asked now, which are in flight from here on until
  // finished() is called. A domain that has waited longest goes first.
  std::vector<SourceId> take_ready(Time now, std::size_t count_max);

  // Must be called once for each source that was taken. `blocked_until` is what the domain asked
  // for (Retry-After).
  void finished(SourceId id, Time now, std::optional<Time> blocked_until = std::nullopt);

  // Takes out the waiting sources of domains that stay closed for longer than `patience` (more than
  // the gap): they are better put off than held.
  std::vector<Postponed> take_postponed(Time now, Duration patience);

  // When take_ready() will give something, as far as is known now; nothing while all that wait are
  // held up by what is in flight.
  std::optional<Time> next_ready() const;

  std::size_t waiting() const { return waiting_; }
  std::size_t in_flight() const { return known_.size() - waiting_; }
  std::size_t domains() const { return domains_.size(); }

 private:
  struct Domain {
    std::string name;
    std::uint64_t number = 0;
    std::deque<SourceId> waiting;
    std::size_t in_flight = 0;
    Time free_at{};  // when gap and block are over
  };
  // By time, then by number, so that runs are repeatable.
  struct Turn {
    Time at;
    std::uint64_t number;
    Domain* domain;
    bool operator<(const Turn& other) const {
      return std::pair(at, number) < std::pair(other.at, other.number);
    }
  };

  static Turn turn_of(Domain& domain) { return {domain.free_at, domain.number, &domain}; }
  void leave_lists(Domain& domain);
  void enter_lists(Domain& domain);
  void forget_idle(Time now);

  const PacingSettings settings_;
  std::unordered_map<std::string, Domain> domains_;
  std::unordered_map<SourceId, Domain*> known_;  // waiting and in flight
  std::set<Turn> startable_;  // domains that have somebody waiting and room for one more
  std::set<Turn> idle_;       // domains with nobody, kept for their gap and block
  std::size_t waiting_ = 0;
  std::uint64_t next_number_ = 0;
};

}  // namespace tidings::fetch
