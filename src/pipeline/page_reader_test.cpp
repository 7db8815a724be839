#include "pipeline/page_reader.h"

#include <functional>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/memory/memory_stores.h"
#include "core/hash.h"

namespace tidings::pipeline {
namespace {

const Time kNow = parse_rfc3339("2026-11-23T18:30:00Z").value();

// Answers at once, by address: a status and a body. What it does not know is 404.
class Site final : public HttpClient {
 public:
  void put(const std::string& url, int status, std::string body = {}, HttpHeaders headers = {}) {
    MutexLock lock(mutex_);
    answers_[url] = {.status = status, .headers = std::move(headers), .body = std::move(body)};
  }

  void send(HttpRequest request, Done done) override {
    HttpResponse response{.status = 404};
    {
      MutexLock lock(mutex_);
      asked_.push_back(request.url);
      requests_[request.url] = request;
      if (const auto found = answers_.find(request.url); found != answers_.end())
        response = found->second;
    }
    response.url = request.url;
    done(std::move(response));
  }
  void shutdown() override {}

  HttpRequest request(const std::string& url) {
    MutexLock lock(mutex_);
    return requests_[url];
  }
  std::vector<std::string> asked() {
    MutexLock lock(mutex_);
    return asked_;
  }

 private:
  Mutex mutex_;
  std::map<std::string, HttpResponse> answers_ GUARDED_BY(mutex_);
  std::vector<std::string> asked_ GUARDED_BY(mutex_);
  std::map<std::string, HttpRequest> requests_ GUARDED_BY(mutex_);
};

std::string page_of(const std::string& words) {
  std::string html =
      "<html lang=en><head><title>The harbour</title></head><body><nav><a href=/>Home</a></nav>"
      "<article><h1>The harbour</h1>";
  for (int i = 0; i < 6; ++i) {
    html += "<p>" + words + ", said the mayor on day " + std::to_string(i) +
            ", after a debate that had gone on for the whole of the evening, and then some.</p>";
  }
  return html + "</article></body></html>";
}

class PageReaderTest : public testing::Test {
 protected:
  void TearDown() override {
    transfers_.shutdown();
    running_ = {};
  }

  ArticleId add(const std::string& name, const std::string& url) {
    if (source_ == SourceId{}) {
      const SourceSettings settings{.url = "https://feeds.example/feed", .full_text = FullText::On};
      source_ = stores_.sources().add({&settings, 1}).value()[0].id;
    }
    NewArticle article;
    article.identity = hash128(name);
    article.wants_page = true;
    article.article.summary.title = name;
    article.article.summary.url = url;
    article.article.body = {.content_html = "<p>It begins …</p>", .text = "It begins …"};
    IngestBatch batch{.source_id = source_};
    batch.articles.push_back(article);
    return stores_.articles().ingest({&batch, 1}).value()[0].added.at(0);
  }

  // Runs until nothing is due and nobody is held.
  void run() {
    if (!running_.joinable()) {
      running_ = std::jthread([this](const std::stop_token& stop) { reader_.run(stop); });
    }
    reader_.wake();
    transfers_.wake();
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    const auto is_done = [this] {
      const auto due = stores_.pages().next_due().value();
      return stores_.pages().count().value() == 0 || (due && *due > clock_.now());
    };
    while (!is_done()) {
      ASSERT_LT(std::chrono::steady_clock::now(), deadline);
      std::this_thread::yield();
    }
  }

  Article article(ArticleId id) { return stores_.articles().get(id).value(); }
  std::int64_t jobs() { return stores_.pages().count().value(); }

