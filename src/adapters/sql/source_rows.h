// How a source lies in rows of `sources` and `source_states`.
#pragma once

#include <cstddef>
#include <string_view>

#include "adapters/sql/rows.h"
#include "adapters/sql/value.h"
#include "model/source.h"

namespace tidings::sql {

// The whole source, in the order that read_source() takes it; conditions on s and t follow.
inline constexpr std::string_view kSelectSource =
    "SELECT s.id, s.added_at, s.url, s.title, s.site_url, s.language, s.country, s.topics, "
    "s.folder, "
    "s.enabled, s.interval_seconds, t.etag, t.last_modified, t.payload_hash, t.due_at, "
    "t.last_fetched_at, t.last_succeeded_at, t.last_new_at, t.failures, t.problem_class, "
    "t.problem_message, t.problem_since, t.gone, t.articles_per_day, t.fetched_url, t.feed_title, "
    "t.hubs, t.ttl_minutes, s.full_text, s.extract_rules, s.access, t.record FROM sources s JOIN "
    "source_states t ON t.source_id = s.id ";
// What is due at $1 and not leased, earliest first, at most $2.
inline constexpr std::string_view kWhereDue =
    "WHERE t.schedulable = 1 AND t.due_at <= $1 AND t.lease_until <= $1 "
    "ORDER BY t.due_at, t.source_id LIMIT $2";
Source read_source(const Row& row);

// $1 to $15.
inline constexpr std::size_t kSettingsParameters = 15;
inline constexpr std::string_view kInsertSource =
    "INSERT INTO sources (id, added_at, url_hash, url, title, site_url, language, country, topics, "
    "folder, enabled, interval_seconds, full_text, extract_rules, access) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
inline constexpr std::string_view kUpdateSource =
    "UPDATE sources SET added_at = $2, url_hash = $3, url = $4, title = $5, site_url = $6, "
    "language = $7, country = $8, topics = $9, folder = $10, enabled = $11, interval_seconds = "
    "$12, "
    "full_text = $13, extract_rules = $14, access = $15 WHERE id = $1";
void add_settings(Parameters& parameters, SourceId id, Time added_at,
                  const SourceSettings& settings);

// $1 to $20. Both end the lease.
inline constexpr std::size_t kStateParameters = 20;
inline constexpr std::string_view kInsertState =
    "INSERT INTO source_states (source_id, etag, last_modified, payload_hash, due_at, "
    "last_fetched_at, last_succeeded_at, last_new_at, failures, problem_class, problem_message, "
    "problem_since, gone, articles_per_day, fetched_url, feed_title, hubs, schedulable, "
    "ttl_minutes, record, lease_owner, lease_until) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, "
    "$10, $11, "
    "$12, $13, $14, $15, $16, "
    "$17, $18, $19, $20, '', 0)";
inline constexpr std::string_view kUpdateState =
    "UPDATE source_states SET etag = $2, last_modified = $3, payload_hash = $4, due_at = $5, "
    "last_fetched_at = $6, last_succeeded_at = $7, last_new_at = $8, failures = $9, "
    "problem_class = $10, problem_message = $11, problem_since = $12, gone = $13, "
    "articles_per_day = $14, fetched_url = $15, feed_title = $16, hubs = $17, schedulable = $18, "
    "ttl_minutes = $19, record = $20, lease_owner = '', lease_until = 0 WHERE source_id = $1";
// The strings of `state` are borrowed. `new_articles_at`: its last fetch brought some, then.
void add_state(Parameters& parameters, SourceId id, const SourceState& state, bool enabled,
               std::optional<Time> new_articles_at = std::nullopt);

// The settings as they will be read back.
SourceSettings storable_settings(SourceSettings settings);

}  // namespace tidings::sql
