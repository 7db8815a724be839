#include "query/matches.h"

#include <algorithm>
#include <cstddef>

#include "query/values.h"
#include "query/word_meaning.h"
#include "text/fold.h"
#include "text/search_keys.h"

namespace tidings::query {
namespace {

// Words one after the other, by their positions.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

// By form of the document: whether the query's word means it.
std::vector<bool> meant_forms(const Query& word, const MatchedDocument& document) {
  const text::SearchWords& words = document.words();
  const WordMeaning meaning(word, words.language);
  std::vector<bool> meant(words.forms.size());
  for (std::size_t form = 0; form < meant.size(); ++form)
    meant[form] = meaning.means(words.forms[form], document.folded()[form], document.keys()[form]);
  return meant;
}

std::vector<Span> spans_of_word(const Query& word, const MatchedDocument& document) {
  const text::SearchWords& words = document.words();
  const std::vector<bool> meant = meant_forms(word, document);
  const std::uint32_t end = word.field == QueryField::Title ? words.title_words : words.words;
  std::vector<Span> spans;
  for (std::uint32_t i = 0; i < end; ++i) {
    if (meant[words.form_at[i]]) spans.push_back({words.position(i), words.position(i) + 1});
  }
  return spans;
}

std::vector<Span> spans_of(const Query& query, const MatchedDocument& document) {
  if (query.kind != QueryKind::Phrase) return spans_of_word(query, document);
  std::vector<Span> spans = spans_of_word(query.parts.front(), document);
  for (std::size_t i = 1; i < query.parts.size(); ++i) {
    const std::vector<Span> next = spans_of_word(query.parts[i], document);
    std::vector<Span> longer;
    for (const Span& span : spans) {
      if (std::ranges::find(next, span.end, &Span::begin) != next.end())
        longer.push_back({span.begin, span.end + 1});
    }
    spans = std::move(longer);
  }
  return spans;
}

// The words from one place to the end of the nearest of each part there; nothing where a part does
// not come any more. Those of a part are equally long, so that of all at or after a place the first
// one ends first.
std::optional<std::uint32_t> words_from(std::uint32_t begin,
                                        const std::vector<std::vector<Span>>& spans) {
  std::uint32_t end = begin;
  for (const std::vector<Span>& of_part : spans) {
    const auto next =
        std::ranges::find_if(of_part, [&](const Span& span) { return span.begin >= begin; });
    if (next == of_part.end()) return std::nullopt;
    end = std::max(end, next->end);
  }
  return end - begin;
}

// `spans` by part.
bool are_near(const std::vector<std::vector<Span>>& spans, std::uint32_t words_max) {
  for (const std::vector<Span>& of_part : spans) {
    for (const Span& first : of_part) {
      const auto words = words_from(first.begin, spans);
      if (words && *words <= words_max) return true;
    }
  }
  return false;
}

bool has_near(const Query& query, const MatchedDocument& document) {
  std::uint32_t words = query.distance;
  std::vector<std::vector<Span>> in_title;
  std::vector<std::vector<Span>> in_text;
  for (const Query& part : query.parts) {
    const std::vector<Span> spans = spans_of(part, document);
    words += part.kind == QueryKind::Phrase ? static_cast<std::uint32_t>(part.parts.size()) : 1;
    in_title.emplace_back();
    in_text.emplace_back();
    for (const Span& span : spans) {
      const bool is_title = span.begin < document.words().title_words;
      (is_title ? in_title : in_text).back().push_back(span);
    }
  }
  return are_near(in_title, words) || are_near(in_text, words);
}

bool has_value(const Query& query, const MatchedDocument& document) {
  return std::ranges::binary_search(document.values(), value_term(query.field, query.text));
}

bool is_in_range(const Query& query, const MatchedDocument& document) {
  const std::optional<double> number = document.number(query.field);
  return number && *number >= query.at_least && *number < query.below;
}

}  // namespace

MatchedDocument::MatchedDocument(const SearchDocument& document)
    : words_(text::search_words(document.title, document.text, document.language)),
      values_(value_terms(document)),
      numbers_(document, words_.words) {
  keys_.reserve(words_.forms.size());
  folded_.reserve(words_.forms.size());
  for (const std::string_view form : words_.forms) {
    keys_.push_back(text::keys_in_text(form, words_.language));
    folded_.push_back(text::fold(form));
  }
}

bool matches(const Query& query, const MatchedDocument& document) {
  const auto does_match = [&](const Query& part) { return matches(part, document); };
  switch (query.kind) {
    case QueryKind::Everything:
      return true;
    case QueryKind::Word:
    case QueryKind::Prefix:
    case QueryKind::Fuzzy:
    case QueryKind::Phrase:
      return !spans_of(query, document).empty();
    case QueryKind::Near:
      return has_near(query, document);
    case QueryKind::Value:
      return has_value(query, document);
    case QueryKind::Range:
      return is_in_range(query, document);
    case QueryKind::And:
      return std::ranges::all_of(query.parts, does_match);
    case QueryKind::Or:
      return std::ranges::any_of(query.parts, does_match);
    case QueryKind::Not:
      return !matches(query.parts.front(), document);
  }
  return false;
}

}  // namespace tidings::query
