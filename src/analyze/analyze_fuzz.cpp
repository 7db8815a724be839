// Any article: explained, every score has reasons that are numbers, and is the same as unexplained.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "analyze/analyze.h"
#include "analyze/evidence.h"
#include "core/check.h"

namespace {

using namespace tidings;

void check(std::span<const Evidence> evidence) {
  CHECK(evidence.size() <= analyze::kEvidenceMax);
  for (const Evidence& one : evidence) CHECK(std::isfinite(one.weight));
}

void take(std::vector<Evidence>& evidence) {
  check(evidence);
  evidence.clear();
}

// As it would have been without asking why.
void unexplain(Analysis& analysis) {
  take(analysis.language.evidence);
  if (analysis.sentiment) take(analysis.sentiment->headline_evidence);
  for (Entity& entity : analysis.entities) {
    take(entity.evidence);
    take(entity.sentiment_evidence);
  }
  for (CountryScore& country : analysis.countries) take(country.evidence);
  for (Keyphrase& phrase : analysis.keyphrases) take(phrase.evidence);
  for (TargetSentiment& target : analysis.targets) take(target.evidence);
}

}  // namespace

// The first bytes choose the end of the title and what is asked about.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 3) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 3, size - 3);
  const std::size_t title_end = std::min<std::size_t>(data[0], text.size());
  const std::vector<TextSpan> spans = {{data[1], data[1] + data[2] % 16U}};
  analyze::Article article{.title = text.substr(0, title_end),
                           .text = text.substr(title_end),
                           .targets = spans,
                           .mentions = spans};
  const Analysis plain = analyze::analyze(article);
  CHECK(plain.failed.empty());
  article.explain = Explain::Yes;
  Analysis explained = analyze::analyze(article);
  unexplain(explained);
  CHECK(explained == plain);
  return 0;
}
