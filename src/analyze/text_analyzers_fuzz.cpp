// Any bytes: keyphrases, summaries and quotations within their bounds, whose words stand in the
// text.
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "analyze/keyphrases.h"
#include "analyze/quotations.h"
#include "analyze/summary.h"
#include "core/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tidings;
  constexpr std::array<std::string_view, 8> kLanguages = {"en", "de", "fr", "es",
                                                          "it", "pt", "nl", "ja"};
  if (size < 2) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 2, size - 2);
  const std::string_view language = kLanguages[data[0] % kLanguages.size()];
  const std::uint32_t title_end = data[1] % 32 < bytes.size() ? data[1] % 32 : 0;
  const analyze::Document document{.segments = text::segment(bytes, language, title_end),
                                   .title_end = title_end,
                                   .language = std::string(language)};

  double last = 1;
  const auto phrases = analyze::keyphrases(document);
  CHECK(phrases.size() <= 10);
  for (const Keyphrase& phrase : phrases) {
    CHECK(!phrase.text.empty() && phrase.score > 0 && phrase.score <= last);
    last = phrase.score;
  }
  CHECK(analyze::summary(document).size() <= 4);
  CHECK(analyze::summary(document, 0).empty());
  for (const std::string& sentence : analyze::summary(document, 20)) CHECK(!sentence.empty());
  for (const Quotation& quotation : analyze::quotations(document)) {
    CHECK(quotation.span.begin <= quotation.span.end && quotation.span.end <= bytes.size());
    CHECK(bytes.substr(quotation.span.begin, quotation.span.end - quotation.span.begin) ==
          quotation.text);
  }
  return 0;
}
