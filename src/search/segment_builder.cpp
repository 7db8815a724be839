#include "search/segment_builder.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "core/time.h"
#include "search/dimension_column.h"
#include "search/document_names.h"
#include "search/postings_writer.h"
#include "search/terms_writer.h"
#include "text/fold.h"

namespace tidings::search {
namespace {

// Tokens by term, of each in the order of documents.
struct Occurrence {
  std::uint32_t document = 0;
  std::uint32_t position = 0;
};

struct ByTerm {
  std::vector<std::uint32_t> begins;  // by term, and one more
  std::vector<Occurrence> occurrences;

  std::span<const Occurrence> of(std::uint32_t term) const {
    return {occurrences.data() + begins[term], occurrences.data() + begins[term + 1]};
  }
};

// `visit` calls its argument with (term, occurrence) for every token, in the order of documents.
template <class Visit>
ByTerm by_term(std::size_t terms, std::span<const std::uint32_t> tokens, const Visit& visit) {
  ByTerm sorted;
  sorted.begins.resize(terms + 1);
  for (const std::uint32_t token : tokens) ++sorted.begins[token + 1];
  std::partial_sum(sorted.begins.begin(), sorted.begins.end(), sorted.begins.begin());
  sorted.occurrences.resize(tokens.size());
  std::vector<std::uint32_t> next(sorted.begins.begin(), sorted.begins.end() - 1);
  visit([&](std::uint32_t term, Occurrence one) { sorted.occurrences[next[term]++] = one; });
  return sorted;
}

std::uint32_t position_of(std::uint32_t word, std::uint32_t title_words) {
  return word < title_words || title_words == 0 ? word : word + text::kTitleGap;
}

void write_word(PostingsWriter& postings, std::span<const Occurrence> occurrences,
                std::span<const DocumentFacts> facts, std::span<const std::uint32_t> order,
                std::vector<std::uint32_t>& positions) {
  for (std::size_t begin = 0; begin < occurrences.size();) {
    const std::uint32_t document = occurrences[begin].document;
    const std::uint32_t title_words = facts[order[document]].title_words;
    positions.clear();
    std::size_t at = begin;
    for (; at < occurrences.size() && occurrences[at].document == document; ++at)
      positions.push_back(position_of(occurrences[at].position, title_words));
    postings.add(document, positions.front() < title_words, positions);
    begin = at;
  }
}

}  // namespace

std::uint32_t ColumnNames::add(std::string_view text) {
  return index_
      .find_or_add(
          text,
          [&](std::string_view one) {
            // What is empty needs a place of its own too.
            return texts_.emplace_back(one.empty() ? std::string_view("") : arena_.keep(one));
          })
      .number;
}

ColumnNames::Sorted ColumnNames::sorted() const {
  std::vector<std::uint32_t> order(texts_.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::sort(order, {}, [&](std::uint32_t number) { return texts_[number]; });
  Sorted sorted;
  sorted.places.resize(order.size());
  sorted.texts.reserve(order.size());
  for (const std::uint32_t number : order) {
    sorted.places[number] = static_cast<std::uint32_t>(sorted.texts.size());
    sorted.texts.push_back(texts_[number]);
  }
  return sorted;
}

void SegmentBuilder::add(const SearchDocument& document, const text::SearchWords& words,
                         std::span<const std::string> values) {
  Begins& begins = begins_.emplace_back();
  begins.token = static_cast<std::uint32_t>(tokens_.size());
  begins.value = static_cast<std::uint32_t>(value_tokens_.size());
  for (std::size_t i = 0; i < kNamedColumns; ++i)
    begins.names[i] = static_cast<std::uint32_t>(name_tokens_[i].size());
  facts_.push_back({.id = to_int(document.id),
                    .published = to_micros(document.published),
                    .version = document.version,
                    .words = static_cast<std::uint16_t>(words.words),
                    .length_code = length_code(words.words),
                    .title_words = static_cast<std::uint8_t>(words.title_words),
                    .sentiment = document.sentiment.value_or(kNoSentiment),
                    .language = words.language,
                    .story = to_int(document.story),
                    .story_size = static_cast<std::uint32_t>(document.story_size),
                    .copy_of = to_int(document.copy_of)});
  std::vector<std::uint32_t> numbers;
  numbers.reserve(words.forms.size());
  for (const std::string_view form : words.forms) {
    const std::uint32_t number = words_.add(form);
    if (number >= word_languages_.size()) word_languages_.push_back(0);
    word_languages_[number] |= std::uint64_t{1} << words.language;
    numbers.push_back(number);
  }
  for (const std::uint32_t form : words.form_at) tokens_.push_back(numbers[form]);
  for (const std::string& value : values) value_tokens_.push_back(values_.add(value));
  add_names(document);
}

void SegmentBuilder::add_name(NamedColumn column, std::string_view text) {
  const auto i = static_cast<std::size_t>(column);
  if (name_tokens_[i].size() - begins_.back().names[i] < kListedMax)
    name_tokens_[i].push_back(names_[i].add(text));
}

void SegmentBuilder::add_names(const SearchDocument& document) {
  for (std::size_t i = 0; i < kDimensions; ++i) {
    const auto dimension = static_cast<Dimension>(i);
    each_name(document, dimension, [&](std::string_view name, std::string_view text) {
      if (dimension == Dimension::Entity) {
        add_name(column_of(dimension), std::string(name).append(1, '\x1F').append(text));
      } else {
        add_name(column_of(dimension), name);
      }
    });
  }
}

std::vector<std::uint32_t> SegmentBuilder::sorted_documents() const {
  std::vector<std::uint32_t> order(facts_.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
    return std::pair(facts_[a].published, facts_[a].id) >
           std::pair(facts_[b].published, facts_[b].id);
  });
  return order;
}

void SegmentBuilder::write(SegmentOutput& output) {
  begins_.emplace_back();
  Begins& end = begins_.back();
  end.token = static_cast<std::uint32_t>(tokens_.size());
  end.value = static_cast<std::uint32_t>(value_tokens_.size());
  for (std::size_t i = 0; i < kNamedColumns; ++i)
    end.names[i] = static_cast<std::uint32_t>(name_tokens_[i].size());
  const std::vector<std::uint32_t> order = sorted_documents();
  write_columns(output, order);
  write_terms(output, order);
  *this = SegmentBuilder();
}

void SegmentBuilder::write_terms(SegmentOutput& output, std::span<const std::uint32_t> order) {
  std::vector<std::uint8_t> codes;
  std::uint64_t words_total = 0;
  codes.reserve(order.size());
  for (const std::uint32_t one : order) codes.push_back(facts_[one].length_code);
  for (const DocumentFacts& one : facts_) words_total += one.words;
  const double mean_words = static_cast<double>(words_total) /
                            static_cast<double>(std::max<std::size_t>(order.size(), 1));
  PostingsWriter postings(output[Part::Postings], output[Part::Positions], codes, mean_words);
  TermsWriter terms(output[Part::Terms]);

  // Kinds ascend.
  static_assert(kFoldedKind < kValueKind && kValueKind < kWordKind);
  for (const std::string& term : folded_terms())
    terms.add(term, {.offset = output[Part::Postings].size()}, 0);
  const auto each_token = [&](std::uint32_t Begins::* begin, std::span<const std::uint32_t> tokens,
                              const auto& each) {
    for (std::uint32_t document = 0; document < order.size(); ++document) {
      const std::uint32_t first = begins_[order[document]].*begin;
      const std::uint32_t last = begins_[order[document] + 1].*begin;
      for (std::uint32_t i = first; i < last; ++i)
        each(tokens[i], Occurrence{.document = document, .position = i - first});
    }
  };
  const ByTerm values = by_term(values_.size(), value_tokens_, [&](const auto& each) {
    each_token(&Begins::value, value_tokens_, each);
  });
  const ByTerm words = by_term(
      words_.size(), tokens_, [&](const auto& each) { each_token(&Begins::token, tokens_, each); });
  const auto numbers = [](const ColumnNames::Sorted& sorted) {
    std::vector<std::uint32_t> result(sorted.places.size());
    for (std::uint32_t number = 0; number < result.size(); ++number)
      result[sorted.places[number]] = number;
    return result;
  };
  for (const std::uint32_t number : numbers(values_.sorted())) {
    postings.begin(PostingsKind::Values);
    for (const Occurrence& one : values.of(number)) postings.add_value(one.document);
    terms.add(term_of(kValueKind, values_.text(number)), postings.end(), 0);
  }
  std::vector<std::uint32_t> positions;
  for (const std::uint32_t number : numbers(words_.sorted())) {
    postings.begin(PostingsKind::Words);
    write_word(postings, words.of(number), facts_, order, positions);
    terms.add(term_of(kWordKind, words_.text(number)), postings.end(), word_languages_[number]);
  }
  postings.finish();
  terms.finish();
}

std::vector<std::string> SegmentBuilder::folded_terms() const {
  std::vector<std::string> terms;
  for (std::uint32_t number = 0; number < words_.size(); ++number) {
    const std::string_view form = words_.text(number);
    if (text::is_folded(form)) continue;
    terms.push_back(term_of(kFoldedKind, text::fold(form)).append(1, kFoldedEnd).append(form));
  }
  std::ranges::sort(terms);
  return terms;
}

void SegmentBuilder::write_columns(SegmentOutput& output, std::span<const std::uint32_t> order) {
  ColumnsWriter columns(output[Part::Columns]);
  std::vector<DocumentFacts> facts;
  facts.reserve(order.size());
  for (const std::uint32_t one : order) facts.push_back(facts_[one]);
  columns.add_facts(facts);
  std::vector<std::uint32_t> numbers;
  for (std::size_t i = 0; i < kNamedColumns; ++i) {
    const ColumnNames::Sorted sorted = names_[i].sorted();
    columns.add_named(static_cast<NamedColumn>(i), sorted.texts, [&](std::uint32_t document) {
      numbers.clear();
      const std::uint32_t one = order[document];
      for (std::uint32_t k = begins_[one].names[i]; k < begins_[one + 1].names[i]; ++k)
        numbers.push_back(sorted.places[name_tokens_[i][k]]);
      return std::span<const std::uint32_t>(numbers);
    });
  }
  columns.finish();
}

}  // namespace tidings::search
