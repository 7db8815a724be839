#include "search/standing_program.h"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <utility>

#include "core/check.h"
#include "query/parse.h"

namespace tidings::search {
namespace {

enum class Op : std::uint32_t { Term, Everything, Phrase, Near, Range, And, Or, Not };

constexpr std::uint32_t kOperandBits = 28;
constexpr std::uint32_t kOperandMask = (1U << kOperandBits) - 1;
constexpr std::size_t kNodesMax = 4'096;

Op op_of(std::uint32_t word) {
  return static_cast<Op>(word >> kOperandBits);
}
std::uint32_t operand_of(std::uint32_t word) {
  return word & kOperandMask;
}
std::uint32_t encoded(Op op, std::size_t operand) {
  return static_cast<std::uint32_t>(op) << kOperandBits | static_cast<std::uint32_t>(operand);
}

// The numbers before the parts of a node, its own included.
std::size_t head_size(Op op) {
  return op == Op::Near ? 2 : 1;
}

template <typename Use>
bool any_part(const std::uint32_t* node, Use&& use) {
  const std::uint32_t* const end = node + node_size(node);
  for (const std::uint32_t* part = node + head_size(op_of(*node)); part < end;
       part += node_size(part)) {
    if (use(part)) return true;
  }
  return false;
}

// Of a phrase, whose parts are terms alone, or of a term.
std::span<const TermNumber> terms_of(const std::uint32_t* node) {
  if (op_of(*node) == Op::Term) return {node, 1};
  return std::span(node, node_size(node)).subspan(1);
}

bool is_within_limits(const Query& query, std::size_t depth, std::size_t& nodes) {
  if (depth == 0 || nodes == 0) return false;
  --nodes;
  return std::ranges::all_of(
      query.parts, [&](const Query& part) { return is_within_limits(part, depth - 1, nodes); });
}

class Compiler {
 public:
  explicit Compiler(StandingTerms& terms) : terms_(terms) {}

  void add(const Query& query) {
    switch (query.kind) {
      case QueryKind::Everything:
        return add_joined(Op::Everything, query);
      case QueryKind::Word:
      case QueryKind::Prefix:
      case QueryKind::Fuzzy:
      case QueryKind::Value:
        return program_.push_back(encoded(Op::Term, terms_.take(query)));
      case QueryKind::Phrase:
        return add_joined(Op::Phrase, query);
      case QueryKind::Near:
        return add_joined(Op::Near, query);
      case QueryKind::Range:
        return add_range(query);
      case QueryKind::And:
        return add_joined(Op::And, query);
      case QueryKind::Or:
        return add_joined(Op::Or, query);
      case QueryKind::Not:
        return add_joined(Op::Not, query);
    }
  }
  StandingProgram take() { return std::move(program_); }

 private:
  void add_joined(Op op, const Query& query) {
    const std::size_t begin = program_.size();
    program_.push_back(0);
    if (op == Op::Near) program_.push_back(query.distance);
    for (const Query& part : query.parts) add(part);
    program_[begin] = encoded(op, program_.size() - begin);
  }
  void add_range(const Query& query) {
    program_.push_back(encoded(Op::Range, 6));
    program_.push_back(static_cast<std::uint32_t>(query.field));
    for (const double bound : {query.at_least, query.below}) {
      for (const std::uint32_t half : std::bit_cast<std::array<std::uint32_t, 2>>(bound))
        program_.push_back(half);
    }
  }

