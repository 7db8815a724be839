#include "core/log.h"

#include <unistd.h>

#include <array>
#include <atomic>

#include "core/json_writer.h"
#include "core/mutex.h"

namespace tidings::log {
namespace {

constexpr std::array<std::string_view, 4> kLevelNames = {"debug", "info", "warn", "error"};

std::atomic<Level> minimum_level = Level::Info;

struct Sink {
  Mutex mutex;
  std::function<void(std::string_view)> write GUARDED_BY(mutex);
};

Sink& sink() {
  static Sink instance;
  return instance;
}

void write_value(JsonWriter& json, const Field& field) {
  json.key(field.key);
  std::visit([&json](const auto& value) { json.value(value); }, field.value);
}

void write_all(std::string_view line) {
  while (!line.empty()) {
    const ssize_t written = ::write(STDERR_FILENO, line.data(), line.size());
    if (written <= 0) return;  // Nowhere to complain.
    line.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace

void write(Level level, std::string_view event, std::initializer_list<Field> fields) {
  if (level < minimum_level.load(std::memory_order_relaxed)) return;
  std::string line;
  line.reserve(256);
  JsonWriter json(line);
  json.begin_object();
  json.field("time", SystemClock().now());
  json.field("level", kLevelNames[static_cast<std::size_t>(level)]);
  json.field("event", event);
  for (const Field& field : fields) write_value(json, field);
  json.end_object();

  MutexLock lock(sink().mutex);
  if (sink().write) return sink().write(line);
  line += '\n';
  write_all(line);
}

void set_level(Level level) {
  minimum_level = level;
}

void set_sink(std::function<void(std::string_view line)> write) {
  MutexLock lock(sink().mutex);
  sink().write = std::move(write);
}

}  // namespace tidings::log
