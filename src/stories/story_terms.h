// What grouping sees of an article: weighted words, as numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/analysis.h"
#include "text/segments.h"

namespace tidings::stories {

struct TermAmount {
  std::uint32_t term = 0;  // a hash of the stem and its language
  float amount = 0;        // 1 + ln of how often, words of the title twice
};

// An article's different terms, ascending: the stems of its words but stop words and single
// letters, of the title and the first kTermWordsMax words after it (news says first what matters).
// The words of its salient entities count once more. `language` is BCP 47.
inline constexpr std::size_t kTermWordsMax = 400;
std::vector<TermAmount> story_terms(const text::Segments& segments, std::size_t title_end,
                                    std::string_view language, std::span<const Entity> entities);

std::uint32_t story_term(std::string_view primary_language, std::string_view stem);

}  // namespace tidings::stories
