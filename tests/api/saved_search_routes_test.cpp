// Saved searches, and what matches them.
#include "tests/api/api_fixture.h"

namespace tidings::api {
namespace {

class SavedSearchRoutes : public ApiTest {
 protected:
  SavedSearchId save(const std::string& name) {
    const auto added = stores_.saved_searches().add(
        kLocalOwner, {.name = name, .query = "storm*", .canonical = "storm*"});
    EXPECT_TRUE(added);
    return added ? added->id : SavedSearchId{};
  }
  void match(SavedSearchId search, const std::vector<ArticleId>& articles) {
    std::vector<SearchMatch> matches;
    for (const ArticleId id : articles) matches.push_back({.search_id = search, .article_id = id});
    const CursorMove move{.consumer = "standing_queries", .to = EventSequence{1}};
    ASSERT_TRUE(stores_.saved_searches().add_matches(matches, move));
  }
  static std::string path(SavedSearchId id, const std::string& rest = {}) {
    return "/api/v1/searches/" + to_text(id) + rest;
  }
};

TEST_F(SavedSearchRoutes, AreListedByName) {
  start();
  EXPECT_EQ(get_json("/api/v1/searches"), json::parse(R"({"searches":[]})"));
  save("Weather");
  const SavedSearchId storms = save("Storms");
  const json listed = get_json("/api/v1/searches")["searches"];
  ASSERT_EQ(listed.size(), 2U);
  EXPECT_EQ(listed[0], get_json(path(storms)));
  EXPECT_EQ(listed[0]["name"], "Storms");
  EXPECT_EQ(listed[0]["query"], "storm*");
  EXPECT_EQ(listed[0]["standing"], true);
  EXPECT_EQ(listed[0]["unread"], 0);
  EXPECT_FALSE(listed[0].contains("last_match_at"));
}

TEST_F(SavedSearchRoutes, MatchesComeNewestFirstAPageAtATime) {
  start();
  const SourceId source = add_source("herald");
  std::vector<ArticleId> ids;
  for (const char* title : {"One", "Two", "Three"})
    ids.push_back(add_article(source, {.title = title, .html = title}));
  const SavedSearchId storms = save("Storms");
  match(storms, ids);
  EXPECT_EQ(get_json(path(storms))["unread"], 3);
  const json first = get_json(path(storms, "/matches?limit=2"));
  ASSERT_EQ(first["matches"].size(), 2U);
  EXPECT_EQ(first["matches"][0]["article"]["title"], "Three");
  EXPECT_TRUE(first["matches"][0].contains("matched_at"));
  const std::string cursor = first["next_cursor"];
  const json second = get_json(path(storms, "/matches?limit=2&cursor=" + cursor));
  ASSERT_EQ(second["matches"].size(), 1U);
  EXPECT_EQ(second["matches"][0]["article"]["title"], "One");
  EXPECT_FALSE(second.contains("next_cursor"));
  const SavedSearchId other = save("Other");
  EXPECT_EQ(get(path(other, "/matches?cursor=" + cursor)).status, 400);
}

TEST_F(SavedSearchRoutes, WhatIsNotThereIsNotFound) {
  start();
  for (const char* rest : {"", "/matches"})
    EXPECT_EQ(get(path(SavedSearchId(7), rest)).status, 404);
  EXPECT_EQ(get("/api/v1/searches/storms").status, 404);
}

}  // namespace
}  // namespace tidings::api
