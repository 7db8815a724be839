#include "analyze/quotations.h"

#include <span>
#include <string>
#include <utility>

#include "analyze/attributions.h"
#include "analyze/quoted_spans.h"
#include "analyze/speaker_names.h"
#include "analyze/speech_words.h"
#include "core/utf8.h"
#include "text/marks.h"

namespace tidings::analyze {
namespace {

using text::Letters;

constexpr std::size_t kQuotationsMax = 200;

struct Quote : Quoted {
  std::string speaker;
  bool has_speech = false;  // a verb of speech stands beside it
  bool is_attributed_after = false;
};

class Attributor {
 public:
  explicit Attributor(const Document& document)
      : segments_(document.segments),
        speech_(document.language),
        names_(document, speech_),
        attributions_(document, names_),
        title_end_(document.title_end) {}

  std::vector<Quotation> run() {
    collect();
    std::vector<Quotation> found;
    for (std::size_t i = 0; i < quotes_.size(); ++i) attribute(i);
    for (Quote& quote : quotes_) {
      if (!is_quotation(quote)) continue;
      found.push_back({.text = std::string(text_of(quote)),
                       .speaker = std::move(quote.speaker),
                       .span = quote.span});
    }
    return found;
  }

 private:
  std::string_view text_of(const Quote& quote) const {
    return segments_.text().substr(quote.span.begin, quote.span.end - quote.span.begin);
  }
  std::uint32_t word_count() const { return static_cast<std::uint32_t>(segments_.words().size()); }

  void collect() {
    const auto all = segments_.words();
    std::uint32_t word = 0;
    for (TextSpan span : quoted_spans(segments_.text(), title_end_, kQuotationsMax)) {
      span = trimmed(span);
      while (word < all.size() && all[word].begin < span.begin) ++word;
      const std::uint32_t first = word;
      while (word < all.size() && all[word].begin < span.end) ++word;
      if (word > first) quotes_.push_back({{.span = span, .words = {first, word}}});
    }
  }

  // Without the spaces of French marks, and without the comma that belongs to the sentence around.
  TextSpan trimmed(TextSpan span) const {
    const std::string_view text = segments_.text();
    const auto rest = [&] { return text.substr(span.begin, span.end - span.begin); };
    for (const std::string_view space : {" ", "\n", "\u00A0", "\u202F"}) {
      while (rest().starts_with(space)) span.begin += static_cast<std::uint32_t>(space.size());
      while (rest().ends_with(space)) span.end -= static_cast<std::uint32_t>(space.size());
    }
    if (rest().ends_with(',')) --span.end;
    return span;
  }

  void attribute(std::size_t number) {
    if (!speech_.knows_language()) return;
    Quote& quote = quotes_[number];
    const std::uint32_t after_end =
        number + 1 < quotes_.size() ? quotes_[number + 1].words.begin : word_count();
    const std::uint32_t before_begin = number > 0 ? quotes_[number - 1].words.end : 0;
    Attribution found = attributions_.after(quote, after_end);
    quote.is_attributed_after = found.is_there();
    if (!found.is_there()) found = attributions_.before(quote, before_begin);
    if (!found.is_there()) found = attributions_.inside(quote);
    quote.has_speech = found.is_there();
    if (!found.name.is_empty()) {
      quote.speaker = names_.text(found.name);
    } else if (number > 0) {
      const Quote& last = quotes_[number - 1];
      const bool is_same = found.is_anaphor ? is_near(last, quote) : continues(last, quote);
      if (is_same) quote.speaker = last.speaker;
      if (!found.is_anaphor && is_same) quote.has_speech = last.has_speech;
    }
  }

  // Is "he" the speaker of `last`? Only in the same or the next sentence, with no other name
  // between.
  bool is_near(const Quote& last, const Quote& quote) const {
    const auto all = segments_.words();
    if (last.speaker.empty()) return false;
    const std::uint32_t from = all[last.words.end - 1].sentence;
    if (all[quote.words.begin].sentence > from + 1) return false;
    for (std::uint32_t word = last.words.end; word < quote.words.begin; ++word) {
      const bool is_of_speaker =
          last.speaker.find(segments_.written(all[word])) != std::string::npos;
      const bool opens = word == segments_.sentences()[all[word].sentence].first_word;
      if (names_.is_name_word(word) && !is_of_speaker && !opens) return false;
    }
    return true;
  }

  // "…," he said. "…": a quotation that begins the sentence behind another's speaker and is a
  // sentence itself.
  bool continues(const Quote& last, const Quote& quote) const {
    if (!last.is_attributed_after || last.speaker.empty()) return false;
    const auto all = segments_.words();
    const std::uint32_t sentence = all[quote.words.begin].sentence;
    if (sentence == all[last.words.end].sentence) {  // "…," he said, "…"
      const std::uint32_t gap_begin = all[quote.words.begin - 1].end;
      const auto gap = segments_.text().substr(gap_begin, quote.span.begin - gap_begin);
      return gap.starts_with(',');
    }
    const text::Sentence& own = segments_.sentences()[sentence];
    return own.first_word == quote.words.begin && own.end_word <= quote.words.end &&
           !own.opens_paragraph && sentence == all[last.words.end].sentence + 1;
  }

  // "The Lord of the Rings" and the like have capitals where a sentence has none.
  bool is_title(const Quote& quote) const {
    std::uint32_t capitals = 0, longer = 0;
    for (std::uint32_t word = quote.words.begin; word < quote.words.end; ++word) {
      const text::Word& written = segments_.words()[word];
      if (written.end - written.begin <= 3) continue;
      ++longer;
      if (written.letters == Letters::Capitalized || written.letters == Letters::Upper) ++capitals;
    }
    return !quote.has_speech && capitals * 2 > longer;
  }

  bool is_quotation(const Quote& quote) const {
    const std::uint32_t words = quote.words.size();
    if (quote.is_attributed_after) return true;
    if (quote.has_speech) return words >= 2;
    std::string_view inside = text_of(quote);
    if (inside.empty() || words < 4 || is_title(quote)) return false;
    std::size_t at = inside.size() - 1;
    while (at > 0 && (static_cast<unsigned char>(inside[at]) & 0xC0) == 0x80) --at;
    const char32_t last = next_code_point(inside, at);
    return text::is_mark(last) || last == ',' || words >= 6;
  }

  const text::Segments& segments_;
  SpeechWords speech_;
  SpeakerNames names_;
  Attributions attributions_;
  std::size_t title_end_;
  std::vector<Quote> quotes_;
};

}  // namespace

std::vector<Quotation> quotations(const Document& document) {
  return Attributor(document).run();
}

}  // namespace tidings::analyze
