#include "analyze/entity_tagger.h"

#include <algorithm>
#include <cstring>

namespace tidings::analyze {
namespace {

constexpr std::string_view kMagic = "TDEN";
constexpr std::uint32_t kVersion = 3;
constexpr std::size_t kHeaderBytes = 20;
constexpr std::size_t kPasses = 2;
constexpr std::size_t kTransitionBytes = kPasses * kTagWidth * kTagWidth * sizeof(std::int16_t);
constexpr std::size_t kSlotBytes = 8;
constexpr std::size_t kRowBytes = kPasses * kTagWidth;

std::uint32_t number_at(std::string_view bytes, std::size_t offset) {
  std::uint32_t number = 0;
  std::memcpy(&number, bytes.data() + offset, sizeof number);
  return number;
}

// The best sequence of tags for one run, outside on both sides of it (Viterbi 1967).
class Decoder {
 public:
  explicit Decoder(std::string_view transitions) {
    for (TagScores& row : transitions_) row.fill(kNever);
    for (std::size_t before = 0; before < kTagCount; ++before) {
      for (std::size_t tag = 0; tag < kTagCount; ++tag) {
        std::int16_t weight = 0;
        const std::size_t offset = (before * kTagWidth + tag) * sizeof weight;
        std::memcpy(&weight, transitions.data() + offset, sizeof weight);
        if (may_follow(before, tag)) transitions_[before][tag] = weight;
      }
    }
  }

  std::span<const std::uint8_t> decode(std::span<const TagScores> run) {
    TagScores best = transitions_[0];
    from_[0].fill(0);
    add(run[0], best);
    for (std::size_t at = 1; at < run.size(); ++at) {
      step(best, from_[at]);
      add(run[at], best);
    }
    std::size_t tag = 0;
    for (std::size_t last = 1; last < kTagCount; ++last)
      if (best[last] + transitions_[last][0] > best[tag] + transitions_[tag][0]) tag = last;
    for (std::size_t at = run.size(); at-- > 0;) {
      tags_[at] = static_cast<std::uint8_t>(tag);
      tag = static_cast<std::size_t>(from_[at][tag]);
    }
    return {tags_.data(), run.size()};
  }

 private:
  static constexpr std::int32_t kNever = -(1 << 28);  // twice that is a number still

  static void add(const TagScores& scores, TagScores& best) {
    for (std::size_t tag = 0; tag < kTagWidth; ++tag)
      best[tag] = std::max(best[tag] + scores[tag], kNever);
  }

  // All tags at once, in arrays that overlap nothing: compilers make a few wide instructions of it.
  void step(TagScores& scores, TagScores& from) const {
    const TagScores before = scores;
    TagScores best;
    TagScores chosen = {};
    for (std::size_t tag = 0; tag < kTagWidth; ++tag) best[tag] = before[0] + transitions_[0][tag];
    for (std::size_t last = 1; last < kTagCount; ++last) {
      const TagScores row = transitions_[last];
      const std::int32_t so_far = before[last];
      const auto number = static_cast<std::int32_t>(last);
      for (std::size_t tag = 0; tag < kTagWidth; ++tag) {
        const std::int32_t score = so_far + row[tag];
        chosen[tag] = score > best[tag] ? number : chosen[tag];
        best[tag] = std::max(score, best[tag]);
      }
    }
    scores = best;
    from = chosen;
  }

