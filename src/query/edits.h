// How far apart two words are.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace tidings::query {

// Characters to insert, delete, replace, or swap with their neighbor, each touched once (optimal
// string alignment). Time and memory grow with the product of their lengths: for words.
std::size_t edits_between(std::string_view a, std::string_view b);

// Whether somebody who wrote `written` may have meant `meant`, as QueryKind::Fuzzy has it. Both are
// folded.
bool is_typo(std::string_view written, std::string_view meant);
// The bytes that a word's first character takes.
std::string_view first_character(std::string_view word);

// The one that somebody who wrote `written` probably meant; empty where none is near.
std::string_view nearest(std::string_view written, std::span<const std::string_view> known);

}  // namespace tidings::query
