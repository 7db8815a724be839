#include "fetch/pacing.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/check.h"

namespace tidings::fetch {

bool DomainPacer::add(TransferId id, const std::string& domain_name, Time now, Patience patience) {
  if (known_.contains(id)) return false;
  Domain& domain = domain_of(domain_name);
  leave_lists(domain);
  if (is_full(domain) || domain.free_at > patience.until) {
    put_off_.push_back({.id = id, .until = book(domain, id, now)});
  } else {
    const auto since = [](const Waiting& waiting) { return waiting.patience.since; };
    const auto place = std::ranges::upper_bound(domain.waiting, patience.since, {}, since);
    domain.waiting.insert(place, {.id = id, .patience = patience});
    domain.patient_until = std::min(domain.patient_until, patience.until);
    known_.emplace(id, Known{.domain = &domain});
    ++waiting_;
  }
  enter_lists(domain);
  return true;
}

bool DomainPacer::is_full(const Domain& domain) const {
  const bool crowded = waiting_ >= settings_.waiting_max;
  if (domain.waiting.size() >= (crowded ? 1 : settings_.domain_waiting_max)) return true;
  return domain.address != nullptr && domain.address->waiting >= settings_.address_waiting_max;
}

bool DomainPacer::withdraw(TransferId id) {
  const auto known = known_.find(id);
  if (known == known_.end()) return false;
  Domain& domain = *known->second.domain;
  const auto place = std::ranges::find(domain.waiting, id, &Waiting::id);
  if (place == domain.waiting.end()) return false;
  leave_lists(domain);
  domain.waiting.erase(place);
  --waiting_;
  known_.erase(known);
  enter_lists(domain);
  return true;
}

DomainPacer::Domain& DomainPacer::domain_of(const std::string& name) {
  const auto [found, is_first] = domains_.try_emplace(name);
  Domain& domain = found->second;
  if (!is_first) return domain;
  domain.name = name;
  domain.number = ++next_number_;
  enter_lists(domain);
  if (const auto known = address_names_.find(name); known != address_names_.end())
    move_to(domain, address_of(known->second));
  return domain;
}

DomainPacer::Domain* DomainPacer::next_domain(Time now) {
  Domain* domain = nullptr;
  if (!startable_.empty() && startable_.begin()->at <= now) domain = startable_.begin()->of;
  if (open_.empty() || open_.begin()->at > now) return domain;
  const Turn<Domain> other = *open_.begin()->of->startable.begin();
  return domain == nullptr || other < turn_of(*domain) ? other.of : domain;
}

std::vector<TransferId> DomainPacer::take_ready(Time now, std::size_t count_max) {
  forget_idle(now);
  std::vector<TransferId> taken;
  while (taken.size() < count_max) {
    Domain* const domain = next_domain(now);
    if (domain == nullptr) break;
    taken.push_back(domain->waiting.front().id);
    start(*domain, now);
  }
  return taken;
}

void DomainPacer::start(Domain& domain, Time now) {
  leave_lists(domain);
  Known& known = known_.at(domain.waiting.front().id);
  domain.waiting.pop_front();
  --waiting_;
  known.started = now;
  ++domain.in_flight;
  domain.free_at = now + settings_.gap;
  if (domain.address != nullptr) occupy(known, *domain.address, now);
  enter_lists(domain);
}

void DomainPacer::finished(TransferId id, Time now, const Reaction& reaction) {
  const auto found = known_.find(id);
  CHECK(found != known_.end());
  Domain& domain = *found->second.domain;
  CHECK(domain.in_flight > 0);
  const Duration pace =
      (now - found->second.started) / static_cast<std::int64_t>(settings_.in_flight_max);
  domain.pace = domain.pace == Duration(0) ? pace : (domain.pace * 3 + pace) / 4;
  vacate(found->second);
  known_.erase(found);
  leave_lists(domain);
  --domain.in_flight;
  heed(domain, id, reaction, now);
  enter_lists(domain);
  forget_idle(now);
}

// What a domain says about being asked. Each stop in a row without a good answer between them
// counts for twice as long, where the publisher did not say for longer. The block is bounded, since
// it could be meant for one page: after it, others of the domain show whether it was.
void DomainPacer::heed(Domain& domain, TransferId id, const Reaction& reaction, Time now) {
  constexpr Duration kFirst = std::chrono::minutes(1), kMost = std::chrono::hours(1);
  constexpr Duration kBlockMax = std::chrono::hours(6), kOverloadBlockMax = std::chrono::hours(1);
  constexpr Duration kAddressBlockMax = std::chrono::minutes(10), kRestMax = kAddressBlockMax;
  constexpr int kDoublingsMax = 6;
  if (reaction.is_good) {
    domain.good_at = now;
    domain.stops_in_a_row = 0;
    if (domain.address != nullptr) domain.address->stops_in_a_row = 0;
  }
  if (reaction.rests_until) {
    domain.free_at = std::max(domain.free_at, std::min(*reaction.rests_until, now + kRestMax));
    put_off_impatient(domain, now);
  }
  if (!reaction.blocked_until || is_of_its_page(domain, id, now)) return;
  const int doublings = std::min(domain.stops_in_a_row++, kDoublingsMax);
  const Time at_least =
      doublings == 0 ? now : now + std::min(kMost, kFirst * (std::int64_t{1} << doublings));
  const Time at_most = now + (reaction.is_overload ? kOverloadBlockMax : kBlockMax);
  const Time until = std::min(std::max(*reaction.blocked_until, at_least), at_most);
  domain.free_at = std::max(domain.free_at, until);
  if (domain.address != nullptr && !reaction.is_overload)
    spread_stop(domain, *domain.address, std::min(until, now + kAddressBlockMax));
  put_off_impatient(domain, now);
}

// True when this page has stopped us before and others of its domain have answered well since.
bool DomainPacer::is_of_its_page(Domain& domain, TransferId id, Time now) {
  constexpr std::size_t kStopsKept = 16;
  const auto before = std::ranges::find(domain.stops, id, &Stop::id);
  const bool is_its_own = before != domain.stops.end() && domain.good_at > before->at;
  if (before != domain.stops.end()) domain.stops.erase(before);
  if (domain.stops.size() >= kStopsKept) domain.stops.erase(domain.stops.begin());
  domain.stops.push_back({.id = id, .at = now});
  return is_its_own;
}

// Where one domain after the other asks to be left alone, it is their server that does.
void DomainPacer::spread_stop(Domain& domain, Address& address, Time until) {
  constexpr int kDomainsToBelieve = 3;
  if (address.stopped == &domain) return;
  address.stopped = &domain;
  if (++address.stops_in_a_row < kDomainsToBelieve) return;
  leave_lists(address);
  address.free_at = std::max(address.free_at, until);
  enter_lists(address);
}

// The turn of one more, after all that wait and all that were put off before. Turns that are far
// away cannot be foreseen: those requests come back spread over half an hour, to be told again.
Time DomainPacer::book(Domain& domain, TransferId id, Time now) const {
  constexpr Duration kForeseen = std::chrono::hours(1);
  constexpr Duration kLeast = std::chrono::milliseconds(1);
  const Time opens = std::max(now, domain.free_at);
  const Duration step = std::max({settings_.gap, domain.pace, kLeast});
  const auto turn = [now](Time booked, Time opens_at, std::size_t waiting, Duration gap) {
    return std::max({now, booked, opens_at + gap * static_cast<std::int64_t>(waiting)}) + gap;
  };
  Time next = turn(domain.booked_until, opens, domain.waiting.size(), step);
  domain.booked_until = std::min(next, opens + kForeseen);
  if (Address* const address = domain.address; address != nullptr) {
    const Time there =
        turn(address->booked_until, address->free_at, address->waiting, settings_.address_gap);
    address->booked_until = std::min(there, opens + kForeseen);
    next = std::max(next, there);
  }
  if (next <= opens + kForeseen) return next;
  const auto spread = static_cast<std::uint64_t>((kForeseen / 2).count());
  const std::uint64_t place = static_cast<std::uint64_t>(to_int(id)) * 0x9E37'79B9'7F4A'7C15U;
  return opens + kForeseen / 2 + Duration(static_cast<std::int64_t>((place >> 20U) % spread));
}

// Those that would not wait until the domain opens, or not any longer. The domain is in no list.
void DomainPacer::put_off_impatient(Domain& domain, Time now) {
  const Time opens = std::max(now, domain.free_at);
  const auto is_patient = [opens](const Waiting& waiting) {
    return waiting.patience.until >= opens;
  };
  std::deque<Waiting> all = std::exchange(domain.waiting, {});
  std::ranges::copy_if(all, std::back_inserter(domain.waiting), is_patient);
  std::erase_if(all, is_patient);
  waiting_ -= all.size();
  for (const Waiting& late : all) {
    known_.erase(late.id);
    put_off_.push_back({.id = late.id, .until = book(domain, late.id, now)});
  }
  domain.patient_until = Time::max();
  for (const Waiting& waiting : domain.waiting)
    domain.patient_until = std::min(domain.patient_until, waiting.patience.until);
}

std::vector<DomainPacer::Postponed> DomainPacer::take_postponed(Time now) {
  while (!hurried_.empty() && hurried_.begin()->at < now) {
    Domain& domain = *hurried_.begin()->of;
    leave_lists(domain);
    put_off_impatient(domain, now);
    enter_lists(domain);
  }
  return std::exchange(put_off_, {});
}

std::optional<Time> DomainPacer::next_ready() const {
  std::optional<Time> ready;
  if (!startable_.empty()) ready = startable_.begin()->at;
  if (!open_.empty()) ready = std::min(ready.value_or(Time::max()), open_.begin()->at);
  return ready;
}

}  // namespace tidings::fetch
