#include "text/segments.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/strings.h"
#include "core/utf8.h"
#include "text/kept_spans.h"
#include "text/line_breaks.h"
#include "text/list_items.h"
#include "text/marks.h"
#include "text/sentence_rules.h"
#include "text/word_cutter.h"

namespace tidings::text {
namespace {

// What a byte that begins a character may be.
enum class Class : std::uint8_t { Other, Word, LineBreak, Mark, Opener, High };

Class compute_class(unsigned char byte) {
  const char c = static_cast<char>(byte);
  if (byte >= 0x80) return Class::High;
  if (is_alpha(c) || is_digit(c)) return Class::Word;
  if (c == '\n' || c == '\r' || c == '\f' || c == '\v') return Class::LineBreak;
  if (is_mark(byte) || c == ';') return Class::Mark;  // the Greek question mark
  return c == '"' || c == '\'' || c == '(' ? Class::Opener : Class::Other;
}

constexpr std::string_view kNoStems = "und";

const std::array<Class, 256> kClasses = [] {
  std::array<Class, 256> classes;
  for (std::size_t c = 0; c < 256; ++c) classes[c] = compute_class(static_cast<unsigned char>(c));
  return classes;
}();

}  // namespace

class Segmenter {
 public:
  Segmenter(std::string_view text, std::string_view language, Stemmer stemmer,
            std::size_t title_end)
      : text_(text),
        title_end_(std::min(title_end, text.size())),
        rules_(text, language),
        words_(language, stemmer, borrowing(text), rules_),
        spans_(text),
        items_(text),
        lines_(text),
        has_greek_marks_(language.substr(0, 2) == "el") {}

  Segments run() {
    std::size_t at = 0;
    while (at < text_.size()) {
      if (at == title_end_ && at > 0) end_sentence(at);
      at = step(at);
    }
    end_sentence(text_.size());
    return std::move(done_);
  }

 private:
  // `done_` must know its text before the cutter does.
  Segments& borrowing(std::string_view text) {
    done_.text_ = text;
    return done_;
  }

  bool is_in_title(std::size_t at) const { return at < title_end_; }
  std::size_t limit(std::size_t at) const { return is_in_title(at) ? title_end_ : text_.size(); }
  bool has_words() const { return done_.words_.size() > first_word_; }

  // Past one word, or what stands between words.
  std::size_t step(std::size_t at) {
    switch (kClasses[static_cast<unsigned char>(text_[at])]) {
      case Class::Word:
        return word(at);
      case Class::LineBreak:
        return line_break(at);
      case Class::Mark:
        return text_[at] == ';' && !has_greek_marks_ ? at + 1 : mark(at);
      case Class::Opener:
        return opener(at, static_cast<unsigned char>(text_[at]), at + 1);
      case Class::High:
        return high(at);
      case Class::Other:
        break;
    }
    return at + 1;
  }

  std::size_t high(std::size_t at) {
    std::size_t next = at;
    const char32_t c = next_code_point(text_, next);
    if (begins_word(c)) return word(at);
    if (is_mark(c) || (has_greek_marks_ && c == U'\u037E')) return mark(at);
    if (c == U'\u2028' || c == U'\u2029' || is_bullet(c)) {
      if (!is_in_title(at)) end_sentence(at);
    }
    return opener(at, c, next);
  }

  std::size_t opener(std::size_t at, char32_t c, std::size_t next) {
    if (c == '(' && items_.is_next_item(at) && !is_in_title(at)) end_sentence(at);
    spans_.meet(c, at);
    return next;
  }

  std::size_t word(std::size_t at) {
    const bool is_item = has_words() && items_.is_next_item(at) && !is_in_title(at);
    if (is_item || done_.words_.size() - first_word_ >= kSentenceWordsMax) end_sentence(at);
    if (!has_words()) items_.open_sentence(sentence_begin_, at);
    const std::size_t end =
        words_.add(at, limit(at), static_cast<std::uint32_t>(done_.sentences_.size()));
    const Letters letters = done_.words_.back().letters;
    has_capital_ |= letters != Letters::Lower && letters != Letters::Number;
    return end;
  }

  std::size_t mark(std::size_t at) {
    const bool is_fraction = text_[at] == '.' && at + 1 < text_.size() && is_digit(text_[at + 1]) &&
                             (at == 0 || is_space(text_[at - 1]) || text_[at - 1] == '$');
    if (is_fraction || is_in_title(at)) return next_of(at);
    const Marks marks = rules_.marks(at);
    marked_end_ = marks.end;
    if (!has_words() || spans_.holds(marks.end) || !rules_.ends(marks, preceding(at))) {
      return marks.end;
    }
    end_sentence(marks.end);
    return marks.end;
  }

