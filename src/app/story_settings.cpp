#include "app/story_settings.h"

#include <unistd.h>

#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "analyze/topic_table.h"
#include "app/files.h"
#include "app/wiring.h"
#include "core/strings.h"

namespace tidings::app {
namespace {

constexpr double kWeightMin = 0.01, kWeightMax = 100;

std::optional<std::string> topic_named(std::string_view name) {
  for (const analyze::TableTopic& topic : analyze::TopicTable::shipped().topics()) {
    std::string code = fmt::format("medtop:{:08}", topic.code);
    if (code == name || iequals(topic.label, name)) return code;
  }
  return std::nullopt;
}

std::optional<double> weight_named(std::string_view text) {
  double weight = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), weight);
  const bool is_read = error == std::errc() && end == text.data() + text.size();
  if (!is_read || !std::isfinite(weight) || weight < kWeightMin || weight > kWeightMax)
    return std::nullopt;
  return weight;
}

Result<stories::TopicWeights> topic_weights(std::string_view text) {
  stories::TopicWeights weights;
  for (const std::string_view part : split(text, ',')) {
    if (trim(part).empty()) continue;
    const std::size_t equals = part.find('=');
    if (equals == part.npos)
      return invalid_input(fmt::format("'{}' is no topic=weight", trim(part)));
    const auto topic = topic_named(trim(part.substr(0, equals)));
    if (!topic) {
      return invalid_input(
          fmt::format("'{}' is no topic; /api/v1/topics lists all", trim(part.substr(0, equals))));
    }
    const auto weight = weight_named(trim(part.substr(equals + 1)));
    if (!weight)
      return invalid_input(fmt::format("'{}' is no weight from 0.01 to 100", trim(part)));
    weights[*topic] = *weight;
  }
  return weights;
}

}  // namespace

Result<pipeline::StorySettings> story_settings(const Settings& settings) {
  constexpr std::size_t kFileBytesMax = 10'000'000;
  pipeline::StorySettings stories;
  stories.topic_weights =
      TRY(with_context(topic_weights(settings.topic_weights), "stories.topic_weights"));
  stories.owner = fmt::format("{}/{}", node_name(settings), ::getpid());
  if (settings.publisher_families.empty()) return stories;
  const std::string context = "stories.publisher_families: " + settings.publisher_families;
  const std::string lines =
      TRY(with_context(read_input(settings.publisher_families, kFileBytesMax), context));
  TRY(with_context(stories.families.add(lines), context));
  return stories;
}

}  // namespace tidings::app
