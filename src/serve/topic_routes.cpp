#include "serve/topic_routes.h"

#include <cstddef>
#include <span>

#include <fmt/format.h>

#include "analyze/topic_table.h"
#include "core/json_writer.h"

namespace tidings::serve {
namespace {

std::span<const analyze::TableTopic> all_topics() {
  return analyze::TopicTable::shipped().topics();
}

void write_topic(JsonWriter& json, const analyze::TableTopic& topic) {
  json.field("code", topic_code(topic.code));
  json.field("label", topic.label);
}

void write_second_level(JsonWriter& json, std::size_t parent) {
  json.key("topics");
  json.begin_array();
  for (std::size_t i = 0; i < all_topics().size(); ++i) {
    const analyze::TableTopic& topic = all_topics()[i];
    if (i == parent || topic.parent != parent) continue;
    json.begin_object();
    write_topic(json, topic);
    json.end_object();
  }
  json.end_array();
}

std::string topics_json() {
  std::string body;
  JsonWriter json(body);
  json.begin_object();
  json.key("topics");
  json.begin_array();
  for (std::size_t i = 0; i < all_topics().size(); ++i) {
    if (all_topics()[i].parent != i) continue;
    json.begin_object();
    write_topic(json, all_topics()[i]);
    write_second_level(json, i);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  body += '\n';
  return body;
}

}  // namespace

std::string topic_code(std::uint32_t number) {
  return fmt::format("medtop:{:08}", number);
}

std::string topics_in_words() {
  std::string words;
  for (std::size_t i = 0; i < all_topics().size(); ++i) {
    const analyze::TableTopic& topic = all_topics()[i];
    if (topic.parent != i) continue;
    words +=
        fmt::format("{}{} ({})", words.empty() ? "" : ", ", topic_code(topic.code), topic.label);
  }
  return words;
}

std::vector<Route> topic_routes() {
  return {
      {.pattern = "/api/v1/topics",
       .access = Access::Reader,
       .serving = Serving::OnLoop,
       .handler = [](const Call&) -> Result<Content> { return Content{.body = topics_json()}; }}};
}

}  // namespace tidings::serve
