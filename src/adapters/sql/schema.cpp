// What is in the database. A version that was released is never edited: changes are new versions.
#include "adapters/sql/migrations.h"

namespace tidings::sql {
namespace {

// Times are microseconds since 1970, flags 0 or 1, unsigned hashes their bits; lists of texts are
// JSON arrays. The ledger's one row is the lock that writers take turns with. Addresses are unique
// by hash, since PostgreSQL's indexes take no entries above 2.7 kB.
constexpr std::string_view kVersion1 = R"sql(
CREATE TABLE ledger (
  id {id} CHECK (id = 1),
  last_id BIGINT NOT NULL,
  last_sequence BIGINT NOT NULL,
  articles BIGINT NOT NULL,
  body_bytes BIGINT NOT NULL
);
INSERT INTO ledger (id, last_id, last_sequence, articles, body_bytes) VALUES (1, 0, 0, 0, 0);

CREATE TABLE sources (
  id {id},
  added_at BIGINT NOT NULL,
  url_hash {blob} NOT NULL UNIQUE,
  url {text} NOT NULL,
  title {text} NOT NULL,
  site_url {text} NOT NULL,
  language {text} NOT NULL,
  country {text} NOT NULL,
  topics {text} NOT NULL,
  folder {text} NOT NULL,
  enabled BIGINT NOT NULL,
  interval_seconds BIGINT
);
CREATE TABLE source_topics (
  topic_hash {blob} NOT NULL,
  source_id BIGINT NOT NULL,
  PRIMARY KEY (topic_hash, source_id)
) {without_rowid};
CREATE TABLE source_states (
  source_id {id},
  etag {text} NOT NULL,
  last_modified {text} NOT NULL,
  payload_hash BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  last_fetched_at BIGINT,
  last_succeeded_at BIGINT,
  last_new_at BIGINT,
  failures BIGINT NOT NULL,
  problem_class {text},
  problem_message {text},
  problem_since BIGINT,
  gone BIGINT NOT NULL,
  articles_per_day DOUBLE PRECISION NOT NULL,
  fetched_url {text} NOT NULL,
  feed_title {text} NOT NULL,
  hubs {text} NOT NULL,
  ttl_minutes BIGINT,
  schedulable BIGINT NOT NULL,
  lease_owner {text} NOT NULL,
  lease_until BIGINT NOT NULL
);
CREATE INDEX source_states_due ON source_states (due_at, source_id) WHERE schedulable = 1;

CREATE TABLE articles (
  id {id},
  source_id BIGINT NOT NULL,
  published BIGINT NOT NULL,
  updated BIGINT,
  added_at BIGINT NOT NULL,
  revision BIGINT NOT NULL,
  kept BIGINT NOT NULL,
  url {text} NOT NULL,
  title {text} NOT NULL,
  authors {text} NOT NULL,
  summary {text} NOT NULL,
  language {text} NOT NULL,
  language_primary {text} NOT NULL,
  country {text} NOT NULL,
  categories {text} NOT NULL,
  image {text} NOT NULL,
  comments_url {text} NOT NULL,
  rights {text} NOT NULL
);
CREATE INDEX articles_by_time ON articles (published, id);
CREATE INDEX articles_by_source ON articles (source_id, published, id);
CREATE INDEX articles_by_language ON articles (language_primary, published, id, language);
CREATE INDEX articles_by_country ON articles (country, published, id, language_primary);
CREATE TABLE article_bodies (
  article_id {id},
  size_bytes BIGINT NOT NULL,
  content {blob} NOT NULL
);
CREATE TABLE article_identities (
  source_id BIGINT NOT NULL,
  identity {blob} NOT NULL,
  article_id BIGINT NOT NULL,
  content_hash BIGINT NOT NULL,
  PRIMARY KEY (source_id, identity)
) {without_rowid};
CREATE TABLE article_revisions (
  article_id BIGINT NOT NULL,
  revision BIGINT NOT NULL,
  replaced_at BIGINT NOT NULL,
  title {text} NOT NULL,
  url {text} NOT NULL,
  content {blob} NOT NULL,
  PRIMARY KEY (article_id, revision)
);

CREATE TABLE events (
  sequence {id},
  kind BIGINT NOT NULL,
  at BIGINT NOT NULL,
  subject BIGINT NOT NULL,
  source_id BIGINT NOT NULL,
  language {text} NOT NULL,
  published BIGINT NOT NULL
);
CREATE TABLE cursors (
  consumer {text} PRIMARY KEY,
  sequence BIGINT NOT NULL
) {without_rowid};
CREATE TABLE dead_letters (
  id {id},
  consumer {text} NOT NULL,
  sequence BIGINT NOT NULL,
  kind BIGINT NOT NULL,
  at BIGINT NOT NULL,
  subject BIGINT NOT NULL,
  source_id BIGINT NOT NULL,
  language {text} NOT NULL,
  published BIGINT NOT NULL,
  error {text} NOT NULL,
  attempts BIGINT NOT NULL,
  buried_at BIGINT NOT NULL,
  redriven BIGINT NOT NULL
);
CREATE INDEX dead_letters_by_consumer ON dead_letters (consumer, redriven, id);

CREATE TABLE hourly_counts (
  hour BIGINT NOT NULL,
  source_id BIGINT NOT NULL,
  language {text} NOT NULL,
  articles BIGINT NOT NULL,
  PRIMARY KEY (hour, source_id, language)
) {without_rowid};
)sql";

// The bytes of bodies count those of revisions too.
constexpr std::string_view kVersion2 = R"sql(
UPDATE ledger SET body_bytes = body_bytes + (SELECT COALESCE(SUM(length(content)), 0) FROM article_revisions);
)sql";

