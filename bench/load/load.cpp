// An HTTP load generator that does not hide stalls: requests have a time at which they should be
// sent, and latency counts from it, whether or not a connection was free then (Gil Tene's
// "coordinated omission"). One thread on epoll; with --closed each connection asks again at once.
#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "bench/load/histogram.h"
#include "core/json_writer.h"
#include "core/strings.h"
#include "core/url.h"

namespace tidings::load {
namespace {

using Nanoseconds = std::int64_t;

struct Options {
  std::vector<std::string> urls;
  double rate = 10'000;  // requests a second, over all connections
  double seconds = 10;
  double warm_up_seconds = 1;
  int connections = 64;
  bool closed = false;
  std::string accept_encoding;
  int server_pid = 0;
  std::string name = "load";
};

Nanoseconds now_ns() {
  timespec time{};
  ::clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1'000'000'000LL + time.tv_nsec;
}

[[noreturn]] void fail(const std::string& message) {
  std::cerr << "tidings_load: " << message << "\n";
  std::exit(2);
}

// User and system time of a process and of its children that still run, from /proc (proc(5)).
double process_cpu_seconds(int pid) {
  std::ifstream file(fmt::format("/proc/{}/stat", pid));
  std::string text((std::istreambuf_iterator<char>(file)), {});
  const std::size_t after_name = text.rfind(')');
  if (after_name == std::string::npos) fail(fmt::format("no process {}", pid));
  const auto fields = split(std::string_view(text).substr(after_name + 2), ' ');
  const auto ticks = parse_int(fields[11]).value_or(0) + parse_int(fields[12]).value_or(0);
  double seconds = static_cast<double>(ticks) / static_cast<double>(::sysconf(_SC_CLK_TCK));
  std::ifstream children(fmt::format("/proc/{0}/task/{0}/children", pid));
  for (int child = 0; children >> child;) seconds += process_cpu_seconds(child);
  return seconds;
}

double own_cpu_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

struct Connection {
  int socket = -1;
  bool busy = false;
  Nanoseconds intended = 0;     // of the request in flight
  std::string head;             // as far as it has come
  std::int64_t body_left = -1;  // -1: the head is not whole
};

struct Tally {
  Histogram latency;
  std::int64_t answers = 0, errors = 0, not_ok = 0, bytes = 0;
};

class Generator {
 public:
  explicit Generator(const Options& options) : options_(options), epoll_(::epoll_create1(0)) {
    for (const std::string& url : options.urls) {
      const Result<Url> parsed = parse_url(url);
      if (!parsed || parsed->scheme != "http") fail("not an http address: " + url);
      const std::string target =
          parsed->path + (parsed->has_query ? "?" + parsed->query : std::string());
      requests_.push_back(
          fmt::format("GET {} HTTP/1.1\r\nHost: {}:{}\r\n{}\r\n", target, parsed->host,
                      parsed->effective_port(),
                      options.accept_encoding.empty()
                          ? ""
                          : fmt::format("Accept-Encoding: {}\r\n", options.accept_encoding)));
      host_ = parsed->host;
      port_ = parsed->effective_port();
    }
    connections_.resize(static_cast<std::size_t>(options.connections));
    for (std::size_t i = 0; i < connections_.size(); ++i) {
      connect(i);
      idle_.push_back(i);
    }
  }

  Tally run(double seconds) {
    tally_ = {};
    const Nanoseconds begin = now_ns();
    const Nanoseconds end = begin + static_cast<Nanoseconds>(seconds * 1e9);
    const double gap = options_.closed ? 0 : 1e9 / options_.rate;
    std::int64_t planned = 0;
    while (true) {
      const Nanoseconds now = now_ns();
      if (now >= end) break;
      if (options_.closed) {
        while (!idle_.empty()) send(take_idle(), now_ns());
      } else {
        for (; begin + static_cast<Nanoseconds>(static_cast<double>(planned) * gap) <= now;
             ++planned) {
          due_.push_back(begin + static_cast<Nanoseconds>(static_cast<double>(planned) * gap));
        }
        send_due();
      }
      receive(1);
    }
    // What was meant to be sent counts: the late ones are the point.
    const Nanoseconds patience = now_ns() + 2'000'000'000;
    while ((busy_ > 0 || !due_.empty()) && now_ns() < patience) {
      send_due();
      receive(1);
    }
    tally_.errors += busy_ + static_cast<std::int64_t>(due_.size());
    due_.clear();
    return tally_;
  }

