// One computation for everybody who asks the same meanwhile.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/mutex.h"
#include "serve/http_server.h"
#include "serve/negotiation.h"
#include "serve/response_cache.h"

namespace tidings::serve {

using ExchangePtr = std::shared_ptr<Exchange>;

// Safe to call from many threads.
class Flights {
 public:
  struct Flight {
    std::uint64_t computed_from = 0;  // the cache's generation before any data were read
    std::vector<ExchangePtr> waiting;
  };

  // `cache` must outlive them.
  explicit Flights(const ResponseCache& cache) : cache_(cache) {}

  // Null when the exchange waits for a flight that is under way. A flight that began before an
  // event is not joined after it: it may have read what the event made wrong.
  std::shared_ptr<Flight> join(const std::string& target, Encoding encoding, Exchange& exchange)
      EXCLUDES(mutex_);

  ExchangePtr first_of(const Flight& flight) EXCLUDES(mutex_);

  // Those who wait for the answer: nobody joins them any more.
  std::vector<ExchangePtr> land(const std::string& target, Encoding encoding,
                                const std::shared_ptr<Flight>& flight) EXCLUDES(mutex_);

 private:
  using Key = std::pair<std::string, Encoding>;

  const ResponseCache& cache_;
  Mutex mutex_;
  // Shared by the table and the job that computes.
  std::map<Key, std::shared_ptr<Flight>> flights_ GUARDED_BY(mutex_);
};

}  // namespace tidings::serve
