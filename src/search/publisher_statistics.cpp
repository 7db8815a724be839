#include "search/publisher_statistics.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <numeric>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "search/count.h"
#include "search/dimension_counter.h"
#include "search/publisher_numbers.h"

namespace tidings::search {
namespace {

constexpr std::uint64_t kDelayMax = 1'000'000ULL * 3'600 * 24 * 366 * 1'000;  // microseconds

using Bits = std::vector<std::uint64_t>;  // one a document

bool has(const Bits& bits, std::uint32_t document) {
  return (bits[document / 64] >> (document % 64) & 1) != 0;
}
void set(Bits& bits, std::uint32_t document) {
  bits[document / 64] |= std::uint64_t{1} << (document % 64);
}

// A publisher's article of a story.
struct Telling {
  std::uint32_t story = 0;  // numbered as they were met
  std::uint32_t publisher = 0;
  std::int64_t published = 0;
  bool is_matched = false;
};

// What one publisher's articles come to.
struct Account {
  Bucket total;
  std::uint64_t copies = 0, copied = 0, copies_of = 0;
  std::uint64_t first = 0;
  std::vector<std::int64_t> delays;  // microseconds, one a story
};

class Statistics {
 public:
  Statistics(const Snapshot& snapshot, const PublisherRequest& request)
      : snapshot_(snapshot), request_(request), numbers_(snapshot), accounts_(numbers_.size()) {}

  PublisherStatistics run() {
    find_matches();
    for (std::size_t i = 0; i < snapshot_.segments.size(); ++i) look_at_all(i);
    time_stories();
    take_top();
    add_details(Dimension::Topic, &PublisherCounts::topics);
    add_details(Dimension::Language, &PublisherCounts::languages);
    return std::move(result_);
  }

 private:
  const SegmentView& view(std::size_t segment) const { return snapshot_.segments[segment]; }
  std::uint32_t publisher(std::size_t segment, std::uint32_t document) const {
    return numbers_.of(segment, document);
  }

  void find_matches() {
    std::vector<Expansion> expansions = expansions_of(request_.query);
    for (std::size_t i = 0; i < snapshot_.segments.size(); ++i) {
      Bits& matched = matched_.emplace_back((view(i).documents() + 63) / 64);
      copied_.emplace_back(matched.size());
      Matcher matcher(view(i), request_.query, expansions);
      each_match(view(i), matcher, [&](Window window, const DocumentSet& found) {
        found.each([&](std::uint32_t place) {
          set(matched, window.begin + place);
          add_match(i, window.begin + place);
        });
      });
    }
  }

  void add_match(std::size_t segment, std::uint32_t document) {
    const Columns& columns = view(segment).segment->columns();
    const std::int8_t sentiment = columns.sentiments()[document];
    count(sentiment, result_.total);
    const std::uint32_t who = publisher(segment, document);
    if (who == kNoPublisher) return;
    count(sentiment, accounts_[who].total);
    id_min_ = std::min(id_min_, columns.id(document));
    id_max_ = std::max(id_max_, columns.id(document));
    const StoryPlace place = view(segment).story(document);
    if (place.story == 0 || place.size < 2) return;
    if (stories_.size() < kStoriesTimedMax) {
      stories_.try_emplace(place.story, static_cast<std::uint32_t>(stories_.size()));
    } else if (!stories_.contains(place.story)) {
      has_left_stories_ = true;
    }
  }

  void look_at_all(std::size_t segment) {
    for (std::uint32_t document = 0; document < view(segment).documents(); ++document) {
      if (view(segment).is_dead(document)) continue;
      const std::uint32_t who = publisher(segment, document);
      const StoryPlace place = view(segment).story(document);
      if (who == kNoPublisher || place.story == 0) continue;
      const auto story = stories_.find(place.story);
      if (story != stories_.end())
        tellings_.push_back({.story = story->second,
                             .publisher = who,
                             .published = view(segment).segment->columns().published(document),
                             .is_matched = has(matched_[segment], document)});
      if (place.copy_of != 0) add_copy(who, has(matched_[segment], document), place.copy_of);
    }
  }

  // A copy that `who` published.
  void add_copy(std::uint32_t who, bool is_matched, std::int64_t original) {
    if (!is_matched && (original < id_min_ || original > id_max_)) return;
    for (std::size_t i = 0; i < snapshot_.segments.size(); ++i) {
      const auto document = view(i).segment->columns().find(original);
      if (!document || view(i).is_dead(*document)) continue;
      const std::uint32_t author = publisher(i, *document);
      if (author == kNoPublisher || author == who) return;
      if (is_matched) ++accounts_[who].copies;
      if (!has(matched_[i], *document)) return;
      ++accounts_[author].copies_of;
      accounts_[author].copied += has(copied_[i], *document) ? 0 : 1;
      set(copied_[i], *document);
      return;
    }
  }

  void time_stories() {
    std::ranges::sort(tellings_, [](const Telling& a, const Telling& b) {
      return std::tie(a.story, a.publisher, a.published) <
             std::tie(b.story, b.publisher, b.published);
    });
    for (std::size_t begin = 0; begin < tellings_.size();) {
      std::size_t end = begin;
      while (end < tellings_.size() && tellings_[end].story == tellings_[begin].story) ++end;
      time_story({tellings_.data() + begin, end - begin});
      begin = end;
    }
    tellings_ = {};
  }

