// What the contract suites share: a store under test, a clock of its own, and short ways to make
// the nouns.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/hash.h"
#include "core/log.h"
#include "core/time.h"
#include "ports/stores.h"

namespace tidings::contract {

// One empty database of an adapter, removed with the object.
class StoresUnderTest {
 public:
  StoresUnderTest() { log::set_level(log::Level::Warn); }  // each opening migrates, and says so
  virtual ~StoresUnderTest() = default;
  virtual Stores& stores() = 0;
  // Closes the stores and opens them again. False where nothing outlives them.
  virtual bool reopen() = 0;

  ManualClock clock{*parse_rfc3339("2026-11-23T12:00:00Z")};
};

// `make` reports its own failures and returns null then.
struct StoresCase {
  std::string name;
  std::function<std::unique_ptr<StoresUnderTest>()> make;
};
inline void PrintTo(const StoresCase& c, std::ostream* out) {
  *out << c.name;
}
inline std::string case_name(const testing::TestParamInfo<StoresCase>& info) {
  return info.param.name;
}

// Unwraps what must not fail.
template <class T>
T must(Result<T> result) {
  if (!result) {
    ADD_FAILURE() << to_string(result.error().kind) << ": " << result.error().message;
    if constexpr (std::is_void_v<T>) {
      return;
    } else {
      return T{};
    }
  }
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

template <class T>
ErrorKind kind_of(const Result<T>& result) {
  EXPECT_FALSE(result) << "success where an error was expected";
  return result ? ErrorKind::Corrupt : result.error().kind;
}

class StoresContract : public testing::TestWithParam<StoresCase> {
 protected:
  void SetUp() override {
    under_test_ = GetParam().make();
    ASSERT_NE(under_test_, nullptr);
  }

  ArticleStore& articles() { return under_test_->stores().articles(); }
  SourceStore& sources() { return under_test_->stores().sources(); }
  EventLog& events() { return under_test_->stores().events(); }
  RollupStore& rollups() { return under_test_->stores().rollups(); }
  AnalysisStore& analyses() { return under_test_->stores().analyses(); }
  PageStore& pages() { return under_test_->stores().pages(); }
  SecretStore& secrets() { return under_test_->stores().secrets(); }
  RatingStore& ratings() { return under_test_->stores().ratings(); }
  SavedSearchStore& saved_searches() { return under_test_->stores().saved_searches(); }
  TrendStore& trends() { return under_test_->stores().trends(); }
  PushStore& pushes() { return under_test_->stores().pushes(); }
  StoresUnderTest& under_test() { return *under_test_; }
  ManualClock& clock() { return under_test_->clock; }
  Time now() { return under_test_->clock.now(); }
  bool reopen() { return under_test_->reopen(); }

  SourceId add_source(const std::string& url = "https://example.org/feed") {
    const std::vector<SourceSettings> settings = {{.url = url}};
    const auto added = must(sources().add(settings));
    return added.size() == 1 ? added[0].id : SourceId{};
  }

  IngestOutcome ingest(SourceId source, std::vector<NewArticle> articles_given,
                       SourceState state = {}) {
    const std::vector<IngestBatch> batches = {
        {.source_id = source, .articles = std::move(articles_given), .state = std::move(state)}};
    const auto outcomes = must(articles().ingest(batches));
    return outcomes.size() == 1 ? outcomes[0] : IngestOutcome{};
  }

  std::vector<Event> all_events(EventSequence after = EventSequence{}) {
    return must(events().read(after, 10'000));
  }

 private:
  std::unique_ptr<StoresUnderTest> under_test_;
};

// An article that is distinct by `name` in identity and content.
inline NewArticle new_article(const std::string& name, Time published) {
  NewArticle article;
  article.identity = hash128(name);
  article.content_hash = hash64("content of " + name);
  article.article.summary.title = name;
  article.article.summary.url = "https://example.org/" + name;
  article.article.summary.published = published;
  article.article.body.content_html = "<p>" + name + "</p>";
  article.article.body.text = name;
  return article;
}

// The same article after the publisher changed it.
inline NewArticle edited(NewArticle article, const std::string& title) {
  article.article.summary.title = title;
  article.article.body.content_html = "<p>" + title + "</p>";
  article.article.body.text = title;
  article.content_hash = hash64("content of " + title);
  return article;
}

inline std::vector<std::string> titles(const std::vector<ArticleSummary>& articles) {
  std::vector<std::string> found;
  for (const ArticleSummary& article : articles) found.push_back(article.title);
  return found;
}

}  // namespace tidings::contract
