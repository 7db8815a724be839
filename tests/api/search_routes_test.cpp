// Searching: hits with what was asked for marked, facets, explanations, pages, and what is wrong.
#include "tests/api/api_fixture.h"

namespace tidings::api {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

class SearchRoutes : public ApiTest {
 protected:
  void SetUp() override {
    first_ = add_source("herald");
    second_ = add_source("courier", "FR");
  }

  // So many articles of an hour each, the last the newest.
  void publish(int count, const std::string& title = "Trams in Zurich") {
    for (int i = 0; i < count; ++i)
      add_article(i % 2 == 0 ? first_ : second_,
                  {.title = title + " " + std::to_string(i),
                   .published = format_rfc3339(clock_.now() - std::chrono::hours(count - i))});
  }
  void begin() {
    search_.catch_up();
    start();
  }

  json search(const std::string& rest) { return get_json("/api/v1/search" + rest); }
  std::vector<std::string> found(const json& answer) {
    std::vector<std::string> titles;
    for (const json& hit : answer["hits"]) titles.push_back(hit["article"]["title"]);
    return titles;
  }
  // The problem that a target is answered with.
  json problem(const std::string& target, const std::string& code) {
    const RawResponse response = get(target);
    expect_problem(response, 400, code);
    return json::parse(response.body, nullptr, false);
  }

  void tell_story(const std::vector<ArticleId>& ids) {
    const StoryId id{to_int(ids.front())};
    StoryStep step{.version = stores_.stories().state()->version};
    for (const ArticleId one : ids) {
      const ArticleSummary article = stores_.articles().get(one)->summary;
      step.placed.push_back({.article_id = one,
                             .story_id = id,
                             .source_id = article.source_id,
                             .publisher = "Publisher",
                             .published = article.published});
    }
    step.stories = {{.id = id,
                     .headline = "A story",
                     .headline_article = ids.front(),
                     .opened_at = clock_.now(),
                     .updated_at = clock_.now(),
                     .articles = static_cast<std::int64_t>(ids.size()),
                     .publishers = 1}};
    ASSERT_TRUE(stores_.stories().apply(step, nullptr));
  }

