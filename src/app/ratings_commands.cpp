// Ratings of publishers, as one table that is given whole.
#include <string>

#include <fmt/format.h>

#include "analytics/ratings.h"
#include "app/commands.h"
#include "app/files.h"
#include "app/opened.h"
#include "model/saved_search.h"

namespace tidings::app {
namespace {

Result<void> import(const Arguments& arguments) {
  if (arguments.words.empty()) return usage_error("ratings import takes a file, or - for input");
  const std::string& file = arguments.words.front();
  const std::string csv = TRY(read_input(file, kRatingsBytesMax));
  const analytics::RatingTable table = TRY(with_context(analytics::read_ratings(csv), file));
  const auto opened = TRY(open(arguments, Installation::MustExist));
  TRY(opened->stores->ratings().put(kLocalOwner, analytics::to_csv(table)));
  return write_output(fmt::format("{} publishers are rated by {}\n", table.publishers.size(),
                                  fmt::join(table.scales, ", ")));
}

Result<void> list(const Arguments& arguments) {
  const auto opened = TRY(open(arguments, Installation::MustExist));
  return write_output(TRY(opened->stores->ratings().get(kLocalOwner)).csv);
}

Result<void> remove(const Arguments& arguments) {
  const auto opened = TRY(open(arguments, Installation::MustExist));
  return opened->stores->ratings().remove(kLocalOwner);
}

}  // namespace

int run_ratings_import(const Arguments& arguments) {
  return report(import(arguments));
}
int run_ratings_list(const Arguments& arguments) {
  return report(list(arguments));
}
int run_ratings_remove(const Arguments& arguments) {
  return report(remove(arguments));
}

}  // namespace tidings::app