// Page jobs: articles whose page is to be read. Secrets: envelopes. A record is written as
// model/source_record.h says.
constexpr std::string_view kVersion3 = R"sql(
ALTER TABLE sources ADD COLUMN full_text BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sources ADD COLUMN extract_rules {text} NOT NULL DEFAULT '';
ALTER TABLE sources ADD COLUMN access {text} NOT NULL DEFAULT '';
ALTER TABLE source_states ADD COLUMN record {text} NOT NULL DEFAULT '';
CREATE TABLE page_jobs (
  article_id {id},
  source_id BIGINT NOT NULL,
  url {text} NOT NULL,
  due_at BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  lease_owner {text} NOT NULL,
  lease_until BIGINT NOT NULL
);
CREATE INDEX page_jobs_due ON page_jobs (due_at, article_id);

CREATE TABLE secrets (
  name {text} PRIMARY KEY,
  sealed {text} NOT NULL,
  changed_at BIGINT NOT NULL
) {without_rowid};
CREATE TABLE push_subscriptions (
  source_id {id},
  hub {text} NOT NULL,
  topic {text} NOT NULL,
  token {text} NOT NULL,
  secret {text} NOT NULL,
  state BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  verified_at BIGINT,
  expires_at BIGINT,
  last_push_at BIGINT,
  proven_at BIGINT,
  failures BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX push_subscriptions_due ON push_subscriptions (due_at, source_id);
)sql";

// Analyses, and what articles can be filtered by because of them: the hash of a term, in the order
// of a listing.
constexpr std::string_view kVersion4 = R"sql(
CREATE TABLE analyses (
  article_id {id},
  revision BIGINT NOT NULL,
  analyzers BIGINT NOT NULL,
  analyzed_at BIGINT NOT NULL,
  tone BIGINT,
  sentiment DOUBLE PRECISION NOT NULL,
  topics {text} NOT NULL,
  content {blob} NOT NULL
);
CREATE TABLE article_terms (
  term {blob} NOT NULL,
  published BIGINT NOT NULL,
  article_id BIGINT NOT NULL,
  PRIMARY KEY (term, published, article_id)
) {without_rowid};
CREATE INDEX article_terms_by_article ON article_terms (article_id);
)sql";

// What lists show of an analysis lies in the article's own row: a list reads a page of it once. A
// renewal makes all analyses from before it outdated.
constexpr std::string_view kVersion5 = R"sql(
ALTER TABLE articles ADD COLUMN topics {text} NOT NULL DEFAULT '';
ALTER TABLE articles ADD COLUMN tone BIGINT;
ALTER TABLE articles ADD COLUMN sentiment DOUBLE PRECISION NOT NULL DEFAULT 0;
ALTER TABLE articles ADD COLUMN countries {text} NOT NULL DEFAULT '';
UPDATE articles SET topics = n.topics, tone = n.tone, sentiment = n.sentiment
  FROM analyses n WHERE n.article_id = articles.id;
