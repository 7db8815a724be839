// Finds the command that was typed and runs it, or tells what could have been typed.
#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "app/commands.h"
#include "app/files.h"

namespace tidings::app {
namespace {

// The commands whose names begin with `group` ("feeds "); all of them when it is empty.
std::string command_lines(std::string_view group) {
  std::string lines;
  for (const Command& command : commands()) {
    if (!command.name.starts_with(group)) continue;
    lines += fmt::format("  tidings {:<52} {}\n", fmt::format("{} {}", command.name, command.usage),
                         command.summary);
  }
  return lines;
}

std::string usage(std::string_view group) {
  return fmt::format("{}{}\ntidings COMMAND --help tells a command's options.\n",
                     group.empty() ? "Tidings reads the news: feeds in, articles stored, an API "
                                     "and a page out.\n\n"
                                   : "",
                     command_lines(group));
}

std::string help(const Command& command) {
  std::string text =
      fmt::format("tidings {} {}\n\n{}\n", command.name, command.usage, command.summary);
  for (const Option& option : command.options)
    text += fmt::format("  {} {}\n", option.name, option.value);
  return text;
}

bool asks_for_help(const std::string& word) {
  return word == "--help" || word == "-h";
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

// What was typed is no command: "feeds", "feeds --help", "feed list".
int tell_commands(const std::vector<std::string>& typed) {
  std::string group = typed[0] + " ";
  if (command_lines(group).empty()) group.clear();
  if (!group.empty() && typed.size() > 1 && asks_for_help(typed[1]))
    return report(write_output(usage(group)));
  const std::string given = fmt::format("{}", fmt::join(typed, " "));
  const std::string problem = !group.empty() && typed.size() == 1
                                  ? fmt::format("'{}' needs one more word", given)
                                  : fmt::format("there is no command '{}'", given);
  write_error(fmt::format("tidings: {}\n\n{}", problem, usage(group)));
  return kWrongUsage;
}

}  // namespace

int run_typed(std::vector<std::string> typed) {
  if (typed.empty()) {
    write_error(usage(""));
    return kWrongUsage;
  }
  if (typed[0] == "help" && typed.size() > 1) {  // "help feeds add" is "feeds add --help"
    std::rotate(typed.begin(), typed.begin() + 1, typed.end());
    typed.back() = "--help";
  }
  if (typed[0] == "help" || asks_for_help(typed[0])) return report(write_output(usage("")));
  if (typed[0] == "--version") typed[0] = "version";
  std::size_t words = 0;
  const Command* command = find_command(typed, words);
  if (command == nullptr) return tell_commands(typed);
  typed.erase(typed.begin(), typed.begin() + static_cast<std::ptrdiff_t>(words));
  if (std::find_if(typed.begin(), typed.end(), asks_for_help) != typed.end())
    return report(write_output(help(*command)));
  const Result<Arguments> arguments = parse_arguments(typed, command->options);
  if (!arguments) return wrong_usage(*command, arguments.error().message);
  if (arguments->words.size() > command->words_max) {
    return wrong_usage(
        *command, fmt::format("'{}' is one word too many", arguments->words[command->words_max]));
  }
  return command->run(*arguments);
}

}  // namespace tidings::app
