// The API over real sockets and stores in memory, with a few articles and a hand on every event.
#pragma once

#include <atomic>
#include <functional>
#include <latch>
#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "adapters/faulty/faulty_stores.h"
#include "adapters/memory/memory_stores.h"
#include "core/hash.h"
#include "serve/api_server.h"
#include "tests/support/raw_client.h"
#include "tests/support/search_of_stores.h"

namespace tidings::api {

using nlohmann::json;
using test::get_request;
using test::RawClient;
using test::RawResponse;
using testing::HasSubstr;

struct ArticleSpec {
  std::string title = "A title";
  std::string language = "en";
  std::string published = "2026-11-23T10:00:00Z";
  std::string html = "<p>Body</p>";
  std::string host = "site.example";
};

// Holds the first read of articles, and so its worker, from the reading until release().
class HeldRead {
 public:
  explicit HeldRead(std::function<void()>& after_find) {
    after_find = [this] {
      if (!is_first_.exchange(false)) return;
      reading_.count_down();
      released_.wait();
    };
  }
  void wait_until_reading() { reading_.wait(); }
  void release() { released_.count_down(); }

 private:
  std::atomic<bool> is_first_{true};
  std::latch reading_{1}, released_{1};
};

class ApiTest : public testing::Test {
 protected:
  ApiTest() {
    settings_.http.port = 0;
    settings_.public_url = "http://news.example";
  }

  void TearDown() override {
    search_.index().set_listener({});
    server_.reset();
  }

  void start() {
    settings_.http.loops = 2;
    settings_.http.sweep_interval = std::chrono::milliseconds(10);
    auto server = serve::ApiServer::start(
        settings_, {.articles = articles_,
                    .analyses = stores_.analyses(),
                    .stories = stores_.stories(),
                    .sources = stores_.sources(),
                    .events = stores_.events(),
                    .rollups = stores_.rollups(),
                    .search = search_.answers(),
                    .saved_searches = stores_.saved_searches(),
                    .ratings = stores_.ratings(),
                    .families = stories::PublisherFamilies::shipped(),
                    .trends = stores_.trends(),
                    .metrics = metrics_,
                    .clock = clock_,
                    .checks = checks_,
                    .consumers = [this]() -> Result<std::vector<serve::ConsumerProgress>> {
                      return std::vector<serve::ConsumerProgress>{{"rollups", consumer_at_}};
                    }});
    ASSERT_TRUE(server) << server.error().message;
    server_ = *std::move(server);
    search_.index().set_listener([this] { server_->on_search_change(); });
  }

  SourceId add_source(const std::string& name, const std::string& country = "GB") {
    const SourceSettings settings{.url = "https://" + name + ".example/feed",
                                  .title = name,
                                  .country = country,
                                  .topics = {"world"}};
    const auto added = stores_.sources().add(std::array{settings});
    EXPECT_TRUE(added);
    return (*added)[0].id;
  }

  // Of two with one title the later is an edit.
  ArticleId add_article(SourceId source, const ArticleSpec& spec) {
    NewArticle fresh;
    ArticleSummary& summary = fresh.article.summary;
    summary.title = spec.title;
    summary.url = "https://" + spec.host + "/" + std::to_string(hash64(spec.title) % 1000);
    summary.language = spec.language;
    summary.summary = "About " + spec.title;
    summary.published = *parse_rfc3339(spec.published);
    const auto of_source = stores_.sources().get(source);
    if (of_source) summary.country = of_source->settings.country;
    fresh.article.body = {.content_html = spec.html, .text = "Body"};
    fresh.identity = hash128(spec.title);
    fresh.content_hash = hash64(spec.html);
    IngestBatch batch{.source_id = source};
    batch.articles.push_back(std::move(fresh));
    const auto outcome = stores_.articles().ingest(std::span(&batch, 1));
    EXPECT_TRUE(outcome);
    const IngestOutcome& one = outcome->front();
    return !one.added.empty() ? one.added[0] : one.edited.empty() ? ArticleId{} : one.edited[0];
  }

  // Gives the server every event that it was not given yet, as the program's tail of the log does.
  void tell_events() {
    const auto events = stores_.events().read(server_->position(), 1000);
    ASSERT_TRUE(events);
    server_->on_events(*events);
  }

  RawResponse ask(std::string_view request) {
    RawClient client(server_->port());
    client.send(request);
    return client.read_response();
  }
  RawResponse get(std::string_view target, std::string_view headers = {}) {
    return ask(get_request(target, headers));
  }
  json get_json(std::string_view target) {
    const RawResponse response = get(target);
    EXPECT_EQ(response.status, 200) << target << "\n" << response.body;
    return json::parse(response.body, nullptr, false);
  }
  std::vector<std::string> titles(std::string_view target) {
    std::vector<std::string> titles;
    const json body = get_json(target);
    for (const json& article : body["articles"]) titles.push_back(article["title"]);
    return titles;
  }

  static void expect_problem(const RawResponse& response, int status, const std::string& code) {
    EXPECT_EQ(response.status, status) << response.body;
    EXPECT_EQ(response.header("Content-Type"), "application/problem+json");
    EXPECT_EQ(response.header("Cache-Control"), "no-store");
    const json problem = json::parse(response.body, nullptr, false);
    ASSERT_TRUE(problem.is_object()) << response.body;
    EXPECT_EQ(problem["type"], "urn:tidings:problem:" + code);
    EXPECT_EQ(problem["status"], status);
    EXPECT_TRUE(problem["title"].is_string());
  }

  ManualClock clock_{*parse_rfc3339("2026-11-23T12:00:00Z")};
  memory::MemoryStores stores_{clock_};
  tests::SearchOfStores search_{stores_, clock_};
  std::atomic<int> finds_{0};
  std::atomic<bool> is_away_{false};
  std::function<void()> after_find_ = [] {};  // the articles were read, and not yet answered with
  faulty::FaultyArticleStore articles_{stores_.articles(),
                                       {.before_find = [this]() -> std::optional<Error> {
                                          ++finds_;
                                          if (is_away_)
                                            return unavailable("the database is locked");
                                          return std::nullopt;
                                        },
                                        .after_find = [this] { after_find_(); }}};
  Metrics metrics_;
  std::vector<serve::HealthCheck> checks_;
  EventSequence consumer_at_{};
  serve::ServeSettings settings_;
  std::unique_ptr<serve::ApiServer> server_;
};

}  // namespace tidings::api
