// Finds the command that was typed and runs it.
#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "app/commands.h"

namespace tidings::app {
namespace {

void print_usage(std::FILE* out) {
  fmt::print(out, "Tidings reads the news: feeds in, articles stored, an API and a page out.\n\n");
  for (const Command& command : commands()) {
    fmt::print(out, "  tidings {:<52} {}\n", fmt::format("{} {}", command.name, command.usage),
               command.summary);
  }
  fmt::print(out, "\ntidings COMMAND --help tells a command's options.\n");
}

void print_help(const Command& command) {
  fmt::print("tidings {} {}\n\n{}\n", command.name, command.usage, command.summary);
  for (const Option& option : command.options) fmt::print("  {} {}\n", option.name, option.value);
}

// The command whose name is the longest beginning of what was typed.
const Command* find_command(const std::vector<std::string>& typed, std::size_t& words) {
  const Command* best = nullptr;
  for (const Command& command : commands()) {
    const auto count =
        static_cast<std::size_t>(std::count(command.name.begin(), command.name.end(), ' ')) + 1;
    if (typed.size() < count) continue;
    std::string name = typed[0];
    for (std::size_t i = 1; i < count; ++i) name += " " + typed[i];
    if (name == command.name && (best == nullptr || count > words)) {
      best = &command;
      words = count;
    }
  }
  return best;
}

int run(std::vector<std::string> typed) {
  if (typed.empty()) {
    print_usage(stderr);
    return kWrongUsage;
  }
  if (typed[0] == "--help" || typed[0] == "-h" || typed[0] == "help") {
    print_usage(stdout);
    return kSuccess;
  }
  if (typed[0] == "--version") typed[0] = "version";
  std::size_t words = 0;
  const Command* command = find_command(typed, words);
  if (command == nullptr) {
    fmt::print(stderr, "tidings: there is no command '{}'\n\n", fmt::join(typed, " "));
    print_usage(stderr);
    return kWrongUsage;
  }
  typed.erase(typed.begin(), typed.begin() + static_cast<std::ptrdiff_t>(words));
  if (std::find(typed.begin(), typed.end(), "--help") != typed.end()) {
    print_help(*command);
    return kSuccess;
  }
  const Result<Arguments> arguments = parse_arguments(typed, command->options);
  if (!arguments) return wrong_usage(*command, arguments.error().message);
  return command->run(*arguments);
}

// Thousands of kept connections need descriptors; the soft limit is often 1,024 for the sake of
// programs that use select().
void raise_descriptor_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace
}  // namespace tidings::app

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // A reader that went away is an error value, not the end of us.
  tidings::app::raise_descriptor_limit();
  return tidings::app::run({argv + 1, argv + argc});
}
