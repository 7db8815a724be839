// What all answers of /api/v1/analytics have in common: how they begin and end, and how counts are
// written.
#pragma once

#include <string>
#include <vector>

#include "core/json_writer.h"
#include "ports/search_index.h"
#include "serve/analytics_request.h"
#include "serve/csv.h"
#include "serve/router.h"

namespace tidings::serve {

// An object that says which time and queries it covers, and up to which event.
class AnalyticsJson {
 public:
  explicit AnalyticsJson(const AnalyticsRequest& request);
  AnalyticsJson(const AnalyticsJson&) = delete;
  AnalyticsJson& operator=(const AnalyticsJson&) = delete;

  JsonWriter& json() { return json_; }
  // Once, at the end.
  Content end(EventSequence cursor);

 private:
  Content content_;
  JsonWriter json_{content_.body};
};

// A table.
class AnalyticsCsv {
 public:
  template <class... Values>
  explicit AnalyticsCsv(const Values&... header) {
    row(header...);
  }
  AnalyticsCsv(const AnalyticsCsv&) = delete;
  AnalyticsCsv& operator=(const AnalyticsCsv&) = delete;

  template <class... Values>
  void row(const Values&... values) {
    csv_.row(values...);
  }
  // Once, at the end.
  Content end();

 private:
  Content content_;
  CsvWriter csv_{content_.body};
};

// The counts of what matches in the request's time, to the second.
Result<Aggregates> counted_within(const SearchIndex& index, const AnalyticsRequest& request,
                                  const Query& query, std::vector<Dimension> dimensions,
                                  std::size_t names_max);

// Of all, how much is a part. 0 of nothing.
double share_of(const Bucket& part, const Bucket& all);

// What a table shows: 0 where no article has a tone.
double tone_or_zero(const Bucket& bucket);

}  // namespace tidings::serve
