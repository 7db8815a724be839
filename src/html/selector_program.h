// What a selector is after parsing: steps that a walk over the tree can try one by one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "html/tag.h"

namespace tidings::html {

enum class Combinator : std::uint8_t { Begin, Descendant, Child, NextSibling, SubsequentSibling };

struct AttributeTest {
  enum class Match : std::uint8_t { Exists, Equals, Word, Dashed, Prefix, Suffix, Substring };
  std::string name;  // lower case
  Match match = Match::Exists;
  std::string value;
  bool ignores_case = false;  // `value` is in lower case then
};

// Position a·n + b for some n ≥ 0, from 1.
struct PositionTest {
  std::int64_t a = 0;
  std::int64_t b = 0;
  bool of_type = false;
  bool from_end = false;
};

// Whether one of the nested selectors, which end in the steps of these bits, matches.
struct NestedTest {
  std::uint64_t any_of = 0;
  bool negated = false;
};

// One compound selector and how it hangs on the step before it. A set of steps is a bit mask.
struct SelectorStep {
  Combinator combinator = Combinator::Begin;
  std::string name;  // in lower case; empty for any element
  std::vector<AttributeTest> attributes;
  std::vector<PositionTest> positions;
  std::vector<NestedTest> nested;
  bool is_root = false;
  bool is_empty = false;
};

struct SelectorProgram {
  std::vector<SelectorStep> steps;  // nested ones before those that ask for them
  std::uint64_t accepting = 0;      // the last steps of the list itself
  bool needs_positions = false;
  bool needs_type_positions = false;
};

Result<SelectorProgram> compile_selector(std::string_view css);

}  // namespace tidings::html
