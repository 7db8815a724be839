// Analyzes what came in, in the order of the log; and on demand what was analyzed by others before.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "pipeline/consumer.h"
#include "ports/analysis_store.h"
#include "ports/article_store.h"

namespace tidings::pipeline {

// Follows articles that are new, edited or completed.
class AnalyzeConsumer final : public Consumer {
 public:
  AnalyzeConsumer(const ArticleStore& articles, AnalysisStore& analyses)
      : articles_(articles), analyses_(analyses) {}
  const std::string& name() const override { return name_; }
  Result<void> apply(std::span<const Event> events, const CursorMove& move) override;

 private:
  const std::string name_{kConsumerNames[1]};
  const ArticleStore& articles_;
  AnalysisStore& analyses_;
};

// Looks again at articles that no analyzers of at least the version `wanted` have seen, oldest
// first, batch by batch. What is done is stored at once, so that it can be stopped and begun again.
class Reanalysis {
 public:
  Reanalysis(const ArticleStore& articles, AnalysisStore& analyses, std::int32_t wanted)
      : articles_(articles), analyses_(analyses), wanted_(wanted) {}

  // How many articles it looked at; none when there is nothing left.
  Result<std::size_t> step();

 private:
  const ArticleStore& articles_;
  AnalysisStore& analyses_;
  const std::int32_t wanted_;
  ArticleId after_{};
};

}  // namespace tidings::pipeline
