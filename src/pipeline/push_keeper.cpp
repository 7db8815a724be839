#include "pipeline/push_keeper.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/cryptography.h"
#include "core/encoding.h"
#include "core/log.h"
#include "core/thread_name.h"
#include "core/url.h"
#include "model/access.h"

namespace tidings::pipeline {
namespace {

using std::chrono::seconds;

constexpr std::size_t kPageSources = 1000;
constexpr std::size_t kActsMax = 64;  // requests to hubs at a time
constexpr std::int32_t kFarewellsMax = 3;
constexpr std::size_t kHubAnswerBytesMax = 65'536;

struct Offer {
  std::vector<std::string> hubs;  // as the publisher prefers them; at least one
  std::string topic;

  bool names(const std::string& hub) const { return std::ranges::find(hubs, hub) != hubs.end(); }
  // The one to be asked when `hub` comes to nothing: that behind it, and the first behind the last.
  const std::string& after(const std::string& hub) const {
    const auto found = std::ranges::find(hubs, hub);
    return found == hubs.end() || found + 1 == hubs.end() ? hubs.front() : *(found + 1);
  }
};

// What a source's publisher offers, where we want it. Who gives an account of ourselves to a
// publisher, or reads it through a proxy, does not tell a hub where we are.
std::optional<Offer> offer_of(const Source& source) {
  const SourceSettings& settings = source.settings;
  const bool is_read = settings.enabled && !source.state.gone;
  if (!is_read || kind_of(settings.url) != SourceKind::Feed || source.state.hubs.empty())
    return std::nullopt;
  const AccessSummary access = access_summary(settings.access);
  if (!access.headers.empty() || access.has_proxy) return std::nullopt;
  const std::string& topic = source.state.record.push_topic;
  Offer offer{.topic = topic.empty() ? source.fetch_url() : topic};
  for (const std::string& named : source.state.hubs) {
    const Result<Url> hub = parse_url(named);
    if (hub && !offer.names(hub->to_string())) offer.hubs.push_back(hub->to_string());
  }
  return offer.hubs.empty() ? std::nullopt : std::optional(std::move(offer));
}

// Doubled each time that all of a source's hubs have come to nothing.
seconds retry_after(std::int32_t failures, std::size_t hubs, const PushSettings& settings) {
  const int doublings = std::clamp((failures - 1) / static_cast<std::int32_t>(hubs), 0, 16);
  return std::min(settings.retry_min * (std::int64_t{1} << doublings), settings.retry_max);
}

bool is_https(std::string_view url) {
  return url.starts_with("https://");
}

}  // namespace

bool is_trusted(const PushSubscription& subscription, const SourceState& state, Time now) {
  const bool is_active = subscription.state == PushState::Active && subscription.expires_at &&
                         *subscription.expires_at > now;
  if (!is_active || !subscription.proven_at) return false;
  return !state.last_new_at || *state.last_new_at <= *subscription.proven_at;
}

PushKeeper::PushKeeper(PushKeeperPorts ports, PushTrust& trust, Metrics& metrics,
                       const Clock& clock, PushSettings settings)
    : ports_(ports),
      trust_(trust),
      clock_(clock),
      settings_(std::move(settings)),
      requests_total_(metrics.counter("websub_requests_total", "Requests sent to hubs.")),
      refused_total_(
          metrics.counter("websub_refusals_total", "Requests that hubs refused or never got.")) {
  metrics.gauge_from("websub_subscriptions", "Subscriptions that a hub has verified.",
                     [this] { return static_cast<double>(active_.load()); });
  metrics.gauge_from("websub_subscriptions_waiting", "Subscriptions that none has.",
                     [this] { return static_cast<double>(others_.load()); });
}

void PushKeeper::run(const std::stop_token& stop) {
  name_batch_thread("push-keeper");
  const std::stop_callback wake(stop, [this] { wake_.notify(); });
  bool reported = false;
  Time scanned{};
  for (std::uint64_t seen = wake_.version(); !stop.stop_requested();) {
    const bool was_woken = wake_.version() != seen;
    seen = wake_.version();
    Result<void> done;
    if (was_woken || clock_.now() - scanned >= settings_.scan_interval) {
      scanned = clock_.now();
      done = scan();
    }
    if (done) {
      if (const Result<std::size_t> acted = act(); !acted) done = acted.error();
    }
    if (!done && !reported) log::warn("push_keeper.waited", {{"reason", done.error().message}});
    reported = !done;
    wake_.wait_past(seen, settings_.poll_interval);
  }
}

Result<void> PushKeeper::scan() {
  Subscriptions subscriptions;
  for (PushSubscription& one : TRY(ports_.pushes.list()))
    subscriptions.emplace(one.source_id, std::move(one));
  count(subscriptions);
  const Time now = clock_.now();
  std::unordered_set<SourceId> trusted;
  for (SourceQuery query{.limit = kPageSources}; true;) {
    const std::vector<Source> page = TRY(ports_.sources.find(query));
    for (const Source& source : page) {
      const auto found = subscriptions.find(source.id);
      const bool is_there = found != subscriptions.end();
      if (is_there && is_trusted(found->second, source.state, now)) trusted.insert(source.id);
      TRY(settle(&source, is_there ? &found->second : nullptr));
      if (is_there) subscriptions.erase(found);
    }
    if (page.size() < query.limit) break;
    query.after = page.back().id;
  }
  for (const auto& [id, orphan] : subscriptions) TRY(settle(nullptr, &orphan));
  return trust_only(trusted);
}

// Those who lost our trust are asked at once: what they published meanwhile may not have come.
Result<void> PushKeeper::trust_only(const std::unordered_set<SourceId>& trusted) {
  const std::unordered_set<SourceId> before = trust_.exchange(trusted);
  std::vector<SourceId> lost;
  for (const SourceId id : before) {
    if (!trusted.contains(id)) lost.push_back(id);
  }
  if (lost.empty()) return {};
  log::info("websub.distrusted", {{"sources", lost.size()}});
  return ports_.sources.make_due(lost, clock_.now());
}

Result<void> PushKeeper::settle(const Source* source, const PushSubscription* subscription) {
  const std::optional<Offer> offer = source != nullptr ? offer_of(*source) : std::nullopt;
  if (subscription == nullptr) return offer ? subscribe_to(*source) : Result<void>();
  if (subscription->state == PushState::Leaving) return {};
  const bool is_same =
      offer && offer->names(subscription->hub) && offer->topic == subscription->topic;
  if (is_same) return try_next(*subscription, offer->hubs.size());
  PushSubscription leaving = *subscription;
  leaving.state = PushState::Leaving;
  leaving.due_at = clock_.now();
  leaving.failures = 0;
  TRY(ports_.pushes.replace(leaving));
  return {};
}

// After a denial the publisher's other hubs are asked at once, each one time; then there is peace
// until the denial is old.
Result<void> PushKeeper::try_next(PushSubscription subscription, std::size_t hubs) {
  const bool has_another = hubs > 1 && static_cast<std::size_t>(subscription.failures) < hubs;
  if (subscription.state != PushState::Denied || !has_another) return {};
  subscription.due_at = std::min(subscription.due_at, clock_.now());
  TRY(ports_.pushes.replace(subscription));
  return {};
}

Result<void> PushKeeper::subscribe_to(const Source& source) {
  const Offer offer = *offer_of(source);
  PushSubscription subscription{
      .source_id = source.id, .topic = offer.topic, .due_at = clock_.now()};
  TRY(introduce(subscription, offer.hubs.front()));
  TRY(ports_.pushes.add(subscription));
  return {};
}

// What one hub knows of us no other is told: each has a token and a secret of its own.
Result<void> PushKeeper::introduce(PushSubscription& subscription, const std::string& hub) {
  subscription.hub = hub;
  subscription.verified_at = subscription.expires_at = subscription.proven_at = std::nullopt;
  subscription.token = new_push_token(subscription.source_id);
  subscription.secret.clear();
  if (!is_https(hub) && !settings_.secret_over_http) return {};
  constexpr std::size_t kSecretBytes = 32;
  const SecretText secret(base64url(random_bytes(kSecretBytes)));
  subscription.secret = TRY(ports_.sealer.seal(secret, push_place(subscription.source_id)));
  return {};
}

Result<std::size_t> PushKeeper::act() {
  std::vector<PushSubscription> due = TRY(ports_.pushes.due(clock_.now(), kActsMax));
  for (PushSubscription& subscription : due) TRY(act_on(std::move(subscription)));
  return due.size();
}

// The next attempt is written down before the hub is asked: it may call back before we have its
// answer, and a crash must not make us ask again and again.
Result<void> PushKeeper::act_on(PushSubscription subscription) {
  const Time now = clock_.now();
  const bool is_leaving = subscription.state == PushState::Leaving;
  if (is_leaving && subscription.failures >= kFarewellsMax) {
    TRY(ports_.pushes.remove(subscription));
    return {};
  }
  const bool has_ended = !subscription.expires_at || *subscription.expires_at <= now;
  std::size_t hubs = 1;
  if (subscription.state == PushState::Denied || (!is_leaving && has_ended))
    hubs = TRY(ask_anew(subscription));
  ++subscription.failures;
  subscription.due_at = now + retry_after(subscription.failures, hubs, settings_);
  // Within a lease there is time for several attempts, if there is any.
  if (subscription.state == PushState::Active)
    subscription.due_at = std::min(subscription.due_at, now + (*subscription.expires_at - now) / 3 +
                                                            std::chrono::milliseconds(100));
  if (!TRY(ports_.pushes.replace(subscription))) return {};
  const Result<void> asked =
      ask_hub(subscription, is_leaving ? fetch::HubMode::Unsubscribe : fetch::HubMode::Subscribe);
  if (!asked) {
    log::warn("websub.not_asked",
              {{"source_id", to_int(subscription.source_id)}, {"reason", asked.error().message}});
  }
  return {};
}

// Without a lease: the next of the publisher's hubs has its turn where this one denied, or did not
// answer the last time. Returns how many there are.
Result<std::size_t> PushKeeper::ask_anew(PushSubscription& subscription) {
  const bool has_failed = subscription.failures > 0 || subscription.state == PushState::Denied;
  subscription.state = PushState::Asked;
  const Result<Source> source = ports_.sources.get(subscription.source_id);
  if (!source && source.error().kind != ErrorKind::NotFound) return source.error();
  const std::optional<Offer> offer = source ? offer_of(*source) : std::nullopt;
  if (!offer) return std::size_t{1};  // the next scan takes leave
  const std::string next = has_failed ? offer->after(subscription.hub) : subscription.hub;
  if (next != subscription.hub) TRY(introduce(subscription, next));
  return offer->hubs.size();
}

Result<std::string> PushKeeper::secret_of(const PushSubscription& subscription) {
  if (subscription.secret.empty()) return std::string();
  const SecretText secret =
      TRY(ports_.sealer.open(subscription.secret, push_place(subscription.source_id)));
  return std::string(secret.view());
}

Result<void> PushKeeper::ask_hub(const PushSubscription& subscription, fetch::HubMode mode) {
  HttpRequest request{.method = "POST", .url = subscription.hub, .limits = settings_.fetch.limits};
  request.limits.body_bytes_max = kHubAnswerBytesMax;
  request.headers = {{"User-Agent", settings_.fetch.user_agent},
                     {"Content-Type", "application/x-www-form-urlencoded"}};
  request.body =
      fetch::hub_form({.mode = mode,
                       .callback = settings_.public_url + "/websub/" + subscription.token,
                       .topic = subscription.topic,
                       .secret = TRY(secret_of(subscription)),
                       .lease = settings_.lease});
  requests_total_.add();
  std::vector<TransferRequest> requests;
  requests.push_back(
      {.id = hub_transfer_id(subscription.source_id),
       .request = std::move(request),
       .since = clock_.now(),
       .done = [this, id = subscription.source_id](TransferOutcome outcome) {
         const auto* answered = std::get_if<Answered>(&outcome);
         const bool is_accepted =
             answered != nullptr && answered->response && answered->response->status / 100 == 2;
         if (is_accepted) return;  // it verifies at our callback, now or later
         refused_total_.add();
         const std::string reason = answered == nullptr ? "put off"
                                    : !answered->response
                                        ? answered->response.error().message
                                        : "status " + std::to_string(answered->response->status);
         log::warn("websub.hub_failed", {{"source_id", to_int(id)}, {"reason", reason}});
       }});
  ports_.transfers.submit(std::move(requests));
  return {};
}

void PushKeeper::count(const Subscriptions& subscriptions) {
  const auto active = std::ranges::count_if(
      subscriptions, [](const auto& one) { return one.second.state == PushState::Active; });
  active_ = active;
  others_ = static_cast<std::int64_t>(subscriptions.size()) - active;
}

}  // namespace tidings::pipeline
