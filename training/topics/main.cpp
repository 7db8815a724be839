// Makes data/models/topics.bin out of the lists of this folder and HuffPost's headlines:
// tidings_train_topics DATA_FOLDER OUTPUT_FILE.
#include <algorithm>
#include <array>
#include <fstream>
#include <iostream>

#include <fmt/format.h>

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

Result<void> train(const std::string& data, const std::string& output) {
  const std::vector<ListedTopic> topics = TRY(read_topics(fmt::format("{}/topics.tsv", kFolder)));
  TopicWeights weights(topics);
  for (const std::string_view language : kLanguages) {
    const std::string path = fmt::format("{}/terms/{}.tsv", kFolder, language);
    TRY(weights.add_terms(language, TRY(read_terms(path))));
  }
  TRY(weights.add_tags(TRY(read_terms(fmt::format("{}/tags.tsv", kFolder)))));
  weights.add_headlines("en", TRY(read_huffpost(data + "/categories/huffpost_10k.jsonl")));
  const std::string bytes = analyze::TopicTable::write(table_topics(topics), weights.features());
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
