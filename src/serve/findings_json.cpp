#include "serve/findings_json.h"

namespace tidings::serve {

void write_topics(JsonWriter& json, const std::vector<TopicScore>& topics) {
  json.objects_if("topics", topics, [&](const TopicScore& topic) {
    json.field("code", topic.code);
    json.field("label", topic.label);
    json.field("score", topic.score);
  });
}

void write_countries(JsonWriter& json, const std::vector<CountryScore>& countries) {
  json.objects_if("countries", countries, [&](const CountryScore& country) {
    json.field("code", country.code);
    json.field("score", country.score);
  });
}

void write_evidence(JsonWriter& json, const std::vector<Evidence>& evidence) {
  json.objects_if("evidence", evidence, [&](const Evidence& one) {
    json.field("text", one.text);
    json.field("weight", one.weight);
  });
}

}  // namespace tidings::serve
