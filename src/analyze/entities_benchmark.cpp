// Budget: 120 µs for the entities of an article of 400 words, of the 600 µs that all analyzers have
// together (1,500 articles a second on one core).
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "analyze/entities.h"

namespace tidings::analyze {
namespace {

// About 400 words of which every fifth is part of a name, as in the news.
std::string article() {
  const std::vector<std::string> sentences = {
      "Shares in Barclays fell 3 percent on Monday after the Bank of England warned lenders about "
      "rising debt. ",
      "The decision surprised many of those who had expected a longer pause, and it will be felt "
      "by most households. ",
      "\"We will not be rushed,\" said Peter Lindqvist, a spokesman for the European Commission in "
      "Brussels. ",
      "Critics of the plan, among them Senator Amy Hartwell, had asked for a review that was never "
      "published. ",
      "Researchers at Stanford University found that prices in Argentina, Chile and Peru had risen "
      "by a tenth. "};
  std::string text = "Lenders Warned as Bank of England Eyes Debt\n";
  for (int number = 0; number < 23; ++number)
    text += sentences[static_cast<std::size_t>(number) % sentences.size()];
  return text;
}

void entities_of_an_article(benchmark::State& state) {
  const std::string text = article();
  const auto title_end = static_cast<std::uint32_t>(text.find('\n'));
  const Document document{
      .segments = text::segment(text, "en", title_end), .title_end = title_end, .language = "en"};
  for (auto _ : state) benchmark::DoNotOptimize(entities(document));
  state.counters["words"] = static_cast<double>(document.segments.words().size());
}
BENCHMARK(entities_of_an_article)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace tidings::analyze
