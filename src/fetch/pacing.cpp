#include "fetch/pacing.h"

#include <algorithm>
#include <limits>

#include "core/check.h"

namespace tidings::fetch {

bool DomainPacer::add(SourceId id, const std::string& domain_name) {
  const auto [known, is_new] = known_.try_emplace(id, nullptr);
  if (!is_new) return false;
  const auto [found, is_first] = domains_.try_emplace(domain_name);
  Domain& domain = found->second;
  if (is_first) {
    domain.name = domain_name;
    domain.number = ++next_number_;
  } else {
    leave_lists(domain);
  }
  known->second = &domain;
  domain.waiting.push_back(id);
  ++waiting_;
  enter_lists(domain);
  return true;
}

bool DomainPacer::withdraw(SourceId id) {
  const auto known = known_.find(id);
  if (known == known_.end()) return false;
  Domain& domain = *known->second;
  const auto place = std::ranges::find(domain.waiting, id);
  if (place == domain.waiting.end()) return false;
  leave_lists(domain);
  domain.waiting.erase(place);
  --waiting_;
  known_.erase(known);
  enter_lists(domain);
  return true;
}

std::vector<SourceId> DomainPacer::take_ready(Time now, std::size_t count_max) {
  forget_idle(now);
  std::vector<SourceId> taken;
  while (taken.size() < count_max && !startable_.empty() && startable_.begin()->at <= now) {
    Domain& domain = *startable_.begin()->domain;
    leave_lists(domain);
    taken.push_back(domain.waiting.front());
    domain.waiting.pop_front();
    --waiting_;
    ++domain.in_flight;
    domain.free_at = now + settings_.gap;
    enter_lists(domain);
  }
  return taken;
}

void DomainPacer::finished(SourceId id, Time now, std::optional<Time> blocked_until) {
  const auto known = known_.find(id);
  CHECK(known != known_.end());
  Domain& domain = *known->second;
  CHECK(domain.in_flight > 0);
  known_.erase(known);
  leave_lists(domain);
  --domain.in_flight;
  if (blocked_until) domain.free_at = std::max(domain.free_at, *blocked_until);
  enter_lists(domain);
  forget_idle(now);
}

std::vector<DomainPacer::Postponed> DomainPacer::take_postponed(Time now, Duration patience) {
  std::vector<Postponed> postponed;
  const Turn patient{now + patience, std::numeric_limits<std::uint64_t>::max(), nullptr};
  for (auto turn = startable_.upper_bound(patient); turn != startable_.end();) {
    Domain& domain = *turn->domain;
    ++turn;  // the domain leaves the list
    leave_lists(domain);
    for (const SourceId id : domain.waiting) {
      postponed.push_back({.id = id, .until = domain.free_at});
      known_.erase(id);
    }
    waiting_ -= domain.waiting.size();
    domain.waiting.clear();
    enter_lists(domain);
  }
  return postponed;
}

std::optional<Time> DomainPacer::next_ready() const {
  if (startable_.empty()) return std::nullopt;
  return startable_.begin()->at;
}

void DomainPacer::leave_lists(Domain& domain) {
  startable_.erase(turn_of(domain));
  idle_.erase(turn_of(domain));
}

void DomainPacer::enter_lists(Domain& domain) {
  if (!domain.waiting.empty() && domain.in_flight < settings_.in_flight_max)
    startable_.insert(turn_of(domain));
  if (domain.waiting.empty() && domain.in_flight == 0) idle_.insert(turn_of(domain));
}

void DomainPacer::forget_idle(Time now) {
  while (!idle_.empty() && idle_.begin()->at <= now) {
    Domain& domain = *idle_.begin()->domain;
    idle_.erase(idle_.begin());
    domains_.erase(std::string(domain.name));  // by a copy: the name goes with the domain
  }
}

}  // namespace tidings::fetch
