#include "adapters/poppler/poppler_converter.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tidings::poppler {
namespace {

using Clock = std::chrono::steady_clock;

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() { close(); }
  int get() const { return number_; }
  bool is_open() const { return number_ >= 0; }
  void close() {
    if (number_ >= 0) ::close(number_);
    number_ = -1;
  }

 private:
  int number_ = -1;
};

struct Pair {
  Descriptor ours, theirs;
};

// A socket, since writing to a pipe whose reader is gone would raise SIGPIPE.
Result<Pair> make_pair() {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
    return unavailable(std::string("start pdftotext: ") + std::strerror(errno));
  Pair pair{Descriptor(ends[0]), Descriptor(ends[1])};
  fcntl(pair.ours.get(), F_SETFL, O_NONBLOCK);
  return pair;
}

// Only what may be called between fork and exec of a program with threads.
[[noreturn]] void become(const char* const* arguments, int socket, int null,
                         const PopplerSettings& settings) {
  const auto limit = [](__rlimit_resource what, rlim_t most) {
    const rlimit value{.rlim_cur = most, .rlim_max = most};
    setrlimit(what, &value);
  };
  dup2(socket, STDIN_FILENO);
  dup2(socket, STDOUT_FILENO);
  dup2(null, STDERR_FILENO);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  limit(RLIMIT_AS, settings.memory_bytes_max);
  limit(RLIMIT_CPU, static_cast<rlim_t>(settings.cpu_max.count()));
  limit(RLIMIT_FSIZE, 0);
  limit(RLIMIT_CORE, 0);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  std::array<char*, 2> environment = {const_cast<char*>("LC_ALL=C.UTF-8"), nullptr};
  execve(arguments[0], const_cast<char* const*>(arguments), environment.data());
  _exit(127);
}

// Ends with its process, whatever happens.
class Process {
 public:
  explicit Process(pid_t id) : id_(id) {}
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process() {
    if (id_ > 0) {
      kill(id_, SIGKILL);
      wait();
    }
  }
  int wait() {
    int status = 0;
    while (waitpid(id_, &status, 0) < 0 && errno == EINTR) {
    }
    id_ = -1;
    return status;
  }

 private:
  pid_t id_;
};

Error refused(std::string code, std::string message) {
  return {ErrorKind::InvalidInput, std::move(message), std::move(code)};
}

// Feeds the document in and takes the text out, whichever of both can go on.
Result<std::string> exchange(Descriptor& socket, std::string_view input,
                             const PopplerSettings& settings) {
  const auto deadline = Clock::now() + settings.time_max;
  std::string output;
  std::array<char, 65'536> piece;
  while (true) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
    if (left.count() <= 0) return refused("timeout", "The PDF takes too long to read.");
    pollfd watched{.fd = socket.get(), .events = POLLIN};
    if (!input.empty()) watched.events |= POLLOUT;
    if (poll(&watched, 1, static_cast<int>(left.count())) < 0 && errno != EINTR)
      return unavailable(std::string("read from pdftotext: ") + std::strerror(errno));
    if ((watched.revents & POLLOUT) != 0 && !input.empty()) {
      const ssize_t sent = send(socket.get(), input.data(), input.size(), MSG_NOSIGNAL);
      if (sent > 0) input.remove_prefix(static_cast<std::size_t>(sent));
      if (sent < 0 && errno != EAGAIN && errno != EINTR) input = {};  // it has seen enough
      if (input.empty()) shutdown(socket.get(), SHUT_WR);
    }
    if ((watched.revents & (POLLIN | POLLHUP | POLLERR)) == 0) continue;
    const ssize_t got = recv(socket.get(), piece.data(), piece.size(), 0);
    if (got == 0) return output;
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) continue;
    if (got < 0) return output;  // reset: its exit status tells
    output.append(piece.data(), static_cast<std::size_t>(got));
    if (output.size() > settings.output_bytes_max)
      return refused("too_large", "The PDF has more text than an article would.");
  }
}

}  // namespace

Result<std::string> PopplerConverter::pdf_to_html(std::string_view bytes) const {
  if (access(settings_.program.c_str(), X_OK) != 0) {
    return unavailable(settings_.program +
                       " is not installed: PDF files need the package poppler-utils");
  }
  Pair pair = TRY(make_pair());
  const Descriptor null(open("/dev/null", O_WRONLY | O_CLOEXEC));
  const std::array<const char*, 8> arguments = {
      settings_.program.c_str(), "-q", "-htmlmeta", "-enc", "UTF-8", "-", "-", nullptr};
  const pid_t id = fork();
  if (id < 0) return unavailable(std::string("start pdftotext: ") + std::strerror(errno));
  if (id == 0) become(arguments.data(), pair.theirs.get(), null.get(), settings_);
  Process process(id);
  pair.theirs.close();
  std::string html = TRY(exchange(pair.ours, bytes, settings_));
  const int status = process.wait();
  if (!WIFEXITED(status))
    return refused("too_large", "The PDF takes more memory or time to read than a document may.");
  switch (WEXITSTATUS(status)) {
    case 0:
      return html;
    case 1:
      return refused("not_a_pdf", "The file is no PDF, or is damaged.");
    case 3:
      return refused("not_a_pdf", "The PDF does not permit its text to be copied.");
    default:
      return refused("not_a_pdf", "The PDF could not be read, or asks for a password.");
  }
}

}  // namespace tidings::poppler
