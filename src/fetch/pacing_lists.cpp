// How the pacer finds the next domain: by its own turn, or by that of the address it is at.
#include <algorithm>

#include "core/check.h"
#include "fetch/pacing.h"

namespace tidings::fetch {
namespace {

constexpr std::size_t kAddressesRemembered = 65'536;

}  // namespace

DomainPacer::Turn<DomainPacer::Domain> DomainPacer::end_of(Domain& domain) const {
  constexpr Duration kStopsMatter = std::chrono::hours(50);  // two turns of who is asked daily
  const Time stop = domain.stops.empty() ? Time{} : domain.stops.back().at + kStopsMatter;
  return {std::max({domain.free_at, domain.booked_until, stop}), domain.number, &domain};
}

void DomainPacer::leave_lists(Domain& domain) {
  if (!domain.waiting.empty()) hurried_.erase(hurry_of(domain));
  idle_.erase(end_of(domain));
  if (domain.address == nullptr) {
    startable_.erase(turn_of(domain));
    return;
  }
  Address& address = *domain.address;
  leave_lists(address);
  address.waiting -= domain.waiting.size();
  address.startable.erase(turn_of(domain));
  enter_lists(address);
}

void DomainPacer::enter_lists(Domain& domain) {
  if (!domain.waiting.empty()) hurried_.insert(hurry_of(domain));
  if (domain.waiting.empty() && domain.in_flight == 0) idle_.insert(end_of(domain));
  if (domain.address != nullptr) domain.address->waiting += domain.waiting.size();
  if (domain.waiting.empty() || domain.in_flight >= settings_.in_flight_max) return;
  if (domain.address == nullptr) {
    startable_.insert(turn_of(domain));
    return;
  }
  leave_lists(*domain.address);
  domain.address->startable.insert(turn_of(domain));
  enter_lists(*domain.address);
}

void DomainPacer::leave_lists(Address& address) {
  if (!address.startable.empty()) open_.erase(turn_of(address));
}

void DomainPacer::enter_lists(Address& address) {
  if (!address.startable.empty() && address.in_flight < settings_.address_in_flight_max)
    open_.insert(turn_of(address));
}

void DomainPacer::forget_idle(Time now) {
  while (!idle_.empty() && idle_.begin()->at <= now) {
    Domain& domain = *idle_.begin()->of;
    idle_.erase(idle_.begin());
    if (domain.address != nullptr && domain.address->stopped == &domain)
      domain.address->stopped = nullptr;
    let_go(domain.address);
    domains_.erase(std::string(domain.name));  // by a copy: the name goes with the domain
  }
}

DomainPacer::Address& DomainPacer::address_of(const std::string& name) {
  const auto [found, is_first] = addresses_.try_emplace(name);
  if (is_first) {
    found->second.name = name;
    found->second.number = ++next_number_;
  }
  return found->second;
}

void DomainPacer::let_go(Address* address) {
  if (address == nullptr) return;
  CHECK(address->users > 0);
  if (--address->users == 0) addresses_.erase(std::string(address->name));
}

void DomainPacer::move_to(Domain& domain, Address& address) {
  if (domain.address == &address) return;
  if (address_names_.size() >= kAddressesRemembered) address_names_.clear();
  address_names_.insert_or_assign(domain.name, address.name);
  leave_lists(domain);
  if (domain.address != nullptr && domain.address->stopped == &domain)
    domain.address->stopped = nullptr;
  ++address.users;
  let_go(std::exchange(domain.address, &address));
  enter_lists(domain);
}

void DomainPacer::occupy(Known& known, Address& address, Time now) {
  leave_lists(address);
  ++address.users;
  ++address.in_flight;
  address.free_at = std::max(address.free_at, now + settings_.address_gap);
  known.address = &address;
  enter_lists(address);
}

void DomainPacer::vacate(Known& known) {
  if (known.address == nullptr) return;
  Address& address = *std::exchange(known.address, nullptr);
  leave_lists(address);
  --address.in_flight;
  enter_lists(address);
  let_go(&address);
}

bool DomainPacer::may_connect(TransferId id, const std::string& name, Time now) {
  Known& known = known_.at(id);
  Address& address = address_of(name);
  if (known.address == &address) return true;
  move_to(*known.domain, address);
  vacate(known);
  if (address.in_flight >= settings_.address_in_flight_max || address.free_at > now) return false;
  occupy(known, address, now);
  return true;
}

void DomainPacer::note_address(TransferId id, const std::string& name) {
  move_to(*known_.at(id).domain, address_of(name));
}

}  // namespace tidings::fetch
