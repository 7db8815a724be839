#include "query/parse.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "core/strings.h"
#include "query/fields.h"
#include "query/lexer.h"
#include "query/names.h"
#include "query/number_ranges.h"
#include "query/syntax_error.h"
#include "query/times.h"
#include "query/values.h"
#include "query/word_query.h"

namespace tidings::query {
namespace {

// A part of the query. What is written can be words in several ways, of which any will do.
struct Part {
  std::vector<Query> ways;  // none: nothing that can be looked for ("&")
  std::size_t begin = 0;
};

bool is_of_words(QueryKind kind) {
  return kind == QueryKind::Word || kind == QueryKind::Prefix || kind == QueryKind::Fuzzy ||
         kind == QueryKind::Phrase;
}

std::size_t words_in(const Query& query) {
  return query.kind == QueryKind::Phrase ? query.parts.size() : 1;
}

Query joined(QueryKind kind, std::vector<Query> parts) {
  if (parts.size() == 1) return std::move(parts.front());
  return {.kind = kind, .parts = std::move(parts)};
}

// By recursive descent, a function for each rule of the grammar. For one query.
class Parser {
 public:
  Parser(std::string_view written, const QueryContext& context)
      : written_(written), context_(context), lexer_(written) {}

  Result<Query> parse();

 private:
  Result<void> advance(Reading reading = Reading::Words);
  bool is_at(TokenKind kind) const { return token_.kind == kind; }
  Error error(std::string_view what) const { return error_at(token_.begin, what); }
  Error error_at(std::size_t at, std::string_view what) const {
    return syntax_error(written_, at, what);
  }

  Result<Part> any_of(std::size_t depth);
  Result<Part> all_of(std::size_t depth);
  Result<Part> perhaps_not(std::size_t depth);
  Result<Part> near(std::size_t depth);
  Result<Part> primary(std::size_t depth);
  Result<Part> group(std::size_t depth);
  Result<Part> field(std::size_t depth);
  Result<Part> leaf();
  Result<std::vector<Query>> leaf_ways(const Token& token);
  Result<std::vector<Query>> words(const Token& token);
  Result<std::vector<Query>> value(const Token& token);
  Result<std::vector<Query>> span(const Token& token);
  Result<Query> near_of(const std::vector<Part>& parts, std::size_t way, std::uint32_t distance,
                        std::size_t begin) const;
  Result<void> check_near(const Part& part) const;
  Result<void> count(const Query& query, std::size_t begin);
  Error no_such_field() const;

