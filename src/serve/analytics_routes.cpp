#include "serve/analytics_routes.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "analytics/association.h"
#include "analytics/correlation.h"
#include "core/json_writer.h"
#include "query/canonical.h"
#include "query/values.h"
#include "serve/aggregates_json.h"
#include "serve/analytics_request.h"
#include "serve/csv.h"
#include "serve/problem.h"

namespace tidings::serve {
namespace {

constexpr std::size_t kPublishersCounted = 100'000;  // different ones of an interval
constexpr int kLagMax = 48;

double mean_tone_or_zero(const Bucket& bucket) {
  return bucket.tone().value_or(0);
}

// How many names have articles in each interval.
std::vector<std::uint64_t> different_names(const DimensionCounts& counts, std::size_t buckets) {
  std::vector<std::uint64_t> different(buckets);
  for (const NamedCounts& one : counts.top) {
    for (std::size_t i = 0; i < one.buckets.size(); ++i)
      different[i] += one.buckets[i].articles > 0 ? 1 : 0;
  }
  return different;
}

class Analytics {
 public:
  Analytics(const AnalyticsRouteStores& stores, const Call& call) : stores_(stores), call_(call) {}

  Result<Content> series() {
    request_ = TRY(analytics_request(call_.parameters, stores_.clock.now()));
    const std::vector<Dimension> by = TRY(dimensions_asked(call_.parameters, "by"));
    if (by.size() > 1) return bad_parameter("by", "'by' takes one.");
    const Aggregates all = TRY(aggregate({}, {}, 0));
    std::vector<Aggregates> counted;
    for (const Query& query : request_.queries) {
      std::vector<Dimension> dimensions = {Dimension::Publisher};
      dimensions.insert(dimensions.end(), by.begin(), by.end());
      counted.push_back(TRY(aggregate(query, dimensions, kPublishersCounted)));
    }
    if (request_.as_csv) return series_csv(counted, all);
    begin();
    json_.field("interval", analytics::to_string(request_.interval));
    json_.key("series");
    json_.begin_array();
    for (std::size_t i = 0; i < counted.size(); ++i) TRY(write_series(i, counted[i], all, by));
    json_.end_array();
    if (counted.size() > 1) write_comparisons(counted);
    return end(all.cursor);
  }

  Result<Content> top() {
    request_ = TRY(analytics_request(call_.parameters, stores_.clock.now()));
    const std::vector<Dimension> by = TRY(dimensions_asked(call_.parameters, "by"));
    if (by.empty()) return bad_parameter("by", "'by' must say what is counted, as in by=entity.");
    return counts(by);
  }

  Result<Content> map() {
    request_ = TRY(analytics_request(call_.parameters, stores_.clock.now()));
    request_.names_max = kPublishersCounted;
    return counts({Dimension::About});
  }

  Result<Content> publishers() {
    request_ = TRY(analytics_request(call_.parameters, stores_.clock.now()));
    const Aggregates all = TRY(aggregate_once(request_.queries.front(), {Dimension::Publisher}));
    begin();
    write_bucket_fields(json_, all.total);
    json_.key("publishers");
    json_.begin_array();
    for (const NamedCounts& one : all.dimensions.front().top) TRY(write_publisher(one, all));
    json_.end_array();
    return end(all.cursor);
  }

