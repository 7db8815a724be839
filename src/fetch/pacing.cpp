#include "fetch/pacing.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/check.h"

namespace tidings::fetch {

bool DomainPacer::add(TransferId id, const std::string& domain_name, Time now, Patience patience) {
  if (known_.contains(id)) return false;
  const auto [found, is_first] = domains_.try_emplace(domain_name);
  Domain& domain = found->second;
  if (is_first) {
    domain.name = domain_name;
    domain.number = ++next_number_;
  } else {
    leave_lists(domain);
  }
  const bool crowded = waiting_ >= settings_.waiting_max;
  const std::size_t room = crowded ? 1 : settings_.domain_waiting_max;
  if (domain.waiting.size() >= room || domain.free_at > patience.until) {
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

std::vector<TransferId> DomainPacer::take_ready(Time now, std::size_t count_max) {
  forget_idle(now);
  std::vector<TransferId> taken;
  while (taken.size() < count_max && !startable_.empty() && startable_.begin()->at <= now) {
    Domain& domain = *startable_.begin()->domain;
    leave_lists(domain);
    const TransferId id = domain.waiting.front().id;
    domain.waiting.pop_front();
    --waiting_;
    taken.push_back(id);
    known_.at(id).started = now;
    ++domain.in_flight;
    domain.free_at = now + settings_.gap;
    enter_lists(domain);
  }
  return taken;
}

void DomainPacer::finished(TransferId id, Time now, std::optional<Time> blocked_until) {
  const auto known = known_.find(id);
  CHECK(known != known_.end());
  Domain& domain = *known->second.domain;
  CHECK(domain.in_flight > 0);
  const Duration pace =
      (now - known->second.started) / static_cast<std::int64_t>(settings_.in_flight_max);
  domain.pace = domain.pace == Duration(0) ? pace : (domain.pace * 3 + pace) / 4;
  known_.erase(known);
  leave_lists(domain);
  --domain.in_flight;
  if (blocked_until) {
    domain.free_at = std::max(domain.free_at, *blocked_until);
    put_off_impatient(domain, now);
  }
  enter_lists(domain);
  forget_idle(now);
}

// The turn of one more, after all that wait and all that were put off before. Turns that are far
// away cannot be foreseen: those requests come back spread over half an hour, to be told again.
Time DomainPacer::book(Domain& domain, TransferId id, Time now) const {
  constexpr Duration kForeseen = std::chrono::hours(1);
  constexpr Duration kLeast = std::chrono::milliseconds(1);
  const Time opens = std::max(now, domain.free_at);
  const Duration step = std::max({settings_.gap, domain.pace, kLeast});
  const Time next = std::max(domain.booked_until,
                             opens + step * static_cast<std::int64_t>(domain.waiting.size())) +
                    step;
  domain.booked_until = std::min(next, opens + kForeseen);
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
    Domain& domain = *hurried_.begin()->domain;
    leave_lists(domain);
    put_off_impatient(domain, now);
    enter_lists(domain);
  }
  return std::exchange(put_off_, {});
}

std::optional<Time> DomainPacer::next_ready() const {
  if (startable_.empty()) return std::nullopt;
  return startable_.begin()->at;
}

void DomainPacer::leave_lists(Domain& domain) {
  startable_.erase(turn_of(domain));
  if (!domain.waiting.empty()) hurried_.erase(hurry_of(domain));
  idle_.erase(end_of(domain));
}

void DomainPacer::enter_lists(Domain& domain) {
  if (!domain.waiting.empty() && domain.in_flight < settings_.in_flight_max)
    startable_.insert(turn_of(domain));
  if (!domain.waiting.empty()) hurried_.insert(hurry_of(domain));
  if (domain.waiting.empty() && domain.in_flight == 0) idle_.insert(end_of(domain));
}

void DomainPacer::forget_idle(Time now) {
  while (!idle_.empty() && idle_.begin()->at <= now) {
    Domain& domain = *idle_.begin()->domain;
    idle_.erase(idle_.begin());
    domains_.erase(std::string(domain.name));  // by a copy: the name goes with the domain
  }
}

}  // namespace tidings::fetch
