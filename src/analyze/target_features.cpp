// The features of target sentiment: how the words around a target stand to it.
#include <algorithm>

#include "analyze/sentiment_features.h"

namespace tidings::analyze {
namespace {

constexpr std::uint32_t kNear = 3;
constexpr float kNearValue = 2;  // a hashed word right beside the target says twice as much
constexpr float kQuotedShare = 0.7F;
constexpr float kLongSentence = 40;
constexpr std::uint32_t kFar = 24;  // words beyond this say little, and keep the cost bounded

enum Salt : std::uint32_t {
  Anywhere = 11,
  AnywhereStem,
  NegatedAnywhere,
  NegatedAnywhereStem,
  Side = 100,  // + 0 left, 1 right, here and in the next two
  SidePair = 102,
  Clause = 104,
  Position = 200,  // + 8 × side + distance
  PairBefore = 240,
  PairAround,
  PairAfter,
  Itself = 300,
  IsFirst,
};

constexpr std::uint32_t kNameKey = 0x6e616d65;    // any name: who is written about has no tone
constexpr std::uint32_t kNumberKey = 0x6e756d62;  // any number
constexpr std::uint32_t kEdgeKey = 0x65646765;    // the sentence's end

std::uint32_t word_key(const ToneToken& token) {
  if (token.letters == text::Letters::Number) return kNumberKey;
  return token.is_name ? kNameKey : token.key;
}

std::uint32_t stem_key(const ToneToken& token) {
  return token.is_name ? kNameKey : token.stem;
}

struct Place {
  std::size_t sentence_begin = 0, sentence_end = 0;
  std::size_t begin = 0, end = 0;  // tokens of the target
};

class Extractor {
 public:
  Extractor(std::span<const ToneToken> tokens, Place place, bool with_hashed)
      : tokens_(tokens), place_(place), with_hashed_(with_hashed) {}

  TargetFeatures run() {
    if (with_hashed_) done_.hashed.reserve(8 * (place_.sentence_end - place_.sentence_begin));
    read_left();
    read_right();
    read_itself();
    add_sums();
    return std::move(done_);
  }

 private:
  std::uint32_t key_at(std::size_t position) const {
    const bool is_inside = position >= place_.sentence_begin && position < place_.sentence_end;
    return is_inside ? word_key(tokens_[position]) : kEdgeKey;
  }

  void add(std::uint32_t salt, std::uint32_t key, std::size_t token, float value = 1) {
    done_.hashed.push_back({mixed_hash(key, salt), value, static_cast<std::uint32_t>(token)});
  }

  void read_left() {
    bool is_same_clause = place_.begin < tokens_.size() && !tokens_[place_.begin].follows_break;
    const std::size_t reach = std::min<std::size_t>(kFar, place_.begin - place_.sentence_begin);
    for (std::size_t back = 1; back <= reach; ++back) {
      const std::size_t at = place_.begin - back;
      read_word(at, static_cast<std::uint32_t>(back), 0, is_same_clause);
      is_same_clause &= !tokens_[at].follows_break;
    }
    if (reach < kNear && with_hashed_) add(Position, kEdgeKey, place_.begin);
  }

  void read_right() {
    bool is_same_clause = true;
    const std::size_t reach = std::min<std::size_t>(kFar, place_.sentence_end - place_.end);
    for (std::size_t ahead = 1; ahead <= reach; ++ahead) {
      const std::size_t at = place_.end + ahead - 1;
      is_same_clause &= !tokens_[at].follows_break;
      read_word(at, static_cast<std::uint32_t>(ahead), 1, is_same_clause);
    }
  }

  void read_word(std::size_t at, std::uint32_t distance, std::uint32_t side, bool is_same_clause) {
    const ToneToken& token = tokens_[at];
    sum_up(token, distance, side, is_same_clause);
    if (!with_hashed_) return;
    const std::uint32_t key = word_key(token);
    const std::uint32_t stem = stem_key(token);
    const std::uint32_t next = key_at(at + 1);
    add(token.is_negated ? NegatedAnywhere : Anywhere, key, at);
    add(token.is_negated ? NegatedAnywhereStem : AnywhereStem, stem, at);
    add(Side + side, stem, at);
    add(SidePair + side, mixed_hash(key, next), at);
    if (is_same_clause) add(Clause + side, stem, at);
    if (distance <= kNear) add(Position + 8 * side + distance, key, at, kNearValue);
  }

