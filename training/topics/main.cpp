// Makes data/models/topics.bin out of the lists of this folder and HuffPost's headlines:
// tidings_train_topics DATA_FOLDER OUTPUT_FILE.
#include <algorithm>
#include <array>
#include <fstream>
#include <iostream>

#include <fmt/format.h>

#include "analyze/topics.h"
#include "core/check.h"
#include "core/strings.h"
#include "headline_stream.h"
#include "huffpost.h"

#include "lists.h"
#include "weights.h"

namespace tidings::training {
namespace {

constexpr std::array<std::string_view, 7> kLanguages = {"en", "de", "fr", "es", "it", "pt", "nl"};
constexpr std::string_view kFolder = TIDINGS_TOPICS_FOLDER;

std::vector<analyze::TableTopic> table_topics(const std::vector<ListedTopic>& topics) {
  std::vector<analyze::TableTopic> places;
  for (const ListedTopic& topic : topics) {
    const auto parent = std::find_if(topics.begin(), topics.end(), [&](const ListedTopic& other) {
      return other.code == topic.parent;
    });
    places.push_back({.code = topic.code,
                      .parent = static_cast<std::uint32_t>(parent - topics.begin()),
                      .label = topic.label});
  }
  return places;
}

Result<std::vector<LabeledHeadline>> read_headlines(const std::string& data) {
  std::vector<LabeledHeadline> headlines =
      TRY(read_huffpost(data + "/categories/huffpost_10k.jsonl"));
  for (LabeledHeadline& headline :
       TRY(read_headline_stream(data + "/stories/headline_stream_dev.csv")))
    headlines.push_back(std::move(headline));
  return headlines;
}

// A headline whose category means no topic is given the one that the lists are sure of.
std::vector<LabeledHeadline> with_guesses(std::vector<LabeledHeadline> headlines,
                                          const std::string& bytes) {
  constexpr double kSure = 0.7;
  const Result<analyze::TopicTable> table = analyze::TopicTable::open(bytes);
  CHECK(table);
  for (LabeledHeadline& headline : headlines) {
    if (headline.code != 0) continue;
    const analyze::Document document{
        .segments = text::segment(headline.text, "en"), .title_end = 0, .language = "en"};
    const std::vector<TopicScore> found = analyze::topics_by(*table, document, {});
    if (found.empty() || found.front().score < kSure) continue;
    headline.code = static_cast<std::uint32_t>(parse_int(found.front().code.substr(7)).value_or(0));
  }
  std::erase_if(headlines, [](const LabeledHeadline& headline) { return headline.code == 0; });
  return headlines;
}

Result<void> train(const std::string& data, const std::string& output) {
  const std::vector<ListedTopic> topics = TRY(read_topics(fmt::format("{}/topics.tsv", kFolder)));
  TopicWeights weights(topics);
  for (const std::string_view language : kLanguages) {
    const std::string path = fmt::format("{}/terms/{}.tsv", kFolder, language);
    TRY(weights.add_terms(language, TRY(read_terms(path))));
  }
  TRY(weights.add_tags(TRY(read_terms(fmt::format("{}/tags.tsv", kFolder)))));
  const std::vector<analyze::TableTopic> places = table_topics(topics);
  const std::string by_lists = analyze::TopicTable::write(places, weights.features());
  weights.add_headlines("en", with_guesses(TRY(read_headlines(data)), by_lists));
  const std::string bytes = analyze::TopicTable::write(places, weights.features());
  std::ofstream file(output, std::ios::binary);
  file << bytes;
  file.flush();
  if (!file) return unavailable(output + ": cannot be written");
  return {};
}

}  // namespace
}  // namespace tidings::training

int main(int count, char** arguments) {
  if (count != 3) {
    std::cerr << "usage: tidings_train_topics DATA_FOLDER OUTPUT_FILE\n";
    return 2;
  }
  const tidings::Result<void> done = tidings::training::train(arguments[1], arguments[2]);
  if (done) return 0;
  std::cerr << "tidings_train_topics: " << done.error().message << "\n";
  return 1;
}
