// Counts of every hour: how many articles came in, by source and language, and how many were
// published, by everything that they are counted by (ports/rollup_store.h).
#pragma once

#include <string>

#include "pipeline/consumer.h"
#include "ports/stores.h"
#include "stories/publishers.h"

namespace tidings::pipeline {

// What happens to an article, and to the rollups:
//
//   added       counted by what its row has: language, country, source, publisher
//   analyzed    counted anew by what was found, with its tone
//   edited      counted anew, without what was found in its earlier form; until it is analyzed
//   removed     taken back
//   retention   stays counted as it was last
//
// What is in the store when the event is read counts, so that an article that changed several times
// is read once. One thread.
class HourlyCounts final : public Consumer {
 public:
  HourlyCounts(Stores& stores, const stories::PublisherFamilies& families)
      : stores_(stores), families_(families) {}
  const std::string& name() const override { return name_; }
  Result<void> apply(std::span<const Event> events, const CursorMove& move) override;

  // Counts the next articles of those that were there before rollups were: false when there are
  // none. May be called between any two calls of apply().
  Result<bool> fill_step();

 private:
  const std::string name_{kConsumerNames[0]};
  Stores& stores_;
  const stories::PublisherFamilies& families_;
};

}  // namespace tidings::pipeline
