// A publisher is a host whose guest we are: which request may be sent now, so that no domain is
// asked too much at once.
#pragma once

#include <algorithm>
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
  std::size_t domain_waiting_max = 16;     // more are put off until about their turn
  std::size_t waiting_max = 256;           // of all domains; above it one waits for each
};

// Requests wait in a queue per domain, and only so many that a domain with thousands of them, or a
// slow one, leaves room for the others: the rest are put off, spread by the pace at which their
// domain takes them. Single-threaded; time is passed and must not go back. Each
// call costs O(log n) of the domains per request that it moves. Memory: what was added and not
// finished, and each domain until its gap and block are over.
class DomainPacer {
 public:
  struct Postponed {
    TransferId id{};
    Time until{};
  };

  explicit DomainPacer(PacingSettings settings = {}) : settings_(settings) {}

  // How long somebody has waited, here or elsewhere, and for how long it will: older ones go first.
  struct Patience {
    Time since{};
    Time until = Time::max();
  };

  // False when the request is here already, waiting or in flight. Where there is no room, or the
  // domain stays closed for longer than it would wait, it is given back by take_postponed().
  bool add(TransferId id, const std::string& domain, Time now, Patience patience);
  bool add(TransferId id, const std::string& domain, Time now) {
    return add(id, domain, now, {.since = now});
  }

  // Takes a waiting request out. False when it does not wait: in flight, or not here. Looks through
  // all that wait for its domain.
  bool withdraw(TransferId id);

  // Up to `count_max` requests that may be asked now, which are in flight from here on until
  // finished() is called. A domain that has waited longest goes first.
  std::vector<TransferId> take_ready(Time now, std::size_t count_max);

  // Must be called once for each request that was taken. `blocked_until` is what the domain asked
  // for (Retry-After).
  void finished(TransferId id, Time now, std::optional<Time> blocked_until = std::nullopt);

  // Takes out what is better put off than held: requests for which there was no room, those of
  // domains that stay closed past their patience, and those whose patience is over.
  std::vector<Postponed> take_postponed(Time now);

  // When take_ready() will give something, as far as is known now; nothing while all that wait are
  // held up by what is in flight.
  std::optional<Time> next_ready() const;

  std::size_t waiting() const { return waiting_; }
  std::size_t in_flight() const { return known_.size() - waiting_; }
  std::size_t domains() const { return domains_.size(); }

 private:
  struct Waiting {
    TransferId id{};
    Patience patience;
  };
  struct Domain {
    std::string name;
    std::uint64_t number = 0;
    std::deque<Waiting> waiting;  // by how long
    std::size_t in_flight = 0;
    Time free_at{};                    // when gap and block are over
    Time patient_until = Time::max();  // of those that wait, the first to give up
    Time booked_until{};               // the turn of the last one that was put off
    Duration pace{};                   // between two answers, at its most in flight: learned
  };
  struct Known {
    Domain* domain = nullptr;
    Time started{};
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
  static Turn end_of(Domain& domain) {
    return {std::max(domain.free_at, domain.booked_until), domain.number, &domain};
  }
  static Turn hurry_of(Domain& domain) { return {domain.patient_until, domain.number, &domain}; }
  Time book(Domain& domain, TransferId id, Time now) const;
  void put_off_impatient(Domain& domain, Time now);
  void leave_lists(Domain& domain);
  void enter_lists(Domain& domain);
  void forget_idle(Time now);

  const PacingSettings settings_;
  std::unordered_map<std::string, Domain> domains_;
  std::unordered_map<TransferId, Known> known_;  // waiting and in flight
  std::set<Turn> startable_;        // domains that have somebody waiting and room for one more
  std::set<Turn> hurried_;          // domains that have somebody waiting, by who gives up first
  std::set<Turn> idle_;             // domains with nobody, kept for their gap, block and bookings
  std::vector<Postponed> put_off_;  // to be taken by take_postponed()
  std::size_t waiting_ = 0;
  std::uint64_t next_number_ = 0;
};

}  // namespace tidings::fetch
