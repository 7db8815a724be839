// Which articles are copies of one that came before: wire reports, trimmed, with another lead, with
// a header and a footer, at another address.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/time.h"
#include "stories/sketch.h"

namespace tidings::stories {

struct DuplicateLimits {
  std::size_t articles_max = 50'000;         // remembered, the newest; 1 kB each
  Duration age_max = std::chrono::days(14);  // between a copy and what it is a copy of
};

struct CopyOf {
  std::int64_t original;  // the first that it is a copy of, directly or by way of another copy
  double similarity;      // in (0, 1]: how much it resembles the most alike of them
};

// Finds what the smallest shingle hashes of an article are known from, then compares whole
// sketches: candidates are never believed. For one thread. Time per article does not grow with how
// many are remembered.
class DuplicateIndex {
 public:
  explicit DuplicateIndex(const DuplicateLimits& limits = {});

  // Remembers the article as `key`. Nothing where it is the first of its kind, or says too little
  // to tell: a text of less than eight words is only a copy of the very same words, and of fewer
  // than four never.
  std::optional<CopyOf> add(std::int64_t key, Time published, std::string_view title,
                            std::string_view text);

  // All that it knows: what is restored from it answers as this would, under the same limits.
  // Corrupt when the bytes are not of `save`.
  std::string save() const;
  static Result<DuplicateIndex> restore(std::string_view bytes, const DuplicateLimits& limits = {});

  std::size_t size() const { return static_cast<std::size_t>(next_ - oldest()); }

 private:
  // Articles and postings are numbered as they come and lie in rings: a number that is too old
  // names nothing any more.
  struct Known {
    std::int64_t root = 0;  // the first of its kind
    Time published{};
    Sketch sketch;
  };
  struct Posting {
    std::uint32_t hash = 0;
    std::uint32_t article = 0;
    std::uint32_t before = 0;  // the posting before in the same chain, plus one
  };
  struct Candidate {
    std::uint32_t article = 0, common = 0;
  };
  struct Match {
    std::uint32_t article = 0;
    double resemblance = 0;
  };

  std::uint32_t oldest() const;
  const Known& known(std::uint32_t article) const { return known_[article % capacity_]; }
  bool is_held(std::uint32_t posting_number) const;
  void find_candidates(const Sketch& sketch);
  void collect(std::uint32_t hash);
  std::optional<Match> best_match(const Sketch& sketch, Time published);
  void remember(std::int64_t root, Time published, const Sketch& sketch);
  void post(std::uint32_t hash);
  void forget();

  const std::uint32_t capacity_;
  const std::uint32_t postings_max_;
  const Duration age_max_;
  std::vector<Known> known_;
  std::vector<Posting> postings_;
  std::vector<std::uint32_t> heads_;  // the newest posting of a chain, plus one
  std::uint32_t next_ = 0;
  std::uint32_t next_posting_ = 0;
  // Kept for their memory.
  Shingles shingles_;
  std::vector<std::uint32_t> found_;
  std::vector<Candidate> candidates_;
};

}  // namespace tidings::stories
