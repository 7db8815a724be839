#include "search/highlight.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>

#include "core/utf8.h"
#include "core/xml_text.h"
#include "text/fold.h"
#include "text/segments.h"

namespace tidings::search {
namespace {

constexpr std::size_t kTextBytesMax = 256 * 1024;

void add_words(const Query& query, text::SearchLanguage language,
               std::vector<query::WordMeaning>& words) {
  switch (query.kind) {
    case QueryKind::Word:
    case QueryKind::Prefix:
    case QueryKind::Fuzzy:
      words.emplace_back(query, language);
      return;
    case QueryKind::Not:
      return;
    default:
      for (const Query& part : query.parts) add_words(part, language, words);
  }
}

constexpr std::uint32_t kNone = Highlighter::Words::kNone;
constexpr std::size_t kKnownMax = 50'000;

// A text's words, each with the number of the query's word that means it.
class MarkedText {
 public:
  MarkedText(std::string_view text, std::string_view language, Highlighter::Words& words)
      : segments_(text::segment_unstemmed(text, language)) {
    std::vector<std::uint32_t> by_form;
    by_form.reserve(segments_.forms().size());
    for (const text::Form& form : segments_.forms()) by_form.push_back(words.meant_by(form.lower));
    marks_.reserve(segments_.words().size());
    for (const text::Word& word : segments_.words()) marks_.push_back(by_form[word.form]);
  }

  std::size_t words() const { return marks_.size(); }

  // The first of as many words as wanted that have the most different marks, then the most marks.
  std::size_t best_run(std::size_t count, std::size_t query_words) const {
    std::vector<std::uint32_t> seen(query_words);
    std::size_t different = 0, all = 0, best = 0, best_different = 0, best_all = 0;
    for (std::size_t end = 0; end < marks_.size(); ++end) {
      if (marks_[end] != kNone && ++all > 0 && seen[marks_[end]]++ == 0) ++different;
      if (end >= count && marks_[end - count] != kNone) {
        --all;
        if (--seen[marks_[end - count]] == 0) --different;
      }
      if (different < best_different || (different == best_different && all <= best_all)) continue;
      best_different = different;
      best_all = all;
      best = end + 1 >= count ? end + 1 - count : 0;
    }
    return begin_of(best, count);
  }

  // HTML of the words [first, last).
  std::string html(std::size_t first, std::size_t last) const {
    const std::span<const text::Word> words = segments_.words();
    const std::string_view text = segments_.text();
    std::size_t at = first == 0 ? 0 : words[first].begin;
    const std::size_t end = last >= words.size() ? text.size() : words[last - 1].end;
    std::string html = first == 0 ? "" : "… ";
    for (std::size_t i = first; i < last && i < words.size(); ++i) {
      if (marks_[i] == kNone) continue;
      html += xml_text(text.substr(at, words[i].begin - at));
      html += "<mark>" + xml_text(segments_.written(words[i])) + "</mark>";
      at = words[i].end;
    }
    html += xml_text(text.substr(at, end - at));
    if (end < text.size()) html += " …";
    return html;
  }

 private:
  // A sentence's begin where one is near before, so that the snippet can be read.
  std::size_t begin_of(std::size_t word, std::size_t count) const {
    if (word >= marks_.size()) return 0;
    const text::Sentence& sentence = segments_.sentences()[segments_.words()[word].sentence];
    const bool is_near = word - sentence.first_word <= count / 3;
    return is_near ? sentence.first_word : word;
  }

  text::Segments segments_;
  std::vector<std::uint32_t> marks_;  // by word
};

}  // namespace

Highlighter::Words::Words(const Query& query, text::SearchLanguage language) : language_(language) {
  add_words(query, language, words_);
  for (std::size_t byte = 0; byte < may_begin_.size(); ++byte) {
    may_begin_[byte] = std::ranges::any_of(words_, [&](const query::WordMeaning& word) {
      return word.may_begin_with(static_cast<char>(byte));
    });
  }
}

std::uint32_t Highlighter::Words::meant_by(std::string_view lower) {
  if (!lower.empty() && !may_mean(lower.front())) return kNone;
  std::string spelling(lower);
  const auto known = known_.find(spelling);
  if (known != known_.end()) return known->second;
  const std::uint32_t meant = meant_by_form(text::search_form(lower));
  if (known_.size() < kKnownMax) known_.emplace(std::move(spelling), meant);
  return meant;
}

std::uint32_t Highlighter::Words::meant_by_form(std::string_view form) const {
  const std::string folded = text::fold(form);
  const std::vector<std::string> keys = text::keys_in_text(form, language_);
  const auto meant = std::ranges::find_if(
      words_, [&](const query::WordMeaning& word) { return word.means(form, folded, keys); });
  return meant == words_.end() ? kNone : static_cast<std::uint32_t>(meant - words_.begin());
}

Highlight Highlighter::mark(std::string_view title, std::string_view text,
                            std::string_view language) {
  const text::SearchLanguage known = text::search_language(language);
  Words& words = words_.try_emplace(known, query_, known).first->second;
  const MarkedText marked_title(title, language, words);
  const MarkedText marked_text(utf8_prefix(text, kTextBytesMax), language, words);
  Highlight highlight{.title = marked_title.html(0, marked_title.words())};
  if (marked_text.words() == 0) return highlight;
  const std::size_t first = marked_text.best_run(kSnippetWords, words.count());
  highlight.snippet = marked_text.html(first, std::min(first + kSnippetWords, marked_text.words()));
  return highlight;
}

}  // namespace tidings::search
