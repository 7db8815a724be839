// Which stories stay two, however alike they become: somebody, or a split, has told them apart.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>

#include "core/byte_stream.h"
#include "core/result.h"

namespace tidings::stories {

// Pairs of stories, by their keys. The oldest is forgotten when there are more than kPairsMax. For
// one thread.
class Apart {
 public:
  static constexpr std::size_t kPairsMax = 10'000;

  void add(std::int64_t first, std::int64_t second);
  void remove(std::int64_t first, std::int64_t second);
  bool contains(std::int64_t first, std::int64_t second) const {
    return pairs_.contains({first, second});
  }
  // The story has become part of another: what it is apart from, that is from now on.
  void rename(std::int64_t story, std::int64_t into);
  // The story has ended.
  void forget(std::int64_t story);
  std::size_t size() const { return pairs_.size() / 2; }

  void save(ByteWriter& out) const;
  Result<void> restore(ByteReader& in);

 private:
  void insert(std::int64_t first, std::int64_t second, std::uint64_t age);

  std::map<std::pair<std::int64_t, std::int64_t>, std::uint64_t> pairs_;  // both ways; their age
  std::uint64_t next_ = 0;
};

}  // namespace tidings::stories
