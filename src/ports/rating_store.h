// The ratings of publishers that people supplied, as the table that they gave. Adapters: sqlite and
// postgres (one repository), memory. Every adapter passes tests/contract/rating_store_contract.h.
#pragma once

#include <cstddef>
#include <string>

#include "core/result.h"
#include "core/time.h"

namespace tidings {

inline constexpr std::size_t kRatingsBytesMax = 1'000'000;

struct StoredRatings {
  std::string csv;
  Time changed_at{};
};

// Safe to call from many threads. A call that returned success survives a crash.
class RatingStore {
 public:
  virtual ~RatingStore() = default;

  // Instead of what the owner had, whole or not at all. Appends a RatingsChanged event.
  // InvalidInput where it is empty, larger than kRatingsBytesMax, no UTF-8, or has a NUL.
  virtual Result<void> put(const std::string& owner, const std::string& csv) = 0;
  virtual Result<StoredRatings> get(const std::string& owner) const = 0;  // NotFound
  // Appends a RatingsChanged event. NotFound.
  virtual Result<void> remove(const std::string& owner) = 0;
};

// What put() refuses.
Result<void> check_ratings(const std::string& csv);
Error no_ratings();

}  // namespace tidings
