// What an article is about, as far as we can tell. What we cannot tell is absent.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tidings {

// Whether scores come with what made them. Most of that is worked out only where it is asked for,
// and not stored; of topics and the tone it always is.
enum class Explain : bool { No, Yes };

// Offsets are bytes, [begin, end), of the document: title, newline, text.
struct TextSpan {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  friend bool operator==(const TextSpan&, const TextSpan&) = default;
};

// A word or phrase and what it added to a score: why the score is what it is.
struct Evidence {
  std::string text;
  double weight = 0;

  friend bool operator==(const Evidence&, const Evidence&) = default;
};

struct LanguageGuess {
  std::string code = "und";        // BCP 47
  double confidence = 0;           // [0, 1]
  std::vector<Evidence> evidence;  // explained: log-odds against the language that comes next

  friend bool operator==(const LanguageGuess&, const LanguageGuess&) = default;
};

struct TopicScore {
  std::string code;   // "medtop:15000000"
  std::string label;  // IPTC's English name, lower case: "sport"
  double score = 0;   // (0, 1], grows with the evidence
  std::vector<Evidence> evidence;

  friend bool operator==(const TopicScore&, const TopicScore&) = default;
};

enum class Tone : std::int8_t { Negative = -1, Neutral = 0, Positive = 1 };
std::string_view to_string(Tone tone);  // "negative", "neutral", "positive"

struct Sentiment {
  double score = 0;  // [-1, 1]
  Tone label = Tone::Neutral;
  std::optional<double> headline_score;     // without a title there is none
  std::vector<Evidence> evidence;           // strongest first
  std::vector<Evidence> headline_evidence;  // explained: of the headline's score

  friend bool operator==(const Sentiment&, const Sentiment&) = default;
};

// The sentiment toward one thing that the document mentions.
struct TargetSentiment {
  TextSpan span;
  double score = 0;  // [-1, 1]
  Tone label = Tone::Neutral;
  std::vector<Evidence> evidence;  // explained: what the score would lose without the word

  friend bool operator==(const TargetSentiment&, const TargetSentiment&) = default;
};

enum class EntityType : std::int8_t { Person, Organization, Place, Product, Event };
std::string_view to_string(EntityType type);  // "person", …

struct Entity {
  std::string id;    // the same in every article that means the same
  std::string text;  // its fullest form here
  EntityType type = EntityType::Person;
  std::vector<std::string> aliases;  // other forms here
  std::int32_t count = 0;
  double salience = 0;              // [0, 1]; those of an article sum to at most 1
  std::optional<double> sentiment;  // toward it, of salient ones
  std::vector<TextSpan> offsets;
  std::vector<Evidence> evidence;            // explained: the salience by spelling
  std::vector<Evidence> sentiment_evidence;  // explained: as in TargetSentiment

  friend bool operator==(const Entity&, const Entity&) = default;
};

struct Place {
  std::string text;     // as written
  std::string name;     // as the gazetteer has it
  std::string country;  // ISO 3166-1 alpha-2; empty for seas and the like
  double latitude = 0;  // degrees, WGS 84
  double longitude = 0;
  std::vector<TextSpan> offsets;

  friend bool operator==(const Place&, const Place&) = default;
};

struct CountryScore {
  std::string code;                // ISO 3166-1 alpha-2
  double score = 0;                // (0, 1]
  std::vector<Evidence> evidence;  // explained: the score by the names and adjectives that made it

  friend bool operator==(const CountryScore&, const CountryScore&) = default;
};

struct Keyphrase {
  std::string text;
  double score = 0;  // (0, 1], the best has 1
  std::vector<Evidence>
      evidence;  // explained: factors; the score is their product by the best one's

  friend bool operator==(const Keyphrase&, const Keyphrase&) = default;
};

struct Quotation {
  std::string text;
  std::string speaker;  // empty where none is named
  TextSpan span;        // without the quotation marks

  friend bool operator==(const Quotation&, const Quotation&) = default;
};

struct Analysis {
  LanguageGuess language;
  std::vector<TopicScore> topics;  // best first
  std::optional<Sentiment> sentiment;
  std::vector<Entity> entities;  // most salient first
  std::vector<Place> places;
  std::vector<CountryScore> countries;  // best first
  std::vector<Keyphrase> keyphrases;    // best first
  std::vector<std::string> summary;     // sentences, in the article's order
  std::vector<Quotation> quotations;
  std::vector<TargetSentiment> targets;  // as asked for, in that order
  std::int32_t sentences = 0;
  std::int32_t words = 0;
  std::int32_t reading_time_s = 0;
  std::vector<std::string> failed;  // fields whose analyzer failed: they are absent. Not stored

  friend bool operator==(const Analysis&, const Analysis&) = default;
};

}  // namespace tidings
