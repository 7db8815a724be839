#include "app/files.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include <fmt/format.h>

namespace tidings::app {
namespace {

Result<void> write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(file, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return unavailable(std::strerror(errno));
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return {};
}

}  // namespace

Result<std::string> read_input(const std::string& path, std::size_t bytes_max) {
  const int file = path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return invalid_input(fmt::format("{}: {}", path, std::strerror(errno)));
  std::string bytes;
  std::array<char, 1 << 16> chunk;
  Result<std::string> outcome = std::string();
  while (true) {
    const ssize_t count = ::read(file, chunk.data(), chunk.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) outcome = invalid_input(fmt::format("{}: {}", path, std::strerror(errno)));
    if (count <= 0) break;
    bytes.append(chunk.data(), static_cast<std::size_t>(count));
    if (bytes.size() > bytes_max) {
      outcome = invalid_input(fmt::format("{}: larger than {} bytes", path, bytes_max));
      break;
    }
  }
  if (file != STDIN_FILENO) ::close(file);
  if (!outcome) return outcome;
  return bytes;
}

Result<void> write_output(std::string_view text) {
  return with_context(write_all(STDOUT_FILENO, text), "standard output");
}

void write_error(std::string_view text) {
  const Result<void> ignored = write_all(STDERR_FILENO, text);
}

void hold_standard_streams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(stream, F_GETFD) >= 0) continue;
    // The lowest free number is this one. Opened for the wrong direction, so that using it fails.
    const int held = ::open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    if (held < 0) return;
  }
}

}  // namespace tidings::app
