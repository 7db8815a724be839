// WebSub as a running server does it: who asks hubs, who takes what they deliver, whom to trust.
#pragma once

#include <optional>
#include <thread>
#include <vector>

#include "app/runtime.h"
#include "app/settings.h"
#include "core/signal.h"
#include "pipeline/paced_transfers.h"
#include "pipeline/push_intake.h"
#include "pipeline/push_keeper.h"
#include "pipeline/push_trust.h"
#include "ports/push_store.h"
#include "serve/api_server.h"

namespace tidings::app {

// Hubs have to reach us, and only a person knows under which address they do.
inline bool has_websub(const Settings& settings) {
  return !settings.serve.public_url.empty();
}

class Pushing {
 public:
  Pushing(const Runtime& runtime, pipeline::PacedTransfers& transfers, pipeline::PushTrust& trust,
          const Settings& settings);

  // On threads of its own, until they are stopped and joined, by the end at the latest.
  void start();
  void request_stop();
  void join() { threads_.clear(); }
  void wake() { keeper_.wake(); }

 private:
  Signal& delivered_;
  pipeline::PushKeeper keeper_;
  pipeline::PushIntake intake_;
  std::vector<std::jthread> threads_;
};

// What hubs may call, where they can reach us.
std::optional<serve::PushCallbacks> push_callbacks(const Runtime& runtime,
                                                   const Settings& settings);

// For /health/deep and the doctor: off, or how many subscriptions stand.
serve::HealthReport check_websub(const PushStore& pushes, const Settings& settings);

}  // namespace tidings::app
