// Whatever stands in a file that is said to be a topic model: an error, or probabilities.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "analyze/topic_model.h"
#include "core/check.h"

namespace {

using namespace tidings;

void check_model(const analyze::TopicModel& model) {
  double sum = 0, before = 1;
  for (const analyze::LabelScore& label : model.classify("The striker scored twice, 价格上涨")) {
    CHECK(label.score >= 0 && label.score <= before);
    before = label.score;
    sum += label.score;
  }
  CHECK(std::abs(sum - 1) < 1e-6);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const Result<analyze::TopicModel> model = analyze::TopicModel::open(bytes))
    check_model(*model);
  return 0;
}
