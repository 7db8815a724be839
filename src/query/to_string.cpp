#include <cmath>
#include <limits>
#include <string_view>

#include <fmt/format.h>

#include "core/time.h"
#include "query/canonical.h"
#include "query/cut_words.h"
#include "query/fields.h"
#include "query/number_ranges.h"

namespace tidings::query {
namespace {

std::string written(const Query& query);

// Words that would be read otherwise stand in braces.
std::string word(const Query& query) {
  const std::string bare = is_one_word(query.text) ? query.text : fmt::format("{{{}}}", query.text);
  const std::string_view sign = query.kind == QueryKind::Prefix  ? "*"
                                : query.kind == QueryKind::Fuzzy ? "~"
                                                                 : "";
  return fmt::format("{}{}{}", query.exact ? "=" : "", bare, sign);
}

std::string words(const std::vector<Query>& parts) {
  std::string all;
  for (const Query& part : parts) {
    if (!all.empty()) all += ' ';
    all += word(part);
  }
  return all;
}

std::string unfielded(const Query& query) {
  return query.kind == QueryKind::Phrase ? fmt::format("\"{}\"", words(query.parts)) : word(query);
}

std::string fielded(const Query& query, std::string_view rest) {
  const std::string_view name = name_of(query.field);
  return name.empty() ? std::string(rest) : fmt::format("{}:{}", name, rest);
}

std::string near(const Query& query) {
  std::string all;
  for (const Query& part : query.parts) {
    if (!all.empty()) all += fmt::format(" NEAR/{} ", query.distance);
    all += unfielded(part);
  }
  return fmt::format("({})", all);
}

std::string time(double micros) {
  return format_rfc3339(from_micros(static_cast<std::int64_t>(micros)));
}

std::string times(const Query& range) {
  if (std::isinf(range.below)) return fmt::format("since:{}", time(range.at_least));
  if (std::isinf(range.at_least)) return fmt::format("until:{}", time(range.below));
  return fmt::format("published:{}..{}", time(range.at_least), time(range.below));
}

std::string range(const Query& query) {
  if (query.field == QueryField::Published) return times(query);
  const std::string_view name = name_of(query.field);
  if (std::isinf(query.below)) return fmt::format("{}:>={}", name, query.at_least);
  if (std::isinf(query.at_least)) return fmt::format("{}:<{}", name, query.below);
  const double steps = steps_per_one(query.field);
  const double last = (std::round(query.below * steps) - 1) / steps + 0.0;
  return fmt::format("{}:{}..{}", name, query.at_least, last);
}

// Whether it needs parentheses inside of others.
bool is_joined(const Query& query) {
  return query.kind == QueryKind::And || query.kind == QueryKind::Or;
}

std::string inside(const Query& query) {
  return is_joined(query) ? fmt::format("({})", written(query)) : written(query);
}

// Two dashes would be a dash.
std::string negated(const Query& part) {
  return (part.kind == QueryKind::Not ? "NOT " : "-") + inside(part);
}

std::string joined(const Query& query, std::string_view between) {
  std::string all;
  for (const Query& part : query.parts) {
    if (!all.empty()) all += between;
    all += inside(part);
  }
  return all;
}

std::string written(const Query& query) {
  switch (query.kind) {
    case QueryKind::Everything:
      return "*";
    case QueryKind::Word:
    case QueryKind::Prefix:
    case QueryKind::Fuzzy:
    case QueryKind::Phrase:
      return fielded(query, unfielded(query));
    case QueryKind::Near:
      return fielded(query, near(query));
    case QueryKind::Value:
      return fielded(query, fmt::format("\"{}\"", query.text));
    case QueryKind::Range:
      return range(query);
    case QueryKind::And:
      return joined(query, " ");
    case QueryKind::Or:
      return joined(query, " OR ");
    case QueryKind::Not:
      return negated(query.parts.front());
  }
  return {};
}

}  // namespace

std::string to_string(const Query& query) {
  return written(query);
}

}  // namespace tidings::query
