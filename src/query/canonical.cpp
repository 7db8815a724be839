#include "query/canonical.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>
#include <utility>
#include <vector>

namespace tidings::query {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

bool comes_before(const Query& a, const Query& b);

// An order among queries that has equal ones at equal places; which order, nobody needs to know.
int compare(const Query& a, const Query& b) {
  const auto facts = [](const Query& query) {
    return std::tie(query.kind, query.field, query.text, query.exact, query.distance,
                    query.at_least, query.below);
  };
  if (facts(a) != facts(b)) return facts(a) < facts(b) ? -1 : 1;
  if (a.parts.size() != b.parts.size()) return a.parts.size() < b.parts.size() ? -1 : 1;
  for (std::size_t i = 0; i < a.parts.size(); ++i) {
    if (const int order = compare(a.parts[i], b.parts[i]); order != 0) return order;
  }
  return 0;
}

bool comes_before(const Query& a, const Query& b) {
  return compare(a, b) < 0;
}

Query negation(Query part) {
  if (part.kind == QueryKind::Not) return std::move(part.parts.front());
  Query query{.kind = QueryKind::Not};
  query.parts.push_back(std::move(part));
  return query;
}

Query nothing() {
  return negation(Query{});
}

bool is_everything(const Query& query) {
  return query.kind == QueryKind::Everything;
}
bool is_nothing(const Query& query) {
  return query.kind == QueryKind::Not && is_everything(query.parts.front());
}

Query canonical_range(Query range) {
  const bool is_count = range.field == QueryField::Words || range.field == QueryField::StorySize;
  if (is_count && range.at_least <= 0) range.at_least = -kInfinity;
  if (range.below <= range.at_least || (is_count && range.below <= 0)) return nothing();
  // Every article has a length, a story of so many and a time; not every one has a sentiment.
  const bool is_all = std::isinf(range.at_least) && std::isinf(range.below);
  return is_all && range.field != QueryField::Sentiment ? Query{} : std::move(range);
}

// Ranges of one field, all of which must hold, are their intersection.
void join_ranges(std::vector<Query>& parts) {
  std::vector<Query> joined;
  joined.reserve(parts.size());
  for (Query& part : parts) {
    const auto same = std::ranges::find_if(joined, [&](const Query& other) {
      return part.kind == QueryKind::Range && other.kind == QueryKind::Range &&
             part.field == other.field;
    });
    if (same == joined.end()) {
      joined.push_back(std::move(part));
    } else {
      same->at_least = std::max(same->at_least, part.at_least);
      same->below = std::min(same->below, part.below);
    }
  }
  for (Query& part : joined) {
    if (part.kind == QueryKind::Range) part = canonical_range(std::move(part));
  }
  parts = std::move(joined);
}

// `neutral` parts change nothing, one `deciding` part decides.
Query canonical_joined(Query query) {
  const bool is_all = query.kind == QueryKind::And;
  const auto is_neutral = is_all ? is_everything : is_nothing;
  const auto is_deciding = is_all ? is_nothing : is_everything;
  std::vector<Query> parts;
  for (Query& part : query.parts) {
    Query one = canonical(std::move(part));
    if (one.kind != query.kind) {
      parts.push_back(std::move(one));
      continue;
    }
    for (Query& inner : one.parts) parts.push_back(std::move(inner));
  }
  if (is_all) join_ranges(parts);
  if (std::ranges::any_of(parts, is_deciding)) return is_all ? nothing() : Query{};
  std::erase_if(parts, is_neutral);
  std::ranges::sort(parts, comes_before);
  parts.erase(std::ranges::unique(parts).begin(), parts.end());
  if (parts.empty()) return is_all ? Query{} : nothing();
  if (parts.size() == 1) return std::move(parts.front());
  query.parts = std::move(parts);
  return query;
}

}  // namespace

Query canonical(Query query) {
  switch (query.kind) {
    case QueryKind::And:
    case QueryKind::Or:
      return canonical_joined(std::move(query));
    case QueryKind::Not:
      return negation(canonical(std::move(query.parts.front())));
    case QueryKind::Near:
      std::ranges::sort(query.parts, comes_before);
      return query;
    case QueryKind::Range:
      return canonical_range(std::move(query));
    default:
      return query;
  }
}

}  // namespace tidings::query
