// What of a query becomes which part of a Matcher.
#include <algorithm>
#include <utility>

#include "query/values.h"
#include "search/matcher.h"

namespace tidings::search {
namespace {

bool is_word(const Query& query) {
  return query.kind == QueryKind::Word || query.kind == QueryKind::Prefix ||
         query.kind == QueryKind::Fuzzy;
}

void add_expansions(const Query& query, std::vector<Expansion>& expansions) {
  if (is_word(query)) expansions.emplace_back(query);
  for (const Query& part : query.parts) add_expansions(part, expansions);
}

}  // namespace

std::vector<Expansion> expansions_of(const Query& query) {
  std::vector<Expansion> expansions;
  add_expansions(query, expansions);
  return expansions;
}

struct Matcher::Builder {
  const SegmentView& view;
  std::vector<Expansion>& expansions;
  std::size_t next = 0;    // expansion
  std::uint32_t leaf = 0;  // word or phrase

  WordMatcher word(bool is_title_alone) {
    const auto forms = expansions[next++].forms(*view.segment);
    return {*view.segment, forms, is_title_alone};
  }

  Node phrase(const Query& query) {
    std::vector<WordMatcher> words;
    std::vector<RunOfWords> runs;
    const auto add_run = [&](std::size_t count) {
      runs.push_back({.first = static_cast<std::uint32_t>(words.size()),
                      .words = static_cast<std::uint32_t>(count)});
      for (std::size_t i = 0; i < count; ++i) words.push_back(word(false));
    };
    if (query.kind == QueryKind::Phrase) {
      add_run(query.parts.size());
    } else {
      for (const Query& part : query.parts) add_run(is_word(part) ? 1 : part.parts.size());
    }
    return Phrase{PhraseMatcher(*view.segment, std::move(words), std::move(runs), query.distance,
                                query.field == QueryField::Title),
                  leaf++};
  }

  // Stories change: which one an article is in is no term.
  Node story(const Query& query) {
    const auto id = parse_id<StoryId>(query.text);
    const auto number = static_cast<double>(id ? to_int(*id) : -1);
    return Range{RangeMatcher(view, {.kind = QueryKind::Range,
                                     .field = QueryField::Story,
                                     .at_least = number,
                                     .below = number + 1})};
  }

  Node value(const Query& query) {
    if (query.field == QueryField::Story) return story(query);
    std::vector<FormPlace> places;
    if (const auto record = view.segment->terms().find(
            term_of(kValueKind, query::value_term(query.field, query.text))))
      places.push_back({.place = view.segment->place(*record, PostingsKind::Values)});
    return Value{WordMatcher(*view.segment, places, false)};
  }

  std::vector<Matcher> parts(const Query& query) {
    std::vector<Matcher> parts;
    parts.reserve(query.parts.size());
    for (const Query& part : query.parts) parts.push_back(Matcher(view, node(part)));
    return parts;
  }

  Node all_of(const Query& query) {
    And all{parts(query)};
    std::ranges::sort(all.parts, {}, [](const Matcher& part) {
      return std::pair(std::holds_alternative<Not>(part.node_), part.documents_max());
    });
    return all;
  }

  Node node(const Query& query) {
    switch (query.kind) {
      case QueryKind::Everything:
        return All{};
      case QueryKind::Word:
      case QueryKind::Prefix:
      case QueryKind::Fuzzy:
        return Words{word(query.field == QueryField::Title), leaf++};
      case QueryKind::Phrase:
      case QueryKind::Near:
        return phrase(query);
      case QueryKind::Value:
        return value(query);
      case QueryKind::Range:
        return Range{RangeMatcher(view, query)};
      case QueryKind::And:
        return all_of(query);
      case QueryKind::Or:
        return Or{parts(query)};
      case QueryKind::Not:
        return Not{parts(query)};
    }
    return All{};
  }
};

Matcher::Matcher(const SegmentView& view, const Query& query, std::vector<Expansion>& expansions)
    : view_(&view) {
  Builder builder{view, expansions};
  node_ = builder.node(query);
}

}  // namespace tidings::search
