#include "serve/story_json.h"

#include <cmath>

#include "serve/findings_json.h"
#include "stories/ranking.h"

namespace tidings::serve {
namespace {

double rounded(double value) {
  return std::round(value * 1e3) / 1e3;
}

void write_rank(JsonWriter& json, const Story& story, Time now) {
  json.key("rank");
  json.begin_object();
  json.field("score", rounded(stories::score(story, now)));
  json.field("publishers", rounded(story.rank.publishers));
  json.field("velocity", rounded(story.rank.velocity));
  json.field("topic", rounded(story.rank.topic));
  json.field("freshness", rounded(stories::freshness(story, now)));
  json.end_object();
}

void write_findings(JsonWriter& json, const Story& story) {
  write_topics(json, story.topics);
  write_countries(json, story.countries);
  json.objects_if("entities", story.entities, [&](const StoryEntity& entity) {
    json.field("id", entity.id);
    json.field("text", entity.text);
    json.field("type", to_string(entity.type));
    json.field("salience", entity.salience);
  });
  write_tones(json, story.tones);
}

}  // namespace

void write_story_fields(JsonWriter& json, const Story& story, Time now) {
  json.field("id", to_int(story.id));
  json.field("headline", story.headline);
  json.field("headline_article", to_int(story.headline_article));
  json.field_if("url", story.url);
  json.field_if("image", story.image);
  json.field_if("language", story.language);
  json.field("opened_at", story.opened_at);
  json.field("updated_at", story.updated_at);
  json.field("articles", story.articles);
  json.field("copies", story.copies);
  json.field("publishers", story.publishers);
  write_rank(json, story, now);
  write_findings(json, story);
}

void write_tones(JsonWriter& json, const StoryTones& tones) {
  if (tones.articles() == 0) return;
  json.key("tone");
  json.begin_object();
  json.field("score", tones.score);
  json.field("negative", tones.negative);
  json.field("neutral", tones.neutral);
  json.field("positive", tones.positive);
  json.end_object();
}

void write_link_fields(JsonWriter& json, const StoryLink& link) {
  json.field("score", rounded(link.score));
  json.objects_if("evidence", link.evidence, [&](const LinkEvidence& each) {
    json.field("kind", to_string(each.kind));
    json.field("text", each.text);
    if (each.other != each.text) json.field("other", each.other);
    json.field("weight", rounded(each.weight));
  });
}

}  // namespace tidings::serve
