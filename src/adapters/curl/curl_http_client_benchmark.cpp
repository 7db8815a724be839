// What a request costs the client's own thread, over kept and over new connections, the publisher
// in the same process.
//
// Budget: 5,000 feeds/s with 304 on two cores that the publisher and the store share leaves 400 µs
// per feed in all; the client may take 100 of them. The limit in the same run is what two threads
// pay to pass 200 bytes back and forth on loopback.
#include "adapters/curl/curl_http_client.h"

#include <pthread.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <benchmark/benchmark.h>

#include "core/check.h"
#include "tests/support/http.h"
#include "tests/support/publisher/publisher.h"

namespace tidings::curl {
namespace {

constexpr int kHosts = 2000;

double thread_cpu_seconds() {
  timespec spent{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
  return static_cast<double>(spent.tv_sec) + static_cast<double>(spent.tv_nsec) * 1e-9;
}

struct Round {
  int answers = 0;
  double client_cpu_seconds = 0;
};

// One request to each host, all handed over at once, as a refresh does. CPU is the client thread's,
// callbacks included.
Round ask_all(HttpClient& client, std::string_view etag) {
  std::atomic<int> left = kHosts;
  std::promise<void> all;
  std::atomic<int> right = 0;
  double started = 0, ended = 0;
  client.send({.url = "ftp://"}, [&](const auto&) { started = thread_cpu_seconds(); });
  for (int i = 0; i < kHosts; ++i) {
    HttpRequest request{.url = "http://" + publisher::generated_host(static_cast<std::size_t>(i)) +
                               "/feed"};
    request.headers = {{"User-Agent", "Tidings/0.1 (feed reader)"}, {"Accept", "*/*"}};
    if (!etag.empty()) request.headers.emplace_back("If-None-Match", etag);
    client.send(std::move(request), [&](const Result<HttpResponse>& answer) {
      right += answer && answer->status == (etag.empty() ? 200 : 304) ? 1 : 0;
      if (--left > 0) return;
      ended = thread_cpu_seconds();
      all.set_value();
    });
  }
  all.get_future().wait();
  return {.answers = right, .client_cpu_seconds = ended - started};
}

void run(benchmark::State& state, std::string_view etag, std::size_t idle_connections) {
  const auto publisher = *publisher::Publisher::start(
      {.generated = {.feeds = kHosts, .items = 20, .item_bytes = 1000}, .keeps_requests = false});
  CurlSettings settings = publisher->client_settings();
  settings.idle_connections_max = idle_connections;
  settings.connections_max = 256;
  const auto client = *CurlHttpClient::make(settings);
  ask_all(*client, etag);
  double cpu = 0;
  for (auto _ : state) {
    const Round round = ask_all(*client, etag);
    CHECK(round.answers == kHosts);
    cpu += round.client_cpu_seconds;
  }
  const auto requests = static_cast<double>(state.iterations()) * kHosts;
  state.SetItemsProcessed(static_cast<std::int64_t>(requests));
  state.counters["client_cpu_us_per_request"] = cpu / requests * 1e6;
}

void not_modified_over_kept_connections(benchmark::State& state) {
  run(state, "*", kHosts);
}
void not_modified_over_new_connections(benchmark::State& state) {
  run(state, "*", 0);
}
void pages_over_kept_connections(benchmark::State& state) {
  run(state, "", kHosts);
}
BENCHMARK(not_modified_over_kept_connections)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(not_modified_over_new_connections)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(pages_over_kept_connections)->UseRealTime()->Unit(benchmark::kMillisecond);

// The floor: send and receive on a socket, nothing else.
void bare_socket_round_trips(benchmark::State& state) {
  std::array<int, 2> ends{};
  CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) == 0);
  std::thread echo([end = ends[1]] {
    std::array<char, 256> buffer;
    for (ssize_t count; (count = recv(end, buffer.data(), buffer.size(), 0)) > 0;) {
      CHECK(send(end, buffer.data(), static_cast<std::size_t>(count), MSG_NOSIGNAL) == count);
    }
  });
  std::array<char, 200> message{};
  const double started = thread_cpu_seconds();
  for (auto _ : state) {
    CHECK(send(ends[0], message.data(), message.size(), MSG_NOSIGNAL) == 200);
    CHECK(recv(ends[0], message.data(), message.size(), MSG_WAITALL) == 200);
  }
  state.counters["client_cpu_us_per_request"] =
      (thread_cpu_seconds() - started) / static_cast<double>(state.iterations()) * 1e6;
  shutdown(ends[0], SHUT_RDWR);
  echo.join();
  for (const int end : ends) close(end);
}
BENCHMARK(bare_socket_round_trips)->UseRealTime();

}  // namespace
}  // namespace tidings::curl
