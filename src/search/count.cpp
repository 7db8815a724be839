#include "search/count.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace tidings::search {
namespace {

// So many postings are read in less time than it takes to judge a sample.
constexpr std::uint64_t kCountedAtOnce = 50'000;
// Of a sample: what says something of all others.
constexpr std::size_t kWindowsLeast = 24, kShareLeast = 8;  // an eighth
constexpr double kFoundLeast = 1'000;
constexpr double kErrorMax = 0.03, kStandardErrors = 1.96;
constexpr double kDigits = 3;  // of an estimate

struct SegmentCounter {
  const SegmentView* view;
  Matcher matcher;

  std::uint64_t count(Window window) {
    DocumentSet set(window);
    matcher.fill(window, set);
    view->remove_dead(window, set);
    return set.count();
  }
};

// Windows of all segments, looked at in an order in which each new one lies in the largest gap
// between the others, or nearly: by steps of the golden ratio. Of any beginning of it no time is
// left out.
class Sample {
 public:
  explicit Sample(std::vector<SegmentCounter>& segments) {
    for (SegmentCounter& segment : segments) {
      const std::uint32_t documents = segment.view->documents();
      documents_ += documents;
      for (std::uint32_t at = 0; at < documents; at += kWindowDocuments)
        windows_.push_back({&segment, {at, std::min(at + kWindowDocuments, documents)}});
    }
    step_ = std::max<std::size_t>(
        1, static_cast<std::size_t>(0.618034 * static_cast<double>(windows_.size())));
    while (std::gcd(step_, windows_.size()) > 1) ++step_;
  }

  bool is_complete() const { return looked_at_.size() == windows_.size(); }
  std::size_t windows() const { return windows_.size(); }
  std::size_t looked_at() const { return looked_at_.size(); }
  std::uint64_t found() const { return static_cast<std::uint64_t>(found_); }

  void look_at_next() {
    const auto& [segment, window] = windows_[looked_at_.size() * step_ % windows_.size()];
    const auto count = static_cast<double>(segment->count(window));
    looked_at_.push_back({count, static_cast<double>(window.size())});
    found_ += count;
    looked_through_ += window.size();
  }

  double estimate() const { return found_ / looked_through_ * static_cast<double>(documents_); }

  // Of a ratio estimate without replacement (Cochran 1977, Sampling Techniques, 6.4).
  bool is_good() const {
    const auto looked_at = static_cast<double>(looked_at_.size());
    const auto all = static_cast<double>(windows_.size());
    if (found_ < kFoundLeast || looked_at < kWindowsLeast || looked_at * kShareLeast < all)
      return false;
    double squares = 0;
    for (const auto& [count, documents] : looked_at_) {
      const double beside = count - found_ / looked_through_ * documents;
      squares += beside * beside;
    }
    const double variance = squares / (looked_at - 1);
    const double error = all * std::sqrt((1 - looked_at / all) * variance / looked_at);
    return kStandardErrors * error <= kErrorMax * estimate();
  }

 private:
  struct Place {
    SegmentCounter* segment;
    Window window;
  };
  struct Seen {
    double count, documents;
  };

  std::vector<Place> windows_;
  std::size_t step_ = 1;
  std::vector<Seen> looked_at_;
  std::uint64_t documents_ = 0;
  double found_ = 0, looked_through_ = 0;
};

SearchCount exact_count(std::vector<SegmentCounter>& segments) {
  SearchCount count;
  for (SegmentCounter& segment : segments) {
    each_match(*segment.view, segment.matcher,
               [&](Window, const DocumentSet& set) { count.articles += set.count(); });
  }
  return count;
}

std::uint64_t rounded(double estimate) {
  const double unit =
      std::pow(10, std::max(0.0, std::floor(std::log10(std::max(1.0, estimate))) + 1 - kDigits));
  return static_cast<std::uint64_t>(std::round(estimate / unit) * unit);
}

}  // namespace

SearchCount count_matches(const Snapshot& snapshot, const Query& query, CountPrecision precision) {
  std::vector<Expansion> expansions = expansions_of(query);
  std::vector<SegmentCounter> segments;
  segments.reserve(snapshot.segments.size());
  std::uint64_t read = 0, matches_max = 0;
  for (const SegmentView& view : snapshot.segments) {
    segments.push_back({&view, Matcher(view, query, expansions)});
    read += segments.back().matcher.documents_read();
    matches_max += segments.back().matcher.documents_max();
  }
  const bool is_cheap = read <= kCountedAtOnce || static_cast<double>(matches_max) < kFoundLeast;
  if (is_cheap || (precision == CountPrecision::Exact && read <= kCountedMax))
    return exact_count(segments);
  Sample sample(segments);
  const auto windows_max = static_cast<std::size_t>(
      static_cast<double>(sample.windows()) *
      std::min(1.0, static_cast<double>(kCountedMax) / static_cast<double>(read)));
  while (!sample.is_complete()) {
    sample.look_at_next();
    const bool is_enough = precision == CountPrecision::Estimate && sample.is_good();
    if (is_enough || sample.looked_at() > windows_max) break;
  }
  if (sample.is_complete()) return {.articles = sample.found()};
  return {.articles = rounded(sample.estimate()), .is_exact = false};
}

}  // namespace tidings::search
