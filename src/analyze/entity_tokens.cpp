#include "analyze/entity_tokens.h"

#include <algorithm>
#include <array>
#include <bit>
#include <string_view>

#include "core/utf8.h"

namespace tidings::analyze {
namespace {

using text::Letters;

// Words in lower case that stand inside names.
constexpr std::array<std::string_view, 30> kConnectors = {
    "of",  "the", "and",   "for", "in", "on",  "de",  "la",  "le",  "du",
    "des", "del", "della", "di",  "da", "dos", "van", "von", "der", "den",
    "bin", "ibn", "al",    "el",  "y",  "a",   "an",  "to",  "at",  "with"};
constexpr std::size_t kConnectorsInARow = 2;

bool is_connector(std::string_view lower) {
  return std::find(kConnectors.begin(), kConnectors.end(), lower) != kConnectors.end();
}

bool is_capitalized(Letters letters) {
  return letters == Letters::Capitalized || letters == Letters::Upper || letters == Letters::Mixed;
}

bool is_anchor(Letters letters) {
  return is_capitalized(letters) || letters == Letters::Number;
}

// Bytes of "'s", of "’s" or of the apostrophe of "Jones'" at the end of a word.
std::size_t possessive_bytes(std::string_view written) {
  for (const std::string_view ending : {"'s", "’s", "'S", "’S"})
    if (written.size() > ending.size() && written.ends_with(ending)) return ending.size();
  return 0;
}

Gap gap_of(std::string_view between) {
  bool has_space = false, has_hyphen = false, has_point = false, has_ampersand = false;
  for (std::size_t position = 0; position < between.size();) {
    switch (next_code_point(between, position)) {
      case ' ':
      case '\t':
      case U'\u00A0':
        has_space = true;
        break;
      case '-':
      case U'‐':
      case U'‑':
        has_hyphen = true;
        break;
      case '.':
        has_point = true;
        break;
      case '&':
        has_ampersand = true;
        break;
      case ',':
        return Gap::Comma;
      case '(':
      case '[':
        return Gap::Opening;
      case ')':
      case ']':
        return Gap::Closing;
      case '"':
      case U'“':
      case U'”':
      case U'„':
      case U'«':
      case U'»':
      case '\'':
      case U'‘':
      case U'’':
      case '`':
        return Gap::Quote;
      default:
        return Gap::Other;
    }
  }
  if (has_ampersand) return has_point || has_hyphen ? Gap::Other : Gap::Ampersand;
  if (has_point) return has_hyphen ? Gap::Other : Gap::Point;
  if (has_hyphen) return has_space ? Gap::Other : Gap::Hyphen;
  return has_space ? Gap::Space : Gap::Other;
}

// "Aa", "A", "0", "." and "-" in their order, repetitions once: "McDonald" is "AaAa", "F-16" is two
// words.
std::uint32_t shape_of(std::string_view written) {
  std::uint32_t shape = 0;
  unsigned before = 0;
  for (const char c : written) {
    unsigned kind = 4;
    if (c >= 'a' && c <= 'z') kind = 1;
    if (c >= 'A' && c <= 'Z') kind = 2;
    if (c >= '0' && c <= '9') kind = 3;
    if (static_cast<unsigned char>(c) >= 0x80) kind = 1;
    if (kind != before) shape = joined_hash(shape, kind);
    before = kind;
  }
  return joined_hash(shape, static_cast<std::uint32_t>(std::min<std::size_t>(written.size(), 4)));
}

class Cutter {
 public:
  explicit Cutter(const text::Segments& segments) : segments_(segments) {
    done_.tokens.reserve(std::min(segments.words().size(), 2 * kTokensMax));
    done_.seen_lower.resize(segments.forms().size());
    done_.seen_inside.resize(segments.forms().size());
    facts_.resize(segments.forms().size());
    known_.resize(std::bit_ceil(2 * segments.forms().size() + 1));
  }

  EntityText cut() {
    std::size_t first = 0;
    for (const text::Sentence& sentence : segments_.sentences()) {
      if (!goes_on(sentence)) first = end_sentence(first);
      if (done_.tokens.size() >= kTokensMax || in_runs_ >= kCapitalizedMax) break;
      for (const text::Word& word : segments_.words_of(sentence)) {
        if (done_.tokens.size() >= 2 * kTokensMax) break;  // of a sentence without an end
        add_word(word, first);
      }
    }
    end_sentence(first);
    return std::move(done_);
  }

 private:
  // What is the same for all words of a form, worked out once.
  struct FormFacts {
    std::uint32_t hash = 0, prefix = 0, suffix = 0, form = 0;
    WordClasses classes;
    bool is_known = false;
    bool is_connector = false;
  };

  struct KnownForm {
    std::uint32_t hash = 0, form_plus_one = 0;
  };

  // An initial ends no sentence: "J. Edgar".
  bool goes_on(const text::Sentence& sentence) const {
    if (done_.tokens.empty()) return false;
    const EntityToken& last = done_.tokens.back();
    const bool is_initial = last.end - last.begin == 1 && last.letters == Letters::Capitalized;
    return is_initial && segments_.text().substr(last.end, sentence.begin - last.end) == ". ";
  }

  std::size_t end_sentence(std::size_t first) {
    note_capitals(first);
    add_runs(first);
    return done_.tokens.size();
  }

