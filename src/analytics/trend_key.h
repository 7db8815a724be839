// What can rise, and what trends see of an article.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "core/time.h"

namespace tidings::analytics {

enum class TrendKind : std::uint8_t { Term, Keyphrase, Entity, Topic, Place, Country, Story };
inline constexpr std::size_t kTrendKinds = 7;
std::string_view to_string(TrendKind kind);  // "term", …

// Longer keys are not counted; longer labels give way to the key.
inline constexpr std::size_t kTrendKeyBytesMax = 200;
inline constexpr std::size_t kTrendKeysMax = 200;  // of an article; the rest is not counted

struct TrendKey {
  TrendKind kind = TrendKind::Term;
  std::string key;    // the same in every article that means the same
  std::string label;  // for people; empty: the key

  friend bool operator==(const TrendKey&, const TrendKey&) = default;
};

struct TrendArticle {
  ArticleId id{};
  Time published{};
  Time came{};            // when it was analyzed, say: moves the clock
  std::string publisher;  // the family; empty: unknown, and then one of them
  std::vector<TrendKey> keys;
};

}  // namespace tidings::analytics
