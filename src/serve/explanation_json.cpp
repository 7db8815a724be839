#include "serve/explanation_json.h"

namespace tidings::serve {

void write_explanation(JsonWriter& json, const ScoreExplanation& explanation) {
  json.key("explanation");
  json.begin_object();
  json.objects_if("parts", explanation.parts, [&](const ScorePart& part) {
    json.field("term", part.term);
    json.field("frequency", part.frequency);
    json.field("rarity", part.rarity);
    json.field("weight", part.weight);
    json.field("score", part.rarity * part.weight);
  });
  json.field("recency", explanation.recency);
  json.field("words", explanation.words);
  json.field("mean_words", explanation.mean_words);
  json.end_object();
}

}  // namespace tidings::serve
