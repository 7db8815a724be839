#include "serve/flights.h"

namespace tidings::serve {

std::shared_ptr<Flights::Flight> Flights::join(const std::string& target, Encoding encoding,
                                               Exchange& exchange) {
  MutexLock lock(mutex_);
  const std::uint64_t generation = cache_.generation();
  std::shared_ptr<Flight>& flight = flights_[{target, encoding}];
  if (flight && flight->computed_from == generation) {
    flight->waiting.push_back(exchange.keep());
    return nullptr;
  }
  flight = std::make_shared<Flight>(Flight{generation, {exchange.keep()}});
  return flight;
}

ExchangePtr Flights::first_of(const Flight& flight) {
  MutexLock lock(mutex_);
  return flight.waiting.front();
}

std::vector<ExchangePtr> Flights::land(const std::string& target, Encoding encoding,
                                       const std::shared_ptr<Flight>& flight) {
  MutexLock lock(mutex_);
  const auto known = flights_.find({target, encoding});
  if (known != flights_.end() && known->second == flight) flights_.erase(known);
  return std::move(flight->waiting);
}

}  // namespace tidings::serve
