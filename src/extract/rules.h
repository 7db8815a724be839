// What a person says about one site's pages, where the general way does not find the right part.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "html/selector.h"

namespace tidings::extract {

// Each a CSS selector list; absent ones leave their field to the general way.
struct Rules {
  std::optional<html::Selector> content;  // what matches is the article, one part after the other
  std::optional<html::Selector> title;    // the first match's text
  std::optional<html::Selector> authors;  // every match's text
  std::optional<html::Selector> date;     // the first match's datetime, content or text
  std::optional<html::Selector> remove;   // what matches is no part of the article

  bool empty() const { return !content && !title && !authors && !date && !remove; }
};

// {"content": "article .text", "remove": ["aside", ".ad"], …}: a selector or a list of them each.
// InvalidInput names the field and what is wrong with it; an unknown field is an error.
Result<Rules> parse_rules(std::string_view json);

}  // namespace tidings::extract
