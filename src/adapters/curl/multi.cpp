#include "adapters/curl/multi.h"

#include <sys/epoll.h>

#include <algorithm>
#include <cerrno>

#include "core/check.h"

namespace tidings::curl {

using std::chrono::steady_clock;

Multi::Multi(int epoll, std::uint32_t number, std::size_t connections_kept)
    : epoll_(epoll), number_(number), multi_(curl_multi_init()) {
  CHECK(multi_ != nullptr);
  curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, &Multi::on_socket);
  curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, &Multi::on_timer);
  curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
  curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS,
                    static_cast<long>(std::max<std::size_t>(connections_kept, 1)));
}

Multi::~Multi() {
  curl_multi_cleanup(multi_);
}

void Multi::add(Transfer& transfer) {
  CHECK(curl_multi_add_handle(multi_, transfer.easy()) == CURLM_OK);
}

void Multi::remove(Transfer& transfer) {
  CHECK(curl_multi_remove_handle(multi_, transfer.easy()) == CURLM_OK);
}

void Multi::socket_ready(int socket, std::uint32_t epoll_events) {
  const int what = ((epoll_events & EPOLLIN) != 0 ? CURL_CSELECT_IN : 0) |
                   ((epoll_events & EPOLLOUT) != 0 ? CURL_CSELECT_OUT : 0) |
                   ((epoll_events & (EPOLLERR | EPOLLHUP)) != 0 ? CURL_CSELECT_ERR : 0);
  int running = 0;
  curl_multi_socket_action(multi_, socket, what, &running);
}

void Multi::timers_ready(SteadyTime now) {
  if (!timer_ || *timer_ > now) return;
  timer_.reset();  // curl sets it anew from inside
  int running = 0;
  curl_multi_socket_action(multi_, CURL_SOCKET_TIMEOUT, 0, &running);
}

std::optional<Multi::Finished> Multi::take_finished() {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    const CURLcode code = message->data.result;
    char* self = nullptr;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &self);
    Transfer& transfer = *reinterpret_cast<Transfer*>(self);
    remove(transfer);  // the message dies here
    return Finished{transfer, code};
  }
  return std::nullopt;
}

int Multi::on_socket(CURL*, curl_socket_t socket, int what, void* self, void* known) {
  Multi& multi = *static_cast<Multi*>(self);
  if (what == CURL_POLL_REMOVE) {
    epoll_ctl(multi.epoll_, EPOLL_CTL_DEL, socket, nullptr);
    return 0;
  }
  epoll_event event{};
  event.data.u64 =
      static_cast<std::uint64_t>(multi.number_) << 32 | static_cast<std::uint32_t>(socket);
  if (what == CURL_POLL_IN || what == CURL_POLL_INOUT) event.events |= EPOLLIN;
  if (what == CURL_POLL_OUT || what == CURL_POLL_INOUT) event.events |= EPOLLOUT;
  const int operation = known != nullptr ? EPOLL_CTL_MOD : EPOLL_CTL_ADD;
  if (epoll_ctl(multi.epoll_, operation, socket, &event) != 0 && errno == EEXIST) {
    epoll_ctl(multi.epoll_, EPOLL_CTL_MOD, socket, &event);
  }
  curl_multi_assign(multi.multi_, socket, &multi);  // marks the socket as known
  return 0;
}

int Multi::on_timer(CURLM*, long timeout_ms, void* self) {
  Multi& multi = *static_cast<Multi*>(self);
  multi.timer_.reset();
  if (timeout_ms >= 0) multi.timer_ = steady_clock::now() + std::chrono::milliseconds(timeout_ms);
  return 0;
}

}  // namespace tidings::curl
