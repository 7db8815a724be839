// Articles that tell of one event, and what follows from them together.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "core/time.h"
#include "model/analysis.h"
#include "model/article.h"

namespace tidings {

struct StoryEntity {
  std::string id;  // as in the articles' analyses
  std::string text;
  EntityType type = EntityType::Person;
  double salience = 0;  // [0, 1]; of a story the mean over its articles

  friend bool operator==(const StoryEntity&, const StoryEntity&) = default;
};

// An article's place in a story, with the reasons, and what its story takes from its analysis.
struct StoryArticle {
  ArticleId article_id{};
  StoryId story_id{};
  SourceId source_id{};
  std::string publisher;  // the family: editions of one publisher share it
  Time published{};
  double similarity = 0;           // [0, 1], to the story it joined; 0 where it opened one
  double next_similarity = 0;      // [0, 1], to the story that came next
  std::vector<Evidence> evidence;  // words shared with the story; weights sum to `similarity`
  std::optional<ArticleId> copy_of;
  double copy_similarity = 0;  // (0, 1] of a copy
  std::int32_t words = 0;
  std::vector<StoryEntity> entities;  // most salient first, at most kStoryArticleEntitiesMax

  friend bool operator==(const StoryArticle&, const StoryArticle&) = default;
};
inline constexpr std::size_t kStoryArticleEntitiesMax = 5;

// A place together with the article that has it.
struct StoryMember {
  StoryArticle place;
  ArticleSummary article;
};

// What lifts a story, as docs/user/stories.md states it.
struct StoryRank {
  double publishers = 0;  // > 0
  double velocity = 1;    // [1, 4]
  double topic = 1;       // > 0

  double weight() const { return publishers * velocity * topic; }
  friend bool operator==(const StoryRank&, const StoryRank&) = default;
};

struct StoryTones {
  std::int64_t negative = 0, neutral = 0, positive = 0;  // articles
  double score = 0;                                      // [-1, 1], the mean

  std::int64_t articles() const { return negative + neutral + positive; }
  friend bool operator==(const StoryTones&, const StoryTones&) = default;
};

struct Story {
  StoryId id{};
  std::string language;  // primary tag; empty when unknown
  std::string headline;
  ArticleId headline_article{};  // whose headline it is, with its url and image
  std::string url;
  std::string image;
  Time opened_at{};           // its first article was published
  Time updated_at{};          // its last was
  std::int64_t articles = 0;  // 1 or more
  std::int64_t copies = 0;    // of them copies of another article
  std::int64_t publishers = 0;
  StoryRank rank;
  Time rank_key{};  // updated_at plus a half-life for each doubling of the rank's weight
  std::vector<TopicScore> topics;       // strongest first, without evidence; at most three
  std::vector<CountryScore> countries;  // strongest first, at most three
  std::vector<StoryEntity> entities;    // most salient first, at most eight
  StoryTones tones;

  friend bool operator==(const Story&, const Story&) = default;
};

// What stories in different languages can have in common.
enum class FactKind : std::uint8_t { Person, Organization, Thing, Place, Name, Number, Date };
std::string_view to_string(FactKind kind);  // "person", …; products and events are "thing"

struct LinkEvidence {
  FactKind kind = FactKind::Name;
  std::string text;   // as the one story writes it
  std::string other;  // as the other does
  double weight = 0;

  friend bool operator==(const LinkEvidence&, const LinkEvidence&) = default;
};

// Of a story, to one in another language that tells of the same event.
struct StoryLink {
  StoryId story{};                     // the other
  double score = 0;                    // [0.5, 1)
  std::vector<LinkEvidence> evidence;  // most first

  friend bool operator==(const StoryLink&, const StoryLink&) = default;
};

// What a person said about stories. It holds: grouping does not undo it.
enum class StoryCorrectionKind : std::int16_t {
  Merge = 1,   // `story` and `other` are one
  Split = 2,   // `articles` of `story` are a story of their own
  Remove = 3,  // `articles` do not belong to `story`, each is for itself
};
std::string_view to_string(StoryCorrectionKind kind);  // "merge"

struct StoryCorrection {
  StoryCorrectionId id{};  // set by the store
  Time at{};               // set by the store
  StoryCorrectionKind kind = StoryCorrectionKind::Merge;
  StoryId story{};
  StoryId other{};                  // Merge
  std::vector<ArticleId> articles;  // Split, Remove

  friend bool operator==(const StoryCorrection&, const StoryCorrection&) = default;
};

}  // namespace tidings
