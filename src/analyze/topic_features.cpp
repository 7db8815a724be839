#include "analyze/topic_features.h"

#include <algorithm>
#include <array>
#include <string>

#include "core/hash.h"

namespace tidings::analyze {
namespace {

constexpr std::size_t kCasedPartMin = 3, kCasedPartMax = 5;
constexpr std::size_t kUncasedPartMin = 1, kUncasedPartMax = 3;

// Longer words are addresses and noise: their parts say nothing. A run of a script without spaces
// may be longer than a word.
constexpr std::size_t kCasedCharactersMax = 40;

std::uint32_t hashed(std::string_view text, TopicFeatureKind kind) {
  const std::uint64_t hash = hash64(text);
  return (static_cast<std::uint32_t>(hash >> 32) & ~3U) | static_cast<std::uint32_t>(kind);
}

std::uint32_t hashed_pair(std::uint32_t first, std::uint32_t second) {
  const std::array<std::uint32_t, 2> both = {first, second};
  return hashed({reinterpret_cast<const char*>(both.data()), sizeof both}, TopicFeatureKind::Pair);
}

// Where the characters of a word begin, and its end.
void find_characters(std::string_view word, std::vector<std::uint32_t>& begins) {
  begins.clear();
  for (std::uint32_t at = 0; at < word.size(); ++at) {
    if ((static_cast<unsigned char>(word[at]) & 0xC0U) != 0x80U) begins.push_back(at);
  }
  begins.push_back(static_cast<std::uint32_t>(word.size()));
}

class FeatureCollector {
 public:
  explicit FeatureCollector(const text::Segments& segments) : segments_(segments) {}

  std::vector<TopicFeature> run() {
    add_words();
    add_pairs();
    return counted();
  }

 private:
  void add_words() {
    const std::span<const text::Form> forms = segments_.forms();
    words_.reserve(forms.size());
    for (const text::Form& form : forms) {
      words_.push_back(hashed(form.lower, TopicFeatureKind::Word));
      found_.push_back({words_.back(), form.count});
    }
    std::vector<bool> is_uncased(forms.size());
    for (const text::Word& word : segments_.words())
      is_uncased[word.form] = word.letters == text::Letters::Uncased;
    for (std::size_t i = 0; i < forms.size(); ++i) add_parts(forms[i], is_uncased[i]);
  }

  void add_parts(const text::Form& form, bool is_uncased) {
    bordered_.assign(1, ' ').append(form.lower).push_back(' ');
    find_characters(bordered_, characters_);
    const std::size_t count = characters_.size() - 1;
    if (!is_uncased && count > kCasedCharactersMax) return;
    const std::size_t shortest = is_uncased ? kUncasedPartMin : kCasedPartMin;
    const std::size_t longest = is_uncased ? kUncasedPartMax : kCasedPartMax;
    for (std::size_t size = shortest; size <= longest; ++size) {
      for (std::size_t first = 0; first + size <= count; ++first) {
        const std::uint32_t begin = characters_[first];
        const auto part =
            std::string_view(bordered_).substr(begin, characters_[first + size] - begin);
        found_.push_back({hashed(part, TopicFeatureKind::Part), form.count});
      }
    }
  }

  void add_pairs() {
    for (const text::Sentence& sentence : segments_.sentences()) {
      const std::span<const text::Word> words = segments_.words_of(sentence);
      for (std::size_t i = 1; i < words.size(); ++i)
        found_.push_back({hashed_pair(words_[words[i - 1].form], words_[words[i].form]), 1});
    }
  }

  std::vector<TopicFeature> counted() {
    std::sort(found_.begin(), found_.end(),
              [](const TopicFeature& a, const TopicFeature& b) { return a.hash < b.hash; });
    std::size_t kept = 0;
    for (const TopicFeature& feature : found_) {
      if (kept > 0 && found_[kept - 1].hash == feature.hash) {
        found_[kept - 1].count += feature.count;
      } else {
        found_[kept++] = feature;
      }
    }
    found_.resize(kept);
    return std::move(found_);
  }

  const text::Segments& segments_;
  std::vector<std::uint32_t> words_;  // hash of each form
  std::vector<TopicFeature> found_;
  std::string bordered_;
  std::vector<std::uint32_t> characters_;
};

}  // namespace

std::vector<TopicFeature> topic_features(const text::Segments& segments) {
  return FeatureCollector(segments).run();
}

}  // namespace tidings::analyze
