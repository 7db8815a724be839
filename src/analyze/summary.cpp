#include "analyze/summary.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <string_view>
#include <utility>

#include "analyze/sentence_roles.h"
#include "core/strings.h"
#include "core/utf8.h"
#include "text/function_words.h"
#include "text/marks.h"
#include "text/stop_words.h"

namespace tidings::analyze {
namespace {

using text::Letters;
using text::Sentence;
using text::Word;

constexpr std::size_t kSentencesMax = 2000;
constexpr std::size_t kComparedMax = 32;  // chosen sentences that a further one is compared with

// Words of a sentence and how often it has them.
struct Term {
  std::uint32_t form = 0;
  float count = 0;
};

struct Scored {
  std::uint32_t sentence = 0;
  std::uint32_t words = 0;
  std::uint32_t first_term = 0;
  std::uint32_t end_term = 0;
  float norm = 1;
  double score = 0;
};

// A mark, and what closes behind it: "(no fight scheduled)" is no sentence.
bool ends_with_mark(std::string_view sentence) {
  for (std::size_t end = sentence.size(); end > 0;) {
    std::size_t at = end - 1;
    while (at > 0 && (static_cast<unsigned char>(sentence[at]) & 0xC0) == 0x80) --at;
    end = at;
    const char32_t last = next_code_point(sentence, at);
    if (text::is_mark(last)) return true;
    if (!text::is_closer(last)) return false;
  }
  return false;
}

std::string one_line(std::string_view sentence) {
  std::string line;
  line.reserve(sentence.size());
  for (const char c : sentence) {
    if (!is_space(c)) {
      line += c;
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
  }
  return line;
}

class Summarizer {
 public:
  explicit Summarizer(const Document& document)
      : document_(document), segments_(document.segments) {
    const std::span<const Sentence> all = segments_.sentences();
    sentences_ = all.first(std::min(all.size(), kSentencesMax));
  }

  std::vector<std::string> run(std::optional<std::int32_t> words) {
    weigh_forms();
    collect_sentences();
    score_sentences(!words);
    std::ranges::sort(scored_, [](const Scored& a, const Scored& b) {
      return a.score != b.score ? a.score > b.score : a.sentence < b.sentence;
    });
    if (words) {
      choose_words(static_cast<std::uint32_t>(std::max(*words, 0)));
    } else {
      choose_count(scored_.size() <= 6 ? 2 : scored_.size() <= 30 ? 3 : 4);
    }
    std::ranges::sort(chosen_, {}, &Scored::sentence);
    std::vector<std::string> lines;
    lines.reserve(chosen_.size());
    for (const Scored& chosen : chosen_) {
      const std::string_view sentence = written(sentences_[chosen.sentence]);
      lines.push_back(one_line(sentence.substr(dateline_bytes(sentence))));
    }
    return lines;
  }

 private:
  std::string_view written(const Sentence& sentence) const {
    return segments_.text().substr(sentence.begin, sentence.end - sentence.begin);
  }

  // Forms are numbered as they come: those behind the last sentence looked at do not matter.
  void weigh_forms() {
    std::uint32_t form_end = 0;
    for (const Sentence& sentence : sentences_) {
      for (const Word& word : segments_.words_of(sentence)) {
        form_end = std::max(form_end, word.form + 1);
      }
    }
    const bool is_english = document_.language == "en" || document_.language == "und";
    const text::StopWords stop_words(document_.language);
    is_content_.resize(form_end);
    for (std::size_t i = 0; i < form_end; ++i) {
      const std::string_view form = segments_.forms()[i].lower;
      const bool is_function_word =
          is_english ? text::is_english_function_word(form) : stop_words.contains(form);
      is_content_[i] = form.size() > 1 && !is_function_word;
    }
    centroid_.resize(form_end);
    counts_.resize(form_end);
  }

  // Proper sentences of the text, or, where it has no marks at all, everything but the title.
  void collect_sentences() {
    const bool has_marks = std::ranges::any_of(sentences_, [&](const Sentence& sentence) {
      return !is_title(sentence) && ends_with_mark(written(sentence));
    });
    for (std::uint32_t i = 0; i < sentences_.size(); ++i) {
      const Sentence& sentence = sentences_[i];
      const bool is_candidate = !is_title(sentence) &&
                                (!has_marks || ends_with_mark(written(sentence))) &&
                                !is_notice(written(sentence));
      add_terms(i, is_candidate);
    }
  }

  bool is_title(const Sentence& sentence) const { return sentence.begin < document_.title_end; }

  void add_terms(std::uint32_t number, bool is_candidate) {
    const auto words = segments_.words_of(sentences_[number]);
    const auto first = static_cast<std::uint32_t>(terms_.size());
    for (const Word& word : words) {
      if (!is_content_[word.form] || word.letters == Letters::Number) continue;
      if (counts_[word.form]++ == 0) terms_.push_back({.form = word.form});
    }
    float squares = 0;
    for (std::size_t i = first; i < terms_.size(); ++i) {
      terms_[i].count = static_cast<float>(std::exchange(counts_[terms_[i].form], 0u));
      squares += terms_[i].count * terms_[i].count;
    }
    if (squares == 0) return;
    const float norm = std::sqrt(squares);
    for (std::size_t i = first; i < terms_.size(); ++i) {
      centroid_[terms_[i].form] += terms_[i].count / norm;
    }
    if (!is_candidate) return;
    scored_.push_back({.sentence = number,
                       .words = static_cast<std::uint32_t>(words.size()),
                       .first_term = first,
                       .end_term = static_cast<std::uint32_t>(terms_.size()),
                       .norm = norm});
  }

  std::span<const Term> terms_of(const Scored& sentence) const {
    return std::span(terms_).subspan(sentence.first_term, sentence.end_term - sentence.first_term);
  }

  void score_sentences(bool is_short) {
    for (Scored& sentence : scored_) {
      double sum = 0;
      for (const Term& term : terms_of(sentence)) sum += centroid_[term.form] * term.count;
      sentence.score = sum / sentence.norm;
    }
    if (!is_short) return;
    for (std::size_t i = 0; i < scored_.size(); ++i) scored_[i].score *= standing(scored_[i], i);
  }

  // What a sentence is worth in a short summary, beside its words. A news text says first what it
  // is about; and what leans on a sentence before it, asks or quotes is no telling.
  double standing(const Scored& scored, std::size_t number) const {
    constexpr double kFirst = 0.3, kNear = 0.1, kNearSentences = 4;
    constexpr double kLeaning = 0.8, kAsking = 0.8, kQuoting = 0.85, kLong = 0.9;
    constexpr std::uint32_t kWordsMin = 6, kWordsMax = 45;
    const Sentence& sentence = sentences_[scored.sentence];
    const std::string_view text = written(sentence);
    std::size_t at = 0;
    double worth = 1 + kNear * std::exp(-static_cast<double>(number) / kNearSentences);
    if (number == 0) worth += kFirst - kNear;
    if (number > 0 && leans_back(segments_, sentence, document_.language)) worth *= kLeaning;
    if (text.ends_with('?')) worth *= kAsking;
    if (text::is_opener(next_code_point(text, at))) worth *= kQuoting;
    if (scored.words < kWordsMin || scored.words > kWordsMax) worth *= kLong;
    return worth;
  }

  void choose_count(std::size_t count) {
    choose_unsaid(count, 0.5F);
    if (chosen_.size() < 2) choose_unsaid(2, 0.9F);  // all of a short text is about one thing
  }

  void choose_unsaid(std::size_t count, float cosine_max) {
    for (const Scored& sentence : scored_) {
      if (chosen_.size() >= count) break;
      if (!is_said(sentence, cosine_max)) chosen_.push_back(sentence);
    }
  }

  // Leaves out what would take the summary further from the number than it is.
  void choose_words(std::uint32_t words) {
    std::uint32_t have = 0;
    for (const Scored& sentence : scored_) {
      if (have >= words) break;
      const std::uint32_t then = have + sentence.words;
      if (then > words && then - words > words - have && have > 0) continue;
      if (is_said(sentence, 0.8F)) continue;
      chosen_.push_back(sentence);
      have = then;
    }
  }

  // Is the sentence nearer to one that is chosen than `cosine_max`?
  bool is_said(const Scored& sentence, float cosine_max) {
    for (const Term& term : terms_of(sentence))
      counts_[term.form] = static_cast<std::uint32_t>(term.count);
    const auto compared = std::span(chosen_).first(std::min(chosen_.size(), kComparedMax));
    const bool is_near = std::ranges::any_of(compared, [&](const Scored& chosen) {
      float product = 0;
      for (const Term& term : terms_of(chosen)) {
        product += term.count * static_cast<float>(counts_[term.form]);
      }
      return product > cosine_max * sentence.norm * chosen.norm;
    });
    for (const Term& term : terms_of(sentence)) counts_[term.form] = 0;
    return is_near;
  }

  const Document& document_;
  const text::Segments& segments_;
  std::span<const Sentence> sentences_;
  std::vector<bool> is_content_;       // by form
  std::vector<float> centroid_;        // by form: the sum of the sentences' unit vectors
  std::vector<std::uint32_t> counts_;  // by form: all 0 between uses
  std::vector<Term> terms_;
  std::vector<Scored> scored_;
  std::vector<Scored> chosen_;
};

}  // namespace

std::vector<std::string> summary(const Document& document, std::optional<std::int32_t> words) {
  return Summarizer(document).run(words);
}

}  // namespace tidings::analyze
