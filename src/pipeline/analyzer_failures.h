// Analyzers that failed on an article, which then lacks their field: counted, and told in the log.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>

#include "core/metrics.h"
#include "core/time.h"
#include "model/article.h"

namespace tidings::pipeline {

// One thread.
class AnalyzerFailures {
 public:
  AnalyzerFailures(Metrics& metrics, const Clock& clock);

  // The fields that one article lacks. The log gets a line at most a minute, which says how many
  // there were since the one before.
  void note(ArticleId article, std::span<const std::string> fields);

 private:
  Counter& counter_of(const std::string& field);
  void tell(ArticleId article, const std::string& field);

  Metrics& metrics_;
  const Clock& clock_;
  std::map<std::string, Counter*> counters_;
  std::optional<Time> told_at_;
  std::int64_t untold_ = 0;
};

}  // namespace tidings::pipeline
