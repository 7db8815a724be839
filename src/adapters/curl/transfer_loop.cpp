#include "adapters/curl/transfer_loop.h"

#include <sys/eventfd.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "core/check.h"

namespace tidings::curl {
namespace {

using std::chrono::steady_clock;

Error canceled() {
  return {ErrorKind::Unavailable, "the request was canceled: the program is stopping", "canceled"};
}

// The rest of the program needs descriptors too; a pool that takes them all would fail new
// connections.
long idle_connections(std::size_t wanted) {
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) != 0) return 256;
  return static_cast<long>(std::min<rlim_t>(wanted, files.rlim_cur / 2));
}

std::string origin_key(const Url& url) {
  return url.scheme + "://" + url.host + ":" + std::to_string(url.effective_port());
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
  epoll_event event{.events = EPOLLIN, .data = {.fd = wakeup_}};
  if (epoll_ < 0 || wakeup_ < 0 || epoll_ctl(epoll_, EPOLL_CTL_ADD, wakeup_, &event) != 0) {
    return unavailable(std::string("open the HTTP client: ") + std::strerror(errno));
  }
  multi_ = curl_multi_init();
  CHECK(multi_ != nullptr);
  curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, &TransferLoop::on_socket);
  curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, &TransferLoop::on_timer);
  curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
  const long kept =
      idle_connections(settings_.client.idle_connections_max + settings_.client.connections_max);
  curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, std::max(kept, 1L));
  return {};
}

TransferLoop::~TransferLoop() {
  CHECK(running_.empty());
  idle_.clear();
  if (multi_ != nullptr) curl_multi_cleanup(multi_);
  if (wakeup_ >= 0) close(wakeup_);
  if (epoll_ >= 0) close(epoll_);
}

void TransferLoop::submit(HttpRequest request, HttpClient::Done done) {
  bool refused = false, first = false;
  {
    MutexLock lock(mutex_);
    refused = stopping_;
    first = inbox_.empty();
    if (!refused) inbox_.push_back({.request = std::move(request), .done = std::move(done)});
  }
  if (refused) return done(canceled());
  if (first) wake();  // the loop takes the whole inbox at once
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
  Origin& origin = origins_[origin_key(waiting.url)];
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
  std::unique_ptr<Transfer> transfer = idle_transfer();
  transfer->begin(std::move(next.request), std::move(next.url), std::move(next.done));
  CHECK(curl_multi_add_handle(multi_, transfer->easy()) == CURLM_OK);
  Transfer* const key = transfer.get();
  running_.emplace(key, std::move(transfer));
}

std::unique_ptr<Transfer> TransferLoop::idle_transfer() {
  if (idle_.empty()) return std::make_unique<Transfer>(settings_);
  std::unique_ptr<Transfer> transfer = std::move(idle_.back());
  idle_.pop_back();
  return transfer;
}

int TransferLoop::epoll_timeout_ms() const {
  if (!timer_) return -1;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(*timer_ - steady_clock::now());
  return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 60'000));
}

void TransferLoop::wait_and_turn() {
  std::array<epoll_event, 256> events;
  const int count =
      epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), epoll_timeout_ms());
  int running = 0;
  for (int i = 0; i < count; ++i) {
    const epoll_event& event = events[static_cast<std::size_t>(i)];
    if (event.data.fd == wakeup_) {
      std::uint64_t wakes = 0;
      [[maybe_unused]] const ssize_t read_bytes = read(wakeup_, &wakes, sizeof wakes);
      continue;
    }
    const int what = ((event.events & EPOLLIN) != 0 ? CURL_CSELECT_IN : 0) |
                     ((event.events & EPOLLOUT) != 0 ? CURL_CSELECT_OUT : 0) |
                     ((event.events & (EPOLLERR | EPOLLHUP)) != 0 ? CURL_CSELECT_ERR : 0);
    curl_multi_socket_action(multi_, event.data.fd, what, &running);
  }
  if (timer_ && *timer_ <= steady_clock::now()) {
    timer_.reset();  // curl sets it anew from inside
    curl_multi_socket_action(multi_, CURL_SOCKET_TIMEOUT, 0, &running);
  }
}

void TransferLoop::collect_finished() {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    CURL* const easy = message->easy_handle;
    const CURLcode code = message->data.result;
    char* self = nullptr;
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, &self);
    Transfer& transfer = *reinterpret_cast<Transfer*>(self);
    curl_multi_remove_handle(multi_, easy);  // the message dies here
    std::optional<Result<HttpResponse>> result = transfer.hop_ended(code);
    if (result) {
      finish(transfer, *std::move(result));
    } else {
      CHECK(curl_multi_add_handle(multi_, transfer.easy()) == CURLM_OK);
    }
  }
}

void TransferLoop::finish(Transfer& transfer, Result<HttpResponse> result) {
  const auto found = running_.find(&transfer);
  CHECK(found != running_.end());
  const HttpClient::Done done = transfer.take_done();
  leave_origin(origin_key(transfer.first_url()));
  idle_.push_back(std::move(found->second));
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
  for (auto& [key, transfer] : running_) {
    curl_multi_remove_handle(multi_, transfer->easy());
    refused.push_back(transfer->take_done());
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

int TransferLoop::on_socket(CURL*, curl_socket_t socket, int what, void* self, void* known) {
  TransferLoop& loop = *static_cast<TransferLoop*>(self);
  if (what == CURL_POLL_REMOVE) {
    epoll_ctl(loop.epoll_, EPOLL_CTL_DEL, socket, nullptr);
    return 0;
  }
  epoll_event event{.events = 0, .data = {.fd = socket}};
  if (what == CURL_POLL_IN || what == CURL_POLL_INOUT) event.events |= EPOLLIN;
  if (what == CURL_POLL_OUT || what == CURL_POLL_INOUT) event.events |= EPOLLOUT;
  const int operation = known != nullptr ? EPOLL_CTL_MOD : EPOLL_CTL_ADD;
  if (epoll_ctl(loop.epoll_, operation, socket, &event) != 0 && errno == EEXIST) {
    epoll_ctl(loop.epoll_, EPOLL_CTL_MOD, socket, &event);
  }
  curl_multi_assign(loop.multi_, socket, &loop);  // marks the socket as known
  return 0;
}

int TransferLoop::on_timer(CURLM*, long timeout_ms, void* self) {
  TransferLoop& loop = *static_cast<TransferLoop*>(self);
  if (timeout_ms < 0) {
    loop.timer_.reset();
  } else {
    loop.timer_ = steady_clock::now() + std::chrono::milliseconds(timeout_ms);
  }
  return 0;
}

}  // namespace tidings::curl
