// Any text, mentions and persons anywhere in it: places lie in the text, given ones at their
// offsets, scores are shares.
#include <cstddef>
#include <cstdint>
#include <vector>

#include "analyze/places.h"
#include "core/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tidings;
  constexpr std::size_t kSpansBytes = 4;
  if (size < kSpansBytes) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + kSpansBytes,
                              size - kSpansBytes);
  const std::vector<TextSpan> mentions = {
      {data[0], static_cast<std::uint32_t>(data[0] + data[1] % 32)}};
  const std::vector<TextSpan> persons = {
      {data[2], static_cast<std::uint32_t>(data[2] + data[3] % 32)}};
  for (const std::string_view language : {"en", "fr"}) {
    const analyze::Document document{.segments = text::segment(text, language),
                                     .language = std::string(language)};
    const analyze::PlacesFound found = analyze::places(
        document,
        {.mentions = mentions, .persons = persons, .publisher = text.substr(0, 40), .url = text});
    for (const Place& place : found.places) {
      CHECK(!place.offsets.empty() && !place.name.empty());
      for (const TextSpan& span : place.offsets)
        CHECK(span.begin < span.end && span.end <= text.size());
    }
    double sum = 0;
    for (const CountryScore& country : found.countries) sum += country.score;
    CHECK(sum <= 1.000001);
  }
  return 0;
}
