#include "serve/rating_routes.h"

#include <string>
#include <utility>

#include "analytics/ratings.h"
#include "core/json_writer.h"
#include "core/strings.h"
#include "model/saved_search.h"
#include "serve/cache_tags.h"

namespace tidings::serve {
namespace {

Result<Content> show(const RatingStore& ratings) {
  StoredRatings stored = TRY(ratings.get(kLocalOwner));
  return Content{.content_type = "text/csv; charset=utf-8", .body = std::move(stored.csv)};
}

Result<Content> replace(RatingStore& ratings, const Request& request) {
  if (!istarts_with(request.header("Content-Type"), "text/csv"))
    return Error{ErrorKind::InvalidInput, "The table must be sent with Content-Type: text/csv.",
                 "ratings_invalid"};
  const auto table = analytics::read_ratings(request.body);
  if (!table) return Error{ErrorKind::InvalidInput, table.error().message + ".", "ratings_invalid"};
  TRY(ratings.put(kLocalOwner, analytics::to_csv(*table)));
  Content content{.cache_control = "no-store", .tags = {ratings_tag()}};
  JsonWriter json(content.body);
  json.begin_object();
  json.field("publishers", table->publishers.size());
  json.texts("scales", table->scales);
  json.end_object();
  content.body += '\n';
  return content;
}

Result<Content> remove(RatingStore& ratings) {
  TRY(ratings.remove(kLocalOwner));
  return Content{.status = 204, .cache_control = "no-store", .tags = {ratings_tag()}};
}

Result<Content> answer(RatingStore& ratings, const Request& request) {
  if (request.method == Method::Put) return replace(ratings, request);
  if (request.method == Method::Delete) return remove(ratings);
  return show(ratings);
}

}  // namespace

std::vector<Route> rating_routes(RatingStore& ratings) {
  return {{.pattern = "/api/v1/ratings",
           .access = Access::Reader,
           .handler = [&ratings](const Call& call) { return answer(ratings, *call.request); },
           .write_access = Access::Admin}};
}

}  // namespace tidings::serve
