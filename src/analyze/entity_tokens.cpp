#include "analyze/entity_tokens.h"

#include <algorithm>
#include <array>
#include <bit>
#include <string_view>

#include "analyze/entity_forms.h"

namespace tidings::analyze {
namespace {

using text::Letters;

constexpr std::size_t kConnectorsInARow = 2;

bool is_capitalized(Letters letters) {
  return letters == Letters::Capitalized || letters == Letters::Upper || letters == Letters::Mixed;
}

bool is_anchor(Letters letters) {
  return is_capitalized(letters) || letters == Letters::Number;
}

class Cutter {
 public:
  Cutter(const text::Segments& segments, EntityLanguage language, EntityLexicon lexicon)
      : segments_(segments), forms_(language, lexicon) {
    done_.language = language;
    done_.tokens.reserve(std::min(segments.words().size(), 2 * kTokensMax));
    done_.seen_lower.resize(segments.forms().size());
    done_.seen_inside.resize(segments.forms().size());
    known_.resize(std::bit_ceil(2 * segments.forms().size() + 1));
    read_forms();
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
    const Gap gap = is_first ? Gap::Start : gap_before(word);
    last_end_ = word.end;
    if (!is_first && gap == Gap::Quote &&
        (written == "s" || written == "S")) {  // "Howe 's", as corpora have it
      done_.tokens.back().is_possessive = true;
      return;
    }
    const std::size_t possessive = possessive_bytes(written);
    const FormFacts& facts = facts_[word.form];
    done_.tokens.push_back({.begin = word.begin,
                            .end = static_cast<std::uint32_t>(word.end - possessive),
                            .hash = facts.hash,
                            .shape = shape_of(written.substr(0, written.size() - possessive)),
                            .prefix = facts.prefix,
                            .suffix = facts.suffix,
                            .long_suffix = facts.long_suffix,
                            .form = facts.form,
                            .classes = facts.classes,
                            .is_inner = facts.is_inner && word.letters == Letters::Lower,
                            .letters = word.letters,
                            .gap = gap,
                            .is_possessive = possessive > 0,
                            .begins_sentence = is_first});
    if (word.letters == Letters::Lower) done_.seen_lower[facts.form] = 1;
  }

  Gap gap_before(const text::Word& word) const {
    const std::string_view between = segments_.text().substr(last_end_, word.begin - last_end_);
    const bool is_elision =
        done_.language != EntityLanguage::English && (between == "'" || between == "’");
    return is_elision ? Gap::Elision : gap_of(between);
  }

  // What is looked up for a form is fetched some forms before.
  void read_forms() {
    constexpr std::size_t kAhead = 8;
    const auto forms = segments_.forms();
    facts_.reserve(forms.size());
    for (std::size_t form = 0; form < forms.size() + kAhead; ++form) {
      if (form < forms.size()) forms_.prefetch(name_of(forms[form]));
      if (form < kAhead) continue;
      const auto number = static_cast<std::uint32_t>(form - kAhead);
      FormFacts& facts = facts_.emplace_back(forms_.facts_of(name_of(forms[number])));
      facts.form = first_form_of(facts.hash, number);
    }
  }

  static std::string_view name_of(const text::Form& form) {
    return std::string_view(form.lower).substr(0, form.lower.size() - possessive_bytes(form.lower));
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
      case Gap::Elision:
        return true;
      case Gap::Point:
        return done_.tokens[at - 1].end - done_.tokens[at - 1].begin <= 4;  // an abbreviation
      default:
        return false;
    }
  }

  // The end of the run that begins at `begin`: past its last anchor, and past what is known to go
  // on in lower case ("Coupe du monde").
  std::size_t run_end(std::size_t begin) const {
    std::size_t end = anchored_end(begin);
    if (done_.language == EntityLanguage::English) return end;
    for (std::size_t at = begin; at < end; ++at)
      end = std::max(end, std::min(known_end(at), begin + kRunTokensMax));
    return end;
  }

