// The commands of `tidings`, each a function from arguments to an exit status: 0, 1 for failure, 2
// for wrong usage.
#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "app/command_line.h"
#include "core/result.h"

namespace tidings::app {

struct Command {
  std::string_view name;     // "feeds add"
  std::string_view usage;    // what follows the name
  std::size_t words_max;     // that may be given besides options; more are wrong usage
  std::string_view summary;  // one line
  std::vector<Option> options;
  int (*run)(const Arguments& arguments);
};

constexpr std::size_t kAnyNumber = std::numeric_limits<std::size_t>::max();

constexpr int kSuccess = 0;
constexpr int kFailure = 1;
constexpr int kWrongUsage = 2;

const std::vector<Command>& commands();

// Finds the command that was typed and runs it.
int run_typed(std::vector<std::string> typed);

// Prints "tidings: <message>" to standard error.
int fail(std::string_view message);
int wrong_usage(const Command& command, std::string_view message);

// For a command that was typed wrongly: report() exits with kWrongUsage for it.
Error usage_error(std::string message);

// The exit status of what a command did; prints the error where it failed.
int report(const Result<void>& outcome);

int run_serve(const Arguments& arguments);

int run_feeds_add(const Arguments& arguments);
int run_feeds_remove(const Arguments& arguments);
int run_feeds_set(const Arguments& arguments);
int run_feeds_enable(const Arguments& arguments);
int run_feeds_disable(const Arguments& arguments);
int run_feeds_list(const Arguments& arguments);
int run_feeds_import(const Arguments& arguments);
int run_feeds_export(const Arguments& arguments);
int run_feeds_check(const Arguments& arguments);
int run_feeds_discover(const Arguments& arguments);
int run_feeds_payloads(const Arguments& arguments);

int run_connectors_list(const Arguments& arguments);
int run_connectors_show(const Arguments& arguments);
int run_connectors_check(const Arguments& arguments);

int run_parse(const Arguments& arguments);
int run_sanitize(const Arguments& arguments);
int run_extract(const Arguments& arguments);
int run_analyze(const Arguments& arguments);
int run_reanalyze(const Arguments& arguments);
int run_duplicates(const Arguments& arguments);
int run_stories(const Arguments& arguments);
int run_stories_rebuild(const Arguments& arguments);
int run_stories_edit(const Arguments& arguments);

int run_search(const Arguments& arguments);
int run_match(const Arguments& arguments);
int run_trends(const Arguments& arguments);
int run_searches_add(const Arguments& arguments);
int run_searches_set(const Arguments& arguments);
int run_searches_list(const Arguments& arguments);
int run_searches_read(const Arguments& arguments);
int run_searches_remove(const Arguments& arguments);
int run_ratings_import(const Arguments& arguments);
int run_ratings_list(const Arguments& arguments);
int run_ratings_remove(const Arguments& arguments);
int run_index_check(const Arguments& arguments);
int run_index_rebuild(const Arguments& arguments);

int run_train_topic(const Arguments& arguments);
int run_evaluate_topic(const Arguments& arguments);

int run_secrets_set(const Arguments& arguments);
int run_secrets_list(const Arguments& arguments);
int run_secrets_remove(const Arguments& arguments);
int run_secrets_rotate(const Arguments& arguments);

int run_dead_letters_list(const Arguments& arguments);
int run_dead_letters_redrive(const Arguments& arguments);

int run_doctor(const Arguments& arguments);
int run_settings(const Arguments& arguments);
int run_version(const Arguments& arguments);

}  // namespace tidings::app
