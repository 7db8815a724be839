#include "pipeline/analyzer_failures.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/log.h"

namespace tidings::pipeline {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(AnalyzerFailures, AreCountedByFieldAndToldOnceAMinute) {
  std::vector<std::string> lines;
  log::set_sink([&lines](std::string_view line) { lines.emplace_back(line); });
  ManualClock clock(*parse_rfc3339("2026-11-23T12:00:00Z"));
  Metrics metrics;
  AnalyzerFailures failures(metrics, clock);
  EXPECT_THAT(metrics.render(), HasSubstr("tidings_analyzer_failures_total{field=\"topics\"} 0"));

  const std::vector<std::string> none, two = {"places", "topics"}, one = {"topics"};
  failures.note(ArticleId(1), none);
  failures.note(ArticleId(2), two);
  clock.advance(std::chrono::seconds(59));
  failures.note(ArticleId(3), one);
  clock.advance(std::chrono::seconds(1));
  failures.note(ArticleId(4), one);
  log::set_sink({});

  EXPECT_THAT(metrics.render(), HasSubstr("tidings_analyzer_failures_total{field=\"topics\"} 3"));
  EXPECT_THAT(metrics.render(), HasSubstr("tidings_analyzer_failures_total{field=\"places\"} 1"));
  EXPECT_THAT(lines,
              ElementsAre(HasSubstr("\"article_id\":2,\"field\":\"places\",\"failures\":2"),
                          HasSubstr("\"article_id\":4,\"field\":\"topics\",\"failures\":2")));
}

}  // namespace
}  // namespace tidings::pipeline
