// Makes data/models/topics.bin out of the lists of this folder and HuffPost's headlines:
// tidings_train_topics DATA_FOLDER OUTPUT_FILE.
#include <algorithm>
#include <array>
#include <iostream>

#include <fmt/format.h>

#include "analyze/topics.h"
#include "core/check.h"
#include "core/strings.h"

#include "calibration.h"
#include "headline_stream.h"
#include "huffpost.h"
#include "lists.h"
#include "own_headlines.h"
#include "run_trainer.h"
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

struct Headlines {
  std::vector<LabeledHeadline> huffpost, stream;
  std::vector<std::vector<LabeledHeadline>> own;  // by language
};

Result<Headlines> read_headlines(const std::string& data) {
  Headlines headlines{
      .huffpost = TRY(read_huffpost(data + "/categories/huffpost_10k.jsonl")),
      .stream = TRY(read_headline_stream(data + "/stories/headline_stream_dev.csv"))};
  for (const std::string_view language : kLanguages) {
    headlines.own.push_back(
        TRY(read_own_headlines(fmt::format("{}/headlines/{}.tsv", kFolder, language))));
  }
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
    const std::vector<TopicScore> found = analyze::topics_by({.shipped = *table}, document, {});
    if (found.empty() || found.front().score < kSure) continue;
    headline.code = static_cast<std::uint32_t>(parse_int(found.front().code.substr(7)).value_or(0));
  }
  std::erase_if(headlines, [](const LabeledHeadline& headline) { return headline.code == 0; });
  return headlines;
}

// HuffPost's headlines with a category that means a topic are judged by tables of the others; our
// own by the whole, which they are no part of.
analyze::TopicLevels calibrated(const TopicWeights& lists,
                                const std::vector<analyze::TableTopic>& places,
                                const Headlines& headlines, const std::string& bytes) {
  constexpr std::size_t kFolds = 5;
  constexpr double kOwnWeight = 10;  // there are few, and they are the only ones in six languages
  const std::string by_lists = analyze::TopicTable::write(places, lists.features());
  Calibration calibration;
  for (std::size_t fold = 0; fold < kFolds; ++fold) {
    std::vector<LabeledHeadline> known = headlines.stream, judged;
    for (std::size_t i = 0; i < headlines.huffpost.size(); ++i)
      (i % kFolds == fold ? judged : known).push_back(headlines.huffpost[i]);
    std::erase_if(judged, [](const LabeledHeadline& headline) { return headline.code == 0; });
    TopicWeights weights = lists;
    weights.add_headlines("en", with_guesses(std::move(known), by_lists));
    const std::string of_others = analyze::TopicTable::write(places, weights.features());
    calibration.add(analyze::TopicTable::open(of_others).value(), "en", judged, 1);
  }
  const Result<analyze::TopicTable> table = analyze::TopicTable::open(bytes);
  CHECK(table);
  for (std::size_t i = 0; i < kLanguages.size(); ++i)
    calibration.add(*table, kLanguages[i], headlines.own[i], kOwnWeight);
  return calibration.fit();
}

Result<std::string> train(const std::string& data) {
  const std::vector<ListedTopic> topics = TRY(read_topics(fmt::format("{}/topics.tsv", kFolder)));
  TopicWeights lists(topics);
  for (const std::string_view language : kLanguages) {
    const std::string path = fmt::format("{}/terms/{}.tsv", kFolder, language);
    TRY(lists.add_terms(language, TRY(read_terms(path))));
  }
  TRY(lists.add_tags(TRY(read_terms(fmt::format("{}/tags.tsv", kFolder)))));
  const std::vector<analyze::TableTopic> places = table_topics(topics);
  const std::string by_lists = analyze::TopicTable::write(places, lists.features());
  const Headlines headlines = TRY(read_headlines(data));
  std::vector<LabeledHeadline> english = headlines.huffpost;
  english.insert(english.end(), headlines.stream.begin(), headlines.stream.end());
  TopicWeights weights = lists;
  weights.add_headlines("en", with_guesses(std::move(english), by_lists));
  const std::vector<analyze::TopicTable::Feature> features = weights.features();
  const analyze::TopicLevels levels =
      calibrated(lists, places, headlines, analyze::TopicTable::write(places, features));
  std::cerr << fmt::format("scores: top {:.3f} {:.3f} {:.3f}, second {:.3f} {:.3f} {:.3f}\n",
                           levels.top.bias, levels.top.odds, levels.top.amount, levels.second.bias,
                           levels.second.odds, levels.second.amount);
  return analyze::TopicTable::write(places, features, levels);
}

}  // namespace
}  // namespace tidings::training

int main(int count, char** arguments) {
  using namespace tidings::training;
  return run_trainer("tidings_train_topics", count, arguments, train);
}
