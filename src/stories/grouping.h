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

#include "core/byte_stream.h"
#include "core/result.h"
#include "core/time.h"
#include "stories/apart.h"
#include "stories/members.h"
#include "stories/postings.h"
#include "stories/story_terms.h"
#include "stories/stream_clock.h"
#include "stories/term_counts.h"
#include "stories/vectors.h"

namespace tidings::stories {

// No story of more than 300 articles has more than a quarter of all articles of live stories.
struct GroupingLimits {
  // Stories that articles can still join, up to a million; 2 kB each.
  std::size_t live_max = 50'000;
  Duration idle_max = std::chrono::days(7);  // a story ends when nothing was said of it for so long
};

// An article to be grouped.
struct Grouped {
  std::int64_t key = 0;  // another one each time
  Time published{};
  std::string_view language;  // primary tag
  std::span<const TermAmount> terms;
};

// A part of a story that is a story of its own from now on.
struct Split {
  std::int64_t story = 0;              // the new one
  std::vector<std::int64_t> articles;  // that went there
};

// What became of an article. In this order: it joined or opened a story, others merged with that,
// parts of it split off (the article's own may be among them).
struct Joined {
  std::int64_t story = 0;      // the key of the article that opened it
  double similarity = 0;       // in [0, 1], to the story it joined; 0 where it opened one
  double next_similarity = 0;  // to the story that comes next
  std::vector<Term>
      evidence;  // what it shares with its story, most first; weights sum to similarity
  std::vector<std::int64_t> merged;  // stories that turned out to be this one, and are no more
  std::vector<Split> splits;  // off `story`, which drifted or told of two events: one at most
};

// Single-pass grouping by cosine of TF-IDF vectors (Allan, Papka and Lavrenko 1998, "On-line new
// event detection and tracking"), with document frequencies that grow as articles come, and merging
// of stories that have grown alike and splitting of those that tell of two events. What it answers
// depends on what was added and corrected alone: not on time or chance. For one thread. Terms of
// different languages differ, so languages are grouped apart.
//
// A story is known by the key of an article that opened it or was the first to leave another; once
// it is no more, by merging, its key may come back so.
class Grouping {
 public:
  explicit Grouping(TermCounts counts, const GroupingLimits& limits = {});

  // Articles come about in the order of `published`: a clock that jumps ahead is believed when most
  // of the last five agree.
  Joined add(const Grouped& article);

  // Corrections by people. They are learned, and hold as long as their stories live: what was
  // merged is never split again but by a person, what was split is never merged again but by a
  // person. The latter is remembered of pairs of stories, the newest Apart::kPairsMax, and passes
  // on to what a story merges with. NotFound where a story does not live: it is unknown, has ended,
  // or has become part of another.

  // Makes two stories one, and gives the key of the one that stays: the one with more articles, of
  // equals the one with the smaller key. InvalidInput where both are the same.
  Result<std::int64_t> merge(std::int64_t first, std::int64_t second);

  // Takes articles out of a story, and makes one of their own of them, named after the first of
  // them whose key names no live story. What an article is like decides which of the two it joins.
  // `leaving` as they were added; that they belong to the story the caller knows. InvalidInput
  // where none leaves, where none would stay, and where all of their keys name live stories, as
  // that of the article does that opened this one: take out the others instead.
  Result<Split> split(std::int64_t story, std::span<const Grouped> leaving);

  // Takes one article out of a story, likewise.
  Result<Split> remove(std::int64_t story, const Grouped& article) {
    return split(story, std::span(&article, 1));
  }

  // All that it knows: what is restored from it answers as this would. Corrupt when the bytes are
  // not of `save`.
  void save(ByteWriter& out) const;
  static Result<Grouping> restore(ByteReader& in, const GroupingLimits& limits = {});

  std::size_t live() const { return stories_.size() - free_.size(); }

 private:
  // Kept of those that gather: when there are more than the second, the weightiest.
  static constexpr std::size_t kStoryTerms = 96, kStoryTermsMost = 144;

  using Slot = std::uint32_t;
  struct Story {
    std::int64_t key = 0;
    std::vector<Term> terms;      // by term, no more room than they need
    std::vector<Term> beginning;  // the weightiest of its first articles, once they are a few
    float norm = 0;
    std::uint32_t articles = 0;  // 0: the slot is free
    Time last{};
    std::uint64_t newest = 0;  // of its articles, in `members_`
    bool is_held = false;      // a person merged it: it does not split by itself
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
  std::optional<Slot> find(std::int64_t key) const;
  Slot unite(Slot first, Slot second);
  void close(Slot slot);
  void remember(Slot slot, std::int64_t article, std::span<const Term> vector);
  void split_drifted(Slot slot, Joined& joined);
  std::vector<std::uint64_t> drifted(const Story& story) const;
  // Articles that leave a story, and the sum of their vectors.
  struct Part {
    std::vector<std::int64_t> articles;
    std::vector<Term> sum;
  };
  std::optional<Split> part(Slot slot, Part leaving);
  void take_off(Slot slot, std::span<const Term> sum);
  void set_terms(Slot slot, std::vector<Term>& terms);
  void end_idle();
  void end_longest_idle(std::size_t count);
  void save(const Story& story, ByteWriter& out) const;
  Result<void> restore_story(ByteReader& in);
  std::vector<Term> shared(const Story& story, std::span<const Term> terms) const;

  TermCounts counts_;
  const GroupingLimits limits_;
  std::vector<Story> stories_;
  std::vector<Slot> free_;
  std::size_t articles_ = 0;  // of live stories
  Postings postings_;
  Members members_;
  Apart apart_;
  StreamClock clock_;
  std::size_t added_ = 0;
  std::vector<float> products_;  // by slot, zero between searches
  std::vector<Slot> candidates_;
  std::vector<Term> sum_;  // kept for its memory
};

}  // namespace tidings::stories
