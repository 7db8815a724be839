// Budget: 150,000 sentences a second, 6.7 µs each; of an article, whose first 2 KB are read until
// they decide, 10 µs of the 600 that the whole analysis has.
#include <string>
#include <string_view>

#include <benchmark/benchmark.h>

#include "analyze/language.h"

namespace {

constexpr std::string_view kHeadline = "Regierung stellt Haushalt für das nächste Jahr vor";
constexpr std::string_view kSentence =
    "The city council said on Tuesday that it would look into the fire at the old factory before "
    "the end of the month, "
    "although the mayor had asked for more time.";

void headline(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(tidings::analyze::identify_language(kHeadline));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(headline);

void article(benchmark::State& state) {
  std::string text;
  while (text.size() < 2400) text += kSentence;
  for (auto _ : state)
    benchmark::DoNotOptimize(tidings::analyze::identify_language(kSentence.substr(0, 60), text));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(article);

// The worst: words that never decide.
void undecided_article(benchmark::State& state) {
  std::string text;
  while (text.size() < 2400) text += "qxz wvk jjq ";
  for (auto _ : state) benchmark::DoNotOptimize(tidings::analyze::identify_language("", text));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(undecided_article);

}  // namespace