  void sum_up(const ToneToken& token, std::uint32_t distance, std::uint32_t side,
              bool is_same_clause) {
    if (token.valence == 0 && token.second == 0) return;
    const float valence =
        (token.valence + token.second) / 2 * (token.is_quoted ? kQuotedShare : 1.0F);
    const std::size_t sign = valence > 0 ? 0 : 1;
    const float nearness = 1 / (1 + static_cast<float>(distance) / 4);
    sums_[side * 2 + sign] += valence;
    near_[side * 2 + sign] += valence * nearness;
    if (is_same_clause) clause_[side * 2 + sign] += valence;
    if (!nearest_seen_[side]) nearest_[side] = valence * nearness;
    nearest_seen_[side] = true;
  }

  void read_itself() {
    const ToneToken& first = tokens_[place_.begin];
    is_first_ = place_.begin == place_.sentence_begin;
    for (std::size_t i = place_.begin; i < place_.end; ++i) own_ += tokens_[i].valence;
    if (!with_hashed_) return;
    if (!first.is_name)
      add(Itself, is_first_ && !is_short(first) ? kNameKey : first.key, place_.begin);
    if (is_first_) add(IsFirst, kEdgeKey, place_.begin);
    const std::uint32_t before = key_at(place_.begin - 1);
    const std::uint32_t after = key_at(place_.end);
    add(PairBefore, mixed_hash(key_at(place_.begin - 2), before), place_.begin);
    add(PairAround, mixed_hash(before, after), place_.begin);
    add(PairAfter, mixed_hash(after, key_at(place_.end + 1)), place_.begin);
  }

  // At the head of a sentence, where every word has a capital, a short one is a pronoun far more
  // often than a name.
  static bool is_short(const ToneToken& token) { return token.end - token.begin <= 4; }

  void add_sums() {
    std::size_t at = 0;
    const float right = sums_[2] + sums_[3];
    done_.dense[at++] = 1;
    for (const float sum : sums_) done_.dense[at++] = compound(sum);
    for (const float sum : near_) done_.dense[at++] = compound(2 * sum);
    for (const float sum : clause_) done_.dense[at++] = compound(sum);
    for (const float valence : nearest_) done_.dense[at++] = valence / 4;
    done_.dense[at++] = compound(sums_[0] + sums_[1] + right);
    done_.dense[at++] = compound(2 * (near_[0] + near_[1] + near_[2] + near_[3]));
    done_.dense[at++] = is_first_ ? 1 : 0;
    done_.dense[at++] = is_first_ ? compound(right) : 0;
    done_.dense[at++] = tokens_[place_.begin].is_quoted ? 1 : 0;
    done_.dense[at++] = compound(own_);
    const auto words = static_cast<float>(place_.sentence_end - place_.sentence_begin);
    done_.dense[at++] = std::min(words, kLongSentence) / kLongSentence;
  }

  std::span<const ToneToken> tokens_;
  Place place_;
  bool with_hashed_;
  bool is_first_ = false;
  float own_ = 0;
  // By side and sign: left positive, left negative, right positive, right negative.
  std::array<float, 4> sums_{}, near_{}, clause_{};
  std::array<float, 2> nearest_{};
  std::array<bool, 2> nearest_seen_{};
  TargetFeatures done_;
};

std::size_t first_token_from(std::span<const ToneToken> tokens, std::uint32_t byte) {
  const auto found = std::partition_point(tokens.begin(), tokens.end(),
                                          [byte](const ToneToken& t) { return t.end <= byte; });
  return static_cast<std::size_t>(found - tokens.begin());
}

}  // namespace

std::optional<TargetFeatures> target_features(const ToneTokens& all, TextSpan target,
                                              bool with_hashed) {
  const std::span<const ToneToken> tokens = all.tokens;
  Place place{.begin = first_token_from(tokens, target.begin)};
  place.end = place.begin;
  while (place.end < tokens.size() && tokens[place.end].begin < target.end) ++place.end;
  if (place.begin == place.end || all.sentence_begin.size() < 2) return std::nullopt;
  const auto& begins = all.sentence_begin;
  const auto after = std::upper_bound(begins.begin(), begins.end(), place.begin);
  if (after == begins.begin() || after == begins.end()) return std::nullopt;
  place.sentence_begin = *(after - 1);
  place.sentence_end = *after;
  place.end = std::min(place.end, place.sentence_end);
  return Extractor(tokens, place, with_hashed).run();
}

}  // namespace tidings::analyze
