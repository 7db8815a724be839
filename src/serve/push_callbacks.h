// What a hub's calls are answered with.
#pragma once

#include <cstdint>
#include <functional>

#include "core/seal.h"
#include "core/time.h"
#include "ports/object_store.h"
#include "ports/push_store.h"

namespace tidings::serve {

// All of it must outlive the server.
struct PushCallbacks {
  PushStore& pushes;
  ObjectStore& spool;  // where deliveries wait, as ports/push_store.h says
  Sealer& sealer;
  const Clock& clock;
  std::function<void()> arrived;  // a delivery waits; from any thread
  // That wait in the spool, of all hubs; a quarter of it of one. Beyond: 503, to be sent again.
  std::int64_t bytes_waiting_max = 256'000'000;
};

}  // namespace tidings::serve
