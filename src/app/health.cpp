#include "app/health.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/pushing.h"
#include "pipeline/hourly_counts.h"

namespace tidings::app {
namespace {

using serve::HealthReport;

HealthReport report(const Result<void>& outcome, std::string detail, std::string remedy) {
  if (outcome) return {.ok = true, .detail = std::move(detail)};
  return {.ok = false, .detail = outcome.error().message, .remedy = std::move(remedy)};
}

HealthReport check_disk(const ObjectStore& objects, std::int64_t free_bytes_min) {
  const auto free = objects.free_bytes();
  if (!free)
    return {.ok = false, .detail = free.error().message, .remedy = "check the data folder's disk"};
  if (!*free) return {.ok = true, .detail = "no bound"};
  return {.ok = **free >= free_bytes_min,
          .detail = fmt::format("{:.1f} GB free", static_cast<double>(**free) / 1e9),
          .remedy = "free some space, or lower retention.raw_bytes_max"};
}

// How far the slowest consumer may be behind before somebody should look.
constexpr std::int64_t kLagEventsMax = 100'000;

HealthReport check_lag(const EventLog& log) {
  const auto head = log.head();
  const auto progress = consumer_progress(log);
  if (!head || !progress) {
    return {.ok = false,
            .detail = "the event log cannot be read",
            .remedy = "see the database's check"};
  }
  std::int64_t lag = 0;
  for (const serve::ConsumerProgress& consumer : *progress) {
    lag = std::max(lag, to_int(*head) - to_int(consumer.cursor));
  }
  return {
      .ok = lag <= kLagEventsMax,
      .detail = fmt::format("the slowest consumer is {} events behind", lag),
      .remedy = "look for consumer.waited in the log; a process with the role `process` must run"};
}

}  // namespace

HealthReport check_objects(ObjectStore& objects) {
  const Object probe{"health/probe", "written to see whether it can be"};
  Result<void> outcome = objects.put({&probe, 1});
  if (outcome) {
    const Result<std::string> read = objects.get(probe.key);
    if (!read) outcome = read.error();
  }
  return report(outcome, "an object was written and read back",
                "check the data folder's disk and rights");
}

Result<std::vector<serve::ConsumerProgress>> consumer_progress(const EventLog& log) {
  std::vector<serve::ConsumerProgress> progress;
  progress.reserve(pipeline::kConsumerNames.size());
  for (const std::string_view name : pipeline::kConsumerNames) {
    progress.push_back({std::string(name), TRY(log.cursor(std::string(name)))});
  }
  return progress;
}

std::vector<serve::HealthCheck> health_checks(Stores& stores, ObjectStore& objects,
                                              const Settings& settings) {
  return {
      {"database",
       [&stores] {
         return report(stores.ping(), "answers", "check that the database runs and has room");
       }},
      {"object_store", [&objects] { return check_objects(objects); }},
      {"event_lag", [&stores] { return check_lag(stores.events()); }},
      {"websub", [&stores, settings] { return check_websub(stores.pushes(), settings); }},
      {"disk_space",
       [&objects, minimum = settings.retention.disk_free_bytes_min] {
         return check_disk(objects, minimum);
       }},
  };
}

}  // namespace tidings::app
