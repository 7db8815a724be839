// Coverage balance: equal to what a count of single articles gives.
#include "analytics/balance.h"

#include <cmath>
#include <map>
#include <random>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tidings::analytics {
namespace {

std::string itself(std::string_view domain) {
  return std::string(domain);
}

NamedCounts counts(const std::string& name, std::uint64_t articles) {
  return {.name = name, .total = {.articles = articles}};
}

Aggregates aggregates(const std::vector<NamedCounts>& publishers, std::uint64_t unknown = 0) {
  Aggregates made{.total = {.articles = unknown}};
  made.dimensions = {{.dimension = Dimension::Publisher, .names = publishers.size()}};
  made.dimensions[0].top = publishers;
  for (const NamedCounts& one : publishers) made.total += one.total;
  return made;
}

TEST(Balance, ComparesWhatIsCoveredWithWhatIsWritten) {
  const RatingTable table = *read_ratings(
      "publisher,rating\nl.org,left\nc.org,center\nr.org,right\ns.org,right\nsilent.org,far\n");
  const RatingScale scale(table, 0, itself);
  const Balance balance =
      balance_of(scale, aggregates({counts("l.org", 6), counts("c.org", 2), counts("u.org", 3)}),
                 aggregates({counts("l.org", 20), counts("c.org", 20), counts("r.org", 30),
                             counts("s.org", 10), counts("u.org", 40)},
                            5));
  EXPECT_EQ(balance.covering.articles, 11U);
  EXPECT_EQ(balance.rated.articles, 8U);
  EXPECT_EQ(balance.publishers, 3U);
  EXPECT_EQ(balance.rated_publishers, 2U);
  EXPECT_EQ(balance.articles, 125U);
  EXPECT_EQ(balance.rated_articles, 80U);
  ASSERT_EQ(balance.sides.size(), 4U);
  EXPECT_EQ(balance.sides[0].rating, "left");
  EXPECT_EQ(balance.sides[0].share, 0.75);
  EXPECT_EQ(balance.sides[0].expected_share, 0.25);
  EXPECT_EQ(balance.sides[0].expected, 2);
  EXPECT_EQ(balance.sides[2].articles, 40U);
  EXPECT_EQ(balance.sides[2].active_publishers, 2U);
  ASSERT_EQ(balance.unrated.size(), 1U);
  EXPECT_EQ(balance.unrated[0].name, "u.org");
  const std::vector<const BalanceSide*> spots = blind_spots(balance);
  ASSERT_EQ(spots.size(), 1U);  // who wrote nothing at all is not silent about this
  EXPECT_EQ(spots[0]->rating, "right");
  EXPECT_DOUBLE_EQ(spots[0]->silence_chance, std::pow(0.5, 8));
}

TEST(Balance, HasTheMeanOfNumbers) {
  const RatingTable table = *read_ratings("publisher,rating\na.org,-0.5\nb.org,1\n");
  const RatingScale scale(table, 0, itself);
  const Balance balance = balance_of(scale, aggregates({counts("a.org", 3), counts("b.org", 1)}),
                                     aggregates({counts("a.org", 4), counts("b.org", 4)}));
  EXPECT_EQ(balance.mean, -0.125);
  EXPECT_EQ(balance.expected_mean, 0.25);
}

TEST(Balance, IsEmptyWithoutCoverage) {
  const RatingTable table = *read_ratings("publisher,rating\na.org,left\n");
  const RatingScale scale(table, 0, itself);
  const Balance balance = balance_of(scale, aggregates({}), aggregates({}));
  EXPECT_EQ(balance.sides[0].share, 0);
  EXPECT_EQ(balance.sides[0].silence_chance, 1);
  EXPECT_EQ(balance.mean, std::nullopt);
  EXPECT_TRUE(blind_spots(balance).empty());
}

// One article after the other.
TEST(Balance, CountsWhatTheDefinitionDoes) {
  std::mt19937 random(7);
  for (int round = 0; round < 50; ++round) {
    std::string csv = "publisher,rating\n";
    std::map<std::string, std::string> ratings;
    for (int i = 0; i < 12; ++i) {
      const std::string publisher = "p" + std::to_string(i) + ".org";
      const std::string rating = random() % 3 == 0 ? "" : "r" + std::to_string(random() % 4);
      csv += publisher + "," + rating + "\n";
      if (!rating.empty()) ratings[publisher] = rating;
    }
    const RatingTable table = *read_ratings(csv);
    const RatingScale scale(table, 0, itself);
    std::map<std::string, std::uint64_t> covering, all, side_covering, side_all;
    std::map<std::string, std::set<std::string>> side_publishers;
    std::uint64_t rated = 0, all_rated = 0;
    for (int i = 0; i < 60; ++i) {
      const std::string publisher = "p" + std::to_string(random() % 14) + ".org";
      const bool is_covering = random() % 3 == 0;
      ++all[publisher];
      covering[publisher] += is_covering ? 1 : 0;
      if (!ratings.contains(publisher)) continue;
      ++all_rated;
      ++side_all[ratings[publisher]];
      if (!is_covering) continue;
      ++rated;
      ++side_covering[ratings[publisher]];
      side_publishers[ratings[publisher]].insert(publisher);
    }
    std::vector<NamedCounts> of_covering, of_all;
    for (const auto& [name, articles] : covering) {
      if (articles > 0) of_covering.push_back(counts(name, articles));
    }
    for (const auto& [name, articles] : all) of_all.push_back(counts(name, articles));
    const Balance balance = balance_of(scale, aggregates(of_covering), aggregates(of_all));
    EXPECT_EQ(balance.rated.articles, rated);
    EXPECT_EQ(balance.rated_articles, all_rated);
    for (const BalanceSide& side : balance.sides) {
      EXPECT_EQ(side.covering.articles, side_covering[side.rating]);
      EXPECT_EQ(side.publishers, side_publishers[side.rating].size());
      EXPECT_EQ(side.articles, side_all[side.rating]);
      if (rated > 0) {
        EXPECT_DOUBLE_EQ(side.share, static_cast<double>(side_covering[side.rating]) /
                                         static_cast<double>(rated));
      }
    }
  }
}

}  // namespace
}  // namespace tidings::analytics