 private:
  void connect(std::size_t index) {
    Connection& connection = connections_[index];
    connection = Connection{.socket = ::socket(AF_INET, SOCK_STREAM, 0)};
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port_);
    if (::inet_pton(AF_INET, host_ == "localhost" ? "127.0.0.1" : host_.c_str(),
                    &address.sin_addr) != 1) {
      fail("the host must be localhost or an IPv4 address: " + host_);
    }
    if (::connect(connection.socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
      fail(fmt::format("connect to {}:{}: {}", host_, port_, std::strerror(errno)));
    }
    const int on = 1;
    ::setsockopt(connection.socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    epoll_event event{.events = EPOLLIN, .data = {.u64 = index}};
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, connection.socket, &event);
  }

  std::size_t take_idle() {
    const std::size_t index = idle_.front();
    idle_.pop_front();
    return index;
  }

  void send_due() {
    while (!due_.empty() && !idle_.empty()) {
      send(take_idle(), due_.front());
      due_.pop_front();
    }
  }

  void send(std::size_t index, Nanoseconds intended) {
    Connection& connection = connections_[index];
    const std::string& request = requests_[next_request_++ % requests_.size()];
    connection.busy = true;
    connection.intended = intended;
    ++busy_;
    const ssize_t sent = ::send(connection.socket, request.data(), request.size(), MSG_NOSIGNAL);
    if (sent != static_cast<ssize_t>(request.size())) lost(index);
  }

  // Waits up to `timeout_ms` only when nothing is due.
  void receive(int timeout_ms) {
    std::array<epoll_event, 256> events;
    const int count = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()),
                                   due_.empty() || idle_.empty() ? timeout_ms : 0);
    for (int i = 0; i < count; ++i) read(static_cast<std::size_t>(events[i].data.u64));
  }

  void read(std::size_t index) {
    Connection& connection = connections_[index];
    const ssize_t bytes = ::recv(connection.socket, buffer_.data(), buffer_.size(), MSG_DONTWAIT);
    if (bytes < 0 && errno == EAGAIN) return;
    if (bytes <= 0) return lost(index);
    tally_.bytes += bytes;
    std::string_view input(buffer_.data(), static_cast<std::size_t>(bytes));
    if (connection.body_left < 0 && !read_head(connection, input)) return;
    connection.body_left -= static_cast<std::int64_t>(input.size());
    if (connection.body_left > 0) return;
    tally_.latency.add(now_ns() - connection.intended);
    ++tally_.answers;
    connection.body_left = -1;
    connection.busy = false;
    --busy_;
    idle_.push_back(index);
  }

  // True once the head is whole; `input` is what of the body came with it.
  bool read_head(Connection& connection, std::string_view& input) {
    std::string_view head = input;
    std::size_t known = 0;
    if (!connection.head.empty()) {
      known = connection.head.size();
      connection.head += input;
      head = connection.head;
    }
    const std::size_t end = head.find("\r\n\r\n");
    if (end == std::string_view::npos) {
      if (known == 0) connection.head = input;
      return false;
    }
    if (!head.starts_with("HTTP/1.1 200")) ++tally_.not_ok;
    connection.body_left = content_length(head.substr(0, end + 2));
    input = input.substr(end + 4 - known);
    connection.head.clear();
    return true;
  }

  static std::int64_t content_length(std::string_view head) {
    constexpr std::string_view kName = "\r\ncontent-length:";
    for (std::size_t at = 0; (at = head.find("\r\n", at)) != std::string_view::npos; at += 2) {
      if (!istarts_with(head.substr(at), kName)) continue;
      const std::string_view rest = head.substr(at + kName.size());
      return parse_int(trim(rest.substr(0, rest.find('\r')))).value_or(0);
    }
    return 0;
  }

  void lost(std::size_t index) {
    Connection& connection = connections_[index];
    if (connection.busy) {
      ++tally_.errors;
      --busy_;
      idle_.push_back(index);
    }
    ::close(connection.socket);
    connect(index);
  }

