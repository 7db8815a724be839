// Everything that we find out about an article, one analyzer after the other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/analysis.h"

namespace tidings::analyze {

class TopicTable;

// Grows whenever the same article may be analyzed otherwise than before.
inline constexpr std::int32_t kAnalyzers = 3;

struct Article {
  std::string_view title;  // plain text; may be empty, as the text may
  std::string_view text;
  std::string_view url = {};        // of its page: where the publisher sits is evidence
  std::string_view publisher = {};  // its name
  std::string_view language = {};   // what its publisher says: BCP 47, or empty
  std::span<const std::string> categories = {};  // its feed's own
  const TopicTable* learned_topics = nullptr;    // what the instance learned from its feeds
  // For measuring: the sentiment toward these, and the places that these name. Offsets that are out
  // of the document or cut a character are passed over.
  std::span<const TextSpan> targets = {};
  std::span<const TextSpan> mentions = {};
  std::optional<std::int32_t> summary_words = {};  // absent: two to four sentences
  Explain explain = Explain::No;                   // whether every score has its evidence
};

struct Limits {
  // Of title and text; what is beyond is not looked at: an article says before what it is about.
  // Its sentences, words and reading time are those of the beginning, in proportion.
  std::size_t text_bytes_max = 48'000;
};

// Text of any kind: bytes that are not UTF-8 count as blanks.
// What cannot be told is absent, and so is the field of an analyzer that fails (throws); `failed`
// names it. Bounded time, safe to call from many threads.
Analysis analyze(const Article& article, const Limits& limits = {});

}  // namespace tidings::analyze
