// "https://api.example/{section}.json": text with names in braces, to be filled in.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace tidings::connectors {

struct TextTemplate {
  struct Piece {
    std::string text;  // as it stands, or the name
    bool is_name = false;
    friend bool operator==(const Piece&, const Piece&) = default;
  };
  std::vector<Piece> pieces;

  bool has_names() const;

  // Nothing when a name has no value: a request or a field that lacks a part is worse than none.
  std::optional<std::string> filled(
      const std::function<std::optional<std::string>(const std::string& name)>& value) const;
};

// InvalidInput for a brace without its partner and for empty braces.
Result<TextTemplate> parse_template(std::string_view text);

}  // namespace tidings::connectors