  Result<Content> heat_map() {
    request_ = TRY(analytics_request(call_.parameters, stores_.clock.now()));
    auto hours = analytics::time_buckets(request_.since, request_.until, analytics::Interval::Hour,
                                         request_.time_zone, kBucketsMax);
    if (!hours) return bad_parameter("since", hours.error().message + ".");
    request_.boundaries = *std::move(hours);
    const Aggregates counted = TRY(aggregate(request_.queries.front(), {}, 0));
    std::array<std::array<Bucket, 24>, 7> cells = {};
    const auto places = TRY(analytics::hours_of_week(request_.boundaries, request_.time_zone));
    for (std::size_t i = 0; i < counted.buckets.size(); ++i) {
      Bucket& cell = cells[static_cast<std::size_t>(places[i].weekday)]
                          [static_cast<std::size_t>(places[i].hour)];
      cell.articles += counted.buckets[i].articles;
      cell.toned += counted.buckets[i].toned;
      cell.tone_sum += counted.buckets[i].tone_sum;
    }
    begin();
    write_bucket_fields(json_, counted.total);
    json_.key("weekdays");  // Monday first
    json_.begin_array();
    for (const auto& day : cells) {
      json_.begin_array();
      for (const Bucket& cell : day) {
        json_.begin_object();
        write_bucket_fields(json_, cell);
        json_.end_object();
      }
      json_.end_array();
    }
    json_.end_array();
    return end(counted.cursor);
  }

  Result<Content> cooccurrence() {
    request_ = TRY(analytics_request(call_.parameters, stores_.clock.now()));
    const std::vector<Dimension> by = TRY(dimensions_asked(call_.parameters, "by"));
    if (by.size() > 1) return bad_parameter("by", "'by' takes one.");
    const auto found = stores_.index.cooccurrence(
        {.query = within(request_.queries.front(), request_.since, request_.until),
         .dimension = by.empty() ? Dimension::Entity : by.front(),
         .names_max = request_.names_max});
    if (!found && found.error().kind == ErrorKind::InvalidInput)
      return bad_parameter("by", found.error().message + ".");
    const CooccurrenceCounts counts = TRY(found);
    begin();
    json_.field("articles", counts.articles);
    json_.key("names");
    json_.begin_array();
    for (const auto& name : counts.names) {
      json_.begin_object();
      json_.field("name", name.name);
      json_.field_if("label",
                     TRY(label_of(by.empty() ? Dimension::Entity : by.front(),
                                  {.name = name.name, .text = name.text}, stores_.sources)));
      json_.field("articles", name.articles);
      json_.end_object();
    }
    json_.end_array();
    json_.key("pairs");
    json_.begin_array();
    for (const auto& pair : counts.pairs) write_pair(counts, pair);
    json_.end_array();
    return end(counts.cursor);
  }

 private:
  Result<Aggregates> aggregate(const Query& query, std::vector<Dimension> dimensions,
                               std::size_t names_max) {
    return stores_.index.aggregate({.query = query,
                                    .boundaries = request_.boundaries,
                                    .dimensions = std::move(dimensions),
                                    .names_max = names_max});
  }
  // Over the whole time, to the second.
  Result<Aggregates> aggregate_once(const Query& query, std::vector<Dimension> dimensions) {
    return stores_.index.aggregate({.query = within(query, request_.since, request_.until),
                                    .dimensions = std::move(dimensions),
                                    .names_max = request_.names_max});
  }

  void begin() {
    json_.begin_object();
    json_.field("since", request_.since);
    json_.field("until", request_.until);
    json_.field("time_zone", request_.time_zone);
    json_.key("queries");
    json_.begin_array();
    for (const Query& query : request_.queries) json_.value(query::to_string(query));
    json_.end_array();
  }
  Content end(EventSequence cursor) {
    json_.field("cursor", to_int(cursor));
    json_.end_object();
    content_.body += '\n';
    return std::move(content_);
  }

  Result<void> write_series(std::size_t number, const Aggregates& counted, const Aggregates& all,
                            const std::vector<Dimension>& by) {
    json_.begin_object();
    json_.field("query", query::to_string(request_.queries[number]));
    write_bucket_fields(json_, counted.total);
    const auto publishers = different_names(counted.dimensions.front(), counted.buckets.size());
    json_.key("points");
    json_.begin_array();
    for (std::size_t i = 0; i < counted.buckets.size(); ++i) {
      json_.begin_object();
      json_.field("at", request_.boundaries[i]);
      write_bucket_fields(json_, counted.buckets[i]);
      json_.field("share", share(counted.buckets[i], all.buckets[i]));
      json_.field("publishers", publishers[i]);
      json_.end_object();
    }
    json_.end_array();
    if (!by.empty()) TRY(write_split(counted.dimensions[1]));
    json_.texts_if("notes", counted.notes);
    json_.end_object();
    return {};
  }