  StandingTerms& terms_;
  StandingProgram program_;
};

double number_at(const std::uint32_t* place) {
  return std::bit_cast<double>(std::array<std::uint32_t, 2>{place[0], place[1]});
}

bool is_in_range(const std::uint32_t* node, const ArticleTerms& article) {
  const std::optional<double> number = article.numbers().get(static_cast<QueryField>(node[1]));
  return number && *number >= number_at(node + 2) && *number < number_at(node + 4);
}

bool is_near(const std::uint32_t* node, const ArticleTerms& article) {
  std::array<ArticleTerms::Part, query::kNearPartsMax> parts;
  std::size_t count = 0;
  any_part(node, [&](const std::uint32_t* part) {
    parts[count++] = terms_of(part);
    return false;
  });
  return article.has_near(std::span(parts).first(count), node[1]);
}

struct Needed {
  double share = 0;
  std::vector<TermNumber> terms;
};

std::optional<Needed> needed(const std::uint32_t* node, const StandingTerms& terms);

std::optional<Needed> rarest_of_parts(const std::uint32_t* node, const StandingTerms& terms) {
  std::optional<Needed> rarest;
  any_part(node, [&](const std::uint32_t* part) {
    std::optional<Needed> one = needed(part, terms);
    if (one && (!rarest || one->share < rarest->share)) rarest = std::move(one);
    return false;
  });
  return rarest;
}

std::optional<Needed> all_of_parts(const std::uint32_t* node, const StandingTerms& terms) {
  Needed all;
  const bool lacks_one = any_part(node, [&](const std::uint32_t* part) {
    const std::optional<Needed> one = needed(part, terms);
    if (!one) return true;
    all.share += one->share;
    all.terms.insert(all.terms.end(), one->terms.begin(), one->terms.end());
    return false;
  });
  if (lacks_one) return std::nullopt;
  return all;
}

std::optional<Needed> needed(const std::uint32_t* node, const StandingTerms& terms) {
  switch (op_of(*node)) {
    case Op::Term: {
      const TermNumber term = operand_of(*node);
      return Needed{.share = terms.share(term), .terms = {term}};
    }
    case Op::Phrase:
    case Op::Near:
    case Op::And:
      return rarest_of_parts(node, terms);
    case Op::Or:
      return all_of_parts(node, terms);
    default:
      return std::nullopt;
  }
}

struct Rarest {
  TermNumber term = 0;
  double share = std::numeric_limits<double>::infinity();
};

void find_rarest(const std::uint32_t* node, const StandingTerms& terms, TermNumber except,
                 Rarest& rarest) {
  const Op op = op_of(*node);
  if (op == Op::Term) {
    const TermNumber term = operand_of(*node);
    const double share = terms.share(term);
    if (term != except && share < rarest.share) rarest = {.term = term, .share = share};
  } else if (op == Op::And || op == Op::Phrase || op == Op::Near) {
    any_part(node, [&](const std::uint32_t* part) {
      find_rarest(part, terms, except, rarest);
      return false;
    });
  }
}

}  // namespace

Result<StandingProgram> compile(const Query& query, StandingTerms& terms) {
  std::size_t nodes = kNodesMax;
  if (!is_within_limits(query, query::kCanonicalLimits.depth_max, nodes))
    return invalid_input("the query is too long to stand");
  Compiler compiler(terms);
  compiler.add(query);
  return compiler.take();
}

void give_back_terms(StandingCode program, StandingTerms& terms) {
  const std::uint32_t* const node = program.data();
  const Op op = op_of(*node);
  if (op == Op::Term) return terms.give_back(operand_of(*node));
  if (op == Op::Range) return;
  any_part(node, [&](const std::uint32_t* part) {
    give_back_terms({part, node_size(part)}, terms);
    return false;
  });
}

std::size_t node_size(const std::uint32_t* node) {
  return op_of(*node) == Op::Term ? 1 : operand_of(*node);
}

bool holds(const std::uint32_t* node, const ArticleTerms& article) {
  const auto does_hold = [&](const std::uint32_t* part) { return holds(part, article); };
  switch (op_of(*node)) {
    case Op::Term:
      return article.has(operand_of(*node));
    case Op::Everything:
      return true;
    case Op::Phrase:
      return article.has_phrase(terms_of(node));
    case Op::Near:
      return is_near(node, article);
    case Op::Range:
      return is_in_range(node, article);
    case Op::And:
      return !any_part(node, [&](const std::uint32_t* part) { return !does_hold(part); });
    case Op::Or:
      return any_part(node, does_hold);
    case Op::Not:
      return !does_hold(node + 1);
  }
  return false;
}

std::optional<std::vector<TermNumber>> needed_terms(const std::uint32_t* program,
                                                    const StandingTerms& terms) {
  std::optional<Needed> found = needed(program, terms);
  if (!found) return std::nullopt;
  std::ranges::sort(found->terms);
  found->terms.erase(std::ranges::unique(found->terms).begin(), found->terms.end());
  return std::move(found->terms);
}

std::optional<TermNumber> also_needed(const std::uint32_t* program, const StandingTerms& terms,
                                      TermNumber except) {
  Rarest rarest;
  find_rarest(program, terms, except, rarest);
  if (rarest.share == std::numeric_limits<double>::infinity()) return std::nullopt;
  return rarest.term;
}

}  // namespace tidings::search
