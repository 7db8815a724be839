// Query parameters: each route lists what it takes; anything else is an error that names it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/result.h"
#include "core/time.h"
#include "serve/problem.h"

namespace tidings::serve {

enum class ParameterKind {
  Id,        // a positive whole number
  Limit,     // 1 to `max`
  Language,  // BCP 47: a primary subtag or with script and region
  Country,   // ISO 3166-1 alpha-2
  Time,      // RFC 3339, or a date: its first moment in UTC
  Flag,      // true or false, 1 or 0
  Sequence,  // a whole number, 0 or more
  Text,      // up to 200 bytes
  Query,     // up to 4,096 bytes; may be empty
  Cursor,    // what an earlier page gave
};

struct Parameter {
  std::string_view name;
  ParameterKind kind = ParameterKind::Text;
  std::int64_t max = 500;           // Limit
  std::int64_t default_value = 50;  // Limit
};

// Accepted parameters with their values in one spelling. Names are those that the route declares.
class Parameters {
 public:
  // Percent-decodes (and reads '+' as a blank), refuses names that are not in `accepted`, repeated
  // ones and values of the wrong kind. The problem names the parameter and says what is right.
  static std::variant<Parameters, Problem> parse(std::string_view query,
                                                 std::span<const Parameter> accepted);

  std::optional<std::string_view> text(std::string_view name) const;
  std::optional<std::int64_t> number(std::string_view name) const;
  std::optional<Time> time(std::string_view name) const;
  std::optional<bool> flag(std::string_view name) const;

  // "a=1&b=2": sorted by name, defaults left out, so that equal questions are spelled alike.
  // Parsing it gives the same again. `without` is left out.
  std::string canonical(std::string_view without = {}) const;

 private:
  std::vector<std::pair<std::string_view, std::string>> values_;  // sorted by name
};

}  // namespace tidings::serve
