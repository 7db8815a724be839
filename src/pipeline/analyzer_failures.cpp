#include "pipeline/analyzer_failures.h"

#include <chrono>

#include "core/log.h"

namespace tidings::pipeline {
namespace {

constexpr std::chrono::minutes kTellsEvery{1};

// There from the start with 0, so that a graph shows the first failure as a step.
constexpr const char* kFields[] = {"language", "words",      "topics",  "sentiment", "entities",
                                   "places",   "keyphrases", "summary", "quotations"};

}  // namespace

AnalyzerFailures::AnalyzerFailures(Metrics& metrics, const Clock& clock)
    : metrics_(metrics), clock_(clock) {
  for (const char* field : kFields) counter_of(field);
}

void AnalyzerFailures::note(ArticleId article, std::span<const std::string> fields) {
  for (const std::string& field : fields) {
    counter_of(field).add();
    ++untold_;
  }
  if (!fields.empty()) tell(article, fields.front());
}

Counter& AnalyzerFailures::counter_of(const std::string& field) {
  Counter*& counter = counters_[field];
  if (counter == nullptr) {
    counter = &metrics_.counter("analyzer_failures_total",
                                "Analyzers that failed on an article, which lacks their field.",
                                {{"field", field}});
  }
  return *counter;
}

void AnalyzerFailures::tell(ArticleId article, const std::string& field) {
  const Time now = clock_.now();
  if (told_at_ && now < *told_at_ + kTellsEvery) return;
  log::warn("analyzer.failed",
            {{"article_id", to_int(article)}, {"field", field}, {"failures", untold_}});
  told_at_ = now;
  untold_ = 0;
}

}  // namespace tidings::pipeline
