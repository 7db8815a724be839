#include "model/source.h"

#include <gtest/gtest.h>

namespace tidings {
namespace {

using std::chrono::days;
using std::chrono::hours;

const Time kNow = parse_rfc3339("2026-11-23T18:30:00Z").value();

Source working() {
  Source source;
  source.added_at = kNow - days(365);
  source.state.last_succeeded_at = source.state.last_fetched_at = kNow - hours(1);
  source.state.last_new_at = kNow - days(2);
  source.state.articles_per_day = 3;
  return source;
}

std::vector<std::string> concerns(const Source& source) {
  std::vector<std::string> found;
  for (const SourceConcern concern : kSourceConcerns) {
    if (has_concern(source, concern, kNow)) found.emplace_back(to_string(concern));
  }
  return found;
}

TEST(SourceConcern, IsToldApart) {
  using Names = std::vector<std::string>;
  EXPECT_EQ(concerns(working()), Names{});

  Source failing = working();
  failing.state.problem = SourceProblem{.error_class = "timeout", .since = kNow - days(1)};
  EXPECT_EQ(concerns(failing), Names{"failing"});
  failing.state.last_succeeded_at = kNow - days(28);
  EXPECT_EQ(concerns(failing), (Names{"failing", "dead"}));
  failing.settings.enabled = false;
  EXPECT_EQ(concerns(failing), Names{}) << "somebody has looked at it";

  Source never = working();
  never.added_at = kNow - days(27);
  never.state.last_succeeded_at.reset();
  never.state.problem = SourceProblem{.error_class = "dns_failed", .since = never.added_at};
  EXPECT_EQ(concerns(never), Names{"failing"});

  Source gone = working();
  gone.state.gone = true;
  EXPECT_EQ(concerns(gone), Names{"dead"});

  Source stale = working();
  stale.state.last_new_at = kNow - days(31);
  EXPECT_EQ(concerns(stale), Names{"stale"});
  stale.state.articles_per_day = 1.0 / 7;
  EXPECT_EQ(concerns(stale), Names{}) << "a weekly one is given ten weeks";

  Source flood = working();
  flood.state.articles_per_day = 400;
  EXPECT_EQ(concerns(flood), Names{"noisy"});

  Source churning = working();
  churning.state.record.fetches_total = 100;
  churning.state.record.empty_changes_total = 79;
  EXPECT_EQ(concerns(churning), Names{});
  churning.state.record.empty_changes_total = 80;
  EXPECT_EQ(concerns(churning), Names{"noisy"});
}

TEST(SourceConcern, HasAName) {
  for (const SourceConcern concern : kSourceConcerns)
    EXPECT_EQ(parse_source_concern(to_string(concern)), concern);
  EXPECT_EQ(parse_source_concern("sad"), std::nullopt);
}

}  // namespace
}  // namespace tidings
