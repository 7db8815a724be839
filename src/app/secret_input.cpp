#include "app/secret_input.h"

#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include <fmt/format.h>

#include "app/files.h"

namespace tidings::app {
namespace {

constexpr std::size_t kBytesMax = 65'536;

// Silent from here to the end of the scope.
class SilentTerminal {
 public:
  SilentTerminal() {
    if (::tcgetattr(STDIN_FILENO, &before_) != 0) return;
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    is_silent_ = ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0;
  }
  ~SilentTerminal() {
    if (is_silent_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  SilentTerminal(const SilentTerminal&) = delete;
  SilentTerminal& operator=(const SilentTerminal&) = delete;
  bool is_silent() const { return is_silent_; }

 private:
  termios before_{};
  bool is_silent_ = false;
};

std::string read_line() {
  std::string line;
  char c = 0;
  while (line.size() <= kBytesMax) {
    const ssize_t count = ::read(STDIN_FILENO, &c, 1);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0 || c == '\n') break;
    line += c;
  }
  return line;
}

Result<std::string> ask(std::string_view prompt) {
  const SilentTerminal terminal;
  if (!terminal.is_silent())
    return invalid_input("the terminal would show what is typed: give it on standard input");
  write_error(fmt::format("{}: ", prompt));
  std::string line = read_line();
  write_error("\n");
  return line;
}

}  // namespace

Result<SecretText> read_secret(std::string_view prompt) {
  std::string text = TRY(::isatty(STDIN_FILENO) == 1 ? ask(prompt) : read_input("-", kBytesMax));
  while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
  if (text.empty()) return invalid_input(fmt::format("{}: nothing was given", prompt));
  return SecretText(std::move(text));
}

}  // namespace tidings::app