  std::size_t next_of(std::size_t at) const {
    next_code_point(text_, at);
    return at;
  }

  Preceding preceding(std::size_t at) const {
    const Word& last = done_.words_.back();
    Preceding before{.words_before = done_.words_.size() - 1 - first_word_,
                     .sentence_is_lower = !has_capital_};
    if (last.end != at) return before;
    before.lowered = done_.lower(last);
    before.written = done_.written(last);
    return before;
  }

  std::size_t line_break(std::size_t at) {
    if (is_in_title(at)) return at + 1;
    std::size_t end = at;
    std::size_t breaks = 0;
    for (; end < text_.size() && is_space(text_[end]); ++end) {
      const bool is_pair = text_[end] == '\r' && end + 1 < text_.size() && text_[end + 1] == '\n';
      if (kClasses[static_cast<unsigned char>(text_[end])] == Class::LineBreak && !is_pair)
        ++breaks;
    }
    if (breaks > 1) {
      end_sentence(at);
      opens_paragraph_ = true;
      lines_.begin_paragraph();
    } else {
      one_line_break(at, end);
    }
    lines_.begin_line(end);
    return end;
  }

  void one_line_break(std::size_t at, std::size_t next_begin) {
    std::size_t line_end = at;
    while (line_end > marked_end_ && is_space(text_[line_end - 1])) --line_end;
    const Following next = rules_.following(at);
    const bool is_decided = line_end == marked_end_ && !is_indented(at, next_begin);
    const bool ends = lines_.ends_sentence(at, next);
    if (!is_decided && has_words() &&
        (ends || (is_indented(at, next_begin) && next.kind != Next::Lower))) {
      end_sentence(at);
    }
    // A paragraph is what no line was wrapped into.
    if (!has_words() && (ends || is_indented(at, next_begin))) opens_paragraph_ = true;
  }

  // Two spaces or a tab, as wires begin their paragraphs.
  bool is_indented(std::size_t at, std::size_t next_begin) const {
    return next_begin - at > 2 || (next_begin - at == 2 && text_[at + 1] == '\t');
  }

  void end_sentence(std::size_t end) {
    const std::size_t sentence_begin = std::exchange(sentence_begin_, end);
    while (end > sentence_begin && is_space(text_[end - 1])) --end;
    if (!has_words()) return extend_last(sentence_begin, end);
    std::size_t begin = sentence_begin;
    while (begin < end && is_space(text_[begin])) ++begin;
    const auto end_word = static_cast<std::uint32_t>(done_.words_.size());
    done_.sentences_.push_back({.begin = static_cast<std::uint32_t>(begin),
                                .end = static_cast<std::uint32_t>(end),
                                .first_word = first_word_,
                                .end_word = end_word,
                                .opens_paragraph = std::exchange(opens_paragraph_, false)});
    if (is_in_title(begin)) opens_paragraph_ = true;
    first_word_ = end_word;
    has_capital_ = false;
  }

  // What has no words belongs to the sentence before it on the same line.
  void extend_last(std::size_t begin, std::size_t end) {
    const bool is_same_line = text_.substr(begin, end - begin).find('\n') == std::string_view::npos;
    if (!done_.sentences_.empty() && end > begin && is_same_line && !opens_paragraph_) {
      done_.sentences_.back().end = static_cast<std::uint32_t>(end);
    }
  }

  std::string_view text_;
  std::size_t title_end_;
  Segments done_;
  SentenceRules rules_;
  WordCutter words_;
  KeptSpans spans_;
  ListItems items_;
  LineBreaks lines_;
  bool has_greek_marks_;
  std::size_t sentence_begin_ = 0;
  std::size_t marked_end_ = 0;  // of the last marks, whether or not they ended a sentence
  std::uint32_t first_word_ = 0;
  bool has_capital_ = false;
  bool opens_paragraph_ = true;
};

Segments segment(std::string_view text, std::string_view language, std::size_t title_end) {
  return Segmenter(text, language, Stemmer(language), title_end).run();
}

Segments segment_unstemmed(std::string_view text, std::string_view language,
                           std::size_t title_end) {
  return Segmenter(text, language, Stemmer(kNoStems), title_end).run();
}

}  // namespace tidings::text
