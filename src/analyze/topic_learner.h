// What an instance learns from its own feeds: which topics their tags and words speak for.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "analyze/document.h"
#include "analyze/topic_table.h"

namespace tidings::analyze {

struct LearnedTerm {
  enum class Kind : std::uint8_t { Tag, Word };
  Kind kind = Kind::Tag;
  std::string text;          // as it was first written
  std::string language;      // of a word
  std::string topic;         // "medtop:15000000"
  std::size_t articles = 0;  // with it, whose topic is known
  std::size_t agreeing = 0;  // of these, that are about the topic
  double weight = 0;         // a known tag's is 1; a listed word's is at most 2.7
};

struct LearnedTopics {
  std::string table;                // for TopicTable::open; numbers topics as the shipped one does
  std::vector<LearnedTerm> terms;   // most articles first
  std::size_t tagged_articles = 0;  // whose tags name one topic
};

// A tag that nobody knows speaks for the topic that most articles with it are about: by the known
// names of topics among their other tags, else by what the shipped words are sure of. Then the
// words that no table has, in any language but "und", speak for the topic that the tags of most
// articles with them name.
//
// A term is learned from ten articles (a word from eight) that agree three to one or better, where
// so much agreement is no accident: Dunning's log-likelihood ratio ("Accurate Methods for the
// Statistics of Surprise and Coincidence", 1993) against the topic's share in all articles is 15 or
// more. So a tag on everything says nothing, nor does a word of everyday, nor the only topic of an
// instance. A topic is learned from twenty tagged articles. One article's title counts once,
// however many feeds carry it. What the shipped table knows stays as it is.
//
// Takes kArticlesMax articles and kTermsMax terms, and passes over what is beyond: about 60 MB.
// One thread; linear time; the same articles in the same order give the same bytes.
class TopicLearner {
 public:
  static constexpr std::size_t kArticlesMax = 20'000;
  static constexpr std::size_t kTermsMax = 200'000;
  static constexpr std::size_t kArticleTermsMax = 100;

  bool is_full() const { return examples_.size() >= kArticlesMax; }
  std::size_t size() const { return examples_.size(); }

  void add(const Document& document, std::span<const std::string> tags);

  LearnedTopics learn() const;

 private:
  static constexpr std::uint8_t kNone = 255;

  struct Term {
    LearnedTerm::Kind kind = LearnedTerm::Kind::Tag;
    std::uint32_t hash = 0;
    std::string text, language;
  };
  // Topics are places in the shipped table; kNone where nobody tells.
  struct Example {
    std::uint8_t by_tags = kNone, by_words = kNone;
    std::size_t terms_end = 0;  // in terms_of_examples_
  };
  struct Tally;
  struct Tallies;
  struct Learning;

  void add_tags(std::span<const std::string> tags, std::unordered_set<std::uint32_t>& seen);
  void add_words(const Document& document, std::unordered_set<std::uint32_t>& seen);
  void add_term(Term term, std::unordered_set<std::uint32_t>& seen);
  std::span<const std::uint32_t> terms_of(std::size_t example) const;
  static double learned_weight(LearnedTerm::Kind kind, const Tally& tally, const Tally& base);
  Tallies tally(LearnedTerm::Kind kind, std::span<const std::uint8_t> topics) const;
  void learn_kind(LearnedTerm::Kind kind, std::span<const std::uint8_t> topics,
                  Learning& learning) const;
  std::vector<std::uint8_t> topics_by_all_tags(std::span<const std::uint8_t> topic_of_term) const;

  std::vector<Example> examples_;
  std::vector<Term> terms_;
  std::unordered_map<std::uint32_t, std::uint32_t> term_numbers_;  // by hash
  std::vector<std::uint32_t> terms_of_examples_;
  std::unordered_set<std::uint64_t> titles_;
};

}  // namespace tidings::analyze
