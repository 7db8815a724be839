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
constexpr std::size_t kWindowsLeast = 16, kShareLeast = 16;  // a sixteenth
constexpr double kFoundLeast = 1'000;
// Of an estimate, in postings: the positions of a document cost as much as so many of them.
constexpr double kSampledMax = 3e6, kPositionsCost = 64;
constexpr double kErrorMax = 0.05, kStandardErrors = 1.96;
constexpr double kDigits = 2;  // of an estimate

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

double share_of(double most, double work) {
  return std::min(1.0, most / work);
}

enum class Until : std::uint8_t { Limit, Good };

// This share of the windows, unless that is too few, or fewer where they are good enough.
SearchCount sampled(std::vector<SegmentCounter>& segments, double share, Until until) {
  Sample sample(segments);
  const double windows_max =
      std::max<double>(kWindowsLeast, share * static_cast<double>(sample.windows()));
  while (!sample.is_complete()) {
    sample.look_at_next();
    if (until == Until::Good && sample.is_good()) break;
    if (static_cast<double>(sample.looked_at()) >= windows_max) break;
  }
  if (sample.is_complete()) return {.articles = sample.found()};
  return {.articles = rounded(sample.estimate()), .is_exact = false};
}

}  // namespace

SearchCount count_matches(const Snapshot& snapshot, const Query& query, CountPrecision precision) {
  std::vector<Expansion> expansions = expansions_of(query);
  std::vector<SegmentCounter> segments;
  segments.reserve(snapshot.segments.size());
  std::uint64_t read = 0, positions = 0, matches_max = 0;
  for (const SegmentView& view : snapshot.segments) {
    const Matcher& matcher =
        segments.emplace_back(SegmentCounter{&view, Matcher(view, query, expansions)}).matcher;
    read += matcher.documents_read();
    positions += matcher.positions_read();
    matches_max += matcher.documents_max();
  }
  const bool is_cheap = read <= kCountedAtOnce || static_cast<double>(matches_max) < kFoundLeast;
  if (is_cheap || (precision == CountPrecision::Exact && read <= kCountedMax))
    return exact_count(segments);
  if (precision == CountPrecision::Exact)
    return sampled(segments, share_of(kCountedMax, static_cast<double>(read)), Until::Limit);
  const double work = static_cast<double>(read) + kPositionsCost * static_cast<double>(positions);
  return sampled(segments, share_of(kSampledMax, work), Until::Good);
}

}  // namespace tidings::search
