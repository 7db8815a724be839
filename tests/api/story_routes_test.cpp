// Stories: the list, one of them, its articles, and what articles say of theirs.
#include "tests/api/api_fixture.h"

namespace tidings::api {
namespace {

using testing::ElementsAre;

class StoryRoutes : public ApiTest {
 protected:
  // A story of these articles, of as many publishers; the last is a copy of the first.
  StoryId tell(const std::vector<ArticleId>& ids, const std::string& headline, int lift_hours = 0) {
    const StoryId id{to_int(ids.front())};
    StoryStep step{.version = stores_.stories().state()->version};
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const ArticleSummary article = stores_.articles().get(ids[i])->summary;
      StoryArticle place{.article_id = ids[i],
                         .story_id = id,
                         .source_id = article.source_id,
                         .publisher = "Publisher " + std::to_string(i),
                         .published = article.published,
                         .similarity = 0.5,
                         .evidence = {{"trams", 0.5}}};
      if (i > 0 && i + 1 == ids.size()) {
        place.copy_of = ids.front();
        place.copy_similarity = 0.75;
      }
      step.placed.push_back(place);
    }
    const auto count = static_cast<std::int64_t>(ids.size());
    step.stories = {{.id = id,
                     .language = "en",
                     .headline = headline,
                     .headline_article = ids.front(),
                     .opened_at = clock_.now() - std::chrono::hours(24),
                     .updated_at = clock_.now() - std::chrono::hours(12),
                     .articles = count,
                     .publishers = count,
                     .rank = {.publishers = 2, .velocity = 1.5, .topic = 1},
                     .rank_key = clock_.now() + std::chrono::hours(lift_hours),
                     .tones = {.negative = 1, .score = -0.5}}};
    EXPECT_TRUE(stores_.stories().apply(step, nullptr));
    return id;
  }

  void link(StoryId from, const std::vector<StoryId>& to) {
    StoryStep step{.version = stores_.stories().state()->version};
    step.stories = {*stores_.stories().get(from)};
    step.links = {{.story = from}};
    for (const StoryId id : to) {
      step.links[0].links.push_back({.story = id,
                                     .score = 0.6421,
                                     .evidence = {{FactKind::Place, "<Maroc>", "Marruecos", 0.8129},
                                                  {FactKind::Number, "5,9", "5,9", 0.5}}});
    }
    ASSERT_TRUE(stores_.stories().apply(step, nullptr));
  }
  void change_headline(StoryId id, const std::string& headline) {
    StoryStep step{.version = stores_.stories().state()->version};
    step.stories = {*stores_.stories().get(id)};
    step.stories[0].headline = headline;
    ASSERT_TRUE(stores_.stories().apply(step, nullptr));
    tell_events();
  }

  static std::string path(StoryId id, const std::string& rest = "") {
    return "/api/v1/stories/" + std::to_string(to_int(id)) + rest;
  }

  std::vector<std::string> headlines(const std::string& query) {
    std::vector<std::string> found;
    const json body = get_json("/api/v1/stories" + query);
    for (const json& story : body["stories"]) found.push_back(story["headline"]);
    return found;
  }