  const Options& options_;
  const int epoll_;
  std::string host_;
  std::uint16_t port_ = 0;
  std::vector<std::string> requests_;
  std::size_t next_request_ = 0;
  std::vector<Connection> connections_;
  std::deque<std::size_t> idle_;
  std::deque<Nanoseconds> due_;  // intended times that wait for a connection
  int busy_ = 0;
  Tally tally_;
  std::array<char, 256 * 1024> buffer_;
};

double number(std::string_view flag, const std::string& text) {
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (end == text.c_str() || *end != '\0' || value < 0) {
    fail(fmt::format("{} needs a number, not '{}'", flag, text));
  }
  return value;
}

Options read_options(int argc, char** argv) {
  constexpr std::string_view kUsage =
      "usage: tidings_load --url URL… | --urls FILE [--rate PER_SECOND | --closed] [--seconds N] "
      "[--warm-up N] [--connections N] [--accept-encoding TEXT] [--server-pid PID] [--name TEXT]";
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string flag = argv[i];
    if (flag == "--closed") {
      options.closed = true;
      continue;
    }
    if (i + 1 == argc) fail(std::string(kUsage));
    const std::string value = argv[++i];
    if (flag == "--url")
      options.urls.push_back(value);
    else if (flag == "--urls") {
      std::ifstream file(value);
      for (std::string line; std::getline(file, line);) {
        if (!line.empty()) options.urls.push_back(line);
      }
    } else if (flag == "--rate")
      options.rate = number(flag, value);
    else if (flag == "--seconds")
      options.seconds = number(flag, value);
    else if (flag == "--warm-up")
      options.warm_up_seconds = number(flag, value);
    else if (flag == "--connections")
      options.connections = static_cast<int>(number(flag, value));
    else if (flag == "--accept-encoding")
      options.accept_encoding = value;
    else if (flag == "--server-pid")
      options.server_pid = static_cast<int>(number(flag, value));
    else if (flag == "--name")
      options.name = value;
    else
      fail(fmt::format("unknown flag {}\n{}", flag, kUsage));
  }
  if (options.urls.empty() || options.rate < 1 || options.connections < 1)
    fail(std::string(kUsage));
  return options;
}

void report(const Options& options, const Tally& tally, double seconds, double client_cpu,
            double server_cpu) {
  const auto answers = static_cast<double>(std::max<std::int64_t>(tally.answers, 1));
  std::string line;
  JsonWriter json(line);
  json.begin_object();
  json.field("name", options.name);
  json.field("mode", options.closed ? "closed" : "open");
  if (!options.closed) json.field("rate", options.rate);
  json.field("connections", options.connections);
  json.field("seconds", seconds);
  json.field("answers", tally.answers);
  json.field("answers_per_second", static_cast<double>(tally.answers) / seconds);
  json.field("errors", tally.errors);
  json.field("not_ok", tally.not_ok);
  json.field("mean_ms", tally.latency.mean_ms());
  json.field("p50_ms", tally.latency.quantile_ms(0.5));
  json.field("p90_ms", tally.latency.quantile_ms(0.9));
  json.field("p99_ms", tally.latency.quantile_ms(0.99));
  json.field("p999_ms", tally.latency.quantile_ms(0.999));
  json.field("max_ms", tally.latency.max_ms());
  json.field("bytes", tally.bytes);
  json.field("client_cpu_us_per_request", client_cpu * 1e6 / answers);
  if (options.server_pid > 0) {
    json.field("server_cpu_us_per_request", server_cpu * 1e6 / answers);
  }
  json.end_object();
  std::cout << line << "\n";
}

int run(const Options& options) {
  Generator generator(options);
  generator.run(options.warm_up_seconds);
  const auto server_cpu = [&] {
    return options.server_pid > 0 ? process_cpu_seconds(options.server_pid) : 0.0;
  };
  const double server_before = server_cpu(), client_before = own_cpu_seconds();
  const Nanoseconds begin = now_ns();
  const Tally tally = generator.run(options.seconds);
  const double seconds = static_cast<double>(now_ns() - begin) / 1e9;
  report(options, tally, seconds, own_cpu_seconds() - client_before, server_cpu() - server_before);
  return tally.errors == 0 && tally.not_ok == 0 ? 0 : 1;
}

}  // namespace
}  // namespace tidings::load

int main(int argc, char** argv) {
  return tidings::load::run(tidings::load::read_options(argc, argv));
}