CREATE TABLE narrow_analyses (
  article_id {id},
  revision BIGINT NOT NULL,
  analyzers BIGINT NOT NULL,
  analyzed_at BIGINT NOT NULL,
  content {blob} NOT NULL
);
INSERT INTO narrow_analyses (article_id, revision, analyzers, analyzed_at, content)
  SELECT article_id, revision, analyzers, analyzed_at, content FROM analyses;
DROP TABLE analyses;
ALTER TABLE narrow_analyses RENAME TO analyses;
CREATE TABLE analysis_renewals (
  id {id} CHECK (id = 1),
  began_at BIGINT NOT NULL
);
)sql";

// Stories. Which article belongs to which lies in a table of its own, beside its article: it
// changes when stories merge. The journal is what the grouping was given since its checkpoint.
constexpr std::string_view kVersion6 = R"sql(
CREATE TABLE stories (
  id {id},
  language {text} NOT NULL,
  headline {text} NOT NULL,
  headline_article BIGINT NOT NULL,
  url {text} NOT NULL,
  image {text} NOT NULL,
  opened_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  articles BIGINT NOT NULL,
  copies BIGINT NOT NULL,
  publishers BIGINT NOT NULL,
  rank_key BIGINT NOT NULL,
  rank_publishers DOUBLE PRECISION NOT NULL,
  rank_velocity DOUBLE PRECISION NOT NULL,
  rank_topic DOUBLE PRECISION NOT NULL,
  topics {text} NOT NULL,
  countries {text} NOT NULL,
  entities {text} NOT NULL,
  negative BIGINT NOT NULL,
  neutral BIGINT NOT NULL,
  positive BIGINT NOT NULL,
  sentiment DOUBLE PRECISION NOT NULL
);
CREATE INDEX stories_by_rank ON stories (rank_key, id);
CREATE INDEX stories_by_time ON stories (updated_at, id);
CREATE INDEX stories_by_size ON stories (articles, id);
CREATE INDEX stories_by_language ON stories (language, rank_key, id);
CREATE TABLE story_articles (
  article_id {id},
  story_id BIGINT NOT NULL,
  source_id BIGINT NOT NULL,
  publisher {text} NOT NULL,
  published BIGINT NOT NULL,
  similarity DOUBLE PRECISION NOT NULL,
  next_similarity DOUBLE PRECISION NOT NULL,
  copy_of BIGINT,
  copy_similarity DOUBLE PRECISION NOT NULL,
  words BIGINT NOT NULL,
  evidence {text} NOT NULL,
  entities {text} NOT NULL
);
CREATE INDEX story_articles_by_story ON story_articles (story_id, published, article_id);
CREATE TABLE story_redirects (
  story_id {id},
  into_id BIGINT NOT NULL
);
CREATE INDEX story_redirects_by_story ON story_redirects (into_id);
CREATE TABLE story_journal (
  version {id},
  content {blob} NOT NULL
);
CREATE TABLE story_state (
  id {id} CHECK (id = 1),
  version BIGINT NOT NULL,
  checkpoint {text} NOT NULL,
  checkpoint_version BIGINT NOT NULL,
  journal_bytes BIGINT NOT NULL,
  journal_articles BIGINT NOT NULL,
  backfilled_to BIGINT,
  lease_owner {text} NOT NULL,
  lease_until BIGINT NOT NULL
);
INSERT INTO story_state (id, version, checkpoint, checkpoint_version, journal_bytes, journal_articles,
  backfilled_to, lease_owner, lease_until) VALUES (1, 0, '', 0, 0, 0, NULL, '', 0);
CREATE TABLE story_corrections (
  id {id},
  at BIGINT NOT NULL,
  kind BIGINT NOT NULL,
  story_id BIGINT NOT NULL,
  other_id BIGINT NOT NULL,
  articles {text} NOT NULL
);
)sql";

// A story and one in another language that tells of the same event, with what both say.
constexpr std::string_view kVersion7 = R"sql(
CREATE TABLE story_links (
  story_id BIGINT NOT NULL,
  linked_id BIGINT NOT NULL,
  score DOUBLE PRECISION NOT NULL,
  evidence {text} NOT NULL,
  PRIMARY KEY (story_id, linked_id)
) {without_rowid};
CREATE INDEX story_links_by_linked ON story_links (linked_id, score);
)sql";