  std::string_view written_;
  const QueryContext& context_;
  Lexer lexer_;
  Token token_;
  const FieldName* field_ = nullptr;  // whose value is being read
  std::size_t terms_ = 0;
  std::size_t expansions_ = 0;
};

Result<void> Parser::advance(Reading reading) {
  token_ = TRY(lexer_.next(reading));
  return {};
}

Result<Query> Parser::parse() {
  if (written_.size() > context_.limits.bytes_max)
    return error_at(context_.limits.bytes_max,
                    fmt::format("a query has {} bytes at most", context_.limits.bytes_max));
  TRY(advance());
  if (is_at(TokenKind::End)) return Query{};
  Part whole = TRY(any_of(0));
  if (is_at(TokenKind::Close)) return error("this parenthesis was never opened");
  if (whole.ways.empty()) return error_at(0, "there is no word in it");
  return std::move(whole.ways.front());
}

// any = all { "OR" all }
Result<Part> Parser::any_of(std::size_t depth) {
  Part any{.begin = token_.begin};
  std::vector<Query> parts;
  while (true) {
    Part part = TRY(all_of(depth));
    for (Query& way : part.ways) parts.push_back(std::move(way));
    if (!is_at(TokenKind::Or)) break;
    TRY(advance());
  }
  if (!parts.empty()) any.ways.push_back(joined(QueryKind::Or, std::move(parts)));
  return any;
}

// all = not { [ "AND" ] not }
Result<Part> Parser::all_of(std::size_t depth) {
  Part all{.begin = token_.begin};
  std::vector<Query> parts;
  do {
    Part part = TRY(perhaps_not(depth));
    if (!part.ways.empty()) parts.push_back(joined(QueryKind::Or, std::move(part.ways)));
    if (is_at(TokenKind::And)) {
      TRY(advance());
      if (is_at(TokenKind::End) || is_at(TokenKind::Close) || is_at(TokenKind::Or))
        return error("something to look for comes after AND");
    }
  } while (!is_at(TokenKind::End) && !is_at(TokenKind::Close) && !is_at(TokenKind::Or));
  if (!parts.empty()) all.ways.push_back(joined(QueryKind::And, std::move(parts)));
  return all;
}

// not = ( "NOT" | "-" ) not | near
Result<Part> Parser::perhaps_not(std::size_t depth) {
  if (!is_at(TokenKind::Not)) return near(depth);
  const std::size_t begin = token_.begin;
  if (depth >= context_.limits.depth_max)
    return error(fmt::format("parentheses and NOT go {} deep at most", context_.limits.depth_max));
  TRY(advance());
  Part part = TRY(perhaps_not(depth + 1));
  part.begin = begin;
  if (part.ways.empty()) return part;
  Query negated = joined(QueryKind::Or, std::move(part.ways));
  part.ways.clear();
  part.ways.push_back({.kind = QueryKind::Not});
  part.ways.back().parts.push_back(std::move(negated));
  return part;
}

// near = primary { "NEAR" [ "/" number ] primary }
Result<Part> Parser::near(std::size_t depth) {
  std::vector<Part> parts;
  parts.push_back(TRY(primary(depth)));
  if (!is_at(TokenKind::Near)) return std::move(parts.front());
  const std::uint32_t distance = token_.distance;
  while (is_at(TokenKind::Near)) {
    if (token_.distance != distance)
      return error("words near each other have one distance: a NEAR/5 b NEAR/5 c");
    if (distance == 0 || distance > kNearDistanceMax)
      return error(fmt::format("the number after NEAR/ is 1 to {}", kNearDistanceMax));
    TRY(check_near(parts.back()));
    TRY(advance());
    parts.push_back(TRY(primary(depth)));
    if (parts.size() > kNearPartsMax)
      return error_at(parts.back().begin,
                      fmt::format("NEAR takes {} words or phrases at most", kNearPartsMax));
  }
  TRY(check_near(parts.back()));
  Part whole{.begin = parts.front().begin};
  std::size_t ways = 0;
  for (const Part& part : parts) ways = std::max(ways, part.ways.size());
  for (std::size_t way = 0; way < ways; ++way)
    whole.ways.push_back(TRY(near_of(parts, way, distance, whole.begin)));
  return whole;
}

Result<void> Parser::check_near(const Part& part) const {
  if (part.ways.empty()) return error_at(part.begin, "a word stands on both sides of NEAR");
  for (const Query& way : part.ways) {
    if (!is_of_words(way.kind))
      return error_at(part.begin,
                      "words and phrases stand beside NEAR: a NEAR/5 \"b c\"; for others use AND");
  }
  return {};
}

Result<Query> Parser::near_of(const std::vector<Part>& parts, std::size_t way,
                              std::uint32_t distance, std::size_t begin) const {
  Query near{.kind = QueryKind::Near, .distance = static_cast<std::uint16_t>(distance)};
  std::size_t words = 0;
  near.parts.reserve(parts.size());
  for (const Part& part : parts) {
    near.parts.push_back(part.ways[std::min(way, part.ways.size() - 1)]);
    words += words_in(near.parts.back());
  }
  near.field = near.parts.front().field;
  for (const Query& part : near.parts) {
    if (part.field != near.field)
      return error_at(begin, "words near each other are in one field: title:(a NEAR/5 b)");
  }
  if (words > kNearWordsMax)
    return error_at(begin, fmt::format("NEAR takes {} words at most in all", kNearWordsMax));
  return near;
}

Result<Part> Parser::primary(std::size_t depth) {
  switch (token_.kind) {
    case TokenKind::Open:
      return group(depth);
    case TokenKind::Field:
      return field(depth);
    case TokenKind::Bare:
    case TokenKind::Quoted:
      return leaf();
    case TokenKind::And:
    case TokenKind::Or:
      return error("something to look for comes before AND and OR (a word is written \"or\")");
    case TokenKind::Near:
      return error("a word stands on both sides of NEAR");
    case TokenKind::Close:
      return error("something to look for comes before this parenthesis");
    case TokenKind::Not:
      return error("NOT comes before all the words that are near each other");
    case TokenKind::End:
      break;
  }
  return error("something to look for is missing");
}

Result<Part> Parser::group(std::size_t depth) {
  const std::size_t begin = token_.begin;
  if (depth >= context_.limits.depth_max)
    return error(fmt::format("parentheses and NOT go {} deep at most", context_.limits.depth_max));
  TRY(advance());
  Part part = TRY(any_of(depth + 1));
  if (!is_at(TokenKind::Close)) return error_at(begin, "this parenthesis is never closed");
  TRY(advance());
  part.begin = begin;
  return part;
}

Error Parser::no_such_field() const {
  std::string what = fmt::format("there is no field \"{}\"", token_.text);
  const std::string_view meant = nearest_field(token_.text);
  if (!meant.empty()) what += fmt::format("; did you mean {}:?", meant);
  return error(fmt::format("{} Fields are {}. To look for these words, put them in quotation marks",
                           meant.empty() ? what + "." : what, fields_in_words()));
}

Result<Part> Parser::field(std::size_t depth) {
  const std::size_t begin = token_.begin;
  const FieldName* const name = find_field(token_.text);
  if (name == nullptr) return no_such_field();
  if (name->kind == FieldKind::Account) {
    Error needed = error("is: and tag: ask for what a reader has done, which needs an account");
    needed.code = "needs_account";
    return needed;
  }
  if (field_ != nullptr)
    return error(
        fmt::format("{}: is inside of {}:; write them side by side", name->name, field_->name));
  TRY(advance(Reading::Value));
  field_ = name;
  Result<Part> part = is_at(TokenKind::Open) ? group(depth) : leaf();
  field_ = nullptr;
  if (part) part->begin = begin;
  return part;
}

Result<Part> Parser::leaf() {
  const Token token = token_;
  if (token.kind != TokenKind::Bare && token.kind != TokenKind::Quoted)
    return error(fmt::format("a value comes after {}:", field_->name));
  Part part{.ways = TRY(leaf_ways(token)), .begin = token.begin};
  for (const Query& way : part.ways) TRY(count(way, token.begin));
  TRY(advance());
  return part;
}

Result<std::vector<Query>> Parser::leaf_ways(const Token& token) {
  const auto in_place = [&](Result<std::vector<Query>> ways) -> Result<std::vector<Query>> {
    if (ways) return ways;
    return error_at(token.begin, ways.error().message);
  };
  if (field_ == nullptr || field_->kind == FieldKind::Words) return in_place(words(token));
  if (token.is_exact)
    return error_at(token.begin,
                    fmt::format("= is for words; values of {}: are exact", field_->name));
  if (field_->kind == FieldKind::Value) return in_place(value(token));
  if (field_->kind != FieldKind::Number) return in_place(span(token));
  Result<Query> range = number_range(field_->field, token.text);
  if (!range) return error_at(token.begin, range.error().message);
  return std::vector<Query>{*std::move(range)};
}

Result<std::vector<Query>> Parser::words(const Token& token) {
  const bool is_quoted = token.kind == TokenKind::Quoted;
  if (!is_quoted && token.text == "*" && field_ == nullptr) return std::vector<Query>{Query{}};
  const WordOptions options{.field = field_ == nullptr ? QueryField::Any : field_->field,
                            .language = context_.language,
                            .is_exact = token.is_exact};
  WordWays found =
      TRY(is_quoted ? quoted_words(token.text, options) : bare_words(token.text, options));
  return std::move(found.ways);
}

Result<std::vector<Query>> Parser::value(const Token& token) {
  constexpr std::size_t kUrlWordsMax = 16;
  std::vector<Query> values;
  const auto add = [&](std::string_view written) -> Result<void> {
    values.push_back({.kind = QueryKind::Value,
                      .field = field_->field,
                      .text = TRY(value_text(field_->field, written))});
    return {};
  };
  if (field_->field != QueryField::Url) {
    TRY(add(token.text));
    return values;
  }
  for (const std::string& word : name_words(token.text, kUrlWordsMax)) TRY(add(word));
  if (values.empty()) return invalid_input("a word of the address comes after url:");
  std::vector<Query> all;
  all.push_back(joined(QueryKind::And, std::move(values)));
  return all;
}

Result<std::vector<Query>> Parser::span(const Token& token) {
  const auto read = [&](std::string_view written) {
    return time_span(written, context_.now, context_.time_zone);
  };
  Query range{.kind = QueryKind::Range, .field = QueryField::Published};
  const std::size_t dots = token.text.find("..");
  const auto set = [&](Time begin, Time end) {
    range.at_least = static_cast<double>(to_micros(begin));
    range.below = static_cast<double>(to_micros(end));
  };
  if (field_->kind == FieldKind::Since) {
    range.at_least = static_cast<double>(to_micros(TRY(read(token.text)).begin));
  } else if (field_->kind == FieldKind::Until) {
    range.below = static_cast<double>(to_micros(TRY(read(token.text)).end));
  } else if (dots != std::string_view::npos) {
    set(TRY(read(token.text.substr(0, dots))).begin, TRY(read(token.text.substr(dots + 2))).end);
    if (range.below <= range.at_least)
      return invalid_input(fmt::format("{} ends before it begins", token.text));
  } else {
    const TimeSpan all = TRY(read(token.text));
    set(all.begin, all.end);
    if (all.begin == all.end)
      return invalid_input("published: takes a day, a month, a year, or two times: a..b");
  }
  return std::vector<Query>{range};
}

Result<void> Parser::count(const Query& query, std::size_t begin) {
  if (query.parts.empty()) ++terms_;
  if (query.kind == QueryKind::Prefix || query.kind == QueryKind::Fuzzy) ++expansions_;
  if (terms_ > context_.limits.terms_max)
    return error_at(begin, fmt::format("a query has {} words at most", context_.limits.terms_max));
  if (expansions_ > context_.limits.expansions_max)
    return error_at(begin, fmt::format("a query has {} words with * or ~ at most",
                                       context_.limits.expansions_max));
  for (const Query& part : query.parts) TRY(count(part, begin));
  return {};
}

}  // namespace

Result<Query> parse_query(std::string_view written, const QueryContext& context) {
  return Parser(written, context).parse();
}

}  // namespace tidings::query
