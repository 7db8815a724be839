#include "search/matcher.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "query/values.h"

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

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

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
    return Range{.field = QueryField::Story, .at_least = number, .below = number + 1};
  }

  Node value(const Query& query) {
    if (query.field == QueryField::Story) return story(query);
    std::vector<FormPlace> places;
    if (const auto record = view.segment->terms().find(
            term_of(kValueKind, query::value_term(query.field, query.text))))
      places.push_back({.place = view.segment->place(*record, PostingsKind::Values)});
    return Value{WordMatcher(*view.segment, places, false)};
  }

  Node range(const Query& query) {
    Range range{.field = query.field, .at_least = query.at_least, .below = query.below};
    if (query.field == QueryField::Published) {
      const auto limit = [](double micros) {
        return static_cast<std::int64_t>(std::clamp(micros, -9.0e15, 9.0e15));
      };
      range.begin = view.segment->columns().first_before(limit(query.below));
      range.end =
          std::max(range.begin, view.segment->columns().first_before(limit(query.at_least)));
    }
    return range;
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
        return range(query);
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

std::uint64_t Matcher::documents_max() const {
  const auto sum = [](const std::vector<Matcher>& parts) {
    std::uint64_t documents = 0;
    for (const Matcher& part : parts) documents += part.documents_max();
    return documents;
  };
  const std::uint64_t all = view_->documents();
  return std::visit(
      Overloaded{[&](const All&) { return all; },
                 [](const Words& word) { return word.matcher.documents_max(); },
                 [](const Value& value) { return value.matcher.documents_max(); },
                 [](const Phrase& phrase) { return phrase.matcher.documents_max(); },
                 [&](const Range& range) {
                   return range.field == QueryField::Published
                              ? std::uint64_t{range.end - range.begin}
                              : all;
                 },
                 [](const And& all_of) { return all_of.parts.front().documents_max(); },
                 [&](const Or& any) { return std::min(sum(any.parts), all); },
                 [&](const Not&) { return all; }},
      node_);
}

std::uint64_t Matcher::documents_read() const {
  const auto sum = [](const std::vector<Matcher>& parts) {
    std::uint64_t documents = 0;
    for (const Matcher& part : parts) documents += part.documents_read();
    return documents;
  };
  return std::visit(Overloaded{[](const All&) { return std::uint64_t{0}; },
                               [](const Words& word) { return word.matcher.documents_max(); },
                               [](const Value& value) { return value.matcher.documents_max(); },
                               [](const Phrase& phrase) {
                                 std::uint64_t documents = 0;
                                 for (const WordMatcher& word : phrase.matcher.words())
                                   documents += word.documents_max();
                                 return documents;
                               },
                               [&](const Range& range) {
                                 return range.field == QueryField::Published
                                            ? std::uint64_t{0}
                                            : std::uint64_t{view_->documents()};
                               },
                               [&](const And& all) { return sum(all.parts); },
                               [&](const Or& any) { return sum(any.parts); },
                               [&](const Not& without) { return sum(without.part); }},
                    node_);
}

std::uint32_t Matcher::next(std::uint32_t document) {
  return std::visit(Overloaded{[&](All&) { return document; },
                               [&](Words& word) { return word.matcher.next(document); },
                               [&](Value& value) { return value.matcher.next(document); },
                               [&](Phrase& phrase) { return phrase.matcher.next(document); },
                               [&](Range& range) {
                                 if (range.field != QueryField::Published) return document;
                                 const std::uint32_t next = std::max(document, range.begin);
                                 return next < range.end ? next : kNoDocument;
                               },
                               [&](And& all) {
                                 std::uint32_t next = document;
                                 for (Matcher& part : all.parts) {
                                   if (next != kNoDocument) next = part.next(next);
                                 }
                                 return next;
                               },
                               [&](Or& any) {
                                 std::uint32_t next = kNoDocument;
                                 for (Matcher& part : any.parts)
                                   next = std::min(next, part.next(document));
                                 return next;
                               },
                               [&](Not&) { return document; }},
                    node_);
}

std::optional<double> Matcher::number(QueryField field, std::uint32_t document) const {
  const Columns& columns = view_->segment->columns();
  switch (field) {
    case QueryField::Sentiment: {
      const std::int8_t hundredths = columns.sentiments()[document];
      if (hundredths == kNoSentiment) return std::nullopt;
      return hundredths / 100.0;
    }
    case QueryField::Story:
      return static_cast<double>(view_->story(document).story);
    case QueryField::Words:
      return columns.words()[document];
    case QueryField::StorySize:
      return view_->story(document).size;
    default:
      return static_cast<double>(columns.published(document));
  }
}

void Matcher::fill_range(const Range& range, Window window, DocumentSet& set) const {
  if (range.field == QueryField::Published) {
    const std::uint32_t begin = std::max(range.begin, window.begin);
    const std::uint32_t end = std::min(range.end, window.end);
    if (begin < end) set.set_range(begin - window.begin, end - window.begin);
    return;
  }
  for (std::uint32_t place = 0; place < window.size(); ++place) {
    const std::optional<double> found = number(range.field, window.begin + place);
    if (found && *found >= range.at_least && *found < range.below) set.set(place);
  }
}

void Matcher::fill(Window window, DocumentSet& set) {
  std::visit(Overloaded{[&](All&) { set.set_all(window.size()); },
                        [&](Words& word) { word.matcher.fill(window, set); },
                        [&](Value& value) { value.matcher.fill(window, set); },
                        [&](Phrase& phrase) { phrase.matcher.fill(window, set); },
                        [&](Range& range) { fill_range(range, window, set); },
                        [&](And& all) {
                          DocumentSet found(window);
                          all.parts.front().fill(window, found);
                          for (std::size_t i = 1; i < all.parts.size() && !found.empty(); ++i)
                            all.parts[i].keep(window, found);
                          set |= found;
                        },
                        [&](Or& any) {
                          for (Matcher& part : any.parts) part.fill(window, set);
                        },
                        [&](Not& without) {
                          DocumentSet all(window), excluded(window);
                          all.set_all(window.size());
                          without.part.front().fill(window, excluded);
                          all.remove(excluded);
                          set |= all;
                        }},
             node_);
}

void Matcher::keep(Window window, DocumentSet& set) {
  const auto keep_filled = [&] {
    DocumentSet kept(window);
    fill(window, kept);
    set &= kept;
  };
  std::visit(Overloaded{[](All&) {}, [&](Words& word) { word.matcher.keep(window, set); },
                        [&](Value& value) { value.matcher.keep(window, set); },
                        [&](Phrase& phrase) { phrase.matcher.keep(window, set); },
                        [&](Range& range) {
                          if (range.field == QueryField::Published) return keep_filled();
                          set.each([&](std::uint32_t place) {
                            const auto found = number(range.field, window.begin + place);
                            if (!found || *found < range.at_least || *found >= range.below)
                              set.reset(place);
                          });
                        },
                        [&](And& all) {
                          for (Matcher& part : all.parts) {
                            if (!set.empty()) part.keep(window, set);
                          }
                        },
                        [&](Or&) { keep_filled(); },
                        [&](Not& without) {
                          DocumentSet excluded = set;
                          without.part.front().keep(window, excluded);
                          set.remove(excluded);
                        }},
             node_);
}

void Matcher::add_scored(bool is_required, std::vector<Scored>& scored) {
  std::visit(
      Overloaded{
          [](All&) {},
          [&](Words& word) { scored.push_back({&word.matcher, word.leaf, is_required}); },
          [](Value&) {},
          [&](Phrase& phrase) { scored.push_back({&phrase.matcher, phrase.leaf, is_required}); },
          [](Range&) {},
          [&](And& all) {
            for (Matcher& part : all.parts) part.add_scored(is_required, scored);
          },
          [&](Or& any) {
            for (Matcher& part : any.parts) part.add_scored(false, scored);
          },
          [](Not&) {}},
      node_);
}

std::vector<Matcher::Scored> Matcher::scored() {
  std::vector<Scored> scored;
  add_scored(true, scored);
  return scored;
}

bool Matcher::needs_scored() const {
  const auto needs = [](const Matcher& part) { return part.needs_scored(); };
  if (const And* all = std::get_if<And>(&node_)) return std::ranges::any_of(all->parts, needs);
  if (const Or* any = std::get_if<Or>(&node_)) return std::ranges::all_of(any->parts, needs);
  return is_words(*this) || is_phrase();
}

bool Matcher::is_any_of_words() const {
  const Or* any = std::get_if<Or>(&node_);
  return is_words(*this) || (any != nullptr && std::ranges::all_of(any->parts, is_words));
}

bool Matcher::is_all_of_words() const {
  const And* all = std::get_if<And>(&node_);
  return all != nullptr && std::ranges::all_of(all->parts, is_words);
}

bool Matcher::is_words(const Matcher& part) {
  return std::holds_alternative<Words>(part.node_);
}

}  // namespace tidings::search