  // Of the longest known name that begins at `at`; 0: none does.
  std::size_t known_end(std::size_t at) const {
    if (!done_.tokens[at].classes.has(WordClass::StartsName) ||
        !is_capitalized(done_.tokens[at].letters))
      return 0;
    std::size_t end = 0;
    std::uint32_t hash = done_.tokens[at].hash;
    for (std::size_t next = at + 1;
         next < done_.tokens.size() && next - at < kKnownNameWordsMax && continues(next); ++next) {
      hash = joined_hash(hash, done_.tokens[next].hash);
      if (classes_of(hash).has(WordClass::NewsName)) end = next + 1;
    }
    return end;
  }

  std::size_t anchored_end(std::size_t begin) const {
    std::size_t end = begin + 1;
    std::size_t connectors = 0;
    for (std::size_t at = end;
         at < done_.tokens.size() && at - begin < kRunTokensMax && continues(at); ++at) {
      const EntityToken& token = done_.tokens[at];
      if (is_anchor(token.letters) || token.is_inner) {
        end = at + 1;
        connectors = 0;
      } else if (++connectors > kConnectorsInARow || !facts_[token.form].is_connector) {
        break;
      }
    }
    return end;
  }

  // "université" of "université de Lyon": a capital follows soon.
  bool opens_run(std::size_t begin) const {
    constexpr std::size_t kWords = 5;
    if (!facts_[done_.tokens[begin].form].may_open || done_.tokens[begin].letters != Letters::Lower)
      return false;
    for (std::size_t at = begin + 1;
         at < done_.tokens.size() && at - begin < kWords && continues(at); ++at) {
      if (is_capitalized(done_.tokens[at].letters)) return true;
      if (!done_.tokens[at].is_inner && !facts_[done_.tokens[at].form].is_connector) return false;
    }
    return false;
  }

  bool has_capital(std::size_t begin, std::size_t end) const {
    return std::any_of(done_.tokens.begin() + static_cast<std::ptrdiff_t>(begin),
                       done_.tokens.begin() + static_cast<std::ptrdiff_t>(end),
                       [](const EntityToken& token) { return is_capitalized(token.letters); });
  }

  void add_run(std::size_t begin, std::size_t end) {
    EntityRun& run = done_.runs.emplace_back();
    run = {.begin = static_cast<std::uint32_t>(begin),
           .end = static_cast<std::uint32_t>(end),
           .is_headline = is_headline_,
           .is_upper = is_upper_,
           .first_known = static_cast<std::uint32_t>(done_.known.size())};
    for (std::uint32_t at = run.begin; at < run.end; ++at) add_known_names(at, run.end);
    run.end_known = static_cast<std::uint32_t>(done_.known.size());
  }

  void add_known_names(std::uint32_t begin, std::uint32_t end_of_run) {
    if (!done_.tokens[begin].classes.has(WordClass::StartsName)) return;
    std::uint32_t hash = done_.tokens[begin].hash;
    for (std::uint32_t at = begin + 1; at < std::min(end_of_run, begin + kKnownNameWordsMax);
         ++at) {
      hash = joined_hash(hash, done_.tokens[at].hash);
      if (const WordClasses classes = classes_of(hash); classes.bits != 0)
        done_.known.push_back({begin, at + 1, classes});
    }
  }

  void add_runs(std::size_t first) {
    for (std::size_t at = first; at < done_.tokens.size() && in_runs_ < kCapitalizedMax;) {
      if (!is_anchor(done_.tokens[at].letters) && !opens_run(at)) {
        ++at;
        continue;
      }
      const std::size_t end = run_end(at);
      if (has_capital(at, end)) add_run(at, end);
      in_runs_ += end - at;
      at = end;
    }
  }

  const text::Segments& segments_;
  EntityText done_;
  EntityForms forms_;
  std::vector<FormFacts> facts_;  // by form
  std::vector<KnownForm> known_;  // by hash; at most half full
  std::uint32_t last_end_ = 0;
  std::size_t in_runs_ = 0;  // tokens
  bool is_upper_ = false;
  bool is_headline_ = false;
};

}  // namespace

EntityText cut_entity_text(const text::Segments& segments, EntityLanguage language,
                           EntityLexicon lexicon) {
  return Cutter(segments, language, lexicon).cut();
}

}  // namespace tidings::analyze
