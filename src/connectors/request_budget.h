// When an API may be asked again, by what its connector declares of its rate.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "connectors/connector.h"
#include "core/time.h"

namespace tidings::connectors {

// Not safe to call from many threads. What was asked before a restart is forgotten: a service that
// counts it answers 429, which is kept to.
class RequestBudget {
 public:
  struct Slot {
    Time at{};             // when the request may go
    bool granted = false;  // false: not within what was waited for; ask again at `at`
  };

  // Requests are evenly spread, by the second and the minute; what a day allows is used up as it
  // comes, and begins anew at midnight UTC. Connectors that share a key share what it allows.
  Slot take(const Connector& connector, Time now, Duration patience);

 private:
  struct Use {
    Time next{};  // the first time that is free
    std::chrono::sys_days day{};
    std::int64_t on_day = 0;
  };
  std::map<std::string, Use> uses_;
};

}  // namespace tidings::connectors