// Searches by name, and the newest articles that match those that stand.
constexpr std::string_view kVersion8 = R"sql(
CREATE TABLE saved_searches (
  id {id},
  owner {text} NOT NULL,
  name {text} NOT NULL,
  query {text} NOT NULL,
  canonical {text} NOT NULL,
  standing BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  unread BIGINT NOT NULL,
  last_match_at BIGINT,
  UNIQUE (owner, name)
);
CREATE TABLE search_matches (
  search_id BIGINT NOT NULL,
  article_id BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (search_id, article_id)
) {without_rowid};
CREATE INDEX search_matches_by_article ON search_matches (article_id);
)sql";

// Rollups: by dimension (the number of ports/search_index.h; 15 is all articles), hour (since 1970)
// and value, what articles count for; and what was counted of each that is kept. They are filled
// from the articles that are there.
constexpr std::string_view kVersion9 = R"sql(
CREATE TABLE rollups (
  dimension BIGINT NOT NULL,
  hour BIGINT NOT NULL,
  name_id BIGINT NOT NULL,
  articles BIGINT NOT NULL,
  toned BIGINT NOT NULL,
  tone_sum BIGINT NOT NULL,
  PRIMARY KEY (dimension, hour, name_id)
) {without_rowid};
CREATE TABLE rollup_names (
  id {id},
  hash BIGINT NOT NULL UNIQUE,
  name {text} NOT NULL,
  text {text} NOT NULL,
  last_day BIGINT NOT NULL,
  is_lasting BIGINT NOT NULL
);
CREATE TABLE rollup_articles (
  article_id {id},
  hour BIGINT NOT NULL,
  sentiment BIGINT,
  names {blob} NOT NULL
);
CREATE TABLE rollup_state (
  id {id} CHECK (id = 1),
  names BIGINT NOT NULL,
  filled_to BIGINT,
  removed_before BIGINT,
  hours_before BIGINT NOT NULL,
  singles_before BIGINT NOT NULL
);
INSERT INTO rollup_state (id, names, filled_to, removed_before, hours_before, singles_before)
  VALUES (1, 0, 0, NULL, 0, 0);
)sql";

// Ratings of publishers, as the table that somebody gave.
constexpr std::string_view kVersion10 = R"sql(
CREATE TABLE publisher_ratings (
  owner {text} PRIMARY KEY,
  csv {text} NOT NULL,
  changed_at BIGINT NOT NULL
);
)sql";

// What rises now: trends, and of each the keys that rise together (the head at place 0).
constexpr std::string_view kVersion11 = R"sql(
CREATE TABLE trend_state (
  id {id} CHECK (id = 1),
  version BIGINT NOT NULL,
  since BIGINT NOT NULL,
  as_of BIGINT NOT NULL,
  is_warm BIGINT NOT NULL,
  checkpoint {text} NOT NULL,
  checkpoint_cursor BIGINT NOT NULL
);
INSERT INTO trend_state (id, version, since, as_of, is_warm, checkpoint, checkpoint_cursor)
  VALUES (1, 0, 0, 0, 0, '', 0);
CREATE TABLE trends (
  id {id},
  place BIGINT NOT NULL,
  since BIGINT NOT NULL,
  told BIGINT NOT NULL,
  ended_at BIGINT,
  articles {text} NOT NULL
);
CREATE TABLE trend_keys (
  trend_id BIGINT NOT NULL,
  place BIGINT NOT NULL,
  kind BIGINT NOT NULL,
  name {text} NOT NULL,
  label {text} NOT NULL,
  window_minutes BIGINT NOT NULL,
  articles BIGINT NOT NULL,
  expected DOUBLE PRECISION NOT NULL,
  discounted DOUBLE PRECISION NOT NULL,
  publishers BIGINT NOT NULL,
  log10_p DOUBLE PRECISION NOT NULL,
  since BIGINT NOT NULL,
  peak_articles BIGINT NOT NULL,
  peak_at BIGINT NOT NULL,
  PRIMARY KEY (trend_id, place)
) {without_rowid};
)sql";

constexpr Migration kMigrations[] = {
    {.version = 1, .script = kVersion1},  {.version = 2, .script = kVersion2},
    {.version = 3, .script = kVersion3},  {.version = 4, .script = kVersion4},
    {.version = 5, .script = kVersion5},  {.version = 6, .script = kVersion6},
    {.version = 7, .script = kVersion7},  {.version = 8, .script = kVersion8},
    {.version = 9, .script = kVersion9},  {.version = 10, .script = kVersion10},
    {.version = 11, .script = kVersion11}};

}  // namespace

std::span<const Migration> migrations() {
  return kMigrations;
}

}  // namespace tidings::sql
