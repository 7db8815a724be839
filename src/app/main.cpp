// The program: what every command needs of the process, then the command.
#include <sys/resource.h>

#include <csignal>

#include "app/commands.h"
#include "app/files.h"

namespace {

// Thousands of kept connections need descriptors; the soft limit is often 1,024 for the sake of
// programs that use select().
void raise_descriptor_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // A reader that went away is an error value, not the end of us.
  tidings::app::hold_standard_streams();
  raise_descriptor_limit();
  return tidings::app::run_typed({argv + 1, argv + argc});
}
