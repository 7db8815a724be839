#include "adapters/sql/story_rows.h"

#include <string>
#include <vector>

#include "adapters/sql/record_list.h"
#include "adapters/sql/text_list.h"

namespace tidings::sql {
const std::string_view kWriteStory =
    "INSERT INTO stories (id, language, headline, headline_article, url, image, opened_at, "
    "updated_at, articles, copies, publishers, rank_key, rank_publishers, rank_velocity, "
    "rank_topic, topics, countries, entities, negative, neutral, positive, sentiment) VALUES "
    "($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, "
    "$21, $22) ON CONFLICT (id) DO UPDATE SET language = excluded.language, "
    "headline = excluded.headline, headline_article = excluded.headline_article, "
    "url = excluded.url, image = excluded.image, opened_at = excluded.opened_at, "
    "updated_at = excluded.updated_at, articles = excluded.articles, copies = excluded.copies, "
    "publishers = excluded.publishers, rank_key = excluded.rank_key, "
    "rank_publishers = excluded.rank_publishers, rank_velocity = excluded.rank_velocity, "
    "rank_topic = excluded.rank_topic, topics = excluded.topics, countries = excluded.countries, "
    "entities = excluded.entities, negative = excluded.negative, neutral = excluded.neutral, "
    "positive = excluded.positive, sentiment = excluded.sentiment";

Story read_story(const Row& row) {
  return {.id = StoryId(row.integer(0)),
          .language = row.string(1),
          .headline = row.string(2),
          .headline_article = ArticleId(row.integer(3)),
          .url = row.string(4),
          .image = row.string(5),
          .opened_at = row.time(6),
          .updated_at = row.time(7),
          .articles = row.integer(8),
          .copies = row.integer(9),
          .publishers = row.integer(10),
          .rank = {.publishers = row.real(12), .velocity = row.real(13), .topic = row.real(14)},
          .rank_key = row.time(11),
          .topics = decode_records<TopicScore>(row.text(15)),
          .countries = decode_records<CountryScore>(row.text(16)),
          .entities = decode_records<StoryEntity>(row.text(17)),
          .tones = {.negative = row.integer(18),
                    .neutral = row.integer(19),
                    .positive = row.integer(20),
                    .score = row.real(21)}};
}

void add_story(Parameters& parameters, const Story& story) {
  parameters.add(story.id, story.language, story.headline, story.headline_article, story.url,
                 story.image, story.opened_at, story.updated_at, story.articles, story.copies,
                 story.publishers, story.rank_key, story.rank.publishers, story.rank.velocity,
                 story.rank.topic, parameters.keep(encode_records(story.topics)),
                 parameters.keep(encode_records(story.countries)),
                 parameters.keep(encode_records(story.entities)), story.tones.negative,
                 story.tones.neutral, story.tones.positive, story.tones.score);
}

const std::string_view kWritePlace =
    "INSERT INTO story_articles (article_id, story_id, source_id, publisher, published, "
    "similarity, next_similarity, copy_of, copy_similarity, words, evidence, entities) VALUES "
    "($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (article_id) DO UPDATE SET "
    "story_id = excluded.story_id, source_id = excluded.source_id, "
    "publisher = excluded.publisher, published = excluded.published, "
    "similarity = excluded.similarity, next_similarity = excluded.next_similarity, "
    "copy_of = excluded.copy_of, copy_similarity = excluded.copy_similarity, "
    "words = excluded.words, evidence = excluded.evidence, entities = excluded.entities";

StoryArticle read_place(const Row& row, std::size_t first) {
  StoryArticle place{.article_id = ArticleId(row.integer(first)),
                     .story_id = StoryId(row.integer(first + 1)),
                     .source_id = SourceId(row.integer(first + 2)),
                     .publisher = row.string(first + 3),
                     .published = row.time(first + 4),
                     .similarity = row.real(first + 5),
                     .next_similarity = row.real(first + 6),
                     .evidence = decode_records<Evidence>(row.text(first + 10)),
                     .copy_similarity = row.real(first + 8),
                     .words = static_cast<std::int32_t>(row.integer(first + 9)),
                     .entities = decode_records<StoryEntity>(row.text(first + 11))};
  if (!row.is_null(first + 7)) place.copy_of = ArticleId(row.integer(first + 7));
  return place;
}

void add_place(Parameters& parameters, const StoryArticle& place) {
  parameters.add(place.article_id, place.story_id, place.source_id, place.publisher,
                 place.published, place.similarity, place.next_similarity, place.copy_of,
                 place.copy_similarity, place.words,
                 parameters.keep(encode_records(place.evidence)),
                 parameters.keep(encode_records(place.entities)));
}

std::string encode_articles(const std::vector<ArticleId>& ids) {
  std::vector<std::string> texts;
  texts.reserve(ids.size());
  for (const ArticleId id : ids) texts.push_back(to_text(id));
  return encode_list(texts);
}

std::vector<ArticleId> decode_articles(std::string_view json) {
  std::vector<ArticleId> ids;
  ListReader reader(json);
  while (const auto text = reader.next()) {
    if (const auto id = parse_id<ArticleId>(*text)) ids.push_back(*id);
  }
  return ids;
}

}  // namespace tidings::sql
