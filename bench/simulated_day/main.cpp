// The simulated day as a program: prints what came of it as JSON, and fails on any violation.
#include <cstdio>
#include <filesystem>
#include <string>

#include "core/json_writer.h"
#include "core/log.h"
#include "core/strings.h"
#include "tests/support/simulated_day/simulated_day.h"

namespace {

using namespace tidings;

std::string json_of(const simulated_day::Day& day) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.field("sources", day.sources);
  json.field("articles", day.articles);
  json.field("took_ms", day.took.count());
  json.field("requests", day.score.requests);
  json.field("not_modified", day.score.not_modified);
  json.field("whole", day.score.whole);
  json.field("refused", day.score.refused);
  json.field("entries_seen", day.score.entries_seen);
  json.field("delay_mean", day.score.delay_mean);
  json.field("delay_max", day.score.delay_max);
  json.key("violations");
  json.begin_object();
  for (std::size_t i = 0; i < publisher::kViolations; ++i)
    json.field(to_string(static_cast<publisher::Violation>(i)), day.score.violations[i]);
  json.end_object();
  json.texts("examples", day.score.examples);
  json.end_object();
  return out + "\n";
}

// FEEDS HOSTS ADDRESSES SEED FOLDER
int run(int count, char** words) {
  if (count != 6) {
    std::fputs("usage: tidings_simulated_day FEEDS HOSTS ADDRESSES SEED FOLDER\n", stderr);
    return 2;
  }
  const auto number = [&](int i) {
    return static_cast<std::size_t>(parse_int(words[i]).value_or(0));
  };
  log::set_level(log::Level::Error);
  const Result<simulated_day::Day> day =
      simulated_day::live_through({.world = {.feeds = number(1),
                                             .hosts = number(2),
                                             .addresses = number(3),
                                             .began = parse_rfc3339("2026-11-23T00:00:00Z").value(),
                                             .seed = number(4)},
                                   .folder = words[5]});
  if (!day) {
    std::fprintf(stderr, "%s\n", day.error().message.c_str());
    return 1;
  }
  std::fputs(json_of(*day).c_str(), stdout);
  return day->score.total_violations() == 0 ? 0 : 1;
}

}  // namespace

int main(int count, char** words) {
  return run(count, words);
}
