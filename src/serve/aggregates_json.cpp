#include "serve/aggregates_json.h"

#include <algorithm>

#include <fmt/format.h>

#include "analyze/topic_table.h"
#include "core/strings.h"
#include "serve/problem.h"
#include "serve/topic_routes.h"

namespace tidings::serve {
namespace {

constexpr std::size_t kDimensionsMax = 6;

std::string known_dimensions() {
  std::string known;
  for (std::size_t i = 0; i < kDimensions; ++i)
    known += fmt::format("{}{}", i == 0 ? "" : ", ", to_string(static_cast<Dimension>(i)));
  return known;
}

}  // namespace

Result<std::vector<Dimension>> dimensions_asked(const Parameters& parameters,
                                                std::string_view name) {
  std::vector<Dimension> dimensions;
  const auto written = parameters.text(name);
  if (!written) return dimensions;
  for (const std::string_view one : split(*written, ',')) {
    const auto dimension = parse_dimension(trim(one));
    if (!dimension)
      return bad_parameter(
          name, fmt::format("'{}' is nothing to count by: there are {}.", one, known_dimensions()));
    if (std::ranges::find(dimensions, *dimension) == dimensions.end())
      dimensions.push_back(*dimension);
  }
  if (dimensions.size() > kDimensionsMax)
    return bad_parameter(name, fmt::format("'{}' takes {} at most.", name, kDimensionsMax));
  return dimensions;
}

std::string topic_label(std::string_view code) {
  for (const analyze::TableTopic& topic : analyze::TopicTable::shipped().topics()) {
    if (topic_code(topic.code) == code) return std::string(topic.label);
  }
  return {};
}

Result<std::string> label_of(Dimension dimension, const NamedCounts& counts,
                             SourceDirectory& sources) {
  if (dimension == Dimension::Topic) return topic_label(counts.name);
  if (dimension == Dimension::Source) {
    const auto id = parse_id<SourceId>(counts.name);
    if (id) return TRY(sources.label(*id)).title;
  }
  return counts.text;
}

void write_bucket_fields(JsonWriter& json, const Bucket& bucket) {
  json.field("articles", bucket.articles);
  if (const auto tone = bucket.tone()) json.field("tone", *tone);
}

Result<void> write_facets(JsonWriter& json, const Aggregates& aggregates,
                          SourceDirectory& sources) {
  json.key("facets");
  json.begin_object();
  for (const DimensionCounts& counts : aggregates.dimensions) {
    json.key(to_string(counts.dimension));
    json.begin_array();
    for (const NamedCounts& one : counts.top) {
      json.begin_object();
      json.field("name", one.name);
      json.field_if("label", TRY(label_of(counts.dimension, one, sources)));
      write_bucket_fields(json, one.total);
      json.end_object();
    }
    json.end_array();
  }
  json.end_object();
  return {};
}

}  // namespace tidings::serve
