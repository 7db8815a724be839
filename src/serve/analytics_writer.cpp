#include "serve/analytics_writer.h"

#include <utility>

#include "query/canonical.h"

namespace tidings::serve {

AnalyticsJson::AnalyticsJson(const AnalyticsRequest& request) {
  json_.begin_object();
  json_.field("since", request.since);
  json_.field("until", request.until);
  json_.field("time_zone", request.time_zone);
  json_.key("queries");
  json_.begin_array();
  for (const Query& query : request.queries) json_.value(query::to_string(query));
  json_.end_array();
}

Content AnalyticsJson::end(EventSequence cursor) {
  json_.field("cursor", to_int(cursor));
  json_.end_object();
  content_.body += '\n';
  return std::move(content_);
}

Content AnalyticsCsv::end() {
  content_.content_type = "text/csv; charset=utf-8";
  return std::move(content_);
}

Result<Aggregates> counted_within(const SearchIndex& index, const AnalyticsRequest& request,
                                  const Query& query, std::vector<Dimension> dimensions,
                                  std::size_t names_max) {
  return index.aggregate({.query = within(query, request.since, request.until),
                          .dimensions = std::move(dimensions),
                          .names_max = names_max});
}

double share_of(const Bucket& part, const Bucket& all) {
  if (all.articles == 0) return 0;
  return static_cast<double>(part.articles) / static_cast<double>(all.articles);
}

double tone_or_zero(const Bucket& bucket) {
  return bucket.tone().value_or(0);
}

}  // namespace tidings::serve
