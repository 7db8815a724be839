// Which articles are copies of one that came before: wire reports, trimmed, with another lead, with
// a header and a footer, at another address.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/byte_stream.h"
#include "core/result.h"
#include "core/time.h"
#include "stories/sketch.h"

namespace tidings::stories {

struct DuplicateLimits {
  std::size_t articles_max = 50'000;         // remembered, the newest, up to 2^24; 700 bytes each
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
  std::optional<CopyOf> add(std::int64_t key, Time published, const Sketch& sketch);

  // All that it knows: what is restored from it answers as this would, under the same limits.
  // Corrupt when the bytes are not of `save`.
  void save(ByteWriter& out) const;
  static Result<DuplicateIndex> restore(ByteReader& in, const DuplicateLimits& limits = {});

  std::size_t size() const { return static_cast<std::size_t>(next_ - oldest()); }

 private:
  // Articles and postings are numbered as they come and lie in rings: a number that is too old
  // names nothing any more.
  struct Known {
    std::int64_t root = 0;  // the first of its kind
    Time published{};
    std::string sketch;               // packed
    std::uint32_t first_posting = 0;  // its postings have numbers from here on
  };
  struct Posting {
    std::uint32_t place : 24 = 0;  // of the article in its ring
    std::uint32_t tag : 8 = 0;     // of the hash, besides what its chain says of it
    std::uint32_t before = 0;      // the posting before in the same chain, plus one
  };
  struct Candidate {
    std::uint64_t article = 0;
    std::uint32_t common = 0;
  };
  struct Match {
    std::uint64_t article = 0;
    double resemblance = 0;
  };

  std::uint64_t oldest() const { return next_ > capacity_ ? next_ - capacity_ : 0; }
  const Known& known(std::uint64_t article) const { return known_[article % capacity_]; }
  std::uint64_t article_at(std::uint32_t place) const;
  std::uint32_t& head(std::uint32_t mixed);
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
  std::uint64_t next_ = 0;
  std::uint32_t next_posting_ = 0;
  // Kept for their memory.
  std::vector<std::uint64_t> found_;
  std::vector<Candidate> candidates_;
};

}  // namespace tidings::stories
