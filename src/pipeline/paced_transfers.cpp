#include "pipeline/paced_transfers.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "core/check.h"
#include "core/ip_address.h"
#include "core/log.h"
#include "core/thread_name.h"
#include "core/url.h"
#include "fetch/refusal.h"

namespace tidings::pipeline {
namespace {

// Publishers are paced by who they are, not by the host name of the day.
std::string domain_of(const std::string& address) {
  const Result<Url> url = parse_url(address);
  return url ? registrable_domain(url->host) : address;
}

// The largest answer must fit beside what is asked for while half is taken.
std::size_t budget_bytes(const TransferSettings& settings) {
  return std::max(settings.bytes_held_max, 2 * settings.answer_bytes_max);
}

// Spread over a minute, by the request.
Time in_a_minute(TransferId id, Time now) {
  return now + std::chrono::seconds(60 + to_int(id) % 60);
}

// Whoever has one address of IPv6 has the 64 bits behind it (RFC 6177).
std::string network_of(const std::string& address) {
  std::optional<IpAddress> ip = parse_ip(address);
  if (!ip || ip->is_v4()) return address;
  std::fill(ip->bytes.begin() + 8, ip->bytes.end(), std::uint8_t{0});
  return ip->to_string();
}

const std::string& url_of(const HttpRequest& request, const fetch::Detour& detour) {
  return detour.url.empty() ? request.url : detour.url;
}

fetch::Reaction reaction_to(const Result<HttpResponse>& response, Time now) {
  if (!response) return {};
  return {.is_good = response->status >= 200 && response->status < 400,
          .blocked_until = fetch::stay_away_until(*response, now),
          .is_overload = fetch::refusal_of(*response) == fetch::Refusal::Overloaded,
          .rests_until = fetch::rests_until(*response, now)};
}

}  // namespace

PacedTransfers::PacedTransfers(HttpClient& http, Metrics& metrics, const Clock& clock,
                               TransferSettings settings)
    : http_(http),
      clock_(clock),
      settings_(settings),
      requests_total_(metrics.counter("fetch_requests_total", "Requests sent to publishers.")),
      budget_(budget_bytes(settings_), [this] { wake_.notify(); }),
      pacer_(settings_.pacing) {
  metrics.gauge_from("fetch_bytes_held", "Bytes of answers, from the first one to the commit.",
                     [this] { return static_cast<double>(budget_.held()); });
  metrics.gauge_from("fetch_transfers", "Transfers in flight or not yet parsed.", [this] {
    MutexLock lock(mutex_);
    return static_cast<double>(places_taken_);
  });
  metrics.gauge_from("fetch_network_up", "0 while no publisher can be reached.", [this] {
    MutexLock lock(mutex_);
    return network_.is_away() ? 0.0 : 1.0;
  });
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void PacedTransfers::submit(std::vector<TransferRequest> requests) {
  const Time now = clock_.now();
  std::vector<std::string> domains;
  domains.reserve(requests.size());
  for (const TransferRequest& request : requests) domains.push_back(domain_of(request.request.url));
  {
    MutexLock lock(mutex_);
    if (closed_) return;
    for (std::size_t i = 0; i < requests.size(); ++i) add(std::move(requests[i]), domains[i], now);
  }
  wake_.notify();
}

void PacedTransfers::add(TransferRequest request, const std::string& domain, Time now) {
  const TransferId id = request.id;
  const fetch::DomainPacer::Patience patience{.since = request.since,
                                              .until = request.since + request.patience};
  const auto [transfer, is_new] = transfers_.try_emplace(id);
  if (!is_new) return;
  transfer->second.asked = std::move(request);
  pacer_.add(id, domain, now, patience);
}

bool PacedTransfers::withdraw(TransferId id) {
  MutexLock lock(mutex_);
  if (!pacer_.withdraw(id)) return false;
  transfers_.erase(id);
  return true;
}

void PacedTransfers::shutdown() {
  {
    MutexLock lock(mutex_);
    closed_ = true;
  }
  MutexLock lock(shutdown_mutex_);
  if (!thread_.joinable()) return;
  thread_.request_stop();
  thread_.join();
  http_.shutdown();
}

void PacedTransfers::run(const std::stop_token& stop) {
  name_batch_thread("pacer");
  const std::stop_callback wake_up(stop, [this] { wake_.notify(); });
  while (!stop.stop_requested()) {
    const std::uint64_t seen = wake_.version();
    const Time now = clock_.now();
    start_ready(now);
    put_off(now);
    judge_suspects(now);
    wake_.wait_past(seen, time_to_wait(now));
  }
}

std::size_t PacedTransfers::room(Time now) const {
  if (budget_.is_tight()) return 0;
  if (network_.is_away()) {
    const bool may_probe = now >= probed_at_ + fetch::NetworkWatch::probe_gap();
    return may_probe && pacer_.in_flight() == 0 ? 1 : 0;
  }
  return settings_.transfers_max - std::min(settings_.transfers_max, places_taken_);
}

bool PacedTransfers::is_paced(const std::string& address) const {
  if (settings_.paces_private_addresses) return true;
  const std::optional<IpAddress> ip = parse_ip(address);
  return ip && is_public_address(*ip);
}

bool PacedTransfers::may_connect(TransferId id, const std::string& address) {
  constexpr int kBusyAnswersMax = 3;  // names whose addresses change must not go round for ever
  if (!is_paced(address)) return true;
  const Time now = clock_.now();
  MutexLock lock(mutex_);
  const bool may_connect = pacer_.may_connect(id, network_of(address), now);
  return may_connect || transfers_.at(id).busy_answers >= kBusyAnswersMax;
}

HttpRequest PacedTransfers::leg_of(Transfer& transfer) {
  transfer.bytes = std::make_unique<HeldBytes>(budget_);
  HttpRequest leg = fetch::leg_of(transfer.asked.request, transfer.detour);
  leg.may_connect = [this, id = transfer.asked.id](const std::string& address) {
    return may_connect(id, address);
  };
  leg.may_keep = [bytes = transfer.bytes.get()](std::size_t count) { return bytes->take(count); };
  return leg;
}

void PacedTransfers::start_ready(Time now) {
  std::vector<HttpRequest> requests;
  std::vector<TransferId> ids;
  {
    MutexLock lock(mutex_);
    ids = pacer_.take_ready(now, room(now));
    if (!ids.empty() && network_.is_away()) probed_at_ = now;
    places_taken_ += ids.size();
    requests.reserve(ids.size());
    for (const TransferId id : ids) requests.push_back(leg_of(transfers_.at(id)));
  }
  for (std::size_t i = 0; i < ids.size(); ++i) {
    requests_total_.add();
    http_.send(std::move(requests[i]), [this, id = ids[i]](Result<HttpResponse> response) {
      on_response(id, std::move(response));
    });
  }
}

// Those that would wait for long are given back rather than held: they leave room for others.
void PacedTransfers::put_off(Time now) {
  std::vector<Late> late;
  {
    MutexLock lock(mutex_);
    late = std::exchange(late_, {});
    for (const auto& [id, until] : pacer_.take_postponed(now)) {
      Transfer transfer = take(id);
      const bool was_asked = !transfer.detour.url.empty();
      late.push_back(
          {.transfer = std::move(transfer), .put_off = {.until = until, .was_asked = was_asked}});
    }
  }
  for (Late& one : late) one.transfer.asked.done(one.put_off);
}

PacedTransfers::Transfer PacedTransfers::take(TransferId id) {
  const auto found = transfers_.find(id);
  CHECK(found != transfers_.end());
  Transfer transfer = std::move(found->second);
  transfers_.erase(found);
  return transfer;
}

// Failures that nobody's answer explained in time are their publishers' own.
void PacedTransfers::judge_suspects(Time now) {
  std::vector<Suspect> judged;
  {
    MutexLock lock(mutex_);
    const auto is_open = [now](const Suspect& suspect) {
      return fetch::NetworkWatch::doubt_ends(suspect.at) > now;
    };
    std::vector<Suspect> open;
    for (Suspect& suspect : suspects_)
      (is_open(suspect) ? open : judged).push_back(std::move(suspect));
    suspects_ = std::move(open);
  }
  for (Suspect& suspect : judged) deliver(std::move(suspect.transfer), std::move(suspect.response));
}

void PacedTransfers::wait_again(TransferId id, const std::string& url, Time now) {
  const TransferRequest& asked = transfers_.at(id).asked;
  pacer_.finished(id, now);
  pacer_.add(id, domain_of(url), now,
             {.since = asked.since, .until = asked.since + asked.patience});
}

// True when it is not through with this answer: a redirect led to another registrable domain, or
// its address was not free, and it waits for its turn there; or there was no room for the answer,
// and it is put off.
bool PacedTransfers::goes_on(TransferId id, Transfer& transfer, Result<HttpResponse>& response,
                             Time now) {
  const std::string code = response ? std::string() : response.error().code;
  if (code == "no_room") {
    pacer_.finished(id, now);
    Transfer refused = take(id);
    refused.bytes->give_back();
    late_.push_back({.transfer = std::move(refused), .put_off = {.until = in_a_minute(id, now)}});
    return true;
  }
  if (code == "address_busy") {
    ++transfer.busy_answers;
    wait_again(id, url_of(transfer.asked.request, transfer.detour), now);
    return true;
  }
  if (!response) return false;
  std::optional<fetch::Detour> detour = fetch::next_detour(transfer.detour, *response);
  if (!detour) return false;
  transfer.detour = *std::move(detour);
  wait_again(id, transfer.detour.url, now);
  return true;
}

// True when the failure is not, or not yet, to be told: whoever asked is put off, or waits for the
// verdict.
bool PacedTransfers::is_our_network(TransferId id, Result<HttpResponse>& response, Time now) {
  using Verdict = fetch::NetworkWatch::Verdict;
  if (response) {
    note_network(network_.answered(now));
    return false;
  }
  if (!fetch::may_be_our_network(response.error().code)) return false;
  const bool was_away = network_.is_away();
  const std::string domain =
      domain_of(url_of(transfers_.at(id).asked.request, transfers_.at(id).detour));
  const Verdict verdict = network_.failed(domain, now);
  if (verdict == Verdict::Publisher) return false;
  pacer_.finished(id, now);
  suspects_.push_back({.transfer = take(id), .response = std::move(response), .at = now});
  if (verdict == Verdict::Unclear) return true;
  if (!was_away) log::warn("network.lost", {{"domains_failed", suspects_.size()}});
  for (Suspect& suspect : std::exchange(suspects_, {})) {
    const Time until = in_a_minute(suspect.transfer.asked.id, now);
    late_.push_back({.transfer = std::move(suspect.transfer), .put_off = {.until = until}});
  }
  return true;
}

void PacedTransfers::note_network(bool was_away) {
  for (Suspect& suspect : suspects_) suspect.at = Time{};  // to be judged at once
  if (was_away) log::info("network.returned");
}

void PacedTransfers::on_response(TransferId id, Result<HttpResponse> response) {
  const Time now = clock_.now();
  const fetch::Reaction reaction = reaction_to(response, now);
  Transfer transfer;
  bool anyone_waits = false;
  {
    MutexLock lock(mutex_);
    if (response && is_paced(response->address))
      pacer_.note_address(id, network_of(response->address));
    if (goes_on(id, transfers_.at(id), response, now) || is_our_network(id, response, now)) {
      --places_taken_;
      wake_.notify();
      return;
    }
    pacer_.finished(id, now, reaction);
    transfer = take(id);
    anyone_waits = pacer_.waiting() > 0 || !suspects_.empty();
  }
  transfer.place = place();
  deliver(std::move(transfer), std::move(response));
  if (anyone_waits) wake_.notify();
}

void PacedTransfers::deliver(Transfer transfer, Result<HttpResponse> response) {
  transfer.asked.done(Answered{.response = std::move(response),
                               .bytes = std::move(transfer.bytes),
                               .place = std::move(transfer.place)});
}

TransferPlace PacedTransfers::place() {
  return {this, [](void* self) { static_cast<PacedTransfers*>(self)->leave_place(); }};
}

void PacedTransfers::leave_place() {
  bool room_is_wanted = false;
  {
    MutexLock lock(mutex_);
    --places_taken_;
    // When all that may be in flight waited to be read, no answer is left to wake who starts more.
    room_is_wanted = pacer_.waiting() > 0 && places_taken_ == settings_.transfers_max / 2;
  }
  if (room_is_wanted) wake_.notify();
}

bool PacedTransfers::is_idle() const {
  const Time now = clock_.now();
  MutexLock lock(mutex_);
  const std::optional<Time> ready = next_ready_at();
  const std::size_t waiting = pacer_.waiting();
  return places_taken_ == 0 && late_.empty() && transfers_.size() == waiting &&
         (!ready || *ready > now);
}

std::size_t PacedTransfers::waiting() const {
  MutexLock lock(mutex_);
  return pacer_.waiting();
}

std::optional<Time> PacedTransfers::next_ready() const {
  MutexLock lock(mutex_);
  return next_ready_at();
}

std::optional<Time> PacedTransfers::next_ready_at() const {
  std::optional<Time> ready = pacer_.next_ready();
  if (ready && network_.is_away())
    ready = std::max(*ready, probed_at_ + fetch::NetworkWatch::probe_gap());
  for (const Suspect& suspect : suspects_)
    ready = std::min(ready.value_or(Time::max()), fetch::NetworkWatch::doubt_ends(suspect.at));
  return ready;
}

std::chrono::nanoseconds PacedTransfers::time_to_wait(Time now) const {
  constexpr std::chrono::nanoseconds kLongest = std::chrono::milliseconds(500);
  MutexLock lock(mutex_);
  const std::optional<Time> ready = next_ready_at();
  if (!ready || (room(now) == 0 && suspects_.empty())) return kLongest;
  return std::clamp<std::chrono::nanoseconds>(*ready - now, std::chrono::milliseconds(1), kLongest);
}

}  // namespace tidings::pipeline
