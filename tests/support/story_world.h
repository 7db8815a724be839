// For tests: a database whose articles are grouped into stories.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "adapters/memory/memory_stores.h"
#include "adapters/sqlite/sqlite_stores.h"
#include "core/log.h"
#include "pipeline/stories.h"
#include "tests/contract/contract.h"
#include "tests/contract/temporary_folder.h"

namespace tidings::pipeline {

inline constexpr int kHappenings = 12, kRounds = 5;

// A database with articles about a dozen happenings, told by several papers, some in the same
// words.
class World {
 public:
  explicit World(bool on_disk) {
    log::set_level(log::Level::Error);
    if (on_disk) {
      disk_ = contract::must(sqlite::open_sqlite({.path = folder_.path() + "/tidings.db"}, clock));
    } else {
      memory_ = std::make_unique<memory::MemoryStores>(clock);
    }
    for (const char* paper : {"herald", "courier", "gazette"}) {
      const SourceSettings settings{.url = fmt::format("https://{}.example/feed", paper)};
      papers_.push_back(contract::must(stores().sources().add({&settings, 1}))[0].id);
    }
  }

  Stores& stores() { return disk_ ? *disk_ : *memory_; }

  // One article of a happening; those of one happening share half of their words.
  ArticleId publish(int happening, int round) {
    const bool copies = round == 3;  // word for word what was told in the round before
    return publish(happening + round, fmt::format("{}-{}", happening, round), "en",
                   fmt::format("Quake{0} shakes town{0} after flood{0}", happening),
                   text_of(happening, copies ? round - 1 : round));
  }

  ArticleId publish(int paper, const std::string& name, const std::string& language,
                    const std::string& title, const std::string& text) {
    clock.advance(std::chrono::minutes(7));
    const std::size_t number = static_cast<std::size_t>(paper) % papers_.size();
    NewArticle article = contract::new_article(name, clock.now());
    ArticleSummary& summary = article.article.summary;
    summary.title = title;
    summary.url = fmt::format("https://paper{}.example/{}", number, name);
    summary.language = language;
    article.article.body.text = text;
    IngestBatch batch{.source_id = papers_[number]};
    batch.articles.push_back(std::move(article));
    return contract::must(stores().articles().ingest({&batch, 1}))[0].added.at(0);
  }

  static std::string text_of(int happening, int round) {
    std::string text;
    for (int i = 0; i < 30; ++i) {
      const bool is_shared = i % 2 == 0;
      text += fmt::format("{}{}x{} ", is_shared ? "common" : "detail", happening,
                          is_shared ? i : i + 100 * round);
    }
    return text;
  }

  void analyze(ArticleId id, const std::string& entity = "Ana Ruiz") {
    const ArticleSummary article = contract::must(stores().articles().get(id)).summary;
    AnalyzedArticle found{.article_id = id, .revision = article.revision, .analyzers = 1};
    found.analysis.language = {.code = article.language, .confidence = 1};
    found.analysis.entities = {
        {.id = entity, .text = entity, .salience = 0.5, .offsets = {{0, 6}}}};
    found.analysis.sentiment = Sentiment{.score = -0.5, .label = Tone::Negative};
    found.analysis.words = 40;
    contract::must(stores().analyses().save({&found, 1}, nullptr));
  }

  // All that there is, in the order of time.
  std::vector<ArticleId> publish_all() {
    std::vector<ArticleId> ids;
    for (int round = 0; round < kRounds; ++round) {
      for (int happening = 0; happening < kHappenings; ++happening) {
        ids.push_back(publish(happening, round));
        analyze(ids.back());
      }
    }
    return ids;
  }

  std::unique_ptr<StoriesConsumer> consumer(StorySettings settings = {}) {
    return std::make_unique<StoriesConsumer>(stores(), objects, metrics, clock,
                                             std::move(settings));
  }

  // Until nothing is left, or `steps` were taken.
  void follow(StoriesConsumer& consumer, std::size_t batch = 7, int steps = 100'000) {
    ConsumerRunner runner(consumer, stores().events(), metrics, {.batch_events_max = batch});
    for (int i = 0; i < steps; ++i) {
      const auto step = runner.step();
      ASSERT_TRUE(step) << step.error().message;
      if (*step == ConsumerRunner::Step::Idle) return;
    }
  }

  // Which story each article is in, and which it copies: articles by their title's happening and
  // their place in `ids`.
  std::map<std::size_t, std::string> places(const std::vector<ArticleId>& ids) {
    std::map<std::size_t, std::string> found;
    std::map<ArticleId, std::size_t> numbers;
    for (std::size_t i = 0; i < ids.size(); ++i) numbers[ids[i]] = i;
    for (const StoryPlacement& one : contract::must(stores().stories().placements(ids))) {
      const StoryArticle& place = one.place;
      found[numbers[place.article_id]] =
          fmt::format("{} of {} copies {} at {} words {}",
                      numbers[ArticleId(to_int(place.story_id))], one.story_articles,
                      place.copy_of ? std::to_string(numbers[*place.copy_of]) : std::string("none"),
                      place.similarity, place.evidence.size());
    }
    return found;
  }

  std::vector<EventKind> told_since(EventSequence before) {
    std::vector<EventKind> kinds;
    for (const Event& event : contract::must(stores().events().read(before, 10'000)))
      kinds.push_back(event.kind);
    return kinds;
  }

  ManualClock clock{*parse_rfc3339("2026-11-23T12:00:00Z")};
  memory::MemoryObjectStore objects{clock};
  Metrics metrics;

 private:
  contract::TemporaryFolder folder_;
  std::unique_ptr<Stores> disk_;
  std::unique_ptr<memory::MemoryStores> memory_;
  std::vector<SourceId> papers_;
};

}  // namespace tidings::pipeline
