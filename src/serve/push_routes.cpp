#include "serve/push_routes.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/hash.h"
#include "core/log.h"
#include "core/secret_text.h"
#include "fetch/websub.h"

namespace tidings::serve {
namespace {

using fetch::HubCall;
using std::chrono::seconds;

constexpr seconds kLeaseUnsaid = std::chrono::hours(24);
constexpr seconds kLeaseMin = std::chrono::seconds(1);
constexpr seconds kDenialKept = std::chrono::days(7);
constexpr std::int64_t kShareOfOne = 4;        // a hub that floods us leaves the rest to others
constexpr std::size_t kDeliveriesMax = 4'096;  // that wait, however small

Content plain(int status, std::string body = {}) {
  return {.status = status,
          .content_type = "text/plain; charset=utf-8",
          .body = std::move(body),
          .cache_control = "no-store"};
}

// Hubs send again what is answered so (WebSub §7).
Content come_again() {
  Content content = plain(503);
  content.headers = {{"Retry-After", "60"}};
  return content;
}

// Renewed when between 80 and 90 % of the lease is over, by the token, so that not all of a hub's
// leases end together.
Time renewal_at(Time now, seconds lease, std::string_view token) {
  const double share = 0.8 + 0.1 * static_cast<double>(hash64(token) % 1000) / 1000.0;
  return now + std::chrono::floor<Duration>(lease * share);
}

class HubCallbacks {
 public:
  HubCallbacks(PushCallbacks ports, Metrics& metrics)
      : ports_(std::move(ports)),
        taken_(deliveries(metrics, "taken")),
        thin_(deliveries(metrics, "thin")),
        unsigned_(deliveries(metrics, "wrong_signature")),
        refused_(deliveries(metrics, "no_room")),
        unknown_(deliveries(metrics, "unknown")) {}

  Result<Content> answer(const Call& call) {
    const std::optional<PushSubscription> subscription = TRY(find(call.path_id));
    if (call.request->method == Method::Post) return deliver(subscription, *call.request);
    const auto asked = fetch::read_hub_call(call.request->query);
    if (!subscription || !asked || asked->topic != subscription->topic) return plain(404);
    switch (asked->kind) {
      case HubCall::Kind::Subscribe:
        return verify(*subscription, *asked);
      case HubCall::Kind::Unsubscribe:
        return leave(*subscription, *asked);
      case HubCall::Kind::Denied:
        return deny(*subscription, *asked);
    }
    return plain(404);
  }

 private:
  static Counter& deliveries(Metrics& metrics, const char* outcome) {
    return metrics.counter("websub_deliveries_total", "What hubs have delivered.",
                           {{"outcome", outcome}});
  }

  Result<std::optional<PushSubscription>> find(std::string_view token) const {
    const std::optional<SourceId> id = source_of_token(token);
    if (!id) return std::optional<PushSubscription>();
    Result<PushSubscription> found = ports_.pushes.get(*id);
    if (!found && found.error().kind == ErrorKind::NotFound)
      return std::optional<PushSubscription>();
    if (!found) return std::move(found).error();
    if (!equal_in_constant_time(found->token, token)) return std::optional<PushSubscription>();
    return std::optional(*std::move(found));
  }

  static bool is_wanted(const PushSubscription& subscription) {
    return subscription.state == PushState::Asked || subscription.state == PushState::Active;
  }

  // The hub tries again where another process was faster.
  Result<Content> replaced(const PushSubscription& changed, std::string challenge) {
    if (!TRY(ports_.pushes.replace(changed)))
      return unavailable("the subscription was changed meanwhile");
    return plain(200, std::move(challenge));
  }

  Result<Content> verify(PushSubscription subscription, const HubCall& asked) {
    if (!is_wanted(subscription)) return plain(404);
    const Time now = ports_.clock.now();
    const seconds lease = std::max(asked.lease.count() > 0 ? asked.lease : kLeaseUnsaid, kLeaseMin);
    subscription.state = PushState::Active;
    subscription.verified_at = now;
    subscription.expires_at = now + lease;
    subscription.due_at = renewal_at(now, lease, subscription.token);
    subscription.failures = 0;
    log::info("websub.verified", {{"source_id", to_int(subscription.source_id)},
                                  {"hub", subscription.hub},
                                  {"lease_seconds", lease.count()}});
    return replaced(subscription, asked.challenge);
  }