  Result<void> write_split(const DimensionCounts& counts) {
    json_.key("by");
    json_.begin_array();
    const std::size_t shown = std::min(counts.top.size(), request_.names_max);
    for (std::size_t k = 0; k < shown; ++k) {
      const NamedCounts& one = counts.top[k];
      json_.begin_object();
      json_.field("name", one.name);
      json_.field_if("label", TRY(label_of(counts.dimension, one, stores_.sources)));
      write_bucket_fields(json_, one.total);
      json_.key("points");
      json_.begin_array();
      for (const Bucket& bucket : one.buckets) {
        json_.begin_object();
        write_bucket_fields(json_, bucket);
        json_.end_object();
      }
      json_.end_array();
      json_.end_object();
    }
    json_.end_array();
    return {};
  }

  // Of what came in, how much matches.
  static double share(const Bucket& bucket, const Bucket& all) {
    if (all.articles == 0) return 0;
    return static_cast<double>(bucket.articles) / static_cast<double>(all.articles);
  }

  void write_comparisons(const std::vector<Aggregates>& counted) {
    std::vector<std::vector<double>> volumes;
    for (const Aggregates& one : counted) {
      std::vector<double>& volume = volumes.emplace_back();
      for (const Bucket& bucket : one.buckets)
        volume.push_back(static_cast<double>(bucket.articles));
    }
    json_.key("comparisons");
    json_.begin_array();
    for (std::size_t i = 0; i < volumes.size(); ++i) {
      for (std::size_t k = i + 1; k < volumes.size(); ++k) {
        json_.begin_object();
        json_.field("first", i);
        json_.field("second", k);
        write_correlation("together", analytics::correlation_at(volumes[i], volumes[k], 0));
        write_correlation("best", analytics::best_correlation(volumes[i], volumes[k], kLagMax));
        json_.end_object();
      }
    }
    json_.end_array();
  }

  void write_correlation(std::string_view name, const analytics::Correlation& correlation) {
    json_.key(name);
    json_.begin_object();
    json_.field("lag", correlation.lag);
    json_.field("correlation", correlation.r);
    json_.field("p", correlation.p);
    json_.end_object();
  }

  Content series_csv(const std::vector<Aggregates>& counted, const Aggregates& all) {
    CsvWriter csv(content_.body);
    csv.row("query", "at", "articles", "share", "tone", "publishers");
    for (std::size_t k = 0; k < counted.size(); ++k) {
      const auto publishers =
          different_names(counted[k].dimensions.front(), counted[k].buckets.size());
      for (std::size_t i = 0; i < counted[k].buckets.size(); ++i) {
        const Bucket& bucket = counted[k].buckets[i];
        csv.row(query::to_string(request_.queries[k]), format_rfc3339(request_.boundaries[i]),
                bucket.articles, share(bucket, all.buckets[i]), mean_tone_or_zero(bucket),
                publishers[i]);
      }
    }
    return as_csv();
  }

  Content as_csv() {
    content_.content_type = "text/csv; charset=utf-8";
    return std::move(content_);
  }

  Result<Content> counts(const std::vector<Dimension>& by) {
    const Aggregates counted = TRY(aggregate_once(request_.queries.front(), by));
    if (request_.as_csv) return counts_csv(counted);
    begin();
    write_bucket_fields(json_, counted.total);
    TRY(write_facets(json_, counted, stores_.sources));
    return end(counted.cursor);
  }

