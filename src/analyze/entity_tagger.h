// Marks names in a document's text: a conditional random field over the words that can be part of
// one.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "analyze/entity_features.h"
#include "analyze/entity_tokens.h"
#include "model/analysis.h"

namespace tidings::analyze {

enum class EntityClass : std::uint8_t {
  Person,
  Organization,
  Place,
  Product,  // works too: albums, books, films, laws
  Event,
  Other,  // peoples, languages, faiths, awards: names, but none of the things an article is about
};
constexpr std::size_t kEntityClassCount = 6;

// Tags of tokens: 0 is outside; a name of class c begins with 1 + 2c and goes on with 2 + 2c.
constexpr std::size_t kTagCount = 1 + 2 * kEntityClassCount;
constexpr std::size_t kTagWidth = 16;  // of a row of weights

using TagScores = std::array<std::int32_t, kTagWidth>;

constexpr std::uint8_t begin_tag(EntityClass c) {
  return static_cast<std::uint8_t>(1 + 2 * static_cast<unsigned>(c));
}
constexpr std::uint8_t inside_tag(EntityClass c) {
  return static_cast<std::uint8_t>(begin_tag(c) + 1);
}
constexpr bool is_inside(std::size_t tag) {
  return tag != 0 && tag % 2 == 0;
}
// A name goes on only from its own class.
constexpr bool may_follow(std::size_t before, std::size_t tag) {
  return !is_inside(tag) || before == tag || before + 1 == tag;
}

struct TaggedName {
  std::uint32_t begin = 0;  // tokens
  std::uint32_t end = 0;
  EntityClass entity_class = EntityClass::Person;

  friend bool operator==(const TaggedName&, const TaggedName&) = default;
};

// Appends what the tags of a run's tokens, the first of which is `first_token`, say.
void append_names(std::span<const std::uint8_t> tags, std::uint32_t first_token,
                  std::vector<TaggedName>& out);

// What the first pass said of each form of the document, so that the second judges one name alike
// everywhere.
class NameVotes {
 public:
  explicit NameVotes(std::size_t forms) : votes_(forms) {}
  void add(const EntityText& text, std::span<const TaggedName> names);
  void add_features(const EntityText& text, const EntityRun& run, std::uint32_t token,
                    FeatureList& out) const;

 private:
  struct Votes {
    std::array<std::uint16_t, kEntityClassCount> names = {};  // that have this word, by class
    std::uint16_t words = 0;                                  // capitalized, in or out of names
    std::uint8_t longer =
        0;  // in a name of several words: 1 + 2 * class, one more when it is the last of them
  };
  std::uint32_t summary(const EntityToken& token) const;
  std::vector<Votes> votes_;
};

// The names of a document that a tagger finds.
struct NamedSpan {
  TextSpan span;
  EntityClass entity_class = EntityClass::Person;
};

// A model in memory that outlives the tagger. Safe to use from many threads.
class EntityTagger {
 public:
  // Nothing for bytes that are not a whole model of this version.
  static std::optional<EntityTagger> open(std::string_view model);

  // In the text's order, not overlapping.
  std::vector<TaggedName> tag(const EntityText& text) const;
  // By the first pass alone: what the second is trained on.
  std::vector<TaggedName> tag_once(const EntityText& text) const;
  std::vector<NamedSpan> spans(const text::Segments& segments, EntityLanguage language) const;

 private:
  EntityTagger() = default;
  // By pass and tag. 160 features of a byte each cannot overflow them.
  using Sums = std::array<std::int16_t, 2 * kTagWidth>;

  std::uint32_t home_of(std::uint32_t feature) const;
  const std::int8_t* row(std::uint32_t feature) const;
  Sums weigh(std::span<const std::uint32_t> features) const;
  // Names by the first pass; adds to `second` the scores of all tokens of runs for the second.
  std::vector<TaggedName> first_pass(const EntityText& text, std::vector<TagScores>& second) const;
  std::vector<TaggedName> second_pass(const EntityText& text, std::span<const TaggedName> names,
                                      std::span<TagScores> scores) const;

  EntityLexicon lexicon_;
  std::string_view slots_;
  std::string_view rows_;
  std::string_view transitions_;
  std::uint32_t slot_count_ = 0;
  std::uint32_t row_count_ = 0;
};

}  // namespace tidings::analyze
