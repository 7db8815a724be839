#include "analyze/topic_lookup.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "text/stop_words.h"

namespace tidings::analyze {
namespace {

constexpr std::array<std::string_view, 7> kLanguages = {"en", "de", "fr", "es", "it", "pt", "nl"};
constexpr float kTitleFactor = 2;
constexpr float kTagFactor = 8;  // a tag is an editor's word for it
constexpr std::size_t kPairsMax = 200;

// German and Dutch write as one word what others write as several.
constexpr float kPartFactor = 0.7F;
constexpr std::size_t kPartBytesMin = 4, kCompoundBytesMax = 40;

bool is_continuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

float repeated(std::uint32_t count) {
  return 1 + std::log(static_cast<float>(count));
}

// Looks every stem and every pair of stems of a document up, each once.
class Lookup {
 public:
  Lookup(const Document& document, const TopicTables& tables)
      : document_(document),
        tables_(tables),
        has_compounds_(document.language == "de" || document.language == "nl"),
        stop_words_(document.language),
        stems_(document.segments.stem_count()) {}

  std::vector<TopicTerm> run() {
    for (const text::Word& word : words()) count(word);
    for (const Stem& stem : stems_) add(stem);
    if (has_topics(document_.language)) add_pairs();
    return std::move(found_);
  }

 private:
  struct Stem {
    const text::Word* first = nullptr;
    std::uint32_t hash = 0;
    std::uint32_t count = 0;
  };

  struct Pair {
    const TableEntry* entries = nullptr;
    std::size_t found = 0;
    std::uint32_t count = 0;
  };

  std::span<const text::Word> words() const { return document_.segments.words(); }
  std::uint32_t stem_of(const text::Word& word) const {
    return document_.segments.forms()[word.form].stem;
  }
  bool is_in_title(const text::Word& word) const { return word.end <= document_.title_end; }

  void count(const text::Word& word) {
    Stem& stem = stems_[stem_of(word)];
    if (stem.count++ > 0) return;
    stem.first = &word;
    stem.hash = topic_stem_hash(document_.language, document_.segments.stem(word));
  }

  void add(const Stem& stem) {
    if (stem.first == nullptr) return;
    float factor = is_in_title(*stem.first) ? kTitleFactor : 1;
    std::span<const TableEntry> entries = find(stem);
    if (entries.empty() && has_compounds_) {
      entries = find_part(document_.segments.stem(*stem.first));
      factor *= kPartFactor;
    }
    if (entries.empty()) return;
    found_.push_back({.text = document_.segments.written(*stem.first),
                      .entries = entries,
                      .amount = repeated(stem.count) * factor});
  }

  // A word that says nothing by itself, and only shares its stem with one that does, stays silent.
  std::span<const TableEntry> find(const Stem& stem) const {
    const std::string_view lower = document_.segments.lower(*stem.first);
    const auto of_form = tables_.shipped.find(topic_form_hash(document_.language, lower));
    if (!of_form.empty()) return of_form;
    const auto entries = tables_.find(stem.hash);
    return entries.empty() || stop_words_.contains(lower) ? std::span<const TableEntry>() : entries;
  }

  // The last part of a compound says what a thing is ("Landtagswahl"), else the first says what it
  // has to do with ("Kirchenaustritt"). The longest is the likeliest.
  std::span<const TableEntry> find_part(std::string_view stem) const {
    if (stem.size() < 2 * kPartBytesMin || stem.size() > kCompoundBytesMax) return {};
    for (std::size_t at = kPartBytesMin; at + kPartBytesMin <= stem.size(); ++at) {
      if (is_continuation(stem[at])) continue;
      const auto entries = find_word(stem.substr(at));
      if (!entries.empty()) return entries;
    }
    for (std::size_t end = stem.size() - kPartBytesMin; end > kPartBytesMin; --end) {
      if (is_continuation(stem[end])) continue;
      const auto entries = find_word(stem.substr(0, end));
      if (!entries.empty()) return entries;
    }
    return {};
  }

  std::span<const TableEntry> find_word(std::string_view stem) const {
    return tables_.shipped.find(topic_stem_hash(document_.language, stem));
  }

  void add_pairs() {
    for (std::size_t i = 1; i < words().size(); ++i) {
      const text::Word &before = words()[i - 1], &word = words()[i];
      if (before.sentence != word.sentence) continue;
      const std::span<const TableEntry> entries = tables_.shipped.find(
          topic_pair_hash(stems_[stem_of(before)].hash, stems_[stem_of(word)].hash));
      if (!entries.empty()) add_pair(before, word, entries);
    }
  }

  // A pair that comes again adds little: it is looked for among the pairs, of which there are few.
  void add_pair(const text::Word& before, const text::Word& word,
                std::span<const TableEntry> entries) {
    for (Pair& pair : pairs_) {
      if (pair.entries != entries.data()) continue;
      found_[pair.found].amount += 1.0F / static_cast<float>(++pair.count);
      return;
    }
    if (pairs_.size() >= kPairsMax) return;
    pairs_.push_back({.entries = entries.data(), .found = found_.size(), .count = 1});
    found_.push_back(
        {.text = document_.segments.text().substr(before.begin, word.end - before.begin),
         .entries = entries,
         .amount = is_in_title(word) ? kTitleFactor : 1});
  }

  const Document& document_;
  const TopicTables& tables_;
  const bool has_compounds_;
  const text::StopWords stop_words_;
  std::vector<Stem> stems_;
  std::vector<TopicTerm> found_;
  std::vector<Pair> pairs_;
};

void add_tags(std::span<const std::string> tags, const TopicTables& tables,
              std::vector<TopicTerm>& found) {
  for (const std::string& tag : tags) {
    const std::span<const TableEntry> entries = tables.find(topic_tag_hash(tag));
    if (!entries.empty()) found.push_back({.text = tag, .entries = entries, .amount = kTagFactor});
  }
}

}  // namespace

std::span<const TableEntry> TopicTables::find(std::uint32_t hash) const {
  const std::span<const TableEntry> entries = shipped.find(hash);
  return entries.empty() && learned != nullptr ? learned->find(hash) : entries;
}

std::vector<TopicTerm> find_topic_terms(const TopicTables& tables, const Document& document,
                                        std::span<const std::string> tags) {
  std::vector<TopicTerm> found;
  if (has_topics(document.language) || tables.learned != nullptr)
    found = Lookup(document, tables).run();
  add_tags(tags, tables, found);
  return found;
}

std::vector<float> topic_sums(std::span<const TopicTerm> terms, std::size_t topic_count) {
  std::vector<float> sums(topic_count, 0);
  for (const TopicTerm& term : terms) {
    for (const TableEntry& entry : term.entries) sums[entry.topic] += term.weight(entry);
  }
  return sums;
}

bool has_topics(std::string_view language) {
  return std::find(kLanguages.begin(), kLanguages.end(), language) != kLanguages.end();
}

}  // namespace tidings::analyze
