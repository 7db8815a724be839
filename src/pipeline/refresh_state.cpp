#include "pipeline/refresh_state.h"

#include <cstdint>
#include <utility>

#include "sources/trust.h"

namespace tidings::pipeline {
namespace {

// A feed that calls itself by another name is not the one that moved.
bool is_same_feed(const SourceState& before, const SourceState& after) {
  return before.feed_title.empty() || before.feed_title == after.feed_title;
}

}  // namespace

void succeed(SourceState& state, Time now) {
  state.last_succeeded_at = now;
  state.failures = 0;
  state.problem.reset();
  state.gone = false;
}

void fail(SourceState& state, std::string error_class, std::string message, Time now) {
  const bool same = state.problem && state.problem->error_class == error_class;
  const Time since = same ? state.problem->since : now;
  ++state.failures;
  state.problem = SourceProblem{std::move(error_class), std::move(message), since};
}

void doubt_redirect(SourceState& state) {
  constexpr std::int32_t kFailuresToDoubt = 2;
  if (state.fetched_url.empty() || !state.problem) return;
  const std::string& error_class = state.problem->error_class;
  const bool nothing_there =
      error_class == "http_404" || error_class == "http_410" || error_class == "dns_failed";
  if (!nothing_there && state.failures < kFailuresToDoubt) return;
  state.fetched_url.clear();
  state.etag.clear();  // of the other address: here they could hide a change
  state.last_modified.clear();
  state.gone = false;  // only the address that was given can say so
}

void follow_move(SourceState& state, const Source& source, const std::string& permanent_url,
                 const std::string& self_url, Time now) {
  const bool is_same = is_same_feed(source.state, state);
  std::string url =
      sources::believed_move(state.record.move, is_same ? permanent_url : "", self_url, now);
  if (!url.empty()) state.fetched_url = std::move(url);
}

void record_fetch(SourceState& state, FetchOutcome outcome, Time now) {
  const bool failed = outcome == FetchOutcome::Failed && state.problem;
  state.record.add({.at = now,
                    .outcome = outcome,
                    .error_class = failed ? state.problem->error_class : std::string()});
}

void keep_validators(SourceState& state, const fetch::Page& page) {
  const bool are_lies = state.record.false_304s > 0;
  state.etag = are_lies ? std::string() : page.etag;
  state.last_modified = are_lies ? std::string() : page.last_modified;
}

}  // namespace tidings::pipeline
