// /websub/{token}: where hubs ask whether we mean it, and deliver what publishers publish.
#pragma once

#include <vector>

#include "core/metrics.h"
#include "serve/push_callbacks.h"
#include "serve/router.h"

namespace tidings::serve {

// Anyone may call it who knows the token. GET: 404 for everything that we did not ask for, so that
// nobody subscribes us to what we do not want (WebSub §5.3). POST: 410 for a token that is none of
// ours, so that hubs end it; 202 once the delivery is durable, and also for one whose signature is
// wrong, which is counted and dropped (§7.1); 503 while too much waits, to be sent again.
std::vector<Route> push_routes(PushCallbacks callbacks, Metrics& metrics);

}  // namespace tidings::serve
