// When a story has become two.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "stories/vectors.h"

namespace tidings::stories {

// Which of a story's newest articles tell of another event than the rest: their indices,
// ascending; empty where they tell of one. `articles` are in the order they came, `opener` is the
// one that the story is named after, if it is among them, and stays.
//
// Average-link clusters of the articles; a cluster of at least kClusterMin leaves when it has
// almost nothing in common with the others together.
inline constexpr std::size_t kClusterMin = 5;
std::vector<std::size_t> other_event(std::span<const std::vector<Term>> articles,
                                     std::optional<std::size_t> opener);

// Whether a story's newest articles resemble each other, but no more what it began with.
bool has_drifted(std::span<const std::vector<Term>> articles, std::span<const Term> beginning);

}  // namespace tidings::stories
