// Budget: 60 µs for the tone of an article of 400 words, of the 600 µs that all analyzers have
// together (1,500 articles a second on one core); 5 µs a target beyond the reading of the article.
#include <algorithm>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "analyze/sentiment.h"
#include "analyze/target_sentiment.h"

namespace tidings::analyze {
namespace {

constexpr std::uint32_t kArticleWords = 400;

// Sentences of one mold with words that differ, so that forms repeat as they do in the news.
std::string article() {
  const std::vector<std::string> openings = {
      "The regional council", "A spokeswoman for the harbor", "Senator Molina", "Two investors",
      "The opposition",       "Critics of the scheme",        "Her deputy",     "Most residents"};
  const std::vector<std::string> verbs = {"praised",   "did not reject", "sharply criticized",
                                          "described", "defended",       "welcomed",
                                          "blamed",    "visited",        "quoted",
                                          "ignored"};
  const std::vector<std::string> objects = {
      "the costly and badly planned bridge across the northern bay",
      "a remarkably good agreement with the dockers",
      "“the worst decision that any mayor of this town has ever made”",
      "the report, which runs to 212 pages, but said little about its findings",
      "an award-winning design by a young architect from Porto",
      "those who lost their homes in the terrible flood of last spring"};
  std::string text = "Harbor bridge divides a proud town\n";
  std::size_t words = 0;
  for (std::size_t i = 0; words < kArticleWords; ++i) {
    const std::string sentence = openings[i % openings.size()] + " " + verbs[i % verbs.size()] +
                                 " " + objects[i % objects.size()] + " on day " +
                                 std::to_string(i) + ". ";
    words += static_cast<std::size_t>(std::count(sentence.begin(), sentence.end(), ' '));
    text += sentence;
  }
  return text;
}

Document document_of(const std::string& text) {
  const auto title_end = static_cast<std::uint32_t>(text.find('\n'));
  return {
      .segments = text::segment(text, "en", title_end), .title_end = title_end, .language = "en"};
}

void tone_of_an_article(benchmark::State& state) {
  const std::string text = article();
  const Document document = document_of(text);
  for (auto _ : state) benchmark::DoNotOptimize(sentiment(document));
  state.counters["words"] = static_cast<double>(document.segments.words().size());
}
BENCHMARK(tone_of_an_article)->Unit(benchmark::kMicrosecond);

// The difference between one target and a hundred, by 99, is the cost of a target.
void sentiment_toward_targets(benchmark::State& state) {
  const std::string text = article();
  const Document document = document_of(text);
  std::vector<TextSpan> targets;
  for (std::int64_t i = 0; i < state.range(0); ++i) {
    const text::Word& word = document.segments.words()[static_cast<std::size_t>(i) * 4 + 1];
    targets.push_back({word.begin, word.end});
  }
  for (auto _ : state) benchmark::DoNotOptimize(sentiment_toward(document, targets));
}
BENCHMARK(sentiment_toward_targets)->Arg(1)->Arg(100)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace tidings::analyze
