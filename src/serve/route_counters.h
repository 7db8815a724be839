// Requests by route and status class, counted without a look-up.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include "core/metrics.h"
#include "serve/router.h"

namespace tidings::serve {

inline constexpr std::size_t kNoRoute = std::numeric_limits<std::size_t>::max();

// Safe to call from many threads.
class RouteCounters {
 public:
  RouteCounters(Metrics& metrics, const Router& router);

  void count(std::size_t route, int status) const {
    (route == kNoRoute ? no_route_ : counters_[route])[static_cast<std::size_t>(status / 100)]
        ->add();
  }
  void observe(std::size_t route, std::chrono::steady_clock::duration took) const {
    seconds_[route]->observe(std::chrono::duration<double>(took).count());
  }

 private:
  using Classes = std::array<Counter*, 6>;
  static Classes counters_of(Metrics& metrics, const std::string& route);

  std::vector<Classes> counters_;
  const Classes no_route_;
  std::vector<Histogram*> seconds_;
};

}  // namespace tidings::serve
