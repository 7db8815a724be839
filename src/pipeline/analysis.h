// Analyzes what came in, in the order of the log; and on demand what was analyzed by others before.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "pipeline/analyzer_failures.h"
#include "pipeline/batch_workers.h"
#include "pipeline/consumer.h"
#include "pipeline/topic_learning.h"
#include "ports/analysis_store.h"
#include "ports/article_store.h"

namespace tidings::pipeline {

// Follows articles that are new, edited or completed. Unavailable once the workers were stopped.
class AnalyzeConsumer final : public Consumer {
 public:
  // `learned` where the instance learns from its feeds.
  AnalyzeConsumer(const ArticleStore& articles, AnalysisStore& analyses, BatchWorkers& workers,
                  AnalyzerFailures& failures, const LearnedTopicTable* learned = nullptr)
      : articles_(articles),
        analyses_(analyses),
        workers_(workers),
        failures_(failures),
        learned_(learned) {}
  const std::string& name() const override { return name_; }
  Result<void> apply(std::span<const Event> events, const CursorMove& move) override;

 private:
  const std::string name_{kConsumerNames[1]};
  const ArticleStore& articles_;
  AnalysisStore& analyses_;
  BatchWorkers& workers_;
  AnalyzerFailures& failures_;
  const LearnedTopicTable* learned_;
};

// Looks again at articles that no analyzers of at least the version `wanted` have seen, or not
// since a renewal began: oldest first, batch by batch. What is done is stored at once, so that it
// can be stopped and begun again.
class Reanalysis {
 public:
  Reanalysis(const ArticleStore& articles, AnalysisStore& analyses, BatchWorkers& workers,
             std::int32_t wanted, const LearnedTopicTable* learned = nullptr)
      : articles_(articles),
        analyses_(analyses),
        workers_(workers),
        wanted_(wanted),
        learned_(learned) {}

  // How many articles it looked at; none when there is nothing left. Unavailable once the workers
  // were stopped: nothing of the batch is stored then.
  Result<std::size_t> step();

 private:
  const ArticleStore& articles_;
  AnalysisStore& analyses_;
  BatchWorkers& workers_;
  const std::int32_t wanted_;
  const LearnedTopicTable* learned_;
  ArticleId after_{};
};

}  // namespace tidings::pipeline
