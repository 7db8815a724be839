#include "sources/trust.h"

#include <algorithm>
#include <optional>

namespace tidings::sources {
namespace {

using std::chrono::hours;

constexpr double kExpectedArticles = 8;      // that none came of them has a chance of 1 in 3,000
constexpr Duration kSilenceMin = hours(12);  // a night and more
constexpr Duration kSilenceUnknownRate = std::chrono::days(7);
constexpr int kMoveAnswers = 3;
constexpr Duration kMoveTime = hours(24);

bool has_validator(const SourceState& state) {
  return !state.etag.empty() || !state.last_modified.empty();
}

Duration suspicious_silence(const SourceState& state) {
  if (state.articles_per_day <= 0) return kSilenceUnknownRate;
  const std::chrono::duration<double> expected(86'400 * kExpectedArticles / state.articles_per_day);
  return std::max(
      {std::chrono::ceil<Duration>(expected), kSilenceMin, Duration(2 * state.record.silence_max)});
}

std::optional<Time> last_304(const SourceRecord& record) {
  if (record.fetches.empty() || record.fetches.back().outcome != FetchOutcome::NotModified)
    return std::nullopt;
  return record.fetches.back().at;
}

// When the oldest entry appeared that the answers before did not have, as far as its date says.
bool has_entry_between(const Feed& feed, Time after, Time before) {
  return std::ranges::any_of(feed.entries, [&](const Entry& entry) {
    const std::optional<Time> at = entry.published ? entry.published : entry.updated;
    return at && *at > after && *at < before;
  });
}

}  // namespace

bool should_ask_whole(const Source& source, Time now) {
  const SourceState& state = source.state;
  const SourceRecord& record = state.record;
  if (!has_validator(state) || !record.last_full_at || !last_304(record)) return false;
  const Duration whole_ago = now - *record.last_full_at;
  const Duration silence = now - state.last_new_at.value_or(*record.last_full_at);
  return silence >= suspicious_silence(state) && whole_ago * 2 >= silence &&
         whole_ago >= kSilenceMin;
}

void note_whole_answer(SourceState& state, const SourceState& before, const Feed& feed, Time now) {
  constexpr Duration kClocksDiffer = std::chrono::minutes(10);
  const std::optional<Time> denied_at = last_304(before.record);
  const std::optional<Time> whole_before = before.record.last_full_at;
  state.record.last_full_at = std::chrono::floor<std::chrono::seconds>(now);
  if (!denied_at || !whole_before || has_validator(before)) return;
  if (has_entry_between(feed, *whole_before, *denied_at - kClocksDiffer)) ++state.record.false_304s;
}

std::string believed_move(MoveEvidence& evidence, const std::string& permanent_url,
                          const std::string& self_url, Time now) {
  if (permanent_url.empty() || evidence.url != permanent_url)
    evidence = {.url = permanent_url, .since = std::chrono::floor<std::chrono::seconds>(now)};
  if (permanent_url.empty()) return {};
  ++evidence.answers;
  const bool is_consistent = evidence.answers >= kMoveAnswers && now - evidence.since >= kMoveTime;
  if (!is_consistent && self_url != permanent_url) return {};
  evidence = {};
  return permanent_url;
}

}  // namespace tidings::sources
