#include "analytics/balance.h"

#include <cmath>

namespace tidings::analytics {
namespace {

double part(std::uint64_t some, std::uint64_t all) {
  return all == 0 ? 0 : static_cast<double>(some) / static_cast<double>(all);
}

// The mean of numbers, each as often as its publisher has articles.
class Mean {
 public:
  void add(std::optional<double> number, std::uint64_t articles) {
    if (!number) return;
    sum_ += *number * static_cast<double>(articles);
    articles_ += articles;
  }
  std::optional<double> value() const {
    if (articles_ == 0) return std::nullopt;
    return sum_ / static_cast<double>(articles_);
  }

 private:
  double sum_ = 0;
  std::uint64_t articles_ = 0;
};

void add_covering(Balance& balance, const RatingScale& scale, const DimensionCounts& publishers) {
  Mean mean;
  balance.publishers = publishers.names;
  for (const NamedCounts& one : publishers.top) {
    const auto place = scale.rating_of(one.name);
    if (!place) {
      if (balance.unrated.size() < kUnratedShown) balance.unrated.push_back(one);
      continue;
    }
    balance.rated += one.total;
    ++balance.rated_publishers;
    balance.sides[*place].covering += one.total;
    ++balance.sides[*place].publishers;
    mean.add(scale.number_of(one.name), one.total.articles);
  }
  balance.mean = mean.value();
}

void add_everything(Balance& balance, const RatingScale& scale, const DimensionCounts& publishers) {
  Mean mean;
  for (const NamedCounts& one : publishers.top) {
    const auto place = scale.rating_of(one.name);
    if (!place) continue;
    balance.rated_articles += one.total.articles;
    balance.sides[*place].articles += one.total.articles;
    ++balance.sides[*place].active_publishers;
    mean.add(scale.number_of(one.name), one.total.articles);
  }
  balance.expected_mean = mean.value();
}

}  // namespace

Balance balance_of(const RatingScale& scale, const Aggregates& covering, const Aggregates& all) {
  Balance balance{.covering = covering.total, .articles = all.total.articles};
  for (const std::string& rating : scale.ratings()) balance.sides.push_back({.rating = rating});
  add_covering(balance, scale, covering.dimensions.front());
  add_everything(balance, scale, all.dimensions.front());
  const auto rated = static_cast<double>(balance.rated.articles);
  for (BalanceSide& side : balance.sides) {
    side.share = part(side.covering.articles, balance.rated.articles);
    side.expected_share = part(side.articles, balance.rated_articles);
    side.expected = side.expected_share * rated;
    side.silence_chance = std::pow(1 - side.expected_share, rated);
  }
  return balance;
}

std::vector<const BalanceSide*> blind_spots(const Balance& balance) {
  std::vector<const BalanceSide*> spots;
  for (const BalanceSide& side : balance.sides) {
    if (side.covering.articles == 0 && side.articles > 0) spots.push_back(&side);
  }
  return spots;
}

}  // namespace tidings::analytics
