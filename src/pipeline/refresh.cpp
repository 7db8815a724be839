#include "pipeline/refresh.h"

#include <unordered_set>
#include <vector>

#include "core/hash.h"
#include "core/log.h"
#include "normalize/discover_feeds.h"
#include "normalize/normalize.h"
#include "normalize/safe_text.h"
#include "parse/parse.h"
#include "pipeline/entry_memory.h"
#include "pipeline/full_text.h"
#include "pipeline/payload_pack.h"
#include "pipeline/refresh_state.h"
#include "sources/quiet.h"
#include "sources/trust.h"

namespace tidings::pipeline {
namespace {

sources::ScheduleInput schedule_input(const Source& source, const SourceState& state,
                                      const fetch::CacheHints& hints, std::uint64_t seed) {
  return {.source_id = source.id,
          .fixed_interval = source.settings.interval,
          .articles_per_day = state.articles_per_day,
          .max_age = hints.max_age,
          .expires = hints.expires,
          .ttl_minutes = state.ttl_minutes,
          .retry_after = hints.retry_after,
          .failures = state.failures,
          .seed = seed,
          .last_new_at = state.last_new_at,
          .quiet = state.record.quiet};
}

std::vector<Time> entry_times(const Feed& feed) {
  std::vector<Time> times;
  for (const Entry& entry : feed.entries) {
    if (const auto time = entry.published ? entry.published : entry.updated) times.push_back(*time);
  }
  return times;
}

// Which entries need not be read again. Without a title and an address it takes an entry's text to
// tell it from others.
std::vector<bool> unchanged_entries(const Feed& feed, std::span<const std::uint64_t> hashes,
                                    std::span<const std::uint64_t> stored) {
  const std::unordered_set<std::uint64_t> known(stored.begin(), stored.end());
  std::vector<bool> unchanged(feed.entries.size());
  for (std::size_t i = 0; i < unchanged.size(); ++i) {
    const Entry& entry = feed.entries[i];
    unchanged[i] = !entry.title.empty() && !entry.url.empty() && known.contains(hashes[i]);
  }
  return unchanged;
}

// What tells it from others.
Entry named_alone(Entry entry) {
  return {.id = std::move(entry.id),
          .id_is_url = entry.id_is_url,
          .url = std::move(entry.url),
          .title = std::move(entry.title),
          .published = entry.published,
          .updated = entry.updated,
          .base_url = std::move(entry.base_url)};
}

// The articles of the entries that changed. The others only tell them apart: their text, which it
// takes long to make safe, is left out.
void take_articles(Refreshed& refreshed, const Source& source, Feed& feed, Time now,
                   std::span<const std::uint64_t> stored) {
  refreshed.entries = entry_hashes(feed);
  const std::vector<bool> unchanged = unchanged_entries(feed, refreshed.entries, stored);
  for (std::size_t i = 0; i < unchanged.size(); ++i) {
    if (unchanged[i]) feed.entries[i] = named_alone(std::move(feed.entries[i]));
  }
  normalize::NormalizedFeed normalized = normalize::normalize_feed(feed, source, now);
  for (const std::string& reason : normalized.rejected) {
    log::debug("entry.rejected", {{"source_id", to_int(source.id)}, {"reason", reason}});
  }
  refreshed.entries_rejected = normalized.rejected.size();
  for (std::size_t i = 0; i < normalized.articles.size(); ++i) {
    if (unchanged[normalized.entries[i]]) {
      ++refreshed.entries_unchanged;
    } else {
      refreshed.batch.articles.push_back(std::move(normalized.articles[i]));
    }
  }
  want_pages(refreshed.batch.articles, source.settings.full_text);
}

void take_feed(Refreshed& refreshed, const Source& source, Feed& feed, Time now,
               std::span<const std::uint64_t> stored) {
  constexpr double kSilenceKept = 0.9;  // of what older documents showed
  SourceState& state = refreshed.batch.state;
  take_articles(refreshed, source, feed, now, stored);
  const std::vector<Time> times = entry_times(feed);
  state.articles_per_day = sources::learned_articles_per_day(times, state.articles_per_day, now);
  state.feed_title = normalize::safe_text(feed.title);
  state.hubs = feed.hubs;
  state.ttl_minutes = feed.ttl_minutes;
  SourceRecord& record = state.record;
  record.quiet = sources::quiet_times(feed);
  record.silence_max =
      std::max(sources::longest_silence(times, now),
               std::chrono::round<std::chrono::seconds>(record.silence_max * kSilenceKept));
  sources::note_whole_answer(state, source.state, feed, now);
}

Refreshed begun(const Source& source, Time now) {
  Refreshed refreshed;
  refreshed.batch.source_id = source.id;
  refreshed.batch.source_url = source.settings.url;
  refreshed.batch.source_access = source.settings.access;
  refreshed.batch.state = source.state;
  refreshed.batch.state.last_fetched_at = now;
  return refreshed;
}

// Somebody followed a site's address rather than its feed's: what they may have meant.
std::string feeds_named_by(const fetch::Page& page) {
  constexpr std::size_t kToldMax = 3;
  constexpr std::size_t kAddressBytesMax = 200;
  std::string told;
  std::size_t count = 0;
  for (const normalize::DiscoveredFeed& feed : normalize::discover_feeds(page.bytes, page.url)) {
    if (feed.url.size() > kAddressBytesMax) continue;
    if (count++ == kToldMax) break;
    told += (told.empty() ? " The page names " : ", ") + feed.url;
  }
  return told.empty() ? told : told + "; `tidings feeds set ID --url URL` follows one of them.";
}

// What a page means: the same as last time, a feed, or something else.
void take_page(Refreshed& refreshed, const Source& source, const fetch::Page& page, Time now,
               const RefreshRules& rules, std::span<const std::uint64_t> stored) {
  SourceState& state = refreshed.batch.state;
  const std::uint64_t payload_hash = hash64(page.bytes);
  std::string self_url;
  if (payload_hash == state.payload_hash && state.last_succeeded_at) {
    refreshed.kind = RefreshKind::Unchanged;
    state.record.last_full_at = std::chrono::floor<std::chrono::seconds>(now);
  } else {
    Result<FeedDocument> document = parse::parse_feed(
        {.bytes = page.bytes, .content_type = page.content_type, .url = page.url});
    if (!document) {
      const Error& error = document.error();
      const std::string error_class = error.code.empty() ? "not_a_feed" : error.code;
      const std::string named = error_class == "not_a_feed" ? feeds_named_by(page) : std::string();
      return fail(state, error_class, error.message + named, now);
    }
    refreshed.kind = RefreshKind::Parsed;
    take_feed(refreshed, source, document->feed, now, stored);
    self_url = document->feed.self_url;
    if (rules.keep_raw) refreshed.payload = packed_payload(source.id, page.bytes, now);
    state.record.push_topic = self_url;
    state.payload_hash = payload_hash;
  }
  // WebSub §4: what the answer's fields say comes before what the document says.
  if (!page.links.hubs.empty()) state.hubs = page.links.hubs;
  if (!page.links.self.empty()) state.record.push_topic = page.links.self;
  succeed(state, now);
  keep_validators(state, page);
  state.record.body_bytes = static_cast<std::int64_t>(page.bytes.size());
  follow_move(state, source, page.permanent_url, self_url, now);
}

// Looking at a folder costs nobody else anything, and people wait for what they put there.
Duration local_interval(const Source& source, const SourceState& state, bool has_more) {
  constexpr std::int32_t kDoublingsMax = 6;
  constexpr Duration kSoon = std::chrono::seconds(2);
  if (has_more) return kSoon;
  Duration interval = std::chrono::seconds(15);
  if (source.settings.interval) interval = *source.settings.interval;
  return interval * (1 << std::min(state.failures, kDoublingsMax));
}

FetchOutcome outcome_of(RefreshKind kind) {
  switch (kind) {
    case RefreshKind::Parsed:
      return FetchOutcome::NothingNew;  // until the store finds something
    case RefreshKind::Unchanged:
      return FetchOutcome::SameBytes;
    case RefreshKind::NotModified:
      return FetchOutcome::NotModified;
    case RefreshKind::Postponed:
    case RefreshKind::Failed:
      break;
  }
  return FetchOutcome::Failed;
}

}  // namespace

std::string_view to_string(RefreshKind kind) {
  switch (kind) {
    case RefreshKind::NotModified:
      return "not_modified";
    case RefreshKind::Unchanged:
      return "unchanged";
    case RefreshKind::Parsed:
      return "parsed";
    case RefreshKind::Postponed:
      return "postponed";
    case RefreshKind::Failed:
      return "failed";
  }
  return "unknown";
}

Refreshed refresh(const Source& source, const fetch::FetchResult& fetched, Time now,
                  std::uint64_t seed, const RefreshRules& rules,
                  std::span<const std::uint64_t> stored) {
  Refreshed refreshed = begun(source, now);
  SourceState& state = refreshed.batch.state;
  if (const auto* failed = std::get_if<fetch::Failed>(&fetched.outcome)) {
    fail(state, failed->problem.error_class, failed->problem.message, now);
    state.gone = failed->gone;
  } else if (const auto* page = std::get_if<fetch::Page>(&fetched.outcome)) {
    take_page(refreshed, source, *page, now, rules, stored);
  } else {
    refreshed.kind = RefreshKind::NotModified;
    succeed(state, now);
    const auto& unchanged = std::get<fetch::NotModified>(fetched.outcome);
    follow_move(state, source, unchanged.permanent_url, {}, now);
  }
  record_fetch(state, outcome_of(refreshed.kind), now);
  doubt_redirect(state);
  state.due_at =
      sources::next_due(schedule_input(source, state, fetched.hints, seed), now, rules.schedule);
  return refreshed;
}

Result<Refreshed> refresh_pushed(const Source& source, const fetch::Page& page, Time now,
                                 const RefreshRules& rules) {
  FeedDocument document = TRY(
      parse::parse_feed({.bytes = page.bytes, .content_type = page.content_type, .url = page.url}));
  Refreshed refreshed = begun(source, now);
  refreshed.kind = RefreshKind::Parsed;
  refreshed.batch.is_pushed = true;
  take_feed(refreshed, source, document.feed, now, {});
  if (rules.keep_raw) refreshed.payload = packed_payload(source.id, page.bytes, now);
  return refreshed;
}

Refreshed refresh(const Source& source, Reading reading, Time now, std::uint64_t seed,
                  const RefreshRules& rules) {
  Refreshed refreshed = begun(source, now);
  SourceState& state = refreshed.batch.state;
  const std::uint64_t payload_hash = hash64(reading.payload);
  if (reading.feed && payload_hash == state.payload_hash && state.last_succeeded_at) {
    refreshed.kind = RefreshKind::Unchanged;
  } else if (reading.feed) {
    refreshed.kind = RefreshKind::Parsed;
    take_feed(refreshed, source, *reading.feed, now, {});
    if (rules.keep_raw) refreshed.payload = packed_payload(source.id, reading.payload, now);
    state.payload_hash = payload_hash;
  }
  if (reading.problem) {
    fail(state, std::move(reading.problem->error_class), std::move(reading.problem->message), now);
  } else {
    succeed(state, now);
  }
  record_fetch(state, reading.problem ? FetchOutcome::Failed : outcome_of(refreshed.kind), now);
  sources::ScheduleInput input = schedule_input(source, state, reading.hints, seed);
  if (!input.fixed_interval) input.fixed_interval = reading.interval;
  state.due_at = sources::next_due(input, now, rules.schedule);
  return refreshed;
}

Refreshed refresh(const Source& source, Result<LocalNews> news, Time now) {
  Refreshed refreshed = begun(source, now);
  SourceState& state = refreshed.batch.state;
  bool has_more = false;
  if (!news) {
    const Error& error = news.error();
    fail(state, error.code.empty() ? std::string(to_string(error.kind)) : error.code, error.message,
         now);
  } else {
    for (const std::string& reason : news->rejected)
      log::warn("document.rejected", {{"source_id", to_int(source.id)}, {"reason", reason}});
    const bool is_same = news->feed.entries.empty();
    refreshed.kind = is_same ? RefreshKind::Unchanged : RefreshKind::Parsed;
    if (!is_same) take_feed(refreshed, source, news->feed, now, {});
    refreshed.entries_rejected += news->rejected.size();
    refreshed.objects = std::move(news->objects);
    state.etag = std::move(news->cursor);
    has_more = news->has_more;
    succeed(state, now);
  }
  record_fetch(state, outcome_of(refreshed.kind), now);
  state.due_at = now + local_interval(source, state, has_more);
  return refreshed;
}

}  // namespace tidings::pipeline
