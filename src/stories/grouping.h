// Which articles tell of one event: each joins the story it is most like, or opens one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"
#include "core/time.h"
#include "stories/byte_stream.h"
#include "stories/postings.h"
#include "stories/story_terms.h"
#include "stories/term_counts.h"

namespace tidings::stories {

// No story of more than 300 articles has more than a quarter of all articles of live stories.
struct GroupingLimits {
  // Stories that articles can still join, up to a million; 1.5 kB each.
  std::size_t live_max = 50'000;
  Duration idle_max = std::chrono::days(7);  // a story ends when nothing was said of it for so long
};

struct Term {
  std::uint32_t term = 0;
  float weight = 0;
};

// An article to be grouped.
struct Grouped {
  std::int64_t key = 0;  // another one each time
  Time published{};
  std::string_view language;  // primary tag
  std::span<const TermAmount> terms;
};

// What became of an article.
struct Joined {
  std::int64_t story = 0;      // the key of the article that opened it
  double similarity = 0;       // in [0, 1], to the story it joined; 0 where it opened one
  double next_similarity = 0;  // to the story that comes next
  std::vector<Term>
      evidence;  // what it shares with its story, most first; weights sum to similarity
  std::vector<std::int64_t> merged;  // stories that turned out to be this one, and are no more
};

// Single-pass grouping by cosine of TF-IDF vectors (Allan, Papka and Lavrenko 1998, "On-line new
// event detection and tracking"), with document frequencies that grow as articles come, and merging
// of stories that have grown alike. What it answers depends on what was added alone: not on time
// or chance. For one thread. Terms of different languages differ, so languages are grouped apart.
class Grouping {
 public:
  explicit Grouping(TermCounts counts, const GroupingLimits& limits = {});

  // Articles come about in the order of `published`: a clock that jumps ahead is believed when most
  // of the last five agree.
  Joined add(const Grouped& article);

  // All that it knows: what is restored from it answers as this would. Corrupt when the bytes are
  // not of `save`.
  std::string save() const;
  static Result<Grouping> restore(std::string_view bytes, const GroupingLimits& limits = {});

  std::size_t live() const { return stories_.size() - free_.size(); }

 private:
  // Kept of those that gather: when there are more than the second, the weightiest.
  static constexpr std::size_t kStoryTerms = 128, kStoryTermsMost = 192;

  using Slot = std::uint32_t;
  struct Story {
    std::int64_t key = 0;
    std::vector<Term> terms;  // by term, no more room than they need
    float norm = 0;
    std::uint32_t articles = 0;  // 0: the slot is free
    Time last{};
  };
  struct Nearest {
    std::optional<Slot> story;
    double similarity = 0, next = 0;
  };

  std::vector<Term> vector_of(const Grouped& article) const;
  Nearest nearest(std::span<const Term> terms, float norm, std::optional<Slot> except);
  std::vector<std::pair<std::size_t, Term>> rarest_first(std::span<const Term> terms) const;
  void find_candidates(std::span<const Term> terms, std::optional<Slot> except);
  double similarity(const Story& story, std::span<const Term> terms, float norm) const;
  bool has_room(std::uint32_t articles) const;
  Slot open(std::int64_t key);
  void add_terms(Slot slot, std::span<const Term> terms);
  void prune(Slot slot, std::vector<Term>& terms);
  void measure(Story& story);
  void merge_alike(Slot slot, Joined& joined, Slot& result);
  Slot merge(Slot first, Slot second);
  void close(Slot slot);
  void end_idle();
  void end_longest_idle(std::size_t count);
  void move_clock(Time published);
  void save(const Story& story, ByteWriter& out) const;
  Result<void> restore_story(ByteReader& in);
  std::vector<Term> shared(const Story& story, std::span<const Term> terms) const;

  TermCounts counts_;
  const GroupingLimits limits_;
  std::vector<Story> stories_;
  std::vector<Slot> free_;
  std::size_t articles_ = 0;  // of live stories
  Postings postings_;
  std::vector<Time> recent_;  // of the last articles
  Time now_{};
  std::size_t added_ = 0;
  std::vector<float> products_;  // by slot, zero between searches
  std::vector<Slot> candidates_;
  std::vector<Term> sum_;  // kept for its memory
};

}  // namespace tidings::stories
