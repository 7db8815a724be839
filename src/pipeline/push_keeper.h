// Keeps our subscriptions at hubs: asks for those that are missing, renews those that end, ends
// those that nobody wants, and says whose news is pushed so well that it need not be asked for.
#pragma once

#include <atomic>
#include <chrono>
#include <map>
#include <stop_token>
#include <string>
#include <unordered_set>
#include <vector>

#include "core/metrics.h"
#include "core/result.h"
#include "core/seal.h"
#include "core/signal.h"
#include "core/time.h"
#include "fetch/fetcher.h"
#include "fetch/websub.h"
#include "pipeline/paced_transfers.h"
#include "pipeline/push_trust.h"
#include "ports/push_store.h"
#include "ports/source_store.h"

namespace tidings::pipeline {

struct PushSettings {
  std::string public_url;                              // where hubs reach us; empty: WebSub is off
  std::chrono::seconds lease = std::chrono::days(10);  // asked for; the hub decides
  std::chrono::seconds scan_interval{60};              // between two looks at all sources
  std::chrono::milliseconds poll_interval{1'000};
  std::chrono::seconds safety_interval = std::chrono::hours(12);  // of asking who pushes well
  std::chrono::seconds retry_min = std::chrono::minutes(10);      // doubles with each failure
  std::chrono::seconds retry_max = std::chrono::hours(24);
  // A secret that travels in the clear proves nothing to who can listen; without one a push only
  // makes us ask the publisher.
  bool secret_over_http = false;
  fetch::FetchSettings fetch;
};

struct PushKeeperPorts {
  PushStore& pushes;
  SourceStore& sources;
  PacedTransfers& transfers;
  Sealer& sealer;
};

// Whether a lease is held and the last push brought what no fetch has brought since.
bool is_trusted(const PushSubscription& subscription, const SourceState& state, Time now);

class PushKeeper {
 public:
  PushKeeper(PushKeeperPorts ports, PushTrust& trust, Metrics& metrics, const Clock& clock,
             PushSettings settings);

  // Looks at all sources: what should be subscribed to, and whom to trust.
  Result<void> scan();
  // Does what is due. Returns how many.
  Result<std::size_t> act();

  void run(const std::stop_token& stop);
  // Look now (sources changed).
  void wake() { wake_.notify(); }

 private:
  using Subscriptions = std::map<SourceId, PushSubscription>;

  Result<void> settle(const Source* source, const PushSubscription* subscription);
  Result<void> try_next(PushSubscription subscription, std::size_t hubs);
  Result<void> subscribe_to(const Source& source);
  Result<void> introduce(PushSubscription& subscription, const std::string& hub);
  Result<void> act_on(PushSubscription subscription);
  Result<std::size_t> ask_anew(PushSubscription& subscription);
  Result<void> ask_hub(const PushSubscription& subscription, fetch::HubMode mode);
  Result<std::string> secret_of(const PushSubscription& subscription);
  Result<void> trust_only(const std::unordered_set<SourceId>& trusted);
  void count(const Subscriptions& subscriptions);

  const PushKeeperPorts ports_;
  PushTrust& trust_;
  const Clock& clock_;
  const PushSettings settings_;
  Counter& requests_total_;
  Counter& refused_total_;
  Signal wake_;
  std::atomic<std::int64_t> active_{0}, others_{0};
};

}  // namespace tidings::pipeline
