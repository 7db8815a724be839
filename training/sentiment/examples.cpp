#include "examples.h"

#include <charconv>
#include <fstream>
#include <optional>
#include <string>

#include <simdjson.h>

#include "core/strings.h"
#include "core/utf8.h"
#include "text/segments.h"

namespace tidings::training {
namespace {

using analyze::Document;

constexpr float kRatingMax = 4;
constexpr double kNeutralPolarity = 4;  // NewsMTSC: 2, 4, 6
constexpr float kNewsRating = 0.5F;     // what its "positive" is worth in ratings
constexpr float kNewsWeight = 1;

// So that the largest set does not decide alone.
constexpr std::array<float, kRatedSets.size()> kSetWeights = {2.0F, 1.0F, 0.4F};

Document document_of(std::string_view text) {
  return {.segments = text::segment(text, "en"), .title_end = 0, .language = "en"};
}

std::uint32_t fnv(std::string_view text) {
  return analyze::tone_key(analyze::tone_seed("group"), text);
}

// "allsides_1000_401_25_Name_0_6" → "allsides_1000_401": the article.
std::string_view article_of(std::string_view id) {
  std::size_t end = 0;
  for (int part = 0; part < 3 && end != std::string_view::npos; ++part)
    end = id.find('_', end == 0 ? 0 : end + 1);
  return id.substr(0, end);
}

std::uint32_t byte_of(std::string_view text, std::int64_t character) {
  std::size_t position = 0;
  for (; character > 0 && position < text.size(); --character) next_code_point(text, position);
  return static_cast<std::uint32_t>(position);
}

std::optional<ToneExample> rated_line(std::string_view line, std::uint32_t set) {
  const std::size_t first = line.find('\t');
  const std::size_t second = line.find('\t', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  float rating = 0;
  if (std::from_chars(line.data() + first + 1, line.data() + second, rating).ec != std::errc{})
    return std::nullopt;
  ToneExample example{.text = repaired_utf8(line.substr(second + 1)),
                      .rating = rating / kRatingMax,
                      .weight = kSetWeights[set],
                      .set = set,
                      .group = fnv(line.substr(0, line.find_first_of("_\t")))};
  example.features = tone_features_of(example.text, true);
  return example;
}

void read_sentence(simdjson::dom::element line, NewsExamples& examples) {
  const std::string_view text = line["sentence_normalized"];
  const std::uint32_t group = fnv(article_of(line["primary_gid"].get_string().value()));
  const Document document = document_of(text);
  const auto tokens = analyze::tone_tokens(document, analyze::SentimentLexicon::shipped());
  double sum = 0;
  std::size_t count = 0;
  for (const simdjson::dom::element target : line["targets"].get_array()) {
    const double polarity = target["polarity"];
    const TextSpan span{byte_of(text, target["from"]), byte_of(text, target["to"])};
    const auto features = analyze::target_features(tokens, span, true);
    examples.targets.push_back({.features = features.value_or(analyze::TargetFeatures{}),
                                .polarity = polarity < kNeutralPolarity   ? 0U
                                            : polarity > kNeutralPolarity ? 2U
                                                                          : 1U,
                                .group = group});
    sum += (polarity - kNeutralPolarity) / 2;
    ++count;
  }
  if (count == 0) return;
  examples.sentences.push_back(
      {.text = std::string(text),
       .features = tone_features_of(text, true),
       .rating = static_cast<float>(sum / static_cast<double>(count)) * kNewsRating,
       .weight = kNewsWeight,
       .set = kNewsSet,
       .group = group});
}

}  // namespace

analyze::ToneFeatures tone_features_of(std::string_view text, bool with_hashed) {
  const Document document = document_of(text);
  const auto tokens = analyze::tone_tokens(document, analyze::SentimentLexicon::shipped());
  return analyze::tone_features(tokens, 0, tokens.tokens.size(), with_hashed);
}

Result<std::vector<ToneExample>> read_rated(const std::filesystem::path& folder,
                                            std::uint32_t set) {
  const auto path = folder / "sentiment" / (std::string(kRatedSets[set]) + "_GroundTruth.txt");
  std::ifstream file(path);
  if (!file) return not_found(path.string() + " is not there; name the folder of the data");
  std::vector<ToneExample> examples;
  for (std::string line; std::getline(file, line);)
    if (std::optional<ToneExample> example = rated_line(line, set))
      examples.push_back(*std::move(example));
  return examples;
}

Result<NewsExamples> read_news(const std::filesystem::path& folder) {
  const auto path = folder / "sentiment" / "newsmtsc_train.jsonl";
  simdjson::dom::parser parser;
  simdjson::dom::document_stream lines;
  simdjson::padded_string content;
  if (simdjson::padded_string::load(path.string()).get(content))
    return not_found(path.string() + " is not there; name the folder of the data");
  if (parser.parse_many(content).get(lines)) return corrupt(path.string() + " is not JSON lines");
  NewsExamples examples;
  for (simdjson::dom::element line : lines) read_sentence(line, examples);
  return examples;
}

}  // namespace tidings::training
