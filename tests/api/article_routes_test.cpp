// What /api/v1/articles answers, and when its kept answers go.
#include <condition_variable>
#include <thread>

#include "tests/api/api_fixture.h"

namespace tidings::api {
namespace {

using testing::ElementsAre;

class ArticleRoutes : public ApiTest {};

TEST_F(ArticleRoutes, ListNewestFirstWithWhatIsKnown) {
  const SourceId source = add_source("times");
  const ArticleId old = add_article(source, {.title = "Old", .published = "2026-11-22T10:00:00Z"});
  add_article(source, {.title = "New \"quoted\" \xF0\x9F\x97\x9E"});
  start();
  const json body = get_json("/api/v1/articles");
  ASSERT_EQ(body["articles"].size(), 2u);
  EXPECT_EQ(body["articles"][0]["title"], "New \"quoted\" \xF0\x9F\x97\x9E");
  const json& article = body["articles"][1];
  EXPECT_EQ(article["id"], to_int(old));
  EXPECT_EQ(article["source_id"], to_int(source));
  EXPECT_EQ(article["source_title"], "times");
  EXPECT_EQ(article["country"], "GB");
  EXPECT_EQ(article["published"], "2026-11-22T10:00:00Z");
  EXPECT_EQ(article["added_at"], "2026-11-23T12:00:00Z");
  EXPECT_EQ(article["revision"], 1);
  EXPECT_FALSE(article.contains("authors"));
  EXPECT_FALSE(article.contains("updated"));
  EXPECT_FALSE(article.contains("content_html"));
  EXPECT_FALSE(body.contains("next_cursor"));
}

TEST_F(ArticleRoutes, FilterBySourceLanguageCountryAndTime) {
  const SourceId british = add_source("times");
  const SourceId brazilian = add_source("folha", "BR");
  add_article(british, {.title = "a", .published = "2026-11-20T10:00:00Z"});
  add_article(british, {.title = "b", .language = "cy", .published = "2026-11-21T10:00:00Z"});
  add_article(brazilian, {.title = "c", .language = "pt-BR", .published = "2026-11-22T10:00:00Z"});
  start();
  const std::string source = "source=" + std::to_string(to_int(british));
  EXPECT_THAT(titles("/api/v1/articles?" + source), ElementsAre("b", "a"));
  EXPECT_THAT(titles("/api/v1/articles?language=pt"), ElementsAre("c"));
  EXPECT_THAT(titles("/api/v1/articles?language=pt-br"), ElementsAre("c"));
  EXPECT_THAT(titles("/api/v1/articles?country=gb&language=cy"), ElementsAre("b"));
  EXPECT_THAT(titles("/api/v1/articles?since=2026-11-21&until=2026-11-22"), ElementsAre("b"));
  EXPECT_THAT(titles("/api/v1/articles?since=2026-11-21T10:00:01Z"), ElementsAre("c"));
  EXPECT_THAT(titles("/api/v1/articles?country=FR"), ElementsAre());
}

TEST_F(ArticleRoutes, PagesNeitherRepeatNorSkipAndEndByThemselves) {
  const SourceId source = add_source("times");
  for (int i = 0; i < 7; ++i) {  // all at one time: the id decides
    add_article(source, {.title = std::to_string(i)});
  }
  start();
  std::string target = "/api/v1/articles?language=en&limit=3";
  std::vector<std::string> seen;
  int pages = 0;
  while (!target.empty()) {
    const RawResponse response = get(target);
    ASSERT_EQ(response.status, 200) << response.body;
    const json body = json::parse(response.body);
    for (const json& article : body["articles"]) seen.push_back(article["title"]);
    const std::string link = response.header("Link");
    EXPECT_EQ(link.empty(), !body.contains("next_cursor"));
    target.clear();
    if (!link.empty()) {
      EXPECT_THAT(link, testing::EndsWith(">; rel=\"next\""));
      EXPECT_THAT(link, HasSubstr(body["next_cursor"].get<std::string>()));
      target = link.substr(1, link.find('>') - 1);
    }
    ++pages;
  }
  EXPECT_EQ(pages, 3);
  EXPECT_THAT(seen, ElementsAre("6", "5", "4", "3", "2", "1", "0"));
}

TEST_F(ArticleRoutes, RefuseCursorsThatAreNotTheirs) {
  const SourceId source = add_source("times");
  for (int i = 0; i < 3; ++i) add_article(source, {.title = std::to_string(i)});
  start();
  const std::string cursor = get_json("/api/v1/articles?limit=1")["next_cursor"];
  expect_problem(get("/api/v1/articles?cursor=nonsense"), 400, "cursor_invalid");
  const RawResponse foreign = get("/api/v1/articles?language=en&cursor=" + cursor);
  expect_problem(foreign, 400, "cursor_invalid");
  EXPECT_EQ(json::parse(foreign.body)["parameter"], "cursor");
  EXPECT_THAT(foreign.body, HasSubstr("other filters"));
  // Another page size is the same list.
  EXPECT_EQ(titles("/api/v1/articles?limit=2&cursor=" + cursor).size(), 2u);
}

TEST_F(ArticleRoutes, RefuseAWindowThatEndsBeforeItBegins) {
  start();
  const RawResponse response = get("/api/v1/articles?since=2026-11-23&until=2026-11-22");
  expect_problem(response, 400, "parameter_invalid");
  EXPECT_EQ(json::parse(response.body)["parameter"], "until");
}

TEST_F(ArticleRoutes, ShowOneArticleWithItsBodyAndHistory) {
  const SourceId source = add_source("times");
  const ArticleId id = add_article(source, {.title = "Edited", .html = "<p>First</p>"});
  start();
  const std::string target = "/api/v1/articles/" + to_text(id);
  EXPECT_EQ(get_json(target)["content_html"], "<p>First</p>");
  EXPECT_EQ(get_json(target + "/revisions")["revisions"].size(), 0u);

  add_article(source, {.title = "Edited", .html = "<p>Second</p>"});
  tell_events();
  const json article = get_json(target);
  EXPECT_EQ(article["content_html"], "<p>Second</p>");
  EXPECT_EQ(article["text"], "Body");
  EXPECT_EQ(article["revision"], 2);
  const json history = get_json(target + "/revisions");
  ASSERT_EQ(history["revisions"].size(), 1u);
  EXPECT_EQ(history["revisions"][0]["content_html"], "<p>First</p>");
  EXPECT_EQ(history["revisions"][0]["revision"], 1);
}

TEST_F(ArticleRoutes, SayThatAnArticleDoesNotExist) {
  start();
  for (const char* id : {"1", "x", "0", "-1", "99999999999999999999"}) {
    expect_problem(get("/api/v1/articles/" + std::string(id)), 404, "not_found");
    expect_problem(get("/api/v1/articles/" + std::string(id) + "/revisions"), 404, "not_found");
  }
}

TEST_F(ArticleRoutes, AreAnAtomFeed) {
  const SourceId source = add_source("times & co");
  add_article(source, {.title = "a < b & \"c\"\x01"});
  add_article(source, {.title = "older", .published = "2026-11-22T10:00:00Z"});
  start();
  const RawResponse response = get("/api/v1/articles.atom?limit=1");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.header("Content-Type"), "application/atom+xml; charset=utf-8");
  EXPECT_THAT(response.body, HasSubstr("<title>a &lt; b &amp; &quot;c&quot;</title>"));
  EXPECT_THAT(response.body, HasSubstr("<title>times &amp; co</title>"));
  EXPECT_THAT(response.body, HasSubstr("<updated>2026-11-23T10:00:00Z</updated>"));
  EXPECT_THAT(response.body,
              HasSubstr("rel=\"self\" type=\"application/atom+xml\" "
                        "href=\"http://news.example/api/v1/articles.atom?limit=1\""));
  EXPECT_THAT(
      response.body,
      HasSubstr(
          "rel=\"next\" href=\"http://news.example/api/v1/articles.atom?limit=1&amp;cursor="));
}

TEST_F(ArticleRoutes, AreAJsonFeed) {
  add_article(add_source("times"), {.title = "One"});
  start();
  const RawResponse response = get("/api/v1/articles.json?language=en");
  EXPECT_EQ(response.header("Content-Type"), "application/feed+json");
  const json feed = json::parse(response.body);
  EXPECT_EQ(feed["version"], "https://jsonfeed.org/version/1.1");
  EXPECT_EQ(feed["feed_url"], "http://news.example/api/v1/articles.json?language=en");
  ASSERT_EQ(feed["items"].size(), 1u);
  EXPECT_EQ(feed["items"][0]["title"], "One");
  EXPECT_EQ(feed["items"][0]["content_text"], "About One");
  EXPECT_TRUE(feed["items"][0]["id"].is_string());
}

TEST_F(ArticleRoutes, AreKeptUntilAnEventTouchesThem) {
  const SourceId english = add_source("times");
  const SourceId german = add_source("zeit", "DE");
  add_article(english, {.title = "one"});
  start();
  EXPECT_THAT(titles("/api/v1/articles"), ElementsAre("one"));
  EXPECT_THAT(titles("/api/v1/articles"), ElementsAre("one"));
  EXPECT_THAT(titles("/api/v1/articles?language=en"), ElementsAre("one"));
  EXPECT_EQ(finds_, 2);

  add_article(german, {.title = "zwei", .language = "de"});
  tell_events();
  EXPECT_THAT(titles("/api/v1/articles?language=en"), ElementsAre("one"));
  EXPECT_EQ(finds_, 2);  // no German article could change it
  EXPECT_THAT(titles("/api/v1/articles"), ElementsAre("zwei", "one"));
  EXPECT_EQ(finds_, 3);
}

TEST_F(ArticleRoutes, AreFoundUnderEverySpellingOfTheSameQuestion) {
  start();
  get("/api/v1/articles?country=GB&language=en");
  get("/api/v1/articles?language=EN&country=gb&limit=50");
  get("/api/v1/articles?%6Canguage=en&country=GB");
  EXPECT_EQ(finds_, 1);
}

TEST_F(ArticleRoutes, ShowTheSourcesNewTitleAtOnce) {
  const SourceId source = add_source("times");
  const ArticleId id = add_article(source, {});
  start();
  EXPECT_EQ(get_json("/api/v1/articles")["articles"][0]["source_title"], "times");
  EXPECT_EQ(get_json("/api/v1/articles/" + to_text(id))["source_title"], "times");
  SourceSettings settings = stores_.sources().get(source)->settings;
  settings.title = "The Times";
  ASSERT_TRUE(stores_.sources().set(source, settings));
  tell_events();
  EXPECT_EQ(get_json("/api/v1/articles")["articles"][0]["source_title"], "The Times");
  EXPECT_EQ(get_json("/api/v1/articles/" + to_text(id))["source_title"], "The Times");
}

TEST_F(ArticleRoutes, ForgetADeletedArticle) {
  const ArticleId id = add_article(add_source("times"), {.title = "gone"});
  start();
  EXPECT_EQ(titles("/api/v1/articles").size(), 1u);
  EXPECT_EQ(get("/api/v1/articles/" + to_text(id)).status, 200);
  ASSERT_TRUE(stores_.articles().remove(id));
  tell_events();
  EXPECT_EQ(titles("/api/v1/articles").size(), 0u);
  expect_problem(get("/api/v1/articles/" + to_text(id)), 404, "not_found");
}

TEST_F(ArticleRoutes, NeverKeepWhatWasReadBeforeAnArticleCame) {
  const SourceId source = add_source("times");
  add_article(source, {.title = "first"});
  start();
  std::atomic<bool> once{true};
  after_find_ = [&] {
    if (!once.exchange(false)) return;
    add_article(source, {.title = "second"});
    tell_events();
  };
  EXPECT_THAT(titles("/api/v1/articles"), ElementsAre("first"));
  EXPECT_THAT(titles("/api/v1/articles"), ElementsAre("second", "first"));
}

TEST_F(ArticleRoutes, AreReadOnceForAllWhoAskMeanwhile) {
  add_article(add_source("times"), {.title = "one"});
  start();
  HeldRead held(after_find_);
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < 5; ++i) {
    clients.push_back(std::make_unique<RawClient>(server_->port()));
    clients.back()->send(get_request("/api/v1/articles"));
    if (i == 0) held.wait_until_reading();
  }
  // Each of the others has been taken up once a later request on the same connection's loop was.
  for (int i = 0; i < 4; ++i) EXPECT_EQ(get("/health").status, 200);
  held.release();
  for (const auto& client : clients) EXPECT_EQ(client->read_response().status, 200);
  EXPECT_EQ(finds_, 1);
}

TEST_F(ArticleRoutes, SayWhenTheStoreIsAwayAndGoOnServingWhatIsKept) {
  add_article(add_source("times"), {.title = "one"});
  start();
  EXPECT_EQ(get("/api/v1/articles").status, 200);
  is_away_ = true;
  EXPECT_EQ(get("/api/v1/articles").status, 200);
  const RawResponse response = get("/api/v1/articles?language=en");
  expect_problem(response, 503, "unavailable");
  EXPECT_EQ(response.header("Retry-After"), "5");
  EXPECT_EQ(response.body.find("the database is locked"), std::string::npos) << "for the log only";
  is_away_ = false;
  EXPECT_EQ(get("/api/v1/articles?language=en").status, 200);
}

}  // namespace
}  // namespace tidings::api
