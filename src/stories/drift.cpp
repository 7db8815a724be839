#include "stories/drift.h"

#include <algorithm>

namespace tidings::stories {
namespace {

// Chosen on the development streams, where stories are known: none of one event is split.
constexpr double kLinkMin = 0.10;      // mean cosine of the articles of two clusters that are one
constexpr double kApartMax = 0.12;     // cosine of the sums of two events
constexpr double kCoherentMin = 0.12;  // mean cosine of articles that tell of one event

using Cluster = std::vector<std::size_t>;

class Cosines {
 public:
  explicit Cosines(std::span<const std::vector<Term>> articles)
      : count_(articles.size()), cosines_(count_ * count_, 0) {
    for (std::size_t i = 0; i < count_; ++i) {
      for (std::size_t j = 0; j < i; ++j)
        cosines_[i * count_ + j] = cosines_[j * count_ + i] = cosine(articles[i], articles[j]);
    }
  }

  double mean(const Cluster& first, const Cluster& second) const {
    double sum = 0;
    for (const std::size_t i : first) {
      for (const std::size_t j : second) sum += cosines_[i * count_ + j];
    }
    return sum / static_cast<double>(first.size() * second.size());
  }
  // Of all pairs.
  double mean() const {
    double sum = 0;
    for (const double each : cosines_) sum += each;
    return count_ > 1 ? sum / static_cast<double>(count_ * (count_ - 1)) : 0;
  }

 private:
  std::size_t count_;
  std::vector<double> cosines_;
};

// Joins the nearest two until none are near.
std::vector<Cluster> clusters_of(std::span<const std::vector<Term>> articles) {
  const Cosines cosines(articles);
  std::vector<Cluster> clusters;
  for (std::size_t i = 0; i < articles.size(); ++i) clusters.push_back({i});
  while (clusters.size() > 1) {
    double nearest = kLinkMin;
    std::size_t first = 0, second = 0;
    for (std::size_t i = 0; i < clusters.size(); ++i) {
      for (std::size_t j = i + 1; j < clusters.size(); ++j) {
        const double near = cosines.mean(clusters[i], clusters[j]);
        if (near <= nearest) continue;
        nearest = near;
        first = i;
        second = j;
      }
    }
    if (first == second) break;
    Cluster& into = clusters[first];
    into.insert(into.end(), clusters[second].begin(), clusters[second].end());
    clusters.erase(clusters.begin() + static_cast<std::ptrdiff_t>(second));
  }
  for (Cluster& cluster : clusters) std::sort(cluster.begin(), cluster.end());
  return clusters;
}

double nearness_to_others(const Cluster& cluster, std::span<const std::vector<Term>> articles) {
  std::vector<std::vector<Term>> own, others;
  for (std::size_t i = 0; i < articles.size(); ++i)
    (std::binary_search(cluster.begin(), cluster.end(), i) ? own : others).push_back(articles[i]);
  return cosine(sum_of(own), sum_of(others));
}

}  // namespace

std::vector<std::size_t> other_event(std::span<const std::vector<Term>> articles,
                                     std::optional<std::size_t> opener) {
  Cluster leaves;
  if (articles.size() < 2 * kClusterMin) return leaves;
  for (const Cluster& cluster : clusters_of(articles)) {
    if (cluster.size() < kClusterMin || articles.size() - cluster.size() < kClusterMin) continue;
    const bool stays =
        opener ? std::binary_search(cluster.begin(), cluster.end(), *opener) : cluster.front() == 0;
    // The one that began last.
    if (stays || (!leaves.empty() && leaves.front() > cluster.front())) continue;
    if (nearness_to_others(cluster, articles) < kApartMax) leaves = cluster;
  }
  return leaves;
}

bool has_drifted(std::span<const std::vector<Term>> articles, std::span<const Term> beginning) {
  return cosine(sum_of(articles), beginning) < kApartMax &&
         Cosines(articles).mean() >= kCoherentMin;
}

}  // namespace tidings::stories
