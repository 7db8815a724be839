// For tests: a desk that groups headlines as they come, and what a machine is kept as.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "stories/duplicates.h"
#include "stories/grouping.h"
#include "text/segments.h"

namespace tidings::stories {

inline constexpr Time kNoon{std::chrono::days(20'000) + std::chrono::hours(12)};

inline std::vector<TermAmount> terms_of_title(std::string_view title, std::string_view language) {
  const text::Segments segments = text::segment(title, language, title.size());
  return story_terms(segments, title.size(), language, {});
}

inline std::optional<CopyOf> add(DuplicateIndex& index, std::int64_t key, Time published,
                                 std::string_view title, std::string_view text) {
  return index.add(key, published, Sketcher().sketch(title, text));
}

// What a machine of this folder knows, as bytes, and the machine that these make.
template <class Machine>
std::string saved(const Machine& machine) {
  ByteWriter out;
  machine.save(out);
  return out.take();
}
template <class Machine, class... Limits>
Result<Machine> restored_from(std::string_view bytes, const Limits&... limits) {
  ByteReader in(bytes);
  Machine machine = TRY(Machine::restore(in, limits...));
  TRY(in.expect_end());
  return machine;
}

// Numbers headlines from 1, and follows stories that merge and split.
class Desk {
 public:
  explicit Desk(const GroupingLimits& limits = {})
      : Desk(Grouping(TermCounts::shipped(), limits)) {}
  explicit Desk(Grouping grouping) : grouping_(std::move(grouping)) {}

  Joined add(std::string_view title, Time published = kNoon, std::string_view language = "en") {
    const std::vector<TermAmount> terms = terms_of_title(title, language);
    titles_.emplace_back(title);
    const Joined joined = grouping_.add({.key = static_cast<std::int64_t>(titles_.size()),
                                         .published = published,
                                         .language = language,
                                         .terms = terms});
    stories_.push_back(joined.story);
    for (const std::int64_t gone : joined.merged) rename(gone, joined.story);
    for (const Split& split : joined.splits) follow(split);
    return joined;
  }
  void rename(std::int64_t gone, std::int64_t into) {
    std::replace(stories_.begin(), stories_.end(), gone, into);
  }
  void follow(const Split& split) {
    for (const std::int64_t article : split.articles)
      stories_[static_cast<std::size_t>(article) - 1] = split.story;
  }
  // Takes English headlines out of their story.
  Result<Split> split(std::int64_t story, const std::vector<std::int64_t>& articles) {
    std::vector<std::vector<TermAmount>> terms;
    std::vector<Grouped> leaving;
    for (const std::int64_t article : articles)
      terms.push_back(terms_of_title(titles_[static_cast<std::size_t>(article) - 1], "en"));
    for (std::size_t i = 0; i < articles.size(); ++i)
      leaving.push_back(
          {.key = articles[i], .published = kNoon, .language = "en", .terms = terms[i]});
    Result<Split> split = grouping_.split(story, leaving);
    if (split) follow(*split);
    return split;
  }

  // Of the headlines, in their order.
  const std::vector<std::int64_t>& stories() const { return stories_; }
  std::int64_t story(std::int64_t article) const {
    return stories_[static_cast<std::size_t>(article) - 1];
  }
  std::size_t largest() const {
    std::map<std::int64_t, std::size_t> sizes;
    std::size_t most = 0;
    for (const std::int64_t story : stories_) most = std::max(most, ++sizes[story]);
    return most;
  }
  Grouping& grouping() { return grouping_; }

 private:
  Grouping grouping_;
  std::vector<std::string> titles_;
  std::vector<std::int64_t> stories_;
};

}  // namespace tidings::stories
