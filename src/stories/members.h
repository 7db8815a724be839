// What the newest articles of stories said, in short: enough to see that a story tells of two
// events.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/byte_stream.h"
#include "core/result.h"
#include "stories/vectors.h"

namespace tidings::stories {

// An article's weightiest terms, by term; their weights are of length one before the others are
// left out.
struct Member {
  static constexpr std::size_t kTermsMax = 16;

  std::int64_t article = 0;
  std::uint64_t before = 0;  // the number of the article before it in its story; 0: none
  std::array<std::uint32_t, kTermsMax> terms{};
  std::array<std::uint16_t, kTermsMax> weights{};  // in 65,535ths
  std::uint32_t count = 0;

  std::vector<Term> vector() const;
};

// The newest kArticlesMax articles of all stories lie in a ring, numbered as they came (from 1); a
// story knows the number of its newest, which leads to the ones before. 4 MB at most. For one
// thread.
class Members {
 public:
  static constexpr std::size_t kArticlesMax = 32'768, kOfStoryMax = 32;

  // `vector` by term. Gives the article's number.
  std::uint64_t add(std::int64_t article, std::uint64_t before, std::span<const Term> vector);
  const Member& at(std::uint64_t number) const { return ring_[number % kArticlesMax]; }
  // Those that are still known, the newest kOfStoryMax, in the order they came.
  std::vector<std::uint64_t> of(std::uint64_t newest) const;
  // Makes the newest kOfStoryMax of these, in the order they came, the articles of one story, and
  // gives the number of its newest; 0 where there are none.
  std::uint64_t link(std::span<const std::uint64_t> numbers);

  void save(ByteWriter& out) const { out.add(next_); }
  void save(std::uint64_t newest, ByteWriter& out) const;
  Result<void> restore(ByteReader& in);
  // Of one story; gives the number of its newest.
  Result<std::uint64_t> restore_story(ByteReader& in);

 private:
  bool is_held(std::uint64_t number) const {
    return number != 0 && number < next_ && number + kArticlesMax >= next_;
  }
  void make_room(std::uint64_t number);

  std::vector<Member> ring_;
  std::uint64_t next_ = 1;
};

}  // namespace tidings::stories
