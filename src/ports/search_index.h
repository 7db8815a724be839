// Any question over the news: finds articles, counts them, over time and by what they have.
// Implementations: search/embedded_index.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "core/result.h"
#include "core/time.h"
#include "model/query.h"
#include "model/search_document.h"

namespace tidings {

enum class SearchSort : std::uint8_t { Relevance, Newest, Oldest };
std::optional<SearchSort> parse_search_sort(std::string_view name);  // "relevance"

// By what articles are counted apart. Those of a list can count in several.
enum class Dimension : std::uint8_t {
  Language,
  Country,  // of the source
  Source,
  Publisher,
  Topic,      // list; with those above them
  About,      // list
  Entity,     // list
  Place,      // list
  Keyphrase,  // list
  Author,     // list
};
inline constexpr std::size_t kDimensions = 10;
std::string_view to_string(Dimension dimension);  // "language"
std::optional<Dimension> parse_dimension(std::string_view name);

// An estimate is made of what takes long to count.
enum class CountPrecision : std::uint8_t { Exact, Estimate };

struct SearchRequest {
  Query query;  // canonical (query/canonical.h)
  SearchSort sort = SearchSort::Relevance;
  std::size_t offset = 0;  // with `limit` at most kSearchDepthMax
  std::size_t limit = 20;
  bool per_story = true;  // the best of each story
  bool explain = false;
  CountPrecision count = CountPrecision::Exact;
  std::optional<Time> now;  // of Relevance: what is new counts for more
};
inline constexpr std::size_t kSearchDepthMax = 1'000;

// What a word or phrase added to a score.
struct ScorePart {
  std::string term;      // as in the query's canonical form
  double frequency = 0;  // in this article; words in the title count for more
  double rarity = 0;     // ln((articles − having + 0.5) / (having + 0.5) + 1)
  double weight = 0;     // [0, 1): of the frequency, in an article of this length
};

struct ScoreExplanation {
  std::vector<ScorePart> parts;  // the score is the sum of rarity · weight, times recency
  double recency = 1;
  std::int32_t words = 0;  // of the article
  double mean_words = 0;   // of all
};

struct SearchHit {
  ArticleId article_id{};
  double score = 0;  // 0 where the order is by time
  StoryId story_id{};
  std::int64_t story_size = 0;
  std::optional<ScoreExplanation> explanation;
};

struct SearchCount {
  std::uint64_t articles = 0;
  bool is_exact = true;  // else an estimate from a part of the index, of three digits
};

struct SearchAnswer {
  std::vector<SearchHit> hits;
  SearchCount count;       // of articles, however many share a story
  EventSequence cursor{};  // of the event log: what the answer covers
  // What was left out so that the answer came in time, a sentence each.
  std::vector<std::string> notes;
};

struct AggregateRequest {
  Query query;
  // Ascending: bucket i is [boundaries[i], boundaries[i + 1]) by time of publication. Empty: one
  // bucket of all.
  std::vector<Time> boundaries;
  std::vector<Dimension> dimensions;
  std::size_t names_max = 10;  // of each dimension, those with the most articles
  // Counted are only these of every dimension, where there are any: few can be counted over long
  // times where all could not.
  std::vector<std::string> only;
};
inline constexpr std::size_t kBucketsMax = 10'000;

struct Bucket {
  std::uint64_t articles = 0;
  std::uint64_t toned = 0;    // with a sentiment
  std::int64_t tone_sum = 0;  // hundredths
  std::optional<double> tone() const {
    if (toned == 0) return std::nullopt;
    return static_cast<double>(tone_sum) / 100 / static_cast<double>(toned);
  }
  Bucket& operator+=(const Bucket& other) {
    articles += other.articles;
    toned += other.toned;
    tone_sum += other.tone_sum;
    return *this;
  }
  friend bool operator==(const Bucket&, const Bucket&) = default;
};

struct NamedCounts {
  std::string name;  // a code, number or text; of entities the id
  std::string text;  // of entities, the form to show
  Bucket total;
  std::vector<Bucket> buckets;  // as many as the request has
};

struct DimensionCounts {
  Dimension dimension{};
  std::uint64_t names = 0;       // different ones
  std::vector<NamedCounts> top;  // most articles first, equal ones by name
};

struct Aggregates {
  std::vector<Bucket> buckets;
  Bucket total;                             // of all buckets
  std::vector<DimensionCounts> dimensions;  // as asked for
  EventSequence cursor{};
  std::vector<std::string> notes;
};

struct CooccurrenceRequest {
  Query query;
  Dimension dimension = Dimension::Entity;  // a list
  std::size_t names_max = 30;               // those in most articles; at most kCooccurringMax
};
inline constexpr std::size_t kCooccurringMax = 100;

// Which names articles have together.
struct CooccurrenceCounts {
  struct Name {
    std::string name, text;  // as NamedCounts has them
    std::uint64_t articles = 0;
  };
  struct Pair {
    std::size_t first = 0, second = 0;  // of `names`, first < second
    std::uint64_t articles = 0;         // 1 or more
  };
  std::uint64_t articles = 0;  // that match
  std::vector<Name> names;     // most articles first
  std::vector<Pair> pairs;     // most articles first
  EventSequence cursor{};
};

struct PublisherRequest {
  Query query;
  std::size_t names_max = 10;   // those with the most articles; at most kPublishersShownMax
  std::size_t details_max = 5;  // topics and languages of each
};
inline constexpr std::size_t kPublishersShownMax = 100;
// Of more stories the speed is told from so many.
inline constexpr std::size_t kStoriesTimedMax = 200'000;

// What a publisher did, by its articles that match.
struct PublisherCounts {
  std::string name;
  Bucket total;
  std::vector<NamedCounts> topics, languages;  // most articles first

