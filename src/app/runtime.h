// What the parts of a running server share.
#pragma once

#include "core/metrics.h"
#include "core/seal.h"
#include "core/signal.h"
#include "core/time.h"
#include "ports/object_store.h"
#include "ports/stores.h"

namespace tidings::app {

struct Runtime {
  Stores& stores;
  ObjectStore& objects;
  Sealer& sealer;
  Metrics& metrics;
  const Clock& clock;
  Signal& appended;   // events came
  Signal& delivered;  // a hub's delivery waits
};

}  // namespace tidings::app
