// tidings_publisher: a web of feeds on loopback, for demos, benchmarks and tests from outside.
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>

#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

#include "core/strings.h"
#include "tests/support/publisher/publisher.h"

namespace {

constexpr const char* kUsage =
    "usage: tidings_publisher [--port N] [--folder DIR] [--stories DIR] [--generated N] [--items "
    "N]\n"
    "                         [--item-bytes N] [--seed N] [--publish-every SECONDS] [--no-gzip]\n";

using tidings::publisher::PublisherSettings;

bool take_option(PublisherSettings& settings, std::string_view name, const std::string& value) {
  if (name == "--folder" || name == "--stories") {
    (name == "--folder" ? settings.folder : settings.stories) = value;
    return !value.empty();
  }
  const auto number = tidings::parse_int(value);
  if (!number || *number < 0 || *number > 1'000'000'000) return false;
  const auto count = static_cast<std::size_t>(*number);
  if (name == "--port" && count <= 65535)
    return settings.port = static_cast<std::uint16_t>(count), true;
  if (name == "--generated" && count <= 1'000'000) return settings.generated.feeds = count, true;
  if (name == "--items" && count <= 10'000) return settings.generated.items = count, true;
  if (name == "--item-bytes" && count <= 1'000'000)
    return settings.generated.item_bytes = count, true;
  if (name == "--seed") return settings.generated.seed = count, true;
  if (name == "--publish-every")
    return settings.generated.publish_every = std::chrono::seconds(count), true;
  return false;
}

std::optional<PublisherSettings> read_arguments(int count, char** arguments) {
  PublisherSettings settings{.keeps_requests = false};
  for (int i = 1; i < count; ++i) {
    const std::string_view name = arguments[i];
    if (name == "--no-gzip") {
      settings.gzip = false;
      continue;
    }
    ++i;
    if (i >= count || !take_option(settings, name, arguments[i])) return std::nullopt;
  }
  return settings;
}

// Readers keep a connection open to each of thousands of hosts.
void raise_descriptor_limit() {
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) != 0) return;
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
}

}  // namespace

int main(int count, char** arguments) {
  const std::optional<PublisherSettings> settings = read_arguments(count, arguments);
  if (!settings) {
    std::fputs(kUsage, stderr);
    return 2;
  }
  raise_descriptor_limit();
  sigset_t stops;  // blocked before any thread starts, so that all inherit it
  sigemptyset(&stops);
  sigaddset(&stops, SIGINT);
  sigaddset(&stops, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &stops, nullptr);
  const auto publisher = tidings::publisher::Publisher::start(*settings);
  if (!publisher) {
    std::fprintf(stderr, "%s\n", publisher.error().message.c_str());
    return 1;
  }
  std::printf("{\"address\":\"127.0.0.1:%d\",\"port\":%d,\"feeds\":%zu}\n", (*publisher)->port(),
              (*publisher)->port(), (*publisher)->feeds().size());
  std::fflush(stdout);
  int signal = 0;
  sigwait(&stops, &signal);
  return 0;
}