  void add_word(const text::Word& word, std::size_t first_of_sentence) {
    const std::string_view written = segments_.written(word);
    const bool is_first = done_.tokens.size() == first_of_sentence;
    const Gap gap =
        is_first ? Gap::Start : gap_of(segments_.text().substr(last_end_, word.begin - last_end_));
    last_end_ = word.end;
    if (!is_first && gap == Gap::Quote &&
        (written == "s" || written == "S")) {  // "Howe 's", as corpora have it
      done_.tokens.back().is_possessive = true;
      return;
    }
    const std::size_t possessive = possessive_bytes(written);
    const FormFacts& facts = facts_of(word.form, segments_.lower(word));
    done_.tokens.push_back({.begin = word.begin,
                            .end = static_cast<std::uint32_t>(word.end - possessive),
                            .hash = facts.hash,
                            .shape = shape_of(written.substr(0, written.size() - possessive)),
                            .prefix = facts.prefix,
                            .suffix = facts.suffix,
                            .form = facts.form,
                            .classes = facts.classes,
                            .letters = word.letters,
                            .gap = gap,
                            .is_possessive = possessive > 0,
                            .begins_sentence = is_first});
    if (word.letters == Letters::Lower) done_.seen_lower[facts.form] = 1;
  }

  const FormFacts& facts_of(std::uint32_t form, std::string_view lower) {
    FormFacts& facts = facts_[form];
    if (facts.is_known) return facts;
    lower.remove_suffix(possessive_bytes(lower));
    facts.hash = word_hash(lower);
    facts.prefix = word_hash(lower.substr(0, 3));
    facts.suffix = word_hash(lower.substr(lower.size() - std::min<std::size_t>(lower.size(), 3)));
    facts.classes = classes_of(facts.hash);
    facts.form = first_form_of(facts.hash, form);
    facts.is_connector = is_connector(lower);
    facts.is_known = true;
    return facts;
  }

  // "Howe's" is of the form "Howe": the first form seen with this hash.
  std::uint32_t first_form_of(std::uint32_t hash, std::uint32_t form) {
    const std::size_t mask = known_.size() - 1;
    std::size_t slot = hash & mask;
    while (known_[slot].form_plus_one != 0 && known_[slot].hash != hash) slot = (slot + 1) & mask;
    if (known_[slot].form_plus_one == 0) known_[slot] = {hash, form + 1};
    return known_[slot].form_plus_one - 1;
  }

  void note_capitals(std::size_t first) {
    std::size_t capitals = 0, uppers = 0, words = 0;
    for (std::size_t at = first; at < done_.tokens.size(); ++at) {
      const EntityToken& token = done_.tokens[at];
      if (token.letters == Letters::Number) continue;
      ++words;
      capitals += is_capitalized(token.letters) ? 1 : 0;
      uppers += token.letters == Letters::Upper ? 1 : 0;
    }
    is_upper_ = words >= 3 && uppers * 10 >= words * 8;
    is_headline_ = words >= 4 && capitals * 10 >= words * 7;
    if (is_headline_) return;
    for (std::size_t at = first; at < done_.tokens.size(); ++at) {
      const EntityToken& token = done_.tokens[at];
      if (!token.begins_sentence && token.gap != Gap::Quote && is_capitalized(token.letters))
        done_.seen_inside[token.form] = 1;
    }
  }

  bool continues(std::size_t at) const {
    const EntityToken& token = done_.tokens[at];
    switch (token.gap) {
      case Gap::Space:
      case Gap::Hyphen:
      case Gap::Ampersand:
        return true;
      case Gap::Point:
        return done_.tokens[at - 1].end - done_.tokens[at - 1].begin <= 4;  // an abbreviation
      default:
        return false;
    }
  }

  // The end of the run that begins at `begin`: past its last anchor.
  std::size_t run_end(std::size_t begin) const {
    std::size_t end = begin + 1;
    std::size_t connectors = 0;
    for (std::size_t at = end;
         at < done_.tokens.size() && at - begin < kRunTokensMax && continues(at); ++at) {
      const EntityToken& token = done_.tokens[at];
      if (is_anchor(token.letters)) {
        end = at + 1;
        connectors = 0;
      } else if (++connectors > kConnectorsInARow || !facts_[token.form].is_connector) {
        break;
      }
    }
    return end;
  }

  void add_runs(std::size_t first) {
    for (std::size_t at = first; at < done_.tokens.size() && in_runs_ < kCapitalizedMax;) {
      if (!is_anchor(done_.tokens[at].letters)) {
        ++at;
        continue;
      }
      const std::size_t end = run_end(at);
      const bool has_capital =
          std::any_of(done_.tokens.begin() + static_cast<std::ptrdiff_t>(at),
                      done_.tokens.begin() + static_cast<std::ptrdiff_t>(end),
                      [](const EntityToken& token) { return is_capitalized(token.letters); });
      if (has_capital)
        done_.runs.push_back({.begin = static_cast<std::uint32_t>(at),
                              .end = static_cast<std::uint32_t>(end),
                              .is_headline = is_headline_,
                              .is_upper = is_upper_});
      in_runs_ += end - at;
      at = end;
    }
  }

  const text::Segments& segments_;
  EntityText done_;
  std::vector<FormFacts> facts_;
  std::vector<KnownForm> known_;  // by hash; at most half full
  std::uint32_t last_end_ = 0;
  std::size_t in_runs_ = 0;  // tokens
  bool is_upper_ = false;
  bool is_headline_ = false;
};

}  // namespace

EntityText cut_entity_text(const text::Segments& segments) {
  return Cutter(segments).cut();
}

}  // namespace tidings::analyze
