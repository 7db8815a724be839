// Whatever an article says, in whatever bytes: a score within bounds, evidence from the text.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analyze/sentiment.h"
#include "analyze/target_sentiment.h"
#include "core/check.h"
#include "core/utf8.h"

namespace {

using namespace tidings;

void check_tone(const analyze::Document& document) {
  const std::optional<Sentiment> found = analyze::sentiment(document);
  if (!found) return;
  CHECK(std::abs(found->score) <= 1);
  CHECK(!found->headline_score || std::abs(*found->headline_score) <= 1);
  for (const Evidence& one : found->evidence) CHECK(std::isfinite(one.weight));
}

}  // namespace

// The first bytes choose the language, the end of the title and a target.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 4) return 0;
  const std::string text({reinterpret_cast<const char*>(data) + 4, size - 4});
  const std::string language(
      analyze::kSentimentLanguages[data[0] % analyze::kSentimentLanguages.size()]);
  const auto title_end = static_cast<std::uint32_t>(
      utf8_prefix(text, std::min<std::size_t>(data[1], text.size())).size());
  const analyze::Document document{.segments = text::segment(text, language, title_end),
                                   .title_end = title_end,
                                   .language = language};
  check_tone(document);
  const std::vector<TextSpan> targets = {
      {data[2], data[3]}, {data[3], data[2] + 9U}, {0, UINT32_MAX}};
  for (const TargetSentiment& one : analyze::sentiment_toward(document, targets))
    CHECK(std::abs(one.score) <= 1);
  return 0;
}
