// Which saved searches do the articles match that were just analyzed?
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/metrics.h"
#include "pipeline/consumer.h"
#include "pipeline/search_documents.h"
#include "ports/stores.h"
#include "search/standing.h"
#include "stories/publishers.h"

namespace tidings::pipeline {

// Follows articles that were analyzed, and saved searches that changed. Those that stand lie in
// memory: they are read at the first event, and again where another process took too many steps in
// between. A change takes effect before the next article. A search that cannot stand any more
// (StandingQueries::add() refuses it) is told in the log and passed over. One thread.
class StandingConsumer final : public Consumer {
 public:
  StandingConsumer(Stores& stores, const stories::PublisherFamilies& families, Metrics& metrics,
                   search::StandingSettings settings = {});
  const std::string& name() const override { return name_; }
  Result<void> apply(std::span<const Event> events, const CursorMove& move) override;

 private:
  Result<void> keep_up(std::span<const Event> events, EventSequence from);
  Result<void> load();
  Result<void> follow_missed(EventSequence upto);
  Result<void> follow(std::span<const Event> events);
  void stand(const SavedSearch& search);
  Result<std::vector<SearchMatch>> match(std::span<const ArticleId> articles);

  const std::string name_{kConsumerNames[3]};
  Stores& stores_;
  SearchDocuments documents_;
  const search::StandingSettings settings_;
  search::StandingQueries queries_;
  bool is_loaded_ = false;
  EventSequence followed_{};  // changes up to here are in `queries_`
  Gauge& standing_;
  Counter& matches_;
};

}  // namespace tidings::pipeline
