#include "pipeline/paced_transfers.h"

#include <algorithm>
#include <utility>

#include "core/check.h"
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
Time when_there_is_room(TransferId id, Time now) {
  return now + std::chrono::seconds(60 + to_int(id) % 60);
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
  name_thread("pacer");
  const std::stop_callback wake_up(stop, [this] { wake_.notify(); });
  while (!stop.stop_requested()) {
    const std::uint64_t seen = wake_.version();
    const Time now = clock_.now();
    start_ready(now);
    put_off(now);
    wake_.wait_past(seen, time_to_wait(now));
  }
}

std::size_t PacedTransfers::room() const {
  if (budget_.is_tight()) return 0;
  return settings_.transfers_max - std::min(settings_.transfers_max, places_taken_);
}

HttpRequest PacedTransfers::leg_of(Transfer& transfer) {
  transfer.bytes = std::make_unique<HeldBytes>(budget_);
  HttpRequest leg = fetch::leg_of(transfer.asked.request, transfer.detour);
  leg.may_keep = [bytes = transfer.bytes.get()](std::size_t count) { return bytes->take(count); };
  return leg;
}

void PacedTransfers::start_ready(Time now) {
  std::vector<HttpRequest> requests;
  std::vector<TransferId> ids;
  {
    MutexLock lock(mutex_);
    ids = pacer_.take_ready(now, room());
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
    late = std::exchange(no_room_, {});
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

// True when it is not through with this answer: a redirect led to another registrable domain, where
// it waits for its turn; or there was no room for the answer, and it is put off.
bool PacedTransfers::goes_on(TransferId id, Transfer& transfer, Result<HttpResponse>& response,
                             Time now) {
  if (!response && response.error().code == "no_room") {
    pacer_.finished(id, now);
    Transfer refused = take(id);
    refused.bytes->give_back();
    const PutOff put_off{.until = when_there_is_room(id, now)};
    no_room_.push_back({.transfer = std::move(refused), .put_off = put_off});
    return true;
  }
  if (!response) return false;
  std::optional<fetch::Detour> detour = fetch::next_detour(transfer.detour, *response);
  if (!detour) return false;
  pacer_.finished(id, now);
  transfer.detour = *std::move(detour);
  const TransferRequest& asked = transfer.asked;
  pacer_.add(id, domain_of(transfer.detour.url), now,
             {.since = asked.since, .until = asked.since + asked.patience});
  return true;
}

void PacedTransfers::on_response(TransferId id, Result<HttpResponse> response) {
  const Time now = clock_.now();
  const std::optional<Time> blocked_until =
      response ? fetch::stay_away_until(*response, now) : std::nullopt;
  Transfer transfer;
  bool anyone_waits = false;
  {
    MutexLock lock(mutex_);
    if (goes_on(id, transfers_.at(id), response, now)) {
      --places_taken_;
      wake_.notify();
      return;
    }
    pacer_.finished(id, now, blocked_until);
    transfer = take(id);
    anyone_waits = pacer_.waiting() > 0 || blocked_until;
  }
  transfer.asked.done(Answered{
      .response = std::move(response), .bytes = std::move(transfer.bytes), .place = place()});
  if (anyone_waits) wake_.notify();
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
  const std::optional<Time> ready = pacer_.next_ready();
  return places_taken_ == 0 && no_room_.empty() && pacer_.in_flight() == 0 &&
         transfers_.size() == pacer_.waiting() && (!ready || *ready > now);
}

std::optional<Time> PacedTransfers::next_ready() const {
  MutexLock lock(mutex_);
  return pacer_.next_ready();
}

std::chrono::nanoseconds PacedTransfers::time_to_wait(Time now) const {
  constexpr std::chrono::nanoseconds kLongest = std::chrono::milliseconds(500);
  MutexLock lock(mutex_);
  const std::optional<Time> ready = room() > 0 ? pacer_.next_ready() : std::nullopt;
  if (!ready) return kLongest;
  return std::clamp<std::chrono::nanoseconds>(*ready - now, std::chrono::milliseconds(1), kLongest);
}

}  // namespace tidings::pipeline