  Result<Content> counts_csv(const Aggregates& counted) {
    CsvWriter csv(content_.body);
    csv.row("by", "name", "label", "articles", "tone");
    for (const DimensionCounts& dimension : counted.dimensions) {
      for (const NamedCounts& one : dimension.top)
        csv.row(to_string(dimension.dimension), one.name,
                TRY(label_of(dimension.dimension, one, stores_.sources)), one.total.articles,
                mean_tone_or_zero(one.total));
    }
    return as_csv();
  }

  // A publisher with its own topics.
  Result<void> write_publisher(const NamedCounts& publisher, const Aggregates& all) {
    Query both{.kind = QueryKind::And};
    both.parts.push_back(request_.queries.front());
    both.parts.push_back({.kind = QueryKind::Value,
                          .field = QueryField::Publisher,
                          .text = TRY(query::value_text(QueryField::Publisher, publisher.name))});
    const Aggregates own = TRY(
        stores_.index.aggregate({.query = within(std::move(both), request_.since, request_.until),
                                 .dimensions = {Dimension::Topic},
                                 .names_max = 5}));
    json_.begin_object();
    json_.field("name", publisher.name);
    write_bucket_fields(json_, publisher.total);
    json_.field("share", share(publisher.total, all.total));
    json_.key("topics");
    json_.begin_array();
    for (const NamedCounts& topic : own.dimensions.front().top) {
      json_.begin_object();
      json_.field("name", topic.name);
      json_.field_if("label", TRY(label_of(Dimension::Topic, topic, stores_.sources)));
      write_bucket_fields(json_, topic.total);
      json_.end_object();
    }
    json_.end_array();
    json_.end_object();
    return {};
  }

  void write_pair(const CooccurrenceCounts& counts, const CooccurrenceCounts::Pair& pair) {
    const analytics::Association association = analytics::association(
        {.both = static_cast<std::int64_t>(pair.articles),
         .first = static_cast<std::int64_t>(counts.names[pair.first].articles),
         .second = static_cast<std::int64_t>(counts.names[pair.second].articles),
         .articles = static_cast<std::int64_t>(counts.articles)});
    json_.begin_object();
    json_.field("first", pair.first);
    json_.field("second", pair.second);
    json_.field("articles", pair.articles);
    json_.field("expected", association.expected);
    json_.field("npmi", association.npmi);
    json_.field("likelihood_ratio", association.likelihood_ratio);
    json_.field("log10_p", association.log10_p);
    json_.end_object();
  }

  const AnalyticsRouteStores& stores_;
  const Call& call_;
  AnalyticsRequest request_;
  Content content_;
  JsonWriter json_{content_.body};
};

}  // namespace

std::vector<Route> analytics_routes(const AnalyticsRouteStores& stores) {
  const auto route = [&](std::string pattern, std::vector<Parameter> more,
                         Result<Content> (Analytics::*answer)()) {
    return Route{.pattern = std::move(pattern),
                 .access = Access::Reader,
                 .parameters = analytics_parameters(std::move(more)),
                 .handler = [stores, answer](const Call& call) {
                   Analytics analytics(stores, call);
                   return (analytics.*answer)();
                 }};
  };
  const auto query = [](std::string_view name) {
    return Parameter{.name = name, .kind = ParameterKind::Query};
  };
  return {
      route("/api/v1/analytics/series",
            {{.name = "interval"},
             {.name = "by"},
             query("q2"),
             query("q3"),
             query("q4"),
             query("q5")},
            &Analytics::series),
      route("/api/v1/analytics/top", {{.name = "by"}}, &Analytics::top),
      route("/api/v1/analytics/map", {}, &Analytics::map),
      route("/api/v1/analytics/heatmap", {}, &Analytics::heat_map),
      route("/api/v1/analytics/publishers", {}, &Analytics::publishers),
      route("/api/v1/analytics/cooccurrence", {{.name = "by"}}, &Analytics::cooccurrence),
  };
}

}  // namespace tidings::serve
