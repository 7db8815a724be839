// What can rise, and what trends see of an article.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/ids.h"
#include "core/time.h"
#include "model/trend.h"

namespace tidings::analytics {

// Longer keys are not counted; longer labels give way to the key.
inline constexpr std::size_t kTrendKeyBytesMax = 200;
inline constexpr std::size_t kTrendKeysMax = 200;  // of an article; the rest is not counted

struct TrendArticle {
  ArticleId id{};
  Time published{};
  Time came{};            // when it was analyzed, say: moves the clock
  std::string publisher;  // the family; empty: unknown, and then one of them
  std::vector<TrendKey> keys;
};

}  // namespace tidings::analytics
