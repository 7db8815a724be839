// /api/v1/analytics/publishers: who wrote how much about what, how soon, and how much of it is
// theirs.
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "serve/aggregates_json.h"
#include "serve/analytics_answers.h"
#include "serve/analytics_writer.h"
#include "serve/rolled_history.h"

namespace tidings::serve {
namespace {

double seconds_of(Duration duration) {
  return std::chrono::duration<double>(duration).count();
}

double part(std::uint64_t some, std::uint64_t all) {
  return all == 0 ? 0 : static_cast<double>(some) / static_cast<double>(all);
}

Result<void> write_counts(JsonWriter& json, std::string_view name, Dimension dimension,
                          const std::vector<NamedCounts>& counts, SourceDirectory& sources) {
  json.key(name);
  json.begin_array();
  for (const NamedCounts& one : counts) {
    json.begin_object();
    json.field("name", one.name);
    json.field_if("label", TRY(label_of(dimension, one, sources)));
    write_bucket_fields(json, one.total);
    json.end_object();
  }
  json.end_array();
  return {};
}

void write_speed(JsonWriter& json, const PublisherCounts& publisher) {
  json.key("speed");
  json.begin_object();
  json.field("stories", publisher.stories);
  json.field("first", publisher.first);
  if (publisher.delay_median)
    json.field("delay_median_seconds", seconds_of(*publisher.delay_median));
  if (publisher.delay_mean) json.field("delay_mean_seconds", seconds_of(*publisher.delay_mean));
  json.end_object();
}

void write_originality(JsonWriter& json, const PublisherCounts& publisher) {
  json.key("originality");
  json.begin_object();
  json.field("copies", publisher.copies);
  json.field("copies_share", part(publisher.copies, publisher.total.articles));
  json.field("copied", publisher.copied);
  json.field("copied_share", part(publisher.copied, publisher.total.articles));
  json.field("copies_of", publisher.copies_of);
  json.end_object();
}

Result<void> write_publisher(JsonWriter& json, const PublisherCounts& publisher, const Bucket& all,
                             SourceDirectory& sources) {
  json.begin_object();
  json.field("name", publisher.name);
  write_bucket_fields(json, publisher.total);
  json.field("share", share_of(publisher.total, all));
  write_speed(json, publisher);
  write_originality(json, publisher);
  TRY(write_counts(json, "topics", Dimension::Topic, publisher.topics, sources));
  TRY(write_counts(json, "languages", Dimension::Language, publisher.languages, sources));
  json.end_object();
  return {};
}

std::string names_of(const std::vector<NamedCounts>& counts) {
  std::string names;
  for (const NamedCounts& one : counts) names += (names.empty() ? "" : " ") + one.name;
  return names;
}

// Empty: there is none.
std::string seconds_text(const std::optional<Duration>& duration) {
  return duration ? fmt::format("{}", seconds_of(*duration)) : std::string();
}

Content publishers_csv(const PublisherStatistics& statistics) {
  AnalyticsCsv csv("publisher", "articles", "share", "tone", "stories", "first",
                   "delay_median_seconds", "delay_mean_seconds", "copies", "copied", "copies_of",
                   "topics", "languages");
  for (const PublisherCounts& one : statistics.top)
    csv.row(one.name, one.total.articles, share_of(one.total, statistics.total),
            tone_or_zero(one.total), one.stories, one.first, seconds_text(one.delay_median),
            seconds_text(one.delay_mean), one.copies, one.copied, one.copies_of,
            names_of(one.topics), names_of(one.languages));
  return csv.end();
}

}  // namespace

Result<Content> answer_publishers(const AnalyticsRouteStores& stores, const Call& call) {
  const AnalyticsRequest request = TRY(analytics_request(call.parameters, stores.clock.now()));
  const PublisherStatistics statistics = TRY(stores.index.publishers(
      {.query = within(request.queries.front(), request.since, request.until),
       .names_max = request.names_max}));
  if (request.as_csv) return publishers_csv(statistics);
  AnalyticsJson answer(request);
  write_bucket_fields(answer.json(), statistics.total);
  answer.json().field("publishers_total", statistics.publishers);
  answer.json().key("publishers");
  answer.json().begin_array();
  for (const PublisherCounts& one : statistics.top)
    TRY(write_publisher(answer.json(), one, statistics.total, stores.sources));
  answer.json().end_array();
  answer.json().texts_if("notes", statistics.notes);
  TRY(write_articles_since(answer.json(), stores.rollups, request.since));
  return answer.end(statistics.cursor);
}

}  // namespace tidings::serve
