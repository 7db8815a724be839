#include "adapters/curl/transfer_loop.h"

#include <sys/eventfd.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <functional>
#include <optional>
#include <utility>

#include "core/check.h"
#include "core/memory.h"

namespace tidings::curl {
namespace {

using std::chrono::steady_clock;
constexpr std::uint32_t kPlainMultis = 4;
constexpr std::uint64_t kWakeup = ~std::uint64_t{0};  // in epoll's data, where sockets carry theirs

Error canceled() {
  return {ErrorKind::Unavailable, "the request was canceled: the program is stopping", "canceled"};
}

// The rest of the program needs descriptors too; a pool that takes them all would fail new
// connections.
std::size_t descriptors_for(std::size_t wanted) {
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) != 0) return std::min<std::size_t>(wanted, 128);
  return std::min<std::size_t>(wanted, files.rlim_cur / 4);
}

}  // namespace

Result<std::unique_ptr<TransferLoop>> TransferLoop::make(CurlSettings settings) {
  static const CURLcode initialized = curl_global_init(CURL_GLOBAL_ALL);
  CHECK(initialized == CURLE_OK);
  std::vector<OverrideAddress> overrides = TRY(read_overrides(settings.overrides));
  std::unique_ptr<TransferLoop> loop(new TransferLoop(
      TransferSettings{.client = std::move(settings), .overrides = std::move(overrides)}));
  TRY(loop->open());
  return loop;
}

TransferLoop::TransferLoop(TransferSettings settings) : settings_(std::move(settings)) {}

Result<void> TransferLoop::open() {
  epoll_ = epoll_create1(EPOLL_CLOEXEC);
  wakeup_ = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  epoll_event event{.events = EPOLLIN, .data = {.u64 = kWakeup}};
  if (epoll_ < 0 || wakeup_ < 0 || epoll_ctl(epoll_, EPOLL_CTL_ADD, wakeup_, &event) != 0) {
    return unavailable(std::string("open the HTTP client: ") + std::strerror(errno));
  }
  // A quarter more each: hosts do not spread evenly, and a pool that is one too small for a round
  // keeps none of it.
  const std::size_t plain =
      descriptors_for(settings_.client.idle_connections_max) * 5 / 4 / kPlainMultis;
  const std::size_t secure = descriptors_for(settings_.client.idle_tls_connections_max);
  for (std::uint32_t number = 0; number <= kPlainMultis; ++number) {
    multis_.push_back(
        std::make_unique<Multi>(epoll_, number, number < kPlainMultis ? plain : secure));
  }
  return {};
}

TransferLoop::~TransferLoop() {
  CHECK(running_.empty());
  multis_.clear();
  if (wakeup_ >= 0) close(wakeup_);
  if (epoll_ >= 0) close(epoll_);
}

void TransferLoop::submit(HttpRequest request, HttpClient::Done done) {
  Waiting waiting{.request = std::move(request), .done = std::move(done)};
  if (!try_enqueue(waiting)) waiting.done(canceled());
}

// False when the loop was stopped; the request is untouched then.
bool TransferLoop::try_enqueue(Waiting& waiting) {
  bool first = false;
  {
    MutexLock lock(mutex_);
    if (stopping_) return false;
    first = inbox_.empty();
    inbox_.push_back(std::move(waiting));
  }
  if (first) wake();  // the loop takes the whole inbox at once
  return true;
}

void TransferLoop::stop() {
  {
    MutexLock lock(mutex_);
    stopping_ = true;
  }
  wake();
}

void TransferLoop::wake() {
  const std::uint64_t one = 1;
  // Fails only when the counter is full, and then the loop is awake.
  [[maybe_unused]] const ssize_t written = write(wakeup_, &one, sizeof one);
}

void TransferLoop::run() {
  while (take_inbox()) {
    start_what_fits();
    wait_and_turn();
    collect_finished();
  }
  cancel_everything();
}

// False when it is time to stop.
bool TransferLoop::take_inbox() {
  std::vector<Waiting> taken;
  {
    MutexLock lock(mutex_);
    if (stopping_) return false;
    taken.swap(inbox_);
  }
  for (Waiting& request : taken) admit(std::move(request));
  return true;
}

void TransferLoop::admit(Waiting waiting) {
  Result<Url> url = check_request(waiting.request, settings_.client);
  if (!url) return waiting.done(std::move(url).error());
  waiting.url = *std::move(url);
  Origin& origin = origins_[waiting.url.origin()];
  if (origin.in_flight >= settings_.client.connections_per_host_max) {
    origin.waiting.push_back(std::move(waiting));
    return;
  }
  ++origin.in_flight;
  startable_.push_back(std::move(waiting));
}

