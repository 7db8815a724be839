// The dates of one document: what one of them leaves open, all of them together may tell.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/feed.h"
#include "text/date.h"

namespace tidings::parse {

class FeedDates {
 public:
  enum class Field : std::uint8_t { Published, Updated };

  // `problems` is told of what could not be read, and outlives this.
  explicit FeedDates(std::vector<std::string>& problems) : problems_(problems) {}

  // A date of the feed itself.
  std::optional<Time> read_of_feed(std::string_view text, Field field) {
    return read(text, kFeed, field);
  }
  // A date of the entry with this index.
  std::optional<Time> read_of_entry(std::string_view text, std::size_t entry, Field field) {
    return read(text, entry, field);
  }

  // Once all were read: whether the day comes first in "4/5/2026" is told by those where it must
  // ("24/5/2026"), else by the language, else by what keeps the dates closer together; where
  // nothing tells, the month does.
  void settle(Feed& feed);

 private:
  static constexpr std::size_t kFeed = static_cast<std::size_t>(-1);

  struct Open {
    std::size_t entry;
    Field field;
    Time month_first, day_first;
  };

  std::optional<Time> read(std::string_view text, std::size_t entry, Field field);
  bool is_day_first(std::string_view language);
  bool is_closer_day_first() const;

  std::vector<std::string>& problems_;
  std::vector<Open> open_;
  std::string example_;  // of an open one
  bool has_day_first_ = false, has_month_first_ = false;
};

}  // namespace tidings::parse
