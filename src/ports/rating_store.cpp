#include "ports/rating_store.h"

#include <fmt/format.h>

#include "core/utf8.h"

namespace tidings {

Result<void> check_ratings(const std::string& csv) {
  if (csv.empty()) return invalid_input("the table of ratings is empty");
  if (csv.size() > kRatingsBytesMax)
    return invalid_input(fmt::format("the table of ratings has {} bytes, more than {}", csv.size(),
                                     kRatingsBytesMax));
  if (!is_valid_utf8(csv) || csv.find('\0') != std::string::npos)
    return invalid_input("the table of ratings is not UTF-8 text");
  return {};
}

Error no_ratings() {
  return not_found("No ratings of publishers were given: see tidings ratings import.");
}

}  // namespace tidings
