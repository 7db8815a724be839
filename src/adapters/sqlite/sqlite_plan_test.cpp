// Listings must be range scans in the order of the answer: a sort of 200,000 articles would be a
// slow page for everyone.
#include <string>
#include <vector>

#include "adapters/sql/article_query.h"
#include "adapters/sql/source_rows.h"
#include "adapters/sql/story_links.h"
#include "adapters/sql/story_query.h"
#include "adapters/sqlite/sqlite_connection.h"
#include "adapters/sqlite/sqlite_stores.h"
#include "tests/contract/contract.h"
#include "tests/contract/temporary_folder.h"

namespace tidings::sqlite {
namespace {

using contract::must;

std::string plan_of(SqliteConnection& connection, const std::string& statement,
                    const sql::Parameters& parameters) {
  std::string plan;
  for (const sql::Row row :
       must(connection.execute("EXPLAIN QUERY PLAN " + statement, parameters))) {
    plan += row.string(3) + "; ";
  }
  return plan;
}

TEST(SqlitePlan, EveryListingIsARangeScan) {
  log::set_level(log::Level::Warn);
  const contract::TemporaryFolder folder;
  const SystemClock clock;
  const SqliteSettings settings{.path = folder.path() + "/tidings.db"};
  must(open_sqlite(settings, clock));
  const auto connection = must(SqliteConnection::open(settings, Access::Read));
  struct Case {
    ArticleQuery filters;
    std::string index;
  };
  const SourceId source{1};
  const std::vector<Case> cases = {
      {{}, "articles_by_time"},
      {{.language = "pt"}, "articles_by_language"},
      {{.language = "pt-BR"}, "articles_by_language"},
      {{.country = "BR"}, "articles_by_country"},
      {{.language = "pt", .country = "BR"}, "articles_by_country"},
      {{.language = "pt-BR", .country = "BR"}, "articles_by_country"},
      {{.source_id = source}, "articles_by_source"},
      {{.source_id = source, .language = "pt"}, "articles_by_source"},
      {{.source_id = source, .language = "pt-BR", .country = "BR"}, "articles_by_source"},
  };
  for (const Case& c : cases) {
    for (int bounds = 0; bounds < 8; ++bounds) {
      ArticleQuery query = c.filters;
      if (bounds & 1) query.since = from_micros(1'000);
      if (bounds & 2) query.until = from_micros(2'000);
      if (bounds & 4) query.after = {.published = from_micros(1'500), .id = ArticleId(7)};
      const sql::Question sql = sql::listing(query, 51, connection->dialect());
      const std::string plan = plan_of(*connection, sql.text(), sql.parameters());
      EXPECT_NE(plan.find("USING INDEX " + c.index), std::string::npos) << plan << sql.text();
      EXPECT_EQ(plan.find("TEMP B-TREE"), std::string::npos) << plan << sql.text();
      if (bounds != 0) {
        EXPECT_NE(plan.find("published"), std::string::npos) << plan << sql.text();
      }
    }
  }
}

TEST(SqlitePlan, EveryListingOfStoriesIsARangeScan) {
  log::set_level(log::Level::Warn);
  const contract::TemporaryFolder folder;
  const SystemClock clock;
  const SqliteSettings settings{.path = folder.path() + "/tidings.db"};
  must(open_sqlite(settings, clock));
  const auto connection = must(SqliteConnection::open(settings, Access::Read));
  struct Case {
    StoryQuery query;
    std::string index;
  };
  const StoryQuery::Position position{.key = 5, .id = StoryId(7)};
  const std::vector<Case> cases = {
      {{}, "stories_by_rank"},
      {{.publishers_min = 2, .after = position}, "stories_by_rank"},
      {{.language = "pt", .after = position}, "stories_by_language"},
      {{.sort = StorySort::Newest, .since = from_micros(1), .after = position}, "stories_by_time"},
      {{.sort = StorySort::Size, .after = position}, "stories_by_size"},
  };
  for (const Case& c : cases) {
    const sql::Question sql = sql::story_listing(c.query, 51, connection->dialect());
    const std::string plan = plan_of(*connection, sql.text(), sql.parameters());
    EXPECT_NE(plan.find("USING INDEX " + c.index), std::string::npos) << plan << sql.text();
    EXPECT_EQ(plan.find("TEMP B-TREE"), std::string::npos) << plan << sql.text();
  }
  // Those of a term's newest articles are looked up one by one, then sorted.
  const sql::Question by_term =
      sql::story_listing({.terms = {"topic x"}}, 51, connection->dialect());
  const std::string plan = plan_of(*connection, by_term.text(), by_term.parameters());
  EXPECT_NE(plan.find("SEARCH s USING INTEGER PRIMARY KEY"), std::string::npos) << plan;
  const sql::Question members = sql::listing({.story_id = StoryId(1)}, 51, connection->dialect());
  const std::string members_plan = plan_of(*connection, members.text(), members.parameters());
  EXPECT_NE(members_plan.find("story_articles_by_story"), std::string::npos) << members_plan;
  EXPECT_EQ(members_plan.find("TEMP B-TREE"), std::string::npos) << members_plan;
  const std::string links_plan =
      plan_of(*connection, std::string(sql::kSelectLinksOfOthers), sql::Parameters(1, 16));
  EXPECT_NE(links_plan.find("USING INDEX story_links_by_linked"), std::string::npos) << links_plan;
}

TEST(SqlitePlan, WhatIsDueIsFoundByIndex) {
  log::set_level(log::Level::Warn);
  const contract::TemporaryFolder folder;
  const SystemClock clock;
  const SqliteSettings settings{.path = folder.path() + "/tidings.db"};
  must(open_sqlite(settings, clock));
  const auto connection = must(SqliteConnection::open(settings, Access::Read));
  const std::string plan =
      plan_of(*connection, std::string(sql::kSelectSource) + std::string(sql::kWhereDue),
              sql::Parameters(5, 10));
  EXPECT_NE(plan.find("source_states_due"), std::string::npos) << plan;
  EXPECT_EQ(plan.find("TEMP B-TREE"), std::string::npos) << plan;
}

}  // namespace
}  // namespace tidings::sqlite
