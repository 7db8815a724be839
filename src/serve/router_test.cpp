#include "serve/router.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tidings::serve {
namespace {

using testing::HasSubstr;

Route route(std::string pattern) {
  return {.pattern = std::move(pattern),
          .access = Access::Reader,
          .handler = [](const Call&) -> Result<Content> { return Content{}; }};
}

TEST(Router, RefusesARouteThatDoesNotSayWhoMayCallIt) {
  std::vector<Route> routes = {route("/a"), route("/b")};
  routes[1].access = Access::Undeclared;
  const auto router = Router::make(std::move(routes));
  ASSERT_FALSE(router);
  EXPECT_THAT(router.error().message, HasSubstr("/b"));
}

TEST(Router, RefusesARouteWithoutAHandlerAndOneThatIsThereTwice) {
  std::vector<Route> silent = {route("/a")};
  silent[0].handler = nullptr;
  EXPECT_FALSE(Router::make(std::move(silent)));
  EXPECT_FALSE(Router::make({route("/a"), route("/a")}));
}

TEST(Router, TakesWhatARouteDeclares) {
  Route reads = route("/a"), hub = route("/b"), writes = route("/c");
  hub.is_callback = true;
  writes.write_access = Access::Admin;
  EXPECT_EQ(allowed_methods(reads), "GET, HEAD, OPTIONS");
  EXPECT_EQ(allowed_methods(hub), "GET, HEAD, OPTIONS, POST");
  EXPECT_EQ(allowed_methods(writes), "GET, HEAD, OPTIONS, PUT, DELETE");
  EXPECT_FALSE(takes(reads, Method::Put));
  EXPECT_FALSE(takes(writes, Method::Post));
  EXPECT_FALSE(takes(writes, Method::Patch));
  writes.caching = Caching::ByEvents;
  EXPECT_FALSE(Router::make({writes}));
}

TEST(Router, FindsTheRouteAndWhatStandsForTheId) {
  const auto router = Router::make({route("/articles"), route("/articles.atom"),
                                    route("/articles/{id}"), route("/articles/{id}/revisions")});
  ASSERT_TRUE(router);
  struct Case {
    std::string path;
    int route;  // -1: none
    std::string id;
  };
  const std::vector<Case> cases = {
      {"/articles", 0, ""},
      {"/articles.atom", 1, ""},
      {"/articles/7", 2, "7"},
      {"/articles/7/revisions", 3, "7"},
      {"/articles/", -1, ""},
      {"/articles/7/", -1, ""},
      {"/articles//revisions", -1, ""},
      {"/articles/7/8", -1, ""},
      {"/Articles", -1, ""},
      {"/", -1, ""},
      {"", -1, ""},
  };
  for (const auto& [path, expected, id] : cases) {
    const auto match = router->find(path);
    ASSERT_EQ(match.has_value(), expected >= 0) << path;
    if (!match) continue;
    EXPECT_EQ(static_cast<int>(match->route), expected) << path;
    EXPECT_EQ(match->path_id, id) << path;
  }
}

}  // namespace
}  // namespace tidings::serve
