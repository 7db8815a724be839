// Which stories have a term, for hundreds of thousands of terms that most often few stories have.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tidings::stories {

// Lists in one pool: a list of one costs no more than its place. For one thread.
class Postings {
 public:
  using Id = std::uint32_t;
  struct Posting {
    std::uint32_t story = 0;
    float weight = 0;
    Id next = kNone, before = kNone;
  };

  Id add(std::uint32_t term, std::uint32_t story);
  void set_weight(Id id, float weight) { pool_[id].weight = weight; }
  void remove(std::uint32_t term, Id id);

  std::size_t count(std::uint32_t term) const { return lists_[find(term)].count; }
  // Calls `use(story, weight)` for each, the newest first.
  template <class Use>
  void each(std::uint32_t term, Use use) const {
    for (Id id = lists_[find(term)].first; id != kNone; id = pool_[id].next)
      use(pool_[id].story, pool_[id].weight);
  }

 private:
  static constexpr Id kNone = 0xFFFFFFFF;
  struct List {
    std::uint32_t term = 0;
    Id first = kNone;
    std::uint32_t count = 0;
    bool is_used = false;  // even when it is empty again
  };
  std::size_t find(std::uint32_t term) const;
  void make_room();

  std::vector<Posting> pool_;
  std::vector<List> lists_ = std::vector<List>(1024);  // open addressing
  std::size_t used_ = 0;
  Id free_ = kNone;  // by `next`
};

}  // namespace tidings::stories