  // Of its stories those that another publisher tells too, by all articles of them: how long after
  // the first article its own first one came.
  std::uint64_t stories = 0;
  std::uint64_t first = 0;  // of them; those who come at the same moment are all first
  std::optional<Duration> delay_median, delay_mean;  // absent without such stories

  std::uint64_t copies = 0;     // its articles that are copies of another publisher's
  std::uint64_t copied = 0;     // its articles that another publisher has copies of
  std::uint64_t copies_of = 0;  // such copies, whether they match or not
};

struct PublisherStatistics {
  Bucket total;                      // those of unknown publishers too
  std::uint64_t publishers = 0;      // different ones
  std::vector<PublisherCounts> top;  // most articles first, equal ones by name
  EventSequence cursor{};
  std::vector<std::string> notes;
};

struct Suggestion {
  std::string text;
  std::uint64_t articles = 0;
};

struct SearchStatistics {
  std::uint64_t articles = 0, deleted = 0;
  std::uint64_t segments = 0, memory_segments = 0, memory_articles = 0;
  std::uint64_t file_bytes = 0, memory_bytes = 0;
  std::uint64_t terms = 0;  // summed over segments
  EventSequence cursor{};   // of what is answered from
  EventSequence durable_cursor{};
  bool is_filling = false;  // articles of before are still being read from the store
};

// Safe to call from many threads.
class SearchIndex {
 public:
  virtual ~SearchIndex() = default;

  virtual Result<SearchAnswer> search(const SearchRequest& request) const = 0;
  virtual Result<Aggregates> aggregate(const AggregateRequest& request) const = 0;
  // InvalidInput: the dimension is no list.
  virtual Result<CooccurrenceCounts> cooccurrence(const CooccurrenceRequest& request) const = 0;
  virtual Result<PublisherStatistics> publishers(const PublisherRequest& request) const = 0;
  // Words that begin so, those in most articles first. `written` is one word in any case.
  virtual Result<std::vector<Suggestion>> suggest(std::string_view written,
                                                  std::size_t limit) const = 0;
  // A query for what is like the article, itself too. NotFound when no others have its words.
  virtual Result<Query> more_like(const SearchDocument& article) const = 0;
  virtual Result<SearchStatistics> statistics() const = 0;
};

}  // namespace tidings
