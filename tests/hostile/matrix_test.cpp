// What a hostile publisher may cost: itself, within bounds, and nobody else anything.
#include "tests/hostile/matrix.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <set>
#include <span>

#include <gtest/gtest.h>

#include "core/check.h"
#include "core/utf8.h"

// Freed memory that is kept for reports would count as the product's.
extern "C" const char* __asan_default_options() {
  return "quarantine_size_mb=8";
}

namespace tidings::hostile {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kBodyBytesMax = 15'000'000;
// Two ends of each connection, kept ones included, and the resolver's.
constexpr std::size_t kDescriptorsMax = 8'000;
// Twice what was seen with sanitizers, whose bookkeeping counts: bodies, what is made of them, and
// the publisher, which is in the same process.
constexpr std::size_t kResidentGrowthMax = 1'750'000'000;

MatrixSettings short_settings() {
  MatrixSettings settings;
  settings.time_max = 180s;
  // Many cells lead to the same few private addresses: pacing them is not what is tried here.
  settings.transfers.pacing = {.in_flight_max = 64, .gap = 1ms, .domain_waiting_max = 1000};
  settings.refresh.workers = 2;
  settings.refresh.sources_held_max = 4096;
  settings.transfers.transfers_max = 4096;
  settings.refresh.poll_interval = 20ms;
  settings.refresh.fetch.limits = {.body_bytes_max = kBodyBytesMax,
                                   .connect_timeout = 8s,
                                   .total_timeout = 10s,
                                   .speed_window = 3s};
  return settings;
}

// A database of its own where everything is to be in full.
class StoreFolder {
 public:
  StoreFolder() {
    if (!runs_in_full()) return;
    path_ = (std::filesystem::temp_directory_path() / "tidings_hostile_XXXXXX").string();
    CHECK(mkdtemp(path_.data()) != nullptr);
  }
  ~StoreFolder() {
    if (!path_.empty()) std::filesystem::remove_all(path_);
  }
  StoreFolder(const StoreFolder&) = delete;
  StoreFolder& operator=(const StoreFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;  // empty: in memory
};

std::string name_of(const CellOutcome& outcome) {
  std::string text = outcome.cell.label;
  if (outcome.source && outcome.source->state.problem) {
    text += ": " + outcome.source->state.problem->error_class + ": " +
            outcome.source->state.problem->message;
  }
  return text + " (" + std::to_string(outcome.articles) + " articles)";
}

// Those whose names hold what TIDINGS_HOSTILE says; all without it.
Behaviors chosen_behaviors() {
  Behaviors all = all_behaviors();
  const char* const part = std::getenv("TIDINGS_HOSTILE");
  if (part != nullptr)
    std::erase_if(all, [part](const HostileBehavior& behavior) {
      return behavior.name.find(part) == std::string::npos;
    });
  return all;
}

void expect_as_told(const CellOutcome& outcome) {
  ASSERT_TRUE(outcome.source) << "never through";
  const SourceState& state = outcome.source->state;
  const Expected& expected = expected_of(outcome.cell, *outcome.behavior);
  const std::string error_class = state.problem ? state.problem->error_class : "";
  EXPECT_NE(std::find(expected.classes.begin(), expected.classes.end(), error_class),
            expected.classes.end())
      << "class \"" << error_class << '"';
  if (!state.problem) {
    EXPECT_GE(outcome.articles, expected.articles_min);
    EXPECT_LE(outcome.articles, expected.articles_max);
  }
}

void expect_within_bounds(const CellOutcome& outcome) {
  const Bounds& bounds = outcome.behavior->bounds;
  constexpr Duration kWorkersTurnMax = 30s;
  EXPECT_LE(outcome.time, bounds.time) << outcome.time.count() / 1000 << " ms";
  EXPECT_LE(outcome.time_to_store, bounds.time + kWorkersTurnMax)
      << outcome.time_to_store.count() / 1000 << " ms";
  EXPECT_LE(outcome.bytes_sent, bounds.bytes_sent);
  EXPECT_LE(outcome.body_bytes_max, kBodyBytesMax);
}

// Whatever came, what is remembered of it is fit to be stored, shown and sent back.
void expect_sound_state(const CellOutcome& outcome) {
  if (!outcome.source) return;
  const SourceState& state = outcome.source->state;
  if (state.problem) {
    EXPECT_FALSE(state.problem->message.empty());
    EXPECT_LE(state.problem->message.size(), 500u);
    EXPECT_TRUE(is_valid_utf8(state.problem->message));
  }
  EXPECT_LE(state.etag.size(), 1024u);
  EXPECT_LE(state.last_modified.size(), 1024u);
  EXPECT_LE(state.fetched_url.size(), 4096u);
  EXPECT_LE(state.feed_title.size(), 16'384u);
  EXPECT_GT(state.due_at, *state.last_fetched_at);
  EXPECT_LE(state.due_at, *state.last_fetched_at + std::chrono::days(4));
}

void expect_unharmed(const std::vector<GoodOutcome>& good) {
  ASSERT_FALSE(good.empty());
  Duration slowest{};
  for (const GoodOutcome& one : good) {
    ASSERT_TRUE(one.start_delay) << one.url << " was never asked";
    EXPECT_LE(*one.start_delay, 1s) << one.url;
    EXPECT_TRUE(one.is_stored) << one.url << ": " << one.problem;
    slowest = std::max(slowest, *one.start_delay);
  }
  std::printf("good feeds: %zu, latest start %.0f ms after it was due\n", good.size(),
              static_cast<double>(slowest.count()) / 1000);
}

void tell_slowest(std::vector<CellOutcome> cells) {
  constexpr std::size_t kTold = 5;
  std::ranges::sort(cells, std::greater{}, &CellOutcome::time);
  for (const CellOutcome& cell : std::span(cells).first(std::min(kTold, cells.size())))
    std::printf("slowest: %s, %.1f s\n", cell.cell.label.c_str(),
                static_cast<double>(cell.time.count()) / 1e6);
}

TEST(HostilePublishers, CostOnlyThemselves) {
  const std::size_t descriptors_before = open_descriptors();
  const Behaviors behaviors = chosen_behaviors();
  std::set<std::string> names;
  for (const HostileBehavior& behavior : behaviors)
    EXPECT_TRUE(names.insert(behavior.name).second) << behavior.name << " is there twice";
  ASSERT_GE(all_behaviors().size(), 64u);
  MatrixOutcome outcome;
  {
    const StoreFolder folder;
    MatrixSettings settings = short_settings();
    settings.sqlite_folder = folder.path();
    Matrix matrix(behaviors, settings);
    outcome = matrix.run();
  }
  const auto small = static_cast<std::size_t>(std::ranges::count(
      behaviors, std::size_t{0},
      [](const HostileBehavior& behavior) { return behavior.bounds.megabytes; }));
  const std::size_t large_cells = (behaviors.size() - small) * (runs_in_full() ? 8 : 4);
  ASSERT_EQ(outcome.cells.size(), small * 8 + large_cells);
  for (const CellOutcome& cell : outcome.cells) {
    SCOPED_TRACE(name_of(cell));
    expect_as_told(cell);
    expect_within_bounds(cell);
    expect_sound_state(cell);
  }
  expect_unharmed(outcome.good);
  tell_slowest(outcome.cells);
  EXPECT_EQ(outcome.trap_knocks, 0u) << "somebody connected to a private address";
  EXPECT_EQ(outcome.forbidden_requests, 0) << "something that was only mentioned was asked for";
  EXPECT_EQ(open_descriptors(), descriptors_before);
  EXPECT_LE(outcome.resident_bytes_max - outcome.resident_bytes_before, kResidentGrowthMax);
  EXPECT_LE(outcome.descriptors_max, descriptors_before + kDescriptorsMax);
  std::printf(
      "%zu behaviors, %zu cells, %.1f s; resident %zu MB before, %zu at most; %zu "
      "descriptors at most\n",
      behaviors.size(), outcome.cells.size(), static_cast<double>(outcome.took.count()) / 1e6,
      outcome.resident_bytes_before / 1'000'000, outcome.resident_bytes_max / 1'000'000,
      outcome.descriptors_max);
}

// Of the whole process, the publisher and the sound feeds of that time included: one sound feed
// takes two descriptors, and connections are kept for a while.
void expect_small_cost(const CellOutcome& outcome) {
  constexpr std::size_t kResidentGrowth = 16'000'000;  // what a body of 1 MB and more may come to
  constexpr std::size_t kTimesItsSize = 8;             // of what is told to be large
  constexpr std::size_t kDescriptorsGrowth = 32;
  ASSERT_TRUE(outcome.cost);
  const std::size_t large = outcome.behavior->bounds.megabytes * 1'000'000;
  EXPECT_LE(outcome.cost->resident_growth(), kResidentGrowth + kTimesItsSize * large);
  EXPECT_LE(outcome.cost->descriptors_growth(), kDescriptorsGrowth);
}

void tell_most_memory(std::vector<CellOutcome> cells) {
  constexpr std::size_t kTold = 5;
  const auto growth = [](const CellOutcome& cell) {
    return cell.cost ? cell.cost->resident_growth() : 0;
  };
  std::ranges::sort(cells, std::greater{}, growth);
  for (const CellOutcome& cell : std::span(cells).first(std::min(kTold, cells.size())))
    std::printf("most memory: %s, %.1f MB\n", cell.cell.label.c_str(),
                static_cast<double>(growth(cell)) / 1e6);
}

// Beside hundreds of others nobody can tell who holds what.
TEST(HostilePublishers, CostLittleEach) {
  if (!runs_in_full())
    GTEST_SKIP() << "takes minutes, and sanitizers hold memory of their own: script/soak hostile";
  const Behaviors behaviors = chosen_behaviors();
  const StoreFolder folder;
  MatrixSettings settings = short_settings();
  settings.sqlite_folder = folder.path();
  settings.one_at_a_time = true;
  settings.good_every = 1s;  // where all fail, it is the network that is away
  settings.look_every = 10ms;
  settings.time_max = 1800s;
  settings.refresh.fetch.limits.connect_timeout = 3s;
  settings.refresh.fetch.limits.total_timeout = 4s;
  settings.refresh.fetch.limits.speed_window = 2s;
  const MatrixOutcome outcome = Matrix(behaviors, settings).run();
  ASSERT_EQ(outcome.cells.size(), behaviors.size() * 2);
  for (const CellOutcome& cell : outcome.cells) {
    SCOPED_TRACE(name_of(cell));
    expect_as_told(cell);
    expect_small_cost(cell);
  }
  tell_most_memory(outcome.cells);
}

}  // namespace
}  // namespace tidings::hostile
