// The fields that a query can name.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "model/query.h"

namespace tidings::query {

enum class FieldKind : std::uint8_t {
  Words,   // of a part of the text
  Value,   // values.h
  Number,  // number_ranges.h
  Since,   // times.h
  Until,
  During,
  Account,  // what a reader has done; there are no readers yet
};

struct FieldName {
  std::string_view name;
  FieldKind kind = FieldKind::Words;
  QueryField field = QueryField::Any;
};

// Null for what is none. Letter case does not matter.
const FieldName* find_field(std::string_view name);

// "title, author, …".
std::string fields_in_words();
std::string_view nearest_field(std::string_view name);

// The name that to_string() writes; empty for Any.
std::string_view name_of(QueryField field);

}  // namespace tidings::query
