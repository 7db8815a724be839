// For measuring: reads JSON lines {"text","language","categories"} (all but text optional), writes
// a line {"topics":[{"code","score"}…]} for each.
#include <iostream>
#include <string>
#include <vector>

#include <simdjson.h>

#include "analyze/topics.h"
#include "core/json_writer.h"
#include "core/utf8.h"

namespace tidings {
namespace {

std::string topics_line(simdjson::dom::element record) {
  std::string_view text, language = "en";
  const bool has_language = record["language"].get(language) == simdjson::SUCCESS;
  if (!has_language) language = "en";
  if (record["text"].get(text) != simdjson::SUCCESS) return "{\"topics\":[]}\n";
  const std::string valid = repaired_utf8(text);
  const std::size_t title_end = std::min(valid.find('\n'), valid.size());
  analyze::Document document{.segments = text::segment(valid, language, title_end),
                             .title_end = static_cast<std::uint32_t>(title_end),
                             .language = std::string(language)};
  std::vector<std::string> categories;
  simdjson::dom::array list;
  if (record["categories"].get(list) == simdjson::SUCCESS) {
    for (const auto tag : list) {
      std::string_view name;
      if (tag.get(name) == simdjson::SUCCESS) categories.emplace_back(name);
    }
  }
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.key("topics");
  json.begin_array();
  for (const TopicScore& topic : analyze::topics(document, categories)) {
    json.begin_object();
    json.field("code", topic.code);
    json.field("score", topic.score);
    json.objects_if("evidence", topic.evidence, [&](const Evidence& evidence) {
      json.field("text", evidence.text);
      json.field("weight", evidence.weight);
    });
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return out + "\n";
}

}  // namespace
}  // namespace tidings

int main() {
  simdjson::dom::parser parser;
  std::string line;
  while (std::getline(std::cin, line)) {
    simdjson::dom::element record;
    if (parser.parse(line).get(record) != simdjson::SUCCESS) {
      std::cerr << "not JSON: " << line.substr(0, 80) << "\n";
      return 1;
    }
    std::cout << tidings::topics_line(record);
  }
  return 0;
}