void TransferLoop::start_what_fits() {
  while (!startable_.empty() && running_.size() < settings_.client.connections_max) {
    Waiting next = std::move(startable_.front());
    startable_.pop_front();
    start(std::move(next));
  }
}

void TransferLoop::start(Waiting next) {
  auto transfer = std::make_unique<Transfer>(settings_, sockets_, std::move(next.request),
                                             std::move(next.url), std::move(next.done));
  Multi& multi = multi_for(transfer->url());
  multi.add(*transfer);
  Transfer* const key = transfer.get();
  running_.emplace(key, Running{.transfer = std::move(transfer), .multi = &multi});
}

Multi& TransferLoop::multi_for(const Url& url) {
  if (url.scheme == "https") return *multis_[kPlainMultis];
  return *multis_[std::hash<std::string>{}(url.host) % kPlainMultis];
}

// Milliseconds; -1 for ever.
int TransferLoop::wait_ms() const {
  std::optional<Multi::SteadyTime> first;
  for (const auto& multi : multis_) {
    const auto timer = multi->next_timer();
    if (timer && (!first || *timer < *first)) first = timer;
  }
  if (!first) return -1;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(*first - steady_clock::now());
  return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 60'000));
}

int TransferLoop::wait_for_events(std::span<epoll_event> events) {
  constexpr int kIdleMs = std::chrono::milliseconds(kIdleAfter).count();
  const int ms = wait_ms();
  const bool becomes_idle = (ms < 0 || ms > kIdleMs) && !is_thread_idle();
  const int count = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()),
                               becomes_idle ? kIdleMs : ms);
  if (count > 0) {
    set_thread_busy();
  } else if (becomes_idle) {
    set_thread_idle();
  }
  return count;
}

void TransferLoop::wait_and_turn() {
  std::array<epoll_event, 256> events;
  const int count = wait_for_events(events);
  for (int i = 0; i < count; ++i) {
    const epoll_event& event = events[static_cast<std::size_t>(i)];
    if (event.data.u64 == kWakeup) {
      std::uint64_t wakes = 0;
      [[maybe_unused]] const ssize_t read_bytes = read(wakeup_, &wakes, sizeof wakes);
      continue;
    }
    multis_[Multi::number_of(event.data.u64)]->socket_ready(Multi::descriptor_of(event.data.u64),
                                                            event.events);
  }
  const auto now = steady_clock::now();
  for (const auto& multi : multis_) multi->timers_ready(now);
}

void TransferLoop::collect_finished() {
  for (const auto& multi : multis_) {
    while (const std::optional<Multi::Finished> finished = multi->take_finished()) {
      Transfer& transfer = finished->transfer;
      std::optional<Result<HttpResponse>> result = transfer.hop_ended(finished->code);
      if (result) {
        finish(transfer, *std::move(result));
        continue;
      }
      Multi& next = multi_for(transfer.url());  // the next hop may be at another host
      next.add(transfer);
      running_.at(&transfer).multi = &next;
    }
  }
}

void TransferLoop::finish(Transfer& transfer, Result<HttpResponse> result) {
  const auto found = running_.find(&transfer);
  CHECK(found != running_.end());
  const HttpClient::Done done = transfer.take_done();
  leave_origin(transfer.first_url().origin());
  running_.erase(found);
  done(std::move(result));
}

void TransferLoop::leave_origin(const std::string& key) {
  const auto found = origins_.find(key);
  CHECK(found != origins_.end());
  Origin& origin = found->second;
  if (!origin.waiting.empty()) {  // its place goes to the next in line
    startable_.push_back(std::move(origin.waiting.front()));
    origin.waiting.pop_front();
  } else if (--origin.in_flight == 0) {
    origins_.erase(found);
  }
}

void TransferLoop::cancel_everything() {
  std::vector<HttpClient::Done> refused;
  for (auto& [key, running] : running_) {
    running.multi->remove(*running.transfer);
    refused.push_back(running.transfer->take_done());
  }
  running_.clear();
  for (Waiting& waiting : startable_) refused.push_back(std::move(waiting.done));
  startable_.clear();
  for (auto& [key, origin] : origins_) {
    for (Waiting& waiting : origin.waiting) refused.push_back(std::move(waiting.done));
  }
  origins_.clear();
  {
    MutexLock lock(mutex_);
    for (Waiting& waiting : inbox_) refused.push_back(std::move(waiting.done));
    inbox_.clear();
  }
  for (const HttpClient::Done& done : refused) done(canceled());
}

}  // namespace tidings::curl
