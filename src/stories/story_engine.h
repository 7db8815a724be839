// Copies, stories and their links found together, one article after the other, from what was kept
// of it alone: the same inputs give the same answers, on any day and machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/result.h"
#include "core/time.h"
#include "stories/duplicates.h"
#include "stories/grouping.h"
#include "stories/links.h"

namespace tidings::stories {

// All that is looked at of an article.
struct StoryInput {
  std::int64_t key = 0;  // another one each time
  Time published{};
  std::string language;  // primary tag
  Sketch sketch;         // of title and text
  std::vector<TermAmount> terms;
  // For links, as in LinkFacts.
  std::vector<LinkFact> facts;
  std::vector<TopicScore> topics;

  friend bool operator==(const StoryInput&, const StoryInput&) = default;
};

// What a person said, in the words of the grouping.
struct CorrectionInput {
  std::int64_t story = 0;
  std::int64_t other = 0;           // it and `story` are one, where none leave
  std::vector<StoryInput> leaving;  // their terms suffice: they leave `story`, together

  friend bool operator==(const CorrectionInput&, const CorrectionInput&) = default;
};

using JournalEntry = std::variant<StoryInput, CorrectionInput>;

// For the journal, compressed. Corrupt for what encode_journal() did not make.
std::string encode_journal(std::span<const JournalEntry> entries);
Result<std::vector<JournalEntry>> decode_journal(std::string_view bytes);

// For one thread.
class StoryEngine {
 public:
  // With what the program knows of words before it has seen an article.
  StoryEngine();

  struct Outcome {
    Joined joined;
    std::optional<CopyOf> copy;
    std::int64_t story = 0;        // that it is in now: one that split off, it may be
    std::vector<StoryLink> links;  // of that story, as they are now
  };
  Outcome add(const StoryInput& input);

  // Which of two stories stays, or the one that those who left are now. A story that articles left
  // has no links then, until more is said of it. Errors as in Grouping: nothing has changed then.
  Result<std::int64_t> correct(const CorrectionInput& correction);

  // What was answered the first time is answered again.
  void replay(const JournalEntry& entry);

  std::size_t live() const { return grouping_.live(); }

  // All that it knows, compressed: what is restored answers as this would. Corrupt when the bytes
  // are not of `save`.
  std::string save() const;
  static Result<StoryEngine> restore(std::string_view bytes);

 private:
  StoryEngine(DuplicateIndex duplicates, Grouping grouping, StoryLinks links)
      : duplicates_(std::move(duplicates)),
        grouping_(std::move(grouping)),
        links_(std::move(links)) {}

  void forget_links(std::int64_t story, std::int64_t other);

  DuplicateIndex duplicates_;
  Grouping grouping_;
  StoryLinks links_;
};

}  // namespace tidings::stories