  SourceId first_{}, second_{};
};

TEST_F(SearchRoutes, FindsMarksAndEscapes) {
  const ArticleId id = add_article(first_, {.title = "Elections & <b>trams</b>"});
  add_article(first_, {.title = "Something else"});
  begin();
  const json answer = search("?q=election+tram");
  ASSERT_EQ(answer["hits"].size(), 1);
  const json& hit = answer["hits"][0];
  EXPECT_EQ(hit["article"]["id"], to_int(id));
  EXPECT_EQ(hit["title_html"],
            "<mark>Elections</mark> &amp; &lt;b&gt;<mark>trams</mark>&lt;/b&gt;");
  EXPECT_EQ(hit["snippet_html"], "Body");
  EXPECT_GT(hit["score"], 0);
  EXPECT_FALSE(hit.contains("explanation"));
  EXPECT_EQ(answer["count"], (json{{"articles", 1}, {"exact", true}}));
  EXPECT_EQ(answer["query"], "election tram");
  EXPECT_EQ(answer["cursor"], to_int(*stores_.events().head()));
}

TEST_F(SearchRoutes, FindsEverythingWithoutAQuery) {
  publish(3);
  begin();
  EXPECT_THAT(found(search("")),
              ElementsAre("Trams in Zurich 2", "Trams in Zurich 1", "Trams in Zurich 0"));
}

TEST_F(SearchRoutes, SortsAsItIsTold) {
  publish(3);
  add_article(first_, {.title = "Zurich", .published = "2026-11-01T10:00:00Z"});
  begin();
  EXPECT_EQ(found(search("?q=zurich&sort=oldest")).front(), "Zurich");
  EXPECT_EQ(found(search("?q=zurich&sort=newest")).front(), "Trams in Zurich 2");
  EXPECT_EQ(found(search("?q=zurich")), found(search("?q=zurich&sort=relevance")));
  EXPECT_EQ(problem("/api/v1/search?sort=best", "parameter_invalid")["parameter"], "sort");
}

TEST_F(SearchRoutes, GoesOnFromPageToPage) {
  publish(5);
  begin();
  std::vector<std::string> all;
  std::string target = "/api/v1/search?q=zurich&sort=newest&limit=2";
  for (int page = 0; page < 4 && !target.empty(); ++page) {
    const RawResponse response = get(target);
    ASSERT_EQ(response.status, 200) << response.body;
    const auto titles = found(json::parse(response.body));
    all.insert(all.end(), titles.begin(), titles.end());
    const std::string link(response.header("Link"));
    target = link.empty() ? "" : link.substr(1, link.find('>') - 1);
  }
  EXPECT_THAT(target, IsEmpty());
  EXPECT_EQ(all, found(search("?q=zurich&sort=newest")));
  EXPECT_EQ(all.size(), 5);
  EXPECT_THAT(found(search("?q=zurich&offset=5")), IsEmpty());
  const json too_far = problem("/api/v1/search?q=zurich&offset=990&limit=20", "parameter_invalid");
  EXPECT_EQ(too_far["parameter"], "offset");
  EXPECT_THAT(too_far["detail"].get<std::string>(), HasSubstr("1000"));
}

TEST_F(SearchRoutes, ShowsAStoryOnceUnlessAskedForAll) {
  const ArticleId one = add_article(first_, {.title = "Trams run again"});
  const ArticleId two = add_article(second_, {.title = "Trams are back"});
  add_article(second_, {.title = "Trams elsewhere"});
  tell_story({one, two});
  begin();
  const json per_story = search("?q=trams");
  EXPECT_EQ(per_story["hits"].size(), 2);
  EXPECT_EQ(per_story["count"]["articles"], 3);
  EXPECT_EQ(search("?q=trams&stories=0")["hits"].size(), 3);
  for (const json& hit : per_story["hits"]) {
    const bool is_of_story = hit["article"]["title"] != "Trams elsewhere";
    EXPECT_EQ(hit.value("story_articles", 1), is_of_story ? 2 : 1);
  }
}

TEST_F(SearchRoutes, ExplainsScores) {
  publish(2);
  begin();
  const json hit = search("?q=zurich+tram&explain=1&limit=1")["hits"][0];
  const json& explanation = hit["explanation"];
  ASSERT_EQ(explanation["parts"].size(), 2);
  double sum = 0;
  for (const json& part : explanation["parts"]) {
    EXPECT_GT(part["frequency"], 0);
    sum += part["score"].get<double>();
  }
  EXPECT_NEAR(sum * explanation["recency"].get<double>(), hit["score"], 1e-4);
  EXPECT_EQ(explanation["words"], 5);  // four of the title, one of the text
}

TEST_F(SearchRoutes, CountsFacets) {
  publish(5);
  begin();
  const json facets = search("?q=zurich&facets=source,country")["facets"];
  ASSERT_EQ(facets["source"].size(), 2);
  EXPECT_EQ(facets["source"][0]["name"], std::to_string(to_int(first_)));
  EXPECT_EQ(facets["source"][0]["label"], "herald");
  EXPECT_EQ(facets["source"][0]["articles"], 3);
  EXPECT_EQ(facets["country"][1]["name"], "FR");
  EXPECT_EQ(facets["country"][1]["articles"], 2);
  const json unknown = problem("/api/v1/search?facets=color", "parameter_invalid");
  EXPECT_EQ(unknown["parameter"], "facets");
  EXPECT_THAT(unknown["detail"].get<std::string>(), HasSubstr("publisher"));
}

TEST_F(SearchRoutes, SaysWhereAQueryIsWrong) {
  begin();
  const json syntax = problem("/api/v1/search?q=rain+soruce:bbc", "query_syntax");
  EXPECT_EQ(syntax["title"], "The query cannot be read");
  EXPECT_EQ(syntax["parameter"], "q");
  EXPECT_THAT(syntax["detail"].get<std::string>(), HasSubstr("byte 5"));
  EXPECT_THAT(syntax["detail"].get<std::string>(), HasSubstr("source"));
  const json account = problem("/api/v1/search?q=is:unread", "needs_account");
  EXPECT_NE(account["title"], syntax["title"]);
  EXPECT_EQ(problem("/api/v1/search?q=(a", "query_syntax")["parameter"], "q");
}

TEST_F(SearchRoutes, TakesTimesInTheZoneOfWhoAsks) {
  add_article(first_, {.title = "Late trams", .published = "2026-11-22T23:30:00Z"});
  begin();
  const std::string day = "?q=trams+published:2026-11-23";
  EXPECT_THAT(found(search(day)), IsEmpty());
  EXPECT_THAT(found(search(day + "&time_zone=Europe/Berlin")), ElementsAre("Late trams"));
  const json unknown = problem("/api/v1/search?time_zone=Mars/Base", "parameter_invalid");
  EXPECT_EQ(unknown["parameter"], "time_zone");
}

TEST_F(SearchRoutes, SuggestsWordsThatBeginSo) {
  publish(3);
  add_article(first_, {.title = "Trains"});
  begin();
  const json answer = get_json("/api/v1/search/suggest?q=Tra");
  ASSERT_GE(answer["suggestions"].size(), 2);
  EXPECT_EQ(answer["suggestions"][0], (json{{"text", "trams"}, {"articles", 3}}));
  EXPECT_EQ(answer["suggestions"][1], (json{{"text", "trains"}, {"articles", 1}}));
  EXPECT_EQ(get_json("/api/v1/search/suggest?q=tra&limit=1")["suggestions"].size(), 1);
  EXPECT_EQ(problem("/api/v1/search/suggest", "parameter_invalid")["parameter"], "q");
}

TEST_F(SearchRoutes, TellsHowTheIndexIs) {
  publish(3);
  begin();
  const json statistics = get_json("/api/v1/search/statistics");
  EXPECT_EQ(statistics["articles"], 3);
  EXPECT_EQ(statistics["deleted"], 0);
  EXPECT_EQ(statistics["memory_articles"], 0) << "what was filled is written at once";
  EXPECT_EQ(statistics["cursor"], to_int(*stores_.events().head()));
  EXPECT_EQ(statistics["filling"], false);
}

TEST_F(SearchRoutes, FindsWhatIsLikeAnArticle) {
  const ArticleId id = add_article(first_, {.title = "Trams of Zurich are late"});
  add_article(second_, {.title = "Late trams again in Zurich"});
  add_article(second_, {.title = "Cheese prices"});
  begin();
  const std::string like = "/api/v1/articles/" + std::to_string(to_int(id)) + "/like";
  EXPECT_EQ(found(get_json(like)).front(), "Late trams again in Zurich");
  EXPECT_THAT(found(get_json(like)), Not(testing::Contains("Trams of Zurich are late")));
  expect_problem(get("/api/v1/articles/7/like"), 404, "not_found");
  expect_problem(get("/api/v1/articles/x/like"), 404, "not_found");
}

TEST_F(SearchRoutes, AnswersAnewWhenAnArticleCame) {
  publish(1);
  begin();
  EXPECT_EQ(search("?q=zurich")["count"]["articles"], 1);
  add_article(second_, {.title = "Zurich again"});
  search_.catch_up();
  tell_events();
  EXPECT_EQ(search("?q=zurich")["count"]["articles"], 2);
}

}  // namespace
}  // namespace tidings::api