  std::array<TagScores, kTagWidth> transitions_;
  std::array<TagScores, kRunTokensMax> from_;
  std::array<std::uint8_t, kRunTokensMax> tags_;
};

}  // namespace

void append_names(std::span<const std::uint8_t> tags, std::uint32_t first_token,
                  std::vector<TaggedName>& out) {
  for (std::uint32_t at = 0; at < tags.size();) {
    const std::uint32_t begin = at++;
    if (tags[begin] == 0) continue;
    while (at < tags.size() && is_inside(tags[at])) ++at;
    out.push_back(
        {first_token + begin, first_token + at, static_cast<EntityClass>((tags[begin] - 1) / 2)});
  }
}

void NameVotes::add(const EntityText& text, std::span<const TaggedName> names) {
  for (const EntityRun& run : text.runs)
    for (std::uint32_t at = run.begin; at < run.end; ++at) ++votes_[text.tokens[at].form].words;
  for (const TaggedName& name : names) {
    for (std::uint32_t at = name.begin; at < name.end; ++at) {
      Votes& votes = votes_[text.tokens[at].form];
      ++votes.names[static_cast<std::size_t>(name.entity_class)];
      if (name.end - name.begin > 1)
        votes.longer = static_cast<std::uint8_t>(1 + 2 * static_cast<unsigned>(name.entity_class) +
                                                 (at + 1 == name.end ? 1 : 0));
    }
  }
}

// Which class most say, whether all do, and what it is in longer names.
std::uint32_t NameVotes::summary(const EntityToken& token) const {
  const Votes& votes = votes_[token.form];
  const auto most = std::max_element(votes.names.begin(), votes.names.end());
  if (*most == 0) return 0;
  const auto best = static_cast<std::uint32_t>(most - votes.names.begin());
  const std::uint32_t agreement = *most == votes.words ? 2 : 2 * *most >= votes.words ? 1 : 0;
  return 1 + best + 8 * agreement;
}

void NameVotes::add_features(const EntityText& text, const EntityRun& run, std::uint32_t token,
                             FeatureList& out) const {
  constexpr std::uint32_t kVotes = 200;
  const EntityToken& here = text.tokens[token];
  const Votes& votes = votes_[here.form];
  const std::uint32_t several = votes.words > 1 ? 64 : 0;
  const std::uint32_t own = summary(here);
  const std::uint32_t before = token > run.begin ? summary(text.tokens[token - 1]) : 99;
  const std::uint32_t next = token + 1 < run.end ? summary(text.tokens[token + 1]) : 99;
  out.add(kVotes, own + several);
  out.add(kVotes + 1, votes.longer + several);
  out.add(kVotes + 2, joined_hash(own, before));
  out.add(kVotes + 3, joined_hash(own, next));
  out.add(kVotes + 4, joined_hash(joined_hash(own, before), next));
  out.add(kVotes + 5, joined_hash(votes.longer, run.end - run.begin == 1 ? 1 : 0));
}

// A header, the transitions of both passes, the lexicon, slots of a feature and its row, rows of
// weights.
std::optional<EntityTagger> EntityTagger::open(std::string_view model) {
  if (model.size() < kHeaderBytes + kTransitionBytes || !model.starts_with(kMagic))
    return std::nullopt;
  EntityTagger tagger;
  tagger.slot_count_ = number_at(model, 8);
  tagger.row_count_ = number_at(model, 12);
  const std::size_t lexicon_bytes = std::size_t{number_at(model, 16)} * EntityLexicon::kBlockBytes;
  const std::size_t slot_bytes = std::size_t{tagger.slot_count_} * kSlotBytes;
  const std::size_t row_bytes = std::size_t{tagger.row_count_} * kRowBytes;
  if (number_at(model, 4) != kVersion || slot_bytes == 0 ||
      model.size() != kHeaderBytes + kTransitionBytes + lexicon_bytes + slot_bytes + row_bytes)
    return std::nullopt;
  model.remove_prefix(kHeaderBytes);
  tagger.transitions_ = model.substr(0, kTransitionBytes);
  tagger.lexicon_ = EntityLexicon(model.substr(kTransitionBytes, lexicon_bytes));
  tagger.slots_ = model.substr(kTransitionBytes + lexicon_bytes, slot_bytes);
  tagger.rows_ = model.substr(kTransitionBytes + lexicon_bytes + slot_bytes);
  return tagger;
}

std::uint32_t EntityTagger::home_of(std::uint32_t feature) const {
  return static_cast<std::uint32_t>(std::uint64_t{feature} * slot_count_ >> 32U);
}

// Slots are probed one after the other; a feature of 0 ends a search.
const std::int8_t* EntityTagger::row(std::uint32_t feature) const {
  std::uint32_t slot = home_of(feature);
  for (std::uint32_t step = 0; step < slot_count_; ++step) {
    const std::uint32_t key = number_at(slots_, std::size_t{slot} * kSlotBytes);
    if (key == 0) return nullptr;
    if (key == feature) {
      const std::uint32_t row = number_at(slots_, std::size_t{slot} * kSlotBytes + 4);
      if (row >= row_count_) return nullptr;
      return reinterpret_cast<const std::int8_t*>(rows_.data()) + std::size_t{row} * kRowBytes;
    }
    slot = slot + 1 == slot_count_ ? 0 : slot + 1;
  }
  return nullptr;
}

// What the features weigh in both passes. The memory is asked for before it is read: nearly all of
// the time is waiting for it.
EntityTagger::Sums EntityTagger::weigh(std::span<const std::uint32_t> features) const {
  for (const std::uint32_t feature : features)
    __builtin_prefetch(slots_.data() + std::size_t{home_of(feature)} * kSlotBytes);
  std::array<const std::int8_t*, FeatureList::kMax> found;
  std::size_t count = 0;
  for (const std::uint32_t feature : features) {
    const std::int8_t* weights = row(feature);
    if (weights == nullptr) continue;
    __builtin_prefetch(weights);
    found[count++] = weights;
  }
  Sums sums = {};
  for (std::size_t index = 0; index < count; ++index) {
    std::array<std::int8_t, kRowBytes> weights;  // a copy, which overlaps nothing
    std::memcpy(weights.data(), found[index], weights.size());
    for (std::size_t tag = 0; tag < sums.size(); ++tag)
      sums[tag] = static_cast<std::int16_t>(sums[tag] + weights[tag]);
  }
  return sums;
}

std::vector<TaggedName> EntityTagger::tag(const EntityText& text) const {
  std::vector<TagScores> scores;
  const std::vector<TaggedName> names = first_pass(text, scores);
  return second_pass(text, names, scores);
}

std::vector<TaggedName> EntityTagger::tag_once(const EntityText& text) const {
  std::vector<TagScores> scores;
  return first_pass(text, scores);
}

std::vector<TaggedName> EntityTagger::first_pass(const EntityText& text,
                                                 std::vector<TagScores>& second) const {
  std::vector<TaggedName> names;
  FeatureList features;
  Decoder decoder(transitions_.substr(0, kTransitionBytes / kPasses));
  std::array<TagScores, kRunTokensMax> first;
  for (const EntityRun& run : text.runs) {
    for (std::uint32_t at = run.begin; at < run.end; ++at) {
      features.clear();
      add_features(text, run, at, features);
      const Sums sums = weigh(features.values());
      std::copy_n(sums.begin(), kTagWidth, first[at - run.begin].begin());
      std::copy_n(sums.begin() + kTagWidth, kTagWidth, second.emplace_back().begin());
    }
    append_names(decoder.decode({first.data(), run.end - run.begin}), run.begin, names);
  }
  return names;
}

std::vector<TaggedName> EntityTagger::second_pass(const EntityText& text,
                                                  std::span<const TaggedName> names,
                                                  std::span<TagScores> scores) const {
  NameVotes votes(text.seen_lower.size());
  votes.add(text, names);
  Decoder decoder(transitions_.substr(kTransitionBytes / kPasses));
  std::vector<TaggedName> judged;
  FeatureList features;
  std::size_t used = 0;
  for (const EntityRun& run : text.runs) {
    const std::span<TagScores> of_run = scores.subspan(used, run.end - run.begin);
    used += of_run.size();
    for (std::uint32_t at = run.begin; at < run.end; ++at) {
      features.clear();
      votes.add_features(text, run, at, features);
      const Sums sums = weigh(features.values());
      for (std::size_t tag = 0; tag < kTagWidth; ++tag)
        of_run[at - run.begin][tag] += sums[kTagWidth + tag];
    }
    append_names(decoder.decode(of_run), run.begin, judged);
  }
  return judged;
}

namespace {

// "U.S", "EE.UU", "S.p.A": points after every letter or two.
bool is_pointed(std::string_view written) {
  if (written.find('.') == std::string_view::npos) return false;
  std::size_t letters = 0;
  for (const char c : written) {
    letters = c == '.' ? 0 : letters + 1;
    if (letters > 2) return false;
  }
  return true;
}

// "Inc" and "U.S" have their point with them; whose point it is at the end of a sentence no one can
// tell.
bool takes_point(std::string_view written) {
  constexpr std::array<std::string_view, 12> kAbbreviations = {
      "Inc", "Corp", "Co", "Ltd", "Jr", "Sr", "Bros", "Ave", "Dept", "Assn", "Univ", "Esq"};
  return is_pointed(written) ||
         std::find(kAbbreviations.begin(), kAbbreviations.end(), written) != kAbbreviations.end();
}

// Nobody's name goes on behind "'s": "Denis Villeneuve's Dune".
std::uint32_t end_of(const EntityText& text, const TaggedName& name) {
  if (name.entity_class != EntityClass::Person) return name.end;
  std::uint32_t end = name.begin + 1;
  while (end < name.end && !text.tokens[end - 1].is_possessive) ++end;
  return end;
}

TextSpan span_of(const text::Segments& segments, const EntityText& text, const TaggedName& name) {
  const EntityToken& last = text.tokens[end_of(text, name) - 1];
  const bool has_point = segments.text().substr(last.end, 1) == "." &&
                         takes_point(segments.text().substr(last.begin, last.end - last.begin));
  return {text.tokens[name.begin].begin, last.end + (has_point ? 1U : 0U)};
}

}  // namespace

std::vector<NamedSpan> EntityTagger::spans(const text::Segments& segments,
                                           EntityLanguage language) const {
  const EntityText text = cut_entity_text(segments, language, lexicon_);
  std::vector<NamedSpan> found;
  for (const TaggedName& name : tag(text))
    found.push_back({span_of(segments, text, name), name.entity_class});
  return found;
}

}  // namespace tidings::analyze
