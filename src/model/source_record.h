// How it has gone with a source: what its health is judged by, and what the next request needs to
// know of the ones before.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.h"

namespace tidings {

// What one fetch came to.
enum class FetchOutcome : char {
  NewArticles = 'n',
  NothingNew = 'c',  // other bytes, and not one article that was not known
  SameBytes = 'u',
  NotModified = 'm',  // 304
  Failed = 'f',
};
std::string_view to_string(FetchOutcome outcome);  // "new_articles"

struct FetchRecord {
  Time at{};  // to the second
  FetchOutcome outcome = FetchOutcome::Failed;
  std::string error_class;  // of one that failed
  friend bool operator==(const FetchRecord&, const FetchRecord&) = default;
};

// Where answers said that the source has moved for good, before it is believed.
struct MoveEvidence {
  std::string url;
  Time since{};
  std::int32_t answers = 0;
  friend bool operator==(const MoveEvidence&, const MoveEvidence&) = default;
};

// Times when the publisher does not want to be asked, in UTC.
struct QuietTimes {
  std::uint32_t hours = 0;  // bit n: from n:00 to n:59
  std::uint32_t days = 0;   // bit 0: Sunday
  friend bool operator==(const QuietTimes&, const QuietTimes&) = default;
};

inline constexpr std::size_t kFetchesKept = 12;

struct SourceRecord {
  std::vector<FetchRecord> fetches;  // the last kFetchesKept, newest last
  std::int64_t fetches_total = 0;
  std::int64_t changes_total = 0;            // fetches that brought new articles
  std::int64_t empty_changes_total = 0;      // other bytes with nothing new
  std::chrono::seconds interval_average{0};  // between two fetches, the latest counting most
  std::int64_t body_bytes = 0;               // of the last whole answer
  std::optional<Time> last_full_at;          // the last whole answer
  std::chrono::seconds silence_max{0};       // the longest that its own entries ever showed
  // How often a whole answer brought what 304 had denied: its validators are not believed.
  std::int32_t false_304s = 0;
  QuietTimes quiet;
  MoveEvidence move;
  std::string push_topic;  // what the publisher's hubs know it by; empty: its address

  void add(FetchRecord record);
  // The last fetch, added as NothingNew, has brought some.
  void note_new_articles();
  friend bool operator==(const SourceRecord&, const SourceRecord&) = default;
};

// One short line of text for a column, and back. Unknown parts are passed over and what cannot be
// read is left at its default: a record is never worth an error. Times are kept to the second.
std::string encode_record(const SourceRecord& record);
SourceRecord decode_record(std::string_view text);

}  // namespace tidings
