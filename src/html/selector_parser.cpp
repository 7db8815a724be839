// The grammar of Selectors Level 4 and of CSS Syntax Level 3, as far as selector.h promises it.
#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "core/strings.h"
#include "core/utf8.h"
#include "html/selector.h"
#include "html/selector_program.h"

namespace tidings::html {
namespace {

using Match = AttributeTest::Match;

constexpr bool is_name_char(char c) {
  return is_alpha(c) || is_digit(c) || c == '-' || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

constexpr int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  const char lower = to_lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

class SelectorParser {
 public:
  explicit SelectorParser(std::string_view css) : css_(css) {}

  Result<SelectorProgram> run() && {
    if (css_.size() > kSelectorBytesMax)
      return invalid_input(fmt::format("selector: longer than {} bytes", kSelectorBytesMax));
    program_.accepting = TRY(read_list(0));
    if (at_ < css_.size()) return wrong("a comma or the end");
    return std::move(program_);
  }

 private:
  Error wrong(std::string_view expected) const {
    const std::string_view rest = css_.substr(std::min(at_, css_.size()));
    const std::string found =
        rest.empty() ? "the end" : fmt::format("\"{}\"", repaired_utf8(utf8_prefix(rest, 20)));
    return invalid_input(
        fmt::format("selector: column {}: {} instead of {}", at_ + 1, found, expected));
  }

  bool is_at(char c) const { return at_ < css_.size() && css_[at_] == c; }
  bool take(char c) {
    if (!is_at(c)) return false;
    ++at_;
    return true;
  }
  bool skip_spaces() {
    const std::size_t begin = at_;
    while (at_ < css_.size() && is_space(css_[at_])) ++at_;
    return at_ > begin;
  }

  // Selectors up to the end or a ')'; the bits of their last steps.
  Result<std::uint64_t> read_list(std::size_t nesting) {
    std::uint64_t last_steps = 0;
    do {
      skip_spaces();
      const std::size_t last = TRY(read_complex(nesting));
      last_steps |= std::uint64_t{1} << last;
      skip_spaces();
    } while (take(','));
    return last_steps;
  }

  // Nested selectors put their steps before the step that asks for them, so that a chain is not
  // contiguous until it is whole: it is collected here and appended at its end.
  Result<std::size_t> read_complex(std::size_t nesting) {
    std::vector<SelectorStep> chain;
    Combinator combinator = Combinator::Begin;
    do {
      SelectorStep step = TRY(read_compound(nesting));
      step.combinator = combinator;
      chain.push_back(std::move(step));
      combinator = read_combinator();
    } while (combinator != Combinator::Begin);
    if (program_.steps.size() + chain.size() > kSelectorStepsMax)
      return invalid_input(fmt::format("selector: more than {} parts", kSelectorStepsMax));
    std::move(chain.begin(), chain.end(), std::back_inserter(program_.steps));
    return program_.steps.size() - 1;
  }

  // Begin when the chain ends here.
  Combinator read_combinator() {
    const bool has_space = skip_spaces();
    Combinator combinator = has_space ? Combinator::Descendant : Combinator::Begin;
    if (at_ == css_.size() || is_at(',') || is_at(')')) return Combinator::Begin;
    if (take('>'))
      combinator = Combinator::Child;
    else if (take('+'))
      combinator = Combinator::NextSibling;
    else if (take('~'))
      combinator = Combinator::SubsequentSibling;
    skip_spaces();
    return combinator;
  }

  Result<SelectorStep> read_compound(std::size_t nesting) {
    SelectorStep step;
    const std::size_t begin = at_;
    if (!take('*') && begins_name()) step.name = to_lower(TRY(read_name()));
    while (at_ < css_.size()) {
      if (take('#')) {
        step.attributes.push_back({"id", Match::Equals, TRY(read_name()), false});
      } else if (take('.')) {
        step.attributes.push_back({"class", Match::Word, TRY(read_name()), false});
      } else if (take('[')) {
        step.attributes.push_back(TRY(read_attribute()));
      } else if (is_at(':')) {
        TRY(read_pseudo_class(step, nesting));
      } else {
        break;
      }
    }
    if (at_ == begin) return wrong("an element, '#id', '.class', '[attribute]' or ':'");
    return step;
  }

  bool begins_name() const {
    return at_ < css_.size() &&
           (css_[at_] == '\\' || (is_name_char(css_[at_]) && !is_digit(css_[at_])));
  }

  Result<std::string> read_name() {
    std::string name;
    while (at_ < css_.size()) {
      if (is_name_char(css_[at_])) {
        name += css_[at_++];
      } else if (css_[at_] == '\\') {
        TRY(read_escape(name));
      } else {
        break;
      }
    }
    if (name.empty()) return wrong("a name");
    return name;
  }

  // CSS Syntax §4.3.7.
  Result<void> read_escape(std::string& out) {
    ++at_;
    if (at_ == css_.size() || css_[at_] == '\n') return wrong("a character behind '\\'");
    char32_t code_point = 0;
    std::size_t digits = 0;
    for (; digits < 6 && at_ < css_.size() && hex_value(css_[at_]) >= 0; ++digits, ++at_)
      code_point = code_point * 16 + static_cast<char32_t>(hex_value(css_[at_]));
    if (digits == 0) {
      out += css_[at_++];
      return {};
    }
    append_utf8(out, code_point == 0 ? 0xFFFD : code_point);
    if (at_ < css_.size() && is_space(css_[at_])) ++at_;
    return {};
  }

  Result<std::string> read_value() {
    if (!is_at('"') && !is_at('\'')) return read_name();
    const char quote = css_[at_++];
    std::string value;
    while (!is_at(quote)) {
      if (at_ == css_.size() || css_[at_] == '\n') return wrong(fmt::format("a closing {}", quote));
      if (css_[at_] == '\\') {
        TRY(read_escape(value));
      } else {
        value += css_[at_++];
      }
    }
    ++at_;
    return value;
  }

  std::optional<Match> read_match() {
    constexpr std::array<std::pair<char, Match>, 5> kMatches = {{{'~', Match::Word},
                                                                 {'|', Match::Dashed},
                                                                 {'^', Match::Prefix},
                                                                 {'$', Match::Suffix},
                                                                 {'*', Match::Substring}}};
    if (take('=')) return Match::Equals;
    for (const auto& [sign, match] : kMatches) {
      if (is_at(sign) && at_ + 1 < css_.size() && css_[at_ + 1] == '=') {
        at_ += 2;
        return match;
      }
    }
    return std::nullopt;
  }

  // Behind '['.
  Result<AttributeTest> read_attribute() {
    AttributeTest test;
    skip_spaces();
    test.name = to_lower(TRY(read_name()));
    skip_spaces();
    if (take(']')) return test;
    const std::optional<Match> match = read_match();
    if (!match) return wrong("']' or one of = ~= |= ^= $= *=");
    test.match = *match;
    skip_spaces();
    test.value = TRY(read_value());
    skip_spaces();
    if (is_at('i') || is_at('I')) {
      test.ignores_case = true;
      test.value = to_lower(test.value);
      ++at_;
    } else if (is_at('s') || is_at('S')) {
      ++at_;
    }
    skip_spaces();
    if (!take(']')) return wrong("']'");
    return test;
  }

  Result<void> read_pseudo_class(SelectorStep& step, std::size_t nesting) {
    const std::size_t begin = at_++;
    const std::string name = begins_name() ? to_lower(TRY(read_name())) : std::string();
    if (take('(')) {
      if (name == "not" || name == "is" || name == "where" || name == "matches") {
        if (nesting == kSelectorNestingMax)
          return invalid_input(
              fmt::format("selector: nested more than {} deep", kSelectorNestingMax));
        step.nested.push_back({TRY(read_list(nesting + 1)), name == "not"});
      } else if (const std::optional<PositionTest> kind = counted_position(name)) {
        add_position(step, TRY(read_position(*kind)));
      } else {
        at_ = begin;
        return wrong("a known function (:not, :is, :where, :nth-child and its kin)");
      }
      skip_spaces();
      if (!take(')')) return wrong("')'");
      return {};
    }
    if (name == "root")
      step.is_root = true;
    else if (name == "empty")
      step.is_empty = true;
    else if (!add_named_position(step, name)) {
      at_ = begin;
      return wrong("a known pseudo-class (:first-child, :last-child, :not() …)");
    }
    return {};
  }

  void add_position(SelectorStep& step, const PositionTest& test) {
    step.positions.push_back(test);
    program_.needs_positions = true;
    program_.needs_type_positions |= test.of_type;
  }

  static std::optional<PositionTest> counted_position(std::string_view name) {
    if (name == "nth-child") return PositionTest{};
    if (name == "nth-last-child") return PositionTest{.from_end = true};
    if (name == "nth-of-type") return PositionTest{.of_type = true};
    if (name == "nth-last-of-type") return PositionTest{.of_type = true, .from_end = true};
    return std::nullopt;
  }

  bool add_named_position(SelectorStep& step, std::string_view name) {
    const bool of_type = name.ends_with("-of-type");
    const std::string_view end = of_type ? "-of-type" : "-child";
    if (!name.ends_with(end)) return false;
    name.remove_suffix(end.size());
    if (name != "first" && name != "last" && name != "only") return false;
    if (name != "last") add_position(step, {0, 1, of_type, false});
    if (name != "first") add_position(step, {0, 1, of_type, true});
    return true;
  }

  // "odd", "even", "5", "2n+1", "-n + 3" (CSS Syntax §6).
  Result<PositionTest> read_position(PositionTest test) {
    skip_spaces();
    const std::string_view rest = css_.substr(at_);
    if (istarts_with(rest, "odd") || istarts_with(rest, "even")) {
      const bool is_odd = istarts_with(rest, "odd");
      at_ += is_odd ? 3 : 4;
      test.a = 2;
      test.b = is_odd ? 1 : 0;
      return test;
    }
    const std::size_t begin = at_;
    std::int64_t sign = read_sign();
    std::optional<std::int64_t> number = read_number();
    if (!take('n') && !take('N')) {
      if (!number) {
        at_ = begin;
        return wrong("odd, even, or a position like 2n+1");
      }
      test.b = sign * *number;
      return test;
    }
    test.a = sign * number.value_or(1);
    skip_spaces();
    if (!is_at('+') && !is_at('-')) return test;
    sign = read_sign();
    skip_spaces();
    number = read_number();
    if (!number) return wrong("a number");
    test.b = sign * *number;
    return test;
  }

  std::int64_t read_sign() {
    if (take('-')) return -1;
    take('+');
    return 1;
  }

  std::optional<std::int64_t> read_number() {
    constexpr std::int64_t kNumberMax = 1'000'000'000;
    if (at_ == css_.size() || !is_digit(css_[at_])) return std::nullopt;
    std::int64_t number = 0;
    for (; at_ < css_.size() && is_digit(css_[at_]); ++at_)
      number = std::min(number * 10 + (css_[at_] - '0'), kNumberMax);
    return number;
  }

  std::string_view css_;
  std::size_t at_ = 0;
  SelectorProgram program_;
};

}  // namespace

Result<SelectorProgram> compile_selector(std::string_view css) {
  return SelectorParser(css).run();
}

}  // namespace tidings::html