  // `tellings` are by publisher, of each by time.
  void time_story(std::span<const Telling> tellings) {
    if (tellings.front().publisher == tellings.back().publisher) return;
    const std::int64_t first =
        std::ranges::min_element(tellings, {}, &Telling::published)->published;
    for (std::size_t begin = 0; begin < tellings.size();) {
      const Telling& own = tellings[begin];
      bool is_matched = false;
      for (; begin < tellings.size() && tellings[begin].publisher == own.publisher; ++begin)
        is_matched |= tellings[begin].is_matched;
      if (!is_matched) continue;
      accounts_[own.publisher].first += own.published == first ? 1 : 0;
      accounts_[own.publisher].delays.push_back(delay(first, own.published));
    }
  }

  // Not before the first. Times that nobody wrote may be further apart than any number tells.
  static std::int64_t delay(std::int64_t first, std::int64_t published) {
    const auto apart = static_cast<std::uint64_t>(published) - static_cast<std::uint64_t>(first);
    return static_cast<std::int64_t>(std::min(apart, kDelayMax));
  }

  void take_top() {
    std::vector<std::uint32_t> order;
    for (std::uint32_t who = 0; who < accounts_.size(); ++who) {
      if (accounts_[who].total.articles > 0) order.push_back(who);
    }
    result_.publishers = order.size();
    const std::size_t shown = std::min({order.size(), request_.names_max, kPublishersShownMax});
    std::ranges::partial_sort(order, order.begin() + static_cast<std::ptrdiff_t>(shown),
                              [&](std::uint32_t a, std::uint32_t b) {
                                const std::uint64_t of_a = accounts_[a].total.articles;
                                const std::uint64_t of_b = accounts_[b].total.articles;
                                return of_a != of_b ? of_a > of_b
                                                    : numbers_.name(a) < numbers_.name(b);
                              });
    slots_.assign(accounts_.size(), kNoPublisher);
    for (std::uint32_t i = 0; i < shown; ++i) {
      slots_[order[i]] = i;
      result_.top.push_back(counts_of(order[i]));
    }
    if (has_left_stories_)
      result_.notes.push_back(fmt::format(
          "There are more than {} stories: delays are those of a part of them.", kStoriesTimedMax));
  }

  PublisherCounts counts_of(std::uint32_t who) {
    Account& account = accounts_[who];
    PublisherCounts counts{.name = std::string(numbers_.name(who)),
                           .total = account.total,
                           .stories = account.delays.size(),
                           .first = account.first,
                           .copies = account.copies,
                           .copied = account.copied,
                           .copies_of = account.copies_of};
    if (account.delays.empty()) return counts;
    counts.delay_median = Duration(median(account.delays));
    const double sum = std::accumulate(account.delays.begin(), account.delays.end(), 0.0);
    counts.delay_mean =
        Duration(static_cast<std::int64_t>(sum / static_cast<double>(account.delays.size())));
    return counts;
  }

  // Of an even number the mean of the two in the middle.
  static std::int64_t median(std::vector<std::int64_t>& values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    if (values.size() % 2 == 1) return *middle;
    const std::int64_t below = *std::max_element(values.begin(), middle);
    return std::midpoint(below, *middle);
  }

  // Each publisher that is shown is a bucket of its own; the last one is for all others.
  void add_details(Dimension dimension, std::vector<NamedCounts> PublisherCounts::* details) {
    const std::size_t others = result_.top.size();
    DimensionCounter counter(dimension, others + 1);
    for (std::size_t i = 0; i < snapshot_.segments.size(); ++i) {
      const Columns& columns = view(i).segment->columns();
      counter.begin(columns);
      for (std::uint32_t document = 0; document < view(i).documents(); ++document) {
        if (!has(matched_[i], document)) continue;
        const std::uint32_t who = publisher(i, document);
        const std::uint32_t slot = who == kNoPublisher ? kNoPublisher : slots_[who];
        if (slot != kNoPublisher) counter.add(document, slot, columns.sentiments()[document]);
      }
      counter.end();
    }
    const DimensionCounts all = counter.take(std::numeric_limits<std::size_t>::max());
    for (std::size_t slot = 0; slot < others; ++slot)
      result_.top[slot].*details = most_of(all, slot);
  }

  std::vector<NamedCounts> most_of(const DimensionCounts& all, std::size_t slot) const {
    std::vector<NamedCounts> most;
    for (const NamedCounts& one : all.top) {
      if (one.buckets[slot].articles > 0)
        most.push_back({.name = one.name, .text = one.text, .total = one.buckets[slot]});
    }
    std::ranges::sort(most, [](const NamedCounts& a, const NamedCounts& b) {
      return a.total.articles != b.total.articles ? a.total.articles > b.total.articles
                                                  : a.name < b.name;
    });
    if (most.size() > request_.details_max) most.resize(request_.details_max);
    return most;
  }

  const Snapshot& snapshot_;
  const PublisherRequest& request_;
  const PublisherNumbers numbers_;
  std::vector<Account> accounts_;       // by number
  std::vector<std::uint32_t> slots_;    // of those that are shown, their place
  std::vector<Bits> matched_, copied_;  // by segment
  std::int64_t id_min_ = std::numeric_limits<std::int64_t>::max(), id_max_ = 0;  // of matches
  std::unordered_map<std::int64_t, std::uint32_t> stories_;  // that matches are in
  bool has_left_stories_ = false;
  std::vector<Telling> tellings_;
  PublisherStatistics result_;
};

}  // namespace

PublisherStatistics publisher_statistics(const Snapshot& snapshot,
                                         const PublisherRequest& request) {
  return Statistics(snapshot, request).run();
}

}  // namespace tidings::search
