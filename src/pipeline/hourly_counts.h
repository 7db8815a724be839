// The first consumer: how many articles came in each hour, by source and language.
#pragma once

#include <string>

#include "pipeline/consumer.h"
#include "ports/rollup_store.h"

namespace tidings::pipeline {

class HourlyCounts final : public Consumer {
 public:
  explicit HourlyCounts(RollupStore& rollups) : rollups_(rollups) {}
  const std::string& name() const override { return name_; }
  Result<void> apply(std::span<const Event> events, const CursorMove& move) override;

 private:
  const std::string name_{kConsumerNames[0]};
  RollupStore& rollups_;
};

}  // namespace tidings::pipeline
