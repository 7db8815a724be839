// A database as a server would have it after a year: search_fill CORPUS DATABASE puts the documents
// of a corpus (README.md) into it, analyzed and in stories, the last of them published now.
// Consumers other than the search index find nothing left to do: what they cost is measured
// elsewhere.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "adapters/sqlite/sqlite_stores.h"
#include "analyze/analyze.h"
#include "bench/must.h"
#include "bench/search/peer.h"
#include "core/hash.h"
#include "core/log.h"
#include "core/result.h"
#include "core/time.h"
#include "pipeline/consumer.h"

namespace tidings::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBatchDocuments = 10'000;
constexpr int kSources = 1'000;  // numbers in meta.tsv are below

struct Document {
  std::size_t source = 0;
  StoryId story{};
  NewArticle article;
  Analysis analysis;
};

// Where the title of so many words ends.
std::size_t title_end(std::string_view line, int words) {
  std::size_t at = 0;
  for (int i = 0; i < words && at != std::string_view::npos; ++i) at = line.find(' ', at + 1);
  return std::min(at, line.size());
}

Document document_of(std::int64_t number, std::string_view line, std::string_view meta,
                     std::chrono::seconds later) {
  const std::vector<std::string_view> columns = split(meta, '\t');
  if (columns.size() < 9) throw std::runtime_error("meta.tsv has not nine columns");
  const auto whole = [&](std::size_t column) { return std::stoll(std::string(columns[column])); };
  Document made{.source = static_cast<std::size_t>(whole(1)), .story = StoryId(whole(7) + 1)};
  const std::size_t end = title_end(line, static_cast<int>(whole(8)));
  ArticleSummary& summary = made.article.article.summary;
  summary.title = line.substr(0, end);
  summary.url = fmt::format("https://paper{}.test/{}", made.source, number);
  summary.language = columns[3];
  summary.published = from_micros(whole(0) * 1'000'000) + later;
  ArticleBody& body = made.article.article.body;
  body.text = line.substr(std::min(line.size(), end + 1));
  body.content_html = fmt::format("<p>{}</p>", body.text);
  made.article.identity = hash128(std::to_string(number));

  made.analysis.language = {.code = summary.language, .confidence = 1};
  for (const std::string_view topic : split(columns[5], ',')) {
    if (!topic.empty())
      made.analysis.topics.push_back(
          {.code = std::string(topic), .label = std::string(topic), .score = 0.5});
  }
  made.analysis.sentiment = Sentiment{.score = std::stod(std::string(columns[6]))};
  made.analysis.words = static_cast<std::int32_t>(std::ranges::count(line, ' ')) + 1;
  return made;
}

std::vector<SourceId> add_sources(Stores& stores) {
  std::vector<SourceSettings> settings(kSources);
  for (int i = 0; i < kSources; ++i) {
    settings[static_cast<std::size_t>(i)].url = fmt::format("https://paper{}.test/feed", i);
    // Nothing is there to be fetched.
    settings[static_cast<std::size_t>(i)].enabled = false;
  }
  std::vector<SourceId> ids;
  ids.reserve(settings.size());
  for (const SourceAdded& added : must(stores.sources().add(settings))) ids.push_back(added.id);
  return ids;
}

class Filling {
 public:
  Filling(Stores& stores, ManualClock& clock)
      : stores_(stores), clock_(clock), sources_(add_sources(stores)) {}

  void add(Document document) {
    clock_.set(document.article.article.summary.published);
    waiting_.push_back(std::move(document));
    if (waiting_.size() == kBatchDocuments) store();
  }

  void store() {
    std::map<std::size_t, std::vector<Document*>> by_source;
    for (Document& one : waiting_) by_source[one.source].push_back(&one);
    std::vector<IngestBatch> batches;
    batches.reserve(by_source.size());
    for (const auto& [source, documents] : by_source) {
      IngestBatch& batch = batches.emplace_back(IngestBatch{.source_id = sources_[source]});
      for (const Document* one : documents) batch.articles.push_back(one->article);
    }
    const std::vector<IngestOutcome> outcomes = must(stores_.articles().ingest(batches));
    std::vector<AnalyzedArticle> analyzed;
    analyzed.reserve(waiting_.size());
    StoryStep step{.version = stories_version_++};
    std::set<StoryId> changed;
    for (auto outcome = outcomes.begin(); const auto& [source, documents] : by_source) {
      for (std::size_t i = 0; i < documents.size(); ++i) {
        Document& one = *documents[i];
        const ArticleId id = outcome->added.at(i);
        step.placed.push_back(place(one, id));
        changed.insert(one.story);
        analyzed.push_back({.article_id = id,
                            .analyzers = analyze::kAnalyzers,
                            .analysis = std::move(one.analysis)});
      }
      ++outcome;
    }
    must(stores_.analyses().save(analyzed, nullptr));
    for (const StoryId id : changed) step.stories.push_back(stories_.at(id));
    must(stores_.stories().apply(step, nullptr));
    waiting_.clear();
  }

  void leave_nothing_to_do() {
    const EventSequence head = must(stores_.events().head());
    for (const std::string_view consumer : pipeline::kConsumerNames)
      must(stores_.events().advance({.consumer = std::string(consumer), .to = head}));
  }

 private:
  StoryArticle place(const Document& document, ArticleId id) {
    const ArticleSummary& summary = document.article.article.summary;
    Story& story = stories_[document.story];
    if (story.articles++ == 0) {
      story.id = document.story;
      story.language = summary.language;
      story.headline = summary.title;
      story.headline_article = id;
      story.url = summary.url;
      story.opened_at = summary.published;
    }
    story.publishers = story.articles;
    story.updated_at = story.rank_key = summary.published;
    return {.article_id = id,
            .story_id = document.story,
            .source_id = sources_[document.source],
            .publisher = fmt::format("paper{}.test", document.source),
            .published = summary.published,
            .words = document.analysis.words};
  }

  Stores& stores_;
  ManualClock& clock_;
  const std::vector<SourceId> sources_;
  std::vector<Document> waiting_;
  std::unordered_map<StoryId, Story> stories_;
  std::int64_t stories_version_ = 0;
};

// From the last document's time to now.
std::chrono::seconds lateness(const fs::path& corpus) {
  std::int64_t last = 0;
  each_line(corpus / "meta.tsv", [&](std::string_view line) {
    last = std::stoll(std::string(line.substr(0, line.find('\t'))));
  });
  return std::chrono::duration_cast<std::chrono::seconds>(SystemClock().now() -
                                                          from_micros(last * 1'000'000));
}

void fill(const fs::path& corpus, const std::string& database) {
  log::set_level(log::Level::Error);
  ManualClock clock(SystemClock().now());
  const auto stores = must(sqlite::open_sqlite({.path = database}, clock));
  Filling filling(*stores, clock);
  const std::chrono::seconds later = lateness(corpus);
  std::ifstream meta(corpus / "meta.tsv");
  std::int64_t number = 0;
  each_line(corpus / "corpus.txt", [&](std::string_view line) {
    std::string facts;
    std::getline(meta, facts);
    filling.add(document_of(number++, line, facts, later));
  });
  filling.store();
  filling.leave_nothing_to_do();
  fmt::print("{{\"what\":\"fill\",\"articles\":{}}}\n", number);
}

}  // namespace
}  // namespace tidings::bench

int main(int argc, char** argv) {
  if (argc != 3) {
    fmt::print(stderr, "search_fill CORPUS DATABASE\n");
    return 2;
  }
  try {
    tidings::bench::fill(argv[1], argv[2]);
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "search_fill: {}\n", error.what());
    return 1;
  }
}
