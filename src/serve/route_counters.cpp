#include "serve/route_counters.h"

#include <fmt/format.h>

namespace tidings::serve {

RouteCounters::RouteCounters(Metrics& metrics, const Router& router)
    : no_route_(counters_of(metrics, "none")) {
  for (const Route& route : router.routes()) {
    counters_.push_back(counters_of(metrics, route.pattern));
    seconds_.push_back(&metrics.histogram(
        "http_handler_seconds", "Time a handler took on its worker.", {{"route", route.pattern}}));
  }
}

RouteCounters::Classes RouteCounters::counters_of(Metrics& metrics, const std::string& route) {
  Classes classes{};
  for (std::size_t i = 2; i < classes.size(); ++i) {
    classes[i] = &metrics.counter("http_requests_total", "Requests answered.",
                                  {{"route", route}, {"status", fmt::format("{}xx", i)}});
  }
  return classes;
}

}  // namespace tidings::serve
