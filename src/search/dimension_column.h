// Which column a dimension is kept in.
#pragma once

#include <array>
#include <cstddef>

#include "ports/search_index.h"
#include "search/columns_format.h"

namespace tidings::search {

constexpr NamedColumn column_of(Dimension dimension) {
  // In the order of Dimension.
  constexpr std::array<NamedColumn, kDimensions> kColumns = {
      NamedColumn::Language,   NamedColumn::Country, NamedColumn::Source,   NamedColumn::Publisher,
      NamedColumn::Topics,     NamedColumn::About,   NamedColumn::Entities, NamedColumn::Places,
      NamedColumn::Keyphrases, NamedColumn::Authors};
  return kColumns[static_cast<std::size_t>(dimension)];
}

}  // namespace tidings::search