  void analyze(ArticleId id, const std::string& topic) {
    AnalyzedArticle article{.article_id = id, .revision = 1, .analyzers = 1};
    article.analysis.language = {.code = "en", .confidence = 0.5};
    article.analysis.topics = {{.code = topic, .label = "sport", .score = 0.75}};
    article.analysis.sentiment = Sentiment{.score = -0.5, .label = Tone::Negative};
    article.analysis.summary = {"Trams run again in the old town since Monday morning."};
    ASSERT_TRUE(stores_.analyses().save(std::span(&article, 1), nullptr));
  }
};

TEST_F(StoryRoutes, ListStoriesByRankNewestOrSize) {
  const SourceId source = add_source("times");
  const auto add = [&](const char* title) { return add_article(source, {.title = title}); };
  tell({add("a")}, "low", 1);
  tell({add("b"), add("c")}, "high", 3);
  tell({add("d"), add("e"), add("f")}, "middle", 2);
  start();
  EXPECT_THAT(headlines(""), ElementsAre("high", "middle", "low"));
  EXPECT_THAT(headlines("?sort=size"), ElementsAre("middle", "high", "low"));
  EXPECT_THAT(headlines("?sort=newest"), ElementsAre("middle", "high", "low"));
  EXPECT_THAT(headlines("?publishers_min=3"), ElementsAre("middle"));
  EXPECT_THAT(headlines("?language=de"), ElementsAre());
  EXPECT_THAT(headlines("?language=en-GB&since=2026-11-23"), ElementsAre("high", "middle", "low"));
  EXPECT_THAT(headlines("?until=2026-11-23"), ElementsAre());
  const json story = get_json("/api/v1/stories?limit=1")["stories"][0];
  EXPECT_EQ(story["articles"], 2);
  EXPECT_EQ(story["rank"]["publishers"], 2);
  EXPECT_EQ(story["rank"]["velocity"], 1.5);
  EXPECT_EQ(story["rank"]["freshness"], 0.5);
  EXPECT_EQ(story["rank"]["score"], 1.5);
  EXPECT_EQ(story["tone"]["negative"], 1);
}

TEST_F(StoryRoutes, PageThroughStories) {
  const SourceId source = add_source("times");
  for (const char* title : {"a", "b", "c"})
    tell({add_article(source, {.title = title})}, title, title[0] - 'a');
  start();
  const RawResponse first = get("/api/v1/stories?limit=2");
  const json page = json::parse(first.body);
  EXPECT_EQ(page["stories"].size(), 2u);
  const std::string cursor = page["next_cursor"];
  EXPECT_EQ(first.header("Link"), "</api/v1/stories?limit=2&cursor=" + cursor + ">; rel=\"next\"");
  EXPECT_THAT(headlines("?limit=2&cursor=" + cursor), ElementsAre("a"));
  EXPECT_FALSE(get_json("/api/v1/stories?limit=2&cursor=" + cursor).contains("next_cursor"));
  expect_problem(get("/api/v1/stories?sort=size&cursor=" + cursor), 400, "cursor_invalid");
  expect_problem(get("/api/v1/stories?language=en&cursor=" + cursor), 400, "cursor_invalid");
}

TEST_F(StoryRoutes, FilterByWhatTheirArticlesAre) {
  const SourceId times = add_source("times"), post = add_source("post", "FR");
  const ArticleId a = add_article(times, {.title = "a"}), b = add_article(post, {.title = "b"});
  tell({a}, "sport");
  tell({b}, "elsewhere");
  analyze(a, "medtop:15000000");
  start();
  EXPECT_THAT(headlines("?topic=sport"), ElementsAre("sport"));
  EXPECT_THAT(headlines("?source=" + std::to_string(to_int(post))), ElementsAre("elsewhere"));
  EXPECT_THAT(headlines("?country=FR"), ElementsAre("elsewhere"));
  EXPECT_THAT(headlines("?about=PT"), ElementsAre());
  EXPECT_THAT(headlines("?entity=00c0ffee00c0ffee"), ElementsAre());
  for (const char* wrong : {"topic=knitting", "entity=Ana", "sort=best", "publishers_min=0",
                            "since=2026-11-24&until=2026-11-23"}) {
    expect_problem(get(std::string("/api/v1/stories?") + wrong), 400, "parameter_invalid");
  }
  expect_problem(get("/api/v1/stories?sentiment=negative"), 400, "parameter_unknown");
}

TEST_F(StoryRoutes, ShowOneWithItsTimelineAndPublishers) {
  const SourceId source = add_source("times");
  std::vector<ArticleId> ids;
  for (const char* hour : {"08:10", "08:50", "11:00"}) {
    ids.push_back(add_article(
        source, {.title = hour, .published = std::string("2026-11-23T") + hour + ":00Z"}));
    analyze(ids.back(), "medtop:15000000");
  }
  add_article(source, {.title = "08:10", .html = "<p>Edited</p>"});
  const StoryId id = tell(ids, "Trams run again");
  start();
  const json story = get_json(path(id));
  EXPECT_EQ(story["headline"], "Trams run again");
  ASSERT_EQ(story["summary"].size(), 1u) << "three articles say the same sentence";
  EXPECT_EQ(story["summary"][0]["text"], "Trams run again in the old town since Monday morning.");
  EXPECT_EQ(story["timeline"]["step"], "hour");
  ASSERT_EQ(story["timeline"]["steps"].size(), 2u);
  EXPECT_EQ(story["timeline"]["steps"][0]["begin"], "2026-11-23T08:00:00Z");
  EXPECT_EQ(story["timeline"]["steps"][0]["articles"], 2);
  EXPECT_EQ(story["timeline"]["steps"][1]["copies"], 1);
  EXPECT_EQ(story["timeline"]["steps"][1]["headline"], "11:00");
  ASSERT_EQ(story["by_publisher"].size(), 3u);
  EXPECT_EQ(story["by_publisher"][0]["publisher"], "Publisher 0");
  EXPECT_EQ(story["by_publisher"][0]["behind_seconds"], 0);
  EXPECT_EQ(story["by_publisher"][1]["behind_seconds"], 2400);
  EXPECT_EQ(story["by_publisher"][1]["tone"]["negative"], 1);
  expect_problem(get("/api/v1/stories/99"), 404, "not_found");
  expect_problem(get("/api/v1/stories/best"), 404, "not_found");
}

TEST_F(StoryRoutes, ShowArticlesWithTheirReasons) {
  const SourceId source = add_source("times");
  const std::vector<ArticleId> ids = {add_article(source, {.title = "a"}),
                                      add_article(source, {.title = "b"})};
  const StoryId id = tell(ids, "Trams");
  start();
  const json all = get_json(path(id, "/articles"));
  ASSERT_EQ(all["articles"].size(), 2u);
  EXPECT_EQ(all["articles"][0]["title"], "b");
  EXPECT_EQ(all["articles"][0]["copy_of"], to_int(ids[0]));
  EXPECT_EQ(all["articles"][0]["copy_similarity"], 0.75);
  EXPECT_EQ(all["articles"][0]["evidence"][0]["text"], "trams");
  EXPECT_EQ(all["articles"][1]["publisher"], "Publisher 0");
  const json first = get_json(path(id, "/articles?limit=1"));
  const std::string cursor = first["next_cursor"];
  EXPECT_EQ(get_json(path(id, "/articles?limit=1&cursor=" + cursor))["articles"][0]["title"], "a");
  expect_problem(get("/api/v1/stories/99/articles"), 404, "not_found");
  EXPECT_THAT(titles("/api/v1/articles?story=" + std::to_string(to_int(id))),
              ElementsAre("b", "a"));
}

TEST_F(StoryRoutes, ArticlesSayWhichStoryTheyAreIn) {
  const SourceId source = add_source("times");
  const std::vector<ArticleId> ids = {add_article(source, {.title = "a"}),
                                      add_article(source, {.title = "b"})};
  start();
  EXPECT_FALSE(get_json("/api/v1/articles")["articles"][0].contains("story_id"));
  const StoryId id = tell(ids, "Trams");
  tell_events();
  const json article = get_json("/api/v1/articles")["articles"][0];
  EXPECT_EQ(article["story_id"], to_int(id));
  EXPECT_EQ(article["story_size"], 2);
  EXPECT_EQ(article["copy_of"], to_int(ids[0]));
  const json whole = get_json("/api/v1/articles/" + std::to_string(to_int(ids[1])));
  EXPECT_EQ(whole["story_size"], 2);
}

TEST_F(StoryRoutes, AMergedStorySendsToWhatItBecame) {
  const SourceId source = add_source("times");
  const StoryId one = tell({add_article(source, {.title = "a"})}, "one");
  const StoryId two = tell({add_article(source, {.title = "b"})}, "two");
  start();
  EXPECT_EQ(get_json(path(one))["headline"], "one");
  EXPECT_THAT(headlines(""), testing::SizeIs(2));
  StoryStep step{.version = stores_.stories().state()->version, .merges = {{one, two}}};
  step.stories = {*stores_.stories().get(two)};
  step.stories[0].articles = 2;
  ASSERT_TRUE(stores_.stories().apply(step, nullptr));
  tell_events();
  const RawResponse moved = get(path(one));
  EXPECT_EQ(moved.status, 308);
  EXPECT_EQ(moved.header("Location"), path(two));
  EXPECT_EQ(get(path(one, "/articles?limit=1")).header("Location"), path(two, "/articles?limit=1"));
  EXPECT_EQ(get_json(path(two))["articles"], 2);
  EXPECT_THAT(headlines(""), ElementsAre("two"));
}

TEST_F(StoryRoutes, ShowTheSameEventInOtherLanguages) {
  const SourceId source = add_source("times");
  const StoryId one = tell({add_article(source, {.title = "a"})}, "one");
  const StoryId two = tell({add_article(source, {.title = "b"})}, "two");
  const StoryId three = tell({add_article(source, {.title = "c"})}, "three");
  link(one, {two});
  start();
  const json links = get_json(path(one))["links"];
  ASSERT_EQ(links.size(), 1u);
  EXPECT_EQ(links[0]["score"], 0.642);
  json listed = get_json("/api/v1/stories?sort=newest")["stories"][1];
  EXPECT_EQ(links[0]["story"], listed) << "as lists have it";
  EXPECT_EQ(links[0]["evidence"], json::parse(R"([
      {"kind":"place","text":"<Maroc>","other":"Marruecos","weight":0.813},
      {"kind":"number","text":"5,9","weight":0.5}])"));
  const json back = get_json(path(two))["links"];
  ASSERT_EQ(back.size(), 1u);
  EXPECT_EQ(back[0]["story"]["id"], to_int(one));
  EXPECT_EQ(back[0]["evidence"][0]["text"], "Marruecos");
  EXPECT_EQ(back[0]["evidence"][0]["other"], "<Maroc>");
  EXPECT_FALSE(get_json(path(three)).contains("links"));
  EXPECT_FALSE(listed.contains("links"));
}

TEST_F(StoryRoutes, BothSidesOfALinkFollowIt) {
  const SourceId source = add_source("times");
  const StoryId one = tell({add_article(source, {.title = "a"})}, "one");
  const StoryId two = tell({add_article(source, {.title = "b"})}, "two");
  const StoryId three = tell({add_article(source, {.title = "c"})}, "three");
  start();
  const auto linked = [&](StoryId id) {
    std::vector<std::string> found;
    const json story = get_json(path(id));
    for (const json& each : story.value("links", json::array()))
      found.push_back(each["story"]["headline"]);
    return found;
  };
  EXPECT_THAT(linked(one), ElementsAre());
  EXPECT_THAT(linked(two), ElementsAre());
  link(one, {two});
  tell_events();
  EXPECT_THAT(linked(one), ElementsAre("two"));
  EXPECT_THAT(linked(two), ElementsAre("one"));
  change_headline(two, "two, again");
  change_headline(one, "one, again");
  EXPECT_THAT(linked(one), ElementsAre("two, again"));
  EXPECT_THAT(linked(two), ElementsAre("one, again"));
  StoryStep merger{.version = stores_.stories().state()->version, .merges = {{two, three}}};
  merger.stories = {*stores_.stories().get(three)};
  ASSERT_TRUE(stores_.stories().apply(merger, nullptr));
  tell_events();
  EXPECT_THAT(linked(one), ElementsAre("three"));
  EXPECT_THAT(linked(three), ElementsAre("one, again"));
  link(one, {});
  tell_events();
  EXPECT_THAT(linked(one), ElementsAre());
  EXPECT_THAT(linked(three), ElementsAre());
}

TEST_F(StoryRoutes, AnAnswerIsKeptUntilItsStoryChanges) {
  const SourceId source = add_source("times");
  const StoryId one = tell({add_article(source, {.title = "a"})}, "one");
  const StoryId two = tell({add_article(source, {.title = "b"})}, "two");
  start();
  const std::string etag(get(path(one)).header("ETag"));
  EXPECT_EQ(get(path(one), "If-None-Match: " + etag + "\r\n").status, 304);
  change_headline(two, "two, again");
  EXPECT_EQ(get_json(path(two))["headline"], "two, again");
  EXPECT_EQ(get(path(one), "If-None-Match: " + etag + "\r\n").status, 304);
  StoryStep removal{.version = stores_.stories().state()->version, .gone = {one}};
  ASSERT_TRUE(stores_.stories().apply(removal, nullptr));
  tell_events();
  expect_problem(get(path(one)), 404, "not_found");
}

}  // namespace
}  // namespace tidings::api
