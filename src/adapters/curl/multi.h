// One libcurl multi handle on the loop's epoll: sockets and timers in, finished transfers out.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>

#include <curl/curl.h>

#include "adapters/curl/transfer.h"

namespace tidings::curl {

// Single-threaded. Its address is known to curl, so it does not move.
class Multi {
 public:
  using SteadyTime = std::chrono::steady_clock::time_point;

  // Registers its sockets with `epoll` under their descriptor and `number` (see descriptor_of,
  // number_of).
  Multi(int epoll, std::uint32_t number, std::size_t connections_kept);
  ~Multi();
  Multi(const Multi&) = delete;
  Multi& operator=(const Multi&) = delete;

  static int descriptor_of(std::uint64_t epoll_data) {
    return static_cast<int>(epoll_data & 0xFFFFFFFF);
  }
  static std::uint32_t number_of(std::uint64_t epoll_data) {
    return static_cast<std::uint32_t>(epoll_data >> 32);
  }

  void add(Transfer& transfer);
  void remove(Transfer& transfer);
  void socket_ready(int socket, std::uint32_t epoll_events);
  // Does what is due.
  void timers_ready(SteadyTime now);
  std::optional<SteadyTime> next_timer() const { return timer_; }

  struct Finished {
    Transfer& transfer;  // removed
    CURLcode code;
  };
  std::optional<Finished> take_finished();

 private:
  static int on_socket(CURL* easy, curl_socket_t socket, int what, void* self, void* known);
  static int on_timer(CURLM* multi, long timeout_ms, void* self);

  const int epoll_;
  const std::uint32_t number_;
  CURLM* const multi_;
  std::optional<SteadyTime> timer_;
};

}  // namespace tidings::curl