  ManualClock clock_{kNow};
  memory::MemoryStores stores_{clock_};
  memory::MemoryObjectStore objects_{clock_};
  Site site_;
  Metrics metrics_;
  Signal appended_;
  PacedTransfers transfers_{
      site_, metrics_, clock_, {.pacing = {.in_flight_max = 8, .gap = Duration(0)}}};
  Sealer sealer_{[](KeyUse) { return parse_keyring(std::string(64, 'a')); }};
  PageReader reader_{
      {stores_.pages(), stores_.articles(), stores_.sources(), objects_, transfers_, &sealer_},
      appended_,
      metrics_,
      clock_,
      {.poll_interval = std::chrono::milliseconds(1)}};
  SourceId source_{};
  std::jthread running_;
};

TEST_F(PageReaderTest, GivesAnArticleItsText) {
  site_.put("https://a.example/robots.txt", 200, "User-agent: *\nDisallow: /private");
  site_.put("https://a.example/1", 200, page_of("It will be deeper"));
  const ArticleId id = add("one", "https://a.example/1");
  run();
  const Article read = article(id);
  EXPECT_THAT(read.body.text, testing::HasSubstr("It will be deeper, said the mayor on day 5"));
  EXPECT_THAT(read.body.text, testing::Not(testing::HasSubstr("Home")));
  EXPECT_EQ(read.summary.title, "one");
  EXPECT_EQ(read.summary.language, "en");
  EXPECT_EQ(read.summary.revision, 1);
  EXPECT_EQ(jobs(), 0);
  EXPECT_EQ(objects_.list("raw/", "", 10).value().objects.size(), 1u);
  EXPECT_EQ(objects_.list("processed/", "", 10).value().objects.size(), 1u);
}

TEST_F(PageReaderTest, CarriesWhatTheSourceDoesAndHeadersToTheirOriginAlone) {
  for (const char* site : {"https://feeds.example", "https://other.example"})
    site_.put(std::string(site) + "/1", 200, page_of("It will be deeper"));
  add("one", "https://feeds.example/1");
  add("two", "https://other.example/1");
  SourceAccess access;
  access.origin = "https://feeds.example";
  access.set_header("Authorization", "Basic x");
  access.user_agent = "Tidings for Jane";
  access.proxy = "http://proxy.example:3128";
  SourceSettings settings = stores_.sources().get(source_)->settings;
  settings.access = *seal_access(access, source_, sealer_);
  ASSERT_TRUE(stores_.sources().set(source_, settings));
  run();
  EXPECT_EQ(jobs(), 0);
  for (const char* site : {"https://feeds.example", "https://other.example"}) {
    const HttpRequest page = site_.request(std::string(site) + "/1");
    EXPECT_EQ(page.origin, "https://feeds.example") << "the client sends them nowhere else";
    EXPECT_EQ(page.origin_headers, access.headers);
    EXPECT_EQ(header(page.headers, "Authorization"), "");
    const HttpRequest robots = site_.request(std::string(site) + "/robots.txt");
    EXPECT_TRUE(robots.origin_headers.empty());
    for (const HttpRequest& request : {page, robots}) {
      EXPECT_EQ(request.proxy, access.proxy) << request.url;
      EXPECT_EQ(header(request.headers, "User-Agent"), access.user_agent) << request.url;
    }
  }
}

TEST_F(PageReaderTest, AsksForRobotsOnceAndObeys) {
  site_.put("https://a.example/robots.txt", 200, "User-agent: tidings\nDisallow: /private");
  site_.put("https://a.example/private/2", 200, page_of("Secret"));
  site_.put("https://a.example/1", 200, page_of("It will be deeper"));
  const ArticleId forbidden = add("two", "https://a.example/private/2");
  add("one", "https://a.example/1");
  run();
  EXPECT_THAT(site_.asked(),
              testing::ElementsAre("https://a.example/robots.txt", "https://a.example/1"));
  EXPECT_EQ(article(forbidden).body.text, "It begins …");
  EXPECT_EQ(jobs(), 0);
}

TEST_F(PageReaderTest, ASiteWithoutRobotsAllowsAll) {
  site_.put("https://a.example/1", 200, page_of("It will be deeper"));
  const ArticleId id = add("one", "https://a.example/1");
  run();
  EXPECT_THAT(article(id).body.text, testing::HasSubstr("deeper"));
}

TEST_F(PageReaderTest, RobotsOutOfReachForbidForNow) {
  site_.put("https://a.example/robots.txt", 503);
  site_.put("https://a.example/1", 200, page_of("It will be deeper"));
  const ArticleId id = add("one", "https://a.example/1");
  run();
  EXPECT_THAT(site_.asked(), testing::ElementsAre("https://a.example/robots.txt"));
  ASSERT_EQ(jobs(), 1);
  site_.put("https://a.example/robots.txt", 404);
  clock_.advance(std::chrono::hours(2));
  run();
  EXPECT_THAT(article(id).body.text, testing::HasSubstr("deeper"));
}

TEST_F(PageReaderTest, WhatMayPassIsTriedAgainAndThenGivenUp) {
  site_.put("https://a.example/1", 503);
  add("one", "https://a.example/1");
  for (int attempt = 0; attempt < 6; ++attempt) {
    EXPECT_EQ(jobs(), 1) << attempt;
    run();
    clock_.advance(std::chrono::hours(24));
  }
  EXPECT_EQ(jobs(), 0);
}

TEST_F(PageReaderTest, APageThatIsNotThereIsNotAskedAgain) {
  add("one", "https://a.example/1");
  run();
  EXPECT_EQ(jobs(), 0);
}

TEST_F(PageReaderTest, APageThatSaysLessChangesNothing) {
  site_.put("https://a.example/1", 200, "<p>x</p>");
  const ArticleId id = add("one", "https://a.example/1");
  run();
  EXPECT_EQ(article(id).body.text, "It begins …");
  EXPECT_EQ(jobs(), 0);
}

TEST_F(PageReaderTest, KeepsACrawlDelay) {
  site_.put("https://a.example/robots.txt", 200, "User-agent: *\nCrawl-delay: 30");
  for (const char* url : {"https://a.example/1", "https://a.example/2", "https://a.example/3"}) {
    site_.put(url, 200, page_of("It will be deeper"));
    add(url, url);
  }
  run();
  while (jobs() > 2)
    std::this_thread::yield();  // the first is on its way; the test's time limits it
  EXPECT_EQ(stores_.pages().next_due().value(), kNow + std::chrono::seconds(30));
}

}  // namespace
}  // namespace tidings::pipeline
