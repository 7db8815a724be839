#include "stories/story_terms.h"

#include <algorithm>
#include <cmath>

#include "core/hash.h"
#include "text/stop_words.h"

namespace tidings::stories {
namespace {

constexpr double kSalient = 0.05;
constexpr std::size_t kEntitiesMax = 8;

std::string_view primary(std::string_view language) {
  return language.substr(0, language.find('-'));
}

// How much each stem of a document is said.
class Amounts {
 public:
  Amounts(const text::Segments& segments, std::string_view language)
      : segments_(segments), stop_words_(language), counts_(segments.stem_count(), 0) {}

  void add(const text::Word& word, float count) {
    if (says_something(word)) counts_[segments_.forms()[word.form].stem] += count;
  }

  std::vector<TermAmount> run(std::string_view language) const {
    std::vector<TermAmount> terms;
    std::vector<bool> seen(counts_.size(), false);
    for (const text::Word& word : segments_.words()) {
      const std::uint32_t stem = segments_.forms()[word.form].stem;
      if (seen[stem] || counts_[stem] <= 0) continue;
      seen[stem] = true;
      terms.push_back({.term = story_term(language, segments_.stem(word)),
                       .amount = 1 + std::log(counts_[stem])});
    }
    return terms;
  }

 private:
  bool says_something(const text::Word& word) const {
    const std::string_view lower = segments_.lower(word);
    return (lower.size() > 1 || word.letters == text::Letters::Number) &&
           !stop_words_.contains(lower);
  }

  const text::Segments& segments_;
  const text::StopWords stop_words_;
  std::vector<float> counts_;  // by stem
};

void merge_doubles(std::vector<TermAmount>& terms) {
  std::sort(terms.begin(), terms.end(),
            [](const TermAmount& a, const TermAmount& b) { return a.term < b.term; });
  const auto end = std::unique(terms.begin(), terms.end(), [](TermAmount& a, const TermAmount& b) {
    if (a.term != b.term) return false;
    a.amount = std::max(a.amount, b.amount);
    return true;
  });
  terms.erase(end, terms.end());
}

}  // namespace

std::uint32_t story_term(std::string_view primary_language, std::string_view stem) {
  return static_cast<std::uint32_t>(hash64(stem) ^ (hash64(primary_language) >> 7));
}

std::vector<TermAmount> story_terms(const text::Segments& segments, std::size_t title_end,
                                    std::string_view language, std::span<const Entity> entities) {
  Amounts amounts(segments, language);
  std::size_t after_title = 0;
  for (const text::Word& word : segments.words()) {
    const bool is_title = word.end <= title_end;
    if (!is_title && ++after_title > kTermWordsMax) break;
    amounts.add(word, is_title ? 2 : 1);
  }
  for (const Entity& entity : entities.first(std::min(entities.size(), kEntitiesMax))) {
    if (entity.salience < kSalient || entity.offsets.empty()) continue;
    const TextSpan span = entity.offsets.front();
    const auto words = segments.words();
    auto word = std::lower_bound(words.begin(), words.end(), span.begin,
                                 [](const text::Word& a, std::uint32_t b) { return a.begin < b; });
    for (; word != words.end() && word->end <= span.end; ++word) amounts.add(*word, 1);
  }
  std::vector<TermAmount> terms = amounts.run(primary(language));
  merge_doubles(terms);
  return terms;
}

}  // namespace tidings::stories
