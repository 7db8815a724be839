// Distinct ids are distinct types. 64 bits, time-ordered, below 2^53 so that every JSON reader
// keeps them exactly.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace tidings {

enum class SourceId : std::int64_t {};
enum class ArticleId : std::int64_t {};
// The number of the article that opened the story.
enum class StoryId : std::int64_t {};
enum class SavedSearchId : std::int64_t {};
enum class StoryCorrectionId : std::int64_t {};
enum class TrendId : std::int64_t {};
// A request that takes its turn: of a source or of an article, whose ids come from one sequence and
// so never meet.
enum class TransferId : std::int64_t {};
enum class DeadLetterId : std::int64_t {};

// A place in the event log: 1 is the first event, there are no gaps, 0 is before everything.
enum class EventSequence : std::int64_t {};

template <class Id>
  requires std::is_enum_v<Id>
constexpr std::int64_t to_int(Id id) {
  return static_cast<std::int64_t>(id);
}

constexpr TransferId transfer_id(SourceId id) {
  return TransferId(to_int(id));
}
// Of a request to the source's hub, beside one to itself.
constexpr TransferId hub_transfer_id(SourceId id) {
  return TransferId(-to_int(id));
}
constexpr TransferId transfer_id(ArticleId id) {
  return TransferId(to_int(id));
}

template <class Id>
std::string to_text(Id id) {
  return std::to_string(to_int(id));
}

// Decimal digits only; nothing for zero, signs, blanks or overflow.
template <class Id>
std::optional<Id> parse_id(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value <= 0) return std::nullopt;
  return Id(value);
}

// Ids hold milliseconds since 2020 in the high bits and 12 bits of sequence (4,096 a millisecond,
// then borrowing from the next): enough until 2089. The store that gives them out keeps the last
// one in the same commit.
std::int64_t next_id_after(std::int64_t last, std::int64_t now_unix_ms);

}  // namespace tidings
