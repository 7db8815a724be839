// What people think of publishers, as a table that they bring: the product has none of its own.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace tidings::analytics {

inline constexpr std::size_t kRatedPublishersMax = 50'000;
inline constexpr std::size_t kRatingScalesMax = 8;
inline constexpr std::size_t kRatingNamesMax = 32;       // different ones of a scale
inline constexpr std::size_t kRatingNameBytesMax = 100;  // of a rating, a scale, a publisher

struct RatedPublisher {
  std::string publisher;             // a domain, or a name without a dot
  std::vector<std::string> ratings;  // one a scale; empty: none
};

// A scale has numbers from -1 to 1 or names, not both.
struct RatingTable {
  std::vector<std::string> scales;
  std::vector<RatedPublisher> publishers;  // as they came, each once
};

// Of a CSV whose first line names its columns: the publisher first, then scales. Separated by
// commas, semicolons or tabs. Addresses become domains, without "www.".
// InvalidInput names the lines that are wrong, the first ten of them, and what would be right.
Result<RatingTable> read_ratings(std::string_view csv);

// The same table with commas; read_ratings() gives it again.
std::string to_csv(const RatingTable& table);

// One scale, by the names that articles know their publishers by.
class RatingScale {
 public:
  // The family of a domain (stories/publishers.h).
  using FamilyOf = std::function<std::string(std::string_view domain)>;
  RatingScale(const RatingTable& table, std::size_t scale, const FamilyOf& family_of);

  bool is_numeric() const { return is_numeric_; }
  // In the order in which they came; of numbers the five bands from -1 to 1.
  const std::vector<std::string>& ratings() const { return ratings_; }
  // Its place in ratings().
  std::optional<std::size_t> rating_of(std::string_view publisher) const;
  // Of a numeric scale.
  std::optional<double> number_of(std::string_view publisher) const;
  // Publishers whose domains are rated differently: they count as not rated.
  const std::vector<std::string>& torn() const { return torn_; }

 private:
  struct Rating {
    std::string text;
    double number = 0;
    std::size_t place = 0;
    bool is_torn = false;
  };
  void add(std::string_view publisher, const std::string& rating);
  const Rating* find(std::string_view publisher) const;

  bool is_numeric_ = false;
  std::vector<std::string> ratings_;
  std::map<std::string, Rating, std::less<>> by_publisher_;  // lower case
  std::vector<std::string> torn_;
};

}  // namespace tidings::analytics
