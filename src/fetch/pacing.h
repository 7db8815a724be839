// A publisher is a host whose guest we are: which request may be sent now, so that no domain, and
// no server that many domains share, is asked too much at once.
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
  std::size_t address_in_flight_max = 6;   // to one address, whatever the domains
  Duration address_gap = std::chrono::milliseconds(200);
  std::size_t domain_waiting_max = 16;   // more are put off until about their turn
  std::size_t address_waiting_max = 64;  // likewise
  std::size_t waiting_max = 256;         // of all domains; above it one waits for each
};

// What an answer, or its absence, says to those who would ask its domain next.
struct Reaction {
  bool is_good = false;               // the page, or that it did not change
  std::optional<Time> blocked_until;  // the publisher asked to be left alone (refusal.h)
  bool is_overload = false;           // a server's distress, which may be that of one page
  std::optional<Time> rests_until;    // a good answer was the last that a quota allows
};

// Requests wait in a queue per domain, and only so many that a domain with thousands of them, or a
// slow one, leaves room for the others: the rest are put off, spread by the pace at which their
// domain takes them. Domains that were seen at one address take turns there. A page that goes on
// asking to be left alone while others of its domain answer well asks for itself alone.
// Single-threaded; time is passed and must not go back. Each call costs O(log n) of the domains per
// request that it moves. Memory: what was added and not finished, each domain until its gap, its
// block and what it said are over, and the addresses of up to 65,536 domains.
class DomainPacer {
 public:
  struct Postponed {
    TransferId id{};
    Time until{};
  };

  explicit DomainPacer(PacingSettings settings = {}) : settings_(settings) {}
  DomainPacer(const DomainPacer&) = delete;
  DomainPacer& operator=(const DomainPacer&) = delete;

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

  // A request in flight is about to connect to `address`, which is its domain's from here on. False
  // when too much goes there already: it should end, and be added again. May be asked again.
  bool may_connect(TransferId id, const std::string& address, Time now);
  // Where a request in flight is connected, also without having connected anew.
  void note_address(TransferId id, const std::string& address);

  // Must be called once for each request that was taken.
  void finished(TransferId id, Time now, const Reaction& reaction = {});

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
  struct Domain;
  struct Address;
  // By time, then by number, so that runs are repeatable.
  template <class Of>
  struct Turn {
    Time at;
    std::uint64_t number;
    Of* of;
    bool operator<(const Turn& other) const {
      return std::pair(at, number) < std::pair(other.at, other.number);
    }
  };
  using Turns = std::set<Turn<Domain>>;

  struct Waiting {
    TransferId id{};
    Patience patience;
  };
  struct Stop {  // a page asked to be left alone
    TransferId id{};
    Time at{};
  };
  struct Domain {
    std::string name;
    std::uint64_t number = 0;
    Address* address = nullptr;   // where it was seen last
    std::deque<Waiting> waiting;  // by how long
    std::size_t in_flight = 0;
    Time free_at{};                    // when gap and block are over
    Time patient_until = Time::max();  // of those that wait, the first to give up
    Time booked_until{};               // the turn of the last one that was put off
    Duration pace{};                   // between two answers, at its most in flight: learned
    Time good_at{};                    // the last good answer
    std::vector<Stop> stops;           // the latest of each page, newest last
    int stops_in_a_row = 0;
  };
  struct Address {
    std::string name;
    std::uint64_t number = 0;
    std::size_t users = 0;  // domains, and requests in flight
    std::size_t in_flight = 0;
    std::size_t waiting = 0;
    Time free_at{};
    Time booked_until{};  // the turn of the last one that was put off
    Turns startable;      // its domains that have somebody waiting and room for one more
    const Domain* stopped = nullptr;  // the last that asked to be left alone
    int stops_in_a_row = 0;           // of different domains
  };
  struct Known {
    Domain* domain = nullptr;
    Address* address = nullptr;  // that it counts for
    Time started{};
  };

  Turn<Domain> turn_of(Domain& domain) const { return {domain.free_at, domain.number, &domain}; }
  Turn<Domain> hurry_of(Domain& domain) const {
    return {domain.patient_until, domain.number, &domain};
  }
  Turn<Domain> end_of(Domain& domain) const;
  Turn<Address> turn_of(Address& address) const {
    return {std::max(address.free_at, address.startable.begin()->at), address.number, &address};
  }

  Domain& domain_of(const std::string& name);
  Domain* next_domain(Time now);
  Time book(Domain& domain, TransferId id, Time now) const;
  bool is_full(const Domain& domain) const;
  void put_off_impatient(Domain& domain, Time now);
  void start(Domain& domain, Time now);
  void heed(Domain& domain, TransferId id, const Reaction& reaction, Time now);
  bool is_of_its_page(Domain& domain, TransferId id, Time now);
  void spread_stop(Domain& domain, Address& address, Time until);
  void leave_lists(Domain& domain);
  void enter_lists(Domain& domain);
  void leave_lists(Address& address);
  void enter_lists(Address& address);
  void forget_idle(Time now);

  Address& address_of(const std::string& name);
  void let_go(Address* address);
  void move_to(Domain& domain, Address& address);
  void occupy(Known& known, Address& address, Time now);
  void vacate(Known& known);

  const PacingSettings settings_;
  std::unordered_map<std::string, Domain> domains_;
  std::unordered_map<std::string, Address> addresses_;
  std::unordered_map<std::string, std::string> address_names_;  // of domains, also forgotten ones
  std::unordered_map<TransferId, Known> known_;                 // waiting and in flight
  Turns startable_;  // domains of unknown address with somebody waiting and room for one more
  std::set<Turn<Address>> open_;    // addresses with such domains, and room for one more
  Turns hurried_;                   // domains that have somebody waiting, by who gives up first
  Turns idle_;                      // domains with nobody, kept for what they are remembered for
  std::vector<Postponed> put_off_;  // to be taken by take_postponed()
  std::size_t waiting_ = 0;
  std::uint64_t next_number_ = 0;
};

}  // namespace tidings::fetch
