// Copies and stories found together, one article after the other, from what was kept of it alone:
// the same inputs give the same answers, on any day and machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/time.h"
#include "stories/duplicates.h"
#include "stories/grouping.h"

namespace tidings::stories {

// All that is looked at of an article.
struct StoryInput {
  std::int64_t key = 0;  // another one each time
  Time published{};
  std::string language;  // primary tag
  std::string title;
  std::string text;  // at most kInputTextBytesMax
  std::vector<TermAmount> terms;

  friend bool operator==(const StoryInput&, const StoryInput&) = default;
};
inline constexpr std::size_t kInputTextBytesMax = 32'000;

// For the journal, compressed. Corrupt for what encode_inputs() did not make.
std::string encode_inputs(std::span<const StoryInput> inputs);
Result<std::vector<StoryInput>> decode_inputs(std::string_view bytes);

// For one thread.
class StoryEngine {
 public:
  // With what the program knows of words before it has seen an article.
  StoryEngine();

  struct Outcome {
    Joined joined;
    std::optional<CopyOf> copy;
  };
  Outcome add(const StoryInput& input);

  std::size_t live() const { return grouping_.live(); }

  // All that it knows, compressed: what is restored answers as this would. Corrupt when the bytes
  // are not of `save`.
  std::string save() const;
  static Result<StoryEngine> restore(std::string_view bytes);

 private:
  StoryEngine(DuplicateIndex duplicates, Grouping grouping)
      : duplicates_(std::move(duplicates)), grouping_(std::move(grouping)) {}

  DuplicateIndex duplicates_;
  Grouping grouping_;
};

}  // namespace tidings::stories