  Result<Content> leave(const PushSubscription& subscription, const HubCall& asked) {
    if (subscription.state != PushState::Leaving) return plain(404);
    if (!TRY(ports_.pushes.remove(subscription)))
      return unavailable("the subscription was changed meanwhile");
    return plain(200, asked.challenge);
  }

  Result<Content> deny(PushSubscription subscription, const HubCall& asked) {
    if (!is_wanted(subscription)) return plain(200);
    subscription.state = PushState::Denied;
    subscription.expires_at.reset();
    subscription.proven_at.reset();
    subscription.due_at = ports_.clock.now() + kDenialKept;
    log::warn("websub.denied", {{"source_id", to_int(subscription.source_id)},
                                {"hub", subscription.hub},
                                {"reason", std::string_view(asked.reason).substr(0, 200)}});
    return replaced(subscription, {});
  }

  Result<Content> deliver(const std::optional<PushSubscription>& subscription,
                          const Request& request) {
    if (!subscription || !is_wanted(*subscription)) {
      unknown_.add();
      return plain(410);
    }
    // Without a secret anybody could have sent this: it says where to look, and no more.
    const bool is_proof = !subscription->secret.empty() && !request.body.empty();
    if (is_proof && !TRY(is_signed(*subscription, request))) {
      unsigned_.add();
      log::warn("websub.refused",
                {{"source_id", to_int(subscription->source_id)}, {"hub", subscription->hub}});
      return plain(202);
    }
    const Object waiting = spooled({.source_id = subscription->source_id,
                                    .content_type = std::string(request.header("Content-Type")),
                                    .body = is_proof ? std::string(request.body) : std::string()},
                                   ports_.clock.now());
    if (!TRY(has_room(subscription->source_id))) {
      refused_.add();
      log::warn("websub.no_room",
                {{"source_id", to_int(subscription->source_id)}, {"hub", subscription->hub}});
      return come_again();
    }
    TRY(ports_.spool.put({&waiting, 1}));
    (is_proof ? taken_ : thin_).add();
    ports_.arrived();
    return plain(202);
  }

  // Several that are delivered at the same moment may pass together: they are bounded by the
  // server's workers.
  Result<bool> has_room(SourceId id) const {
    return TRY(fits(kDeliveryPrefix, 1)) && TRY(fits(delivery_prefix(id), kShareOfOne));
  }

  Result<bool> fits(std::string_view prefix, std::int64_t share) const {
    const std::size_t count_max = kDeliveriesMax / static_cast<std::size_t>(share);
    const ObjectPage waiting = TRY(ports_.spool.list(prefix, "", count_max));
    std::int64_t bytes = 0;
    for (const ObjectInfo& object : waiting.objects) bytes += object.size_bytes;
    return waiting.objects.size() < count_max && bytes < ports_.bytes_waiting_max / share;
  }

  Result<bool> is_signed(const PushSubscription& subscription, const Request& request) {
    const SecretText secret =
        TRY(ports_.sealer.open(subscription.secret, push_place(subscription.source_id)));
    return fetch::is_signed(request.header("X-Hub-Signature"), secret, request.body);
  }

  const PushCallbacks ports_;
  Counter& taken_;
  Counter& thin_;
  Counter& unsigned_;
  Counter& refused_;
  Counter& unknown_;
};

}  // namespace

std::vector<Route> push_routes(PushCallbacks callbacks, Metrics& metrics) {
  // Shared by copies of the handler, which std::function makes.
  auto shared = std::make_shared<HubCallbacks>(std::move(callbacks), metrics);
  return {{.pattern = "/websub/{id}",
           .access = Access::Anyone,  // hubs have no account; the token is what they know
           .handler = [shared](const Call& call) { return shared->answer(call); },
           .is_callback = true}};
}

}  // namespace tidings::serve
