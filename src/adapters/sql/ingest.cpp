#include "adapters/sql/ingest.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "adapters/sql/article_rows.h"
#include "adapters/sql/body_codec.h"
#include "adapters/sql/source_rows.h"
#include "ports/store_rules.h"

namespace tidings::sql {
namespace {

constexpr std::size_t kWaveMax = 500;  // bounds what is held in memory at once
constexpr std::int32_t kRevisionsKept = 10;

struct Key {
  SourceId source_id;
  Hash128 identity;
  bool operator==(const Key&) const = default;
};
struct KeyHash {
  std::size_t operator()(const Key& key) const {
    std::size_t half;
    std::memcpy(&half, key.identity.data(), sizeof half);
    return half ^ (static_cast<std::size_t>(to_int(key.source_id)) * 0x9E3779B97F4A7C15U);
  }
};

// An article with the batch that it came in.
struct Item {
  const NewArticle* article;
  SourceId source_id;
  IngestOutcome* outcome;
};

struct Change {
  Item item;
  ArticleId id;
};

class Ingest {
 public:
  explicit Ingest(Transaction& transaction)
      : transaction_(transaction), connection_(transaction.connection()) {}

  Result<std::vector<IngestOutcome>> run(std::span<const IngestBatch> batches) {
    TRY(load_sources(batches));
    std::vector<IngestOutcome> outcomes(batches.size());
    for (std::size_t i = 0; i < batches.size(); ++i) {
      outcomes[i].superseded = is_superseded(batches[i]);
      if (outcomes[i].superseded) continue;
      for (const NewArticle& article : batches[i].articles) {
        TRY(take(
            {.article = &article, .source_id = batches[i].source_id, .outcome = &outcomes[i]}));
      }
    }
    TRY(finish_wave());
    TRY(save_states(batches, outcomes));
    return outcomes;
  }

 private:
  Result<void> load_sources(std::span<const IngestBatch> batches) {
    Parameters ids;
    for (const IngestBatch& batch : batches) ids.add(batch.source_id);
    const Rows rows = TRY(connection_.execute_many(
        "SELECT s.id, s.enabled, s.url, t.gone, t.problem_class FROM sources s "
        "JOIN source_states t ON t.source_id = s.id WHERE s.id = $1",
        ids, 1));
    for (const Row row : rows) {
      Source& source = sources_[SourceId(row.integer(0))];
      source.settings.enabled = row.integer(1) != 0;
      source.settings.url = row.text(2);
      source.state.gone = row.integer(3) != 0;
      if (!row.is_null(4)) source.state.problem.emplace();
    }
    return {};
  }

  bool is_superseded(const IngestBatch& batch) const {
    const auto found = sources_.find(batch.source_id);
    return found == sources_.end() ||
           (!batch.source_url.empty() && batch.source_url != found->second.settings.url);
  }

  // Articles gather in waves in which every identity occurs once, so that a wave needs each
  // statement only once.
  Result<void> take(const Item& item) {
    const Key key{.source_id = item.source_id, .identity = item.article->identity};
    if (wave_.size() >= kWaveMax || wave_keys_.contains(key)) TRY(finish_wave());
    wave_keys_.insert(key);
    wave_.push_back(item);
    return {};
  }

  Result<void> finish_wave() {
    if (wave_.empty()) return {};
    Parameters keys;
    for (std::size_t i = 0; i < wave_.size(); ++i) {
      keys.add(wave_[i].source_id, wave_[i].article->identity, i);
    }
    const Rows known = TRY(connection_.execute_many(
        "SELECT CAST($3 AS BIGINT), article_id, content_hash FROM article_identities "
        "WHERE source_id = $1 AND identity = $2",
        keys, 3));
    std::vector<Change> edits;
    std::vector<bool> is_known(wave_.size());
    for (const Row row : known) {
      const auto at = static_cast<std::size_t>(row.integer(0));
      is_known[at] = true;
      if (std::bit_cast<std::uint64_t>(row.integer(2)) == wave_[at].article->content_hash) {
        ++wave_[at].outcome->known;
      } else {
        edits.push_back({.item = wave_[at], .id = ArticleId(row.integer(1))});
      }
    }
    std::vector<Item> additions;
    for (std::size_t i = 0; i < wave_.size(); ++i) {
      if (!is_known[i]) additions.push_back(wave_[i]);
    }
    TRY(add(additions));
    TRY(edit(edits));
    wave_.clear();
    wave_keys_.clear();
    return {};
  }

  Result<void> add(std::span<const Item> additions) {
    if (additions.empty()) return {};
    Parameters identities, articles, bodies;
    for (const Item& item : additions) {
      const ArticleSummary& summary = item.article->article.summary;
      const ArticleId id{transaction_.next_id()};
      const StoredFields fields{.id = id,
                                .source_id = item.source_id,
                                .published = std::min(summary.published, transaction_.now()),
                                .added_at = transaction_.now()};
      identities.add(item.source_id, item.article->identity, id,
                     std::bit_cast<std::int64_t>(item.article->content_hash));
      add_article(articles, fields, summary);
      add_body(bodies, id, item.article->article.body);
      announce(EventKind::ArticleAdded, fields, summary.language);
      item.outcome->added.push_back(id);
    }
    transaction_.count_articles(static_cast<std::int64_t>(additions.size()));
    TRY(connection_.execute_many(
        "INSERT INTO article_identities (source_id, identity, article_id, content_hash) "
        "VALUES ($1, $2, $3, $4)",
        identities, 4));
    TRY(connection_.execute_many(kInsertArticle, articles, kArticleParameters));
    TRY(put_bodies(bodies));
    return {};
  }

  void add_body(Parameters& bodies, ArticleId id, const ArticleBody& body) {
    std::string bytes = encode_body(body);
    if (bytes.empty()) return;
    transaction_.count_body_bytes(static_cast<std::int64_t>(bytes.size()));
    const std::size_t size = bytes.size();
    bodies.add(id, size, Blob{bodies.keep(std::move(bytes))});
  }

  Result<void> put_bodies(const Parameters& bodies) {
    TRY(connection_.execute_many(
        "INSERT INTO article_bodies (article_id, size_bytes, content) VALUES ($1, $2, $3)", bodies,
        3));
    return {};
  }

  void announce(EventKind kind, const StoredFields& fields, std::string_view language) {
    std::string buffer;
    transaction_.append(kind, {.subject = to_int(fields.id),
                               .source_id = fields.source_id,
                               .language = std::string(storable_tag(language, buffer)),
                               .published = fields.published});
  }

  Result<void> edit(std::span<const Change> edits) {
    for (const Change& change : edits) TRY(edit_one(change));
    return {};
  }

  // Edits are few, so they go one by one.
  Result<void> edit_one(const Change& change) {
    const Rows rows = TRY(connection_.execute(
        "SELECT a.published, a.added_at, a.revision, a.title, a.url, b.content, b.size_bytes "
        "FROM articles a LEFT JOIN article_bodies b ON b.article_id = a.id WHERE a.id = $1",
        Parameters(change.id)));
    if (rows.empty()) {  // deleted, and stays so
      ++change.item.outcome->known;
      return {};
    }
    const Row before = rows[0];
    const ArticleSummary& summary = change.item.article->article.summary;
    const StoredFields fields{.id = change.id,
                              .source_id = change.item.source_id,
                              .published = before.time(0),
                              .added_at = before.time(1),
                              .revision = static_cast<std::int32_t>(before.integer(2)) + 1};
    TRY(keep_revision(change.id, before));
    TRY(connection_.execute(
        "UPDATE article_identities SET content_hash = $3 "
        "WHERE source_id = $1 AND identity = $2",
        Parameters(change.item.source_id, change.item.article->identity,
                   std::bit_cast<std::int64_t>(change.item.article->content_hash))));
    Parameters article, body;
    add_article(article, fields, summary);
    TRY(connection_.execute(kUpdateArticle, article));
    TRY(connection_.execute("DELETE FROM article_bodies WHERE article_id = $1",
                            Parameters(change.id)));
    transaction_.count_body_bytes(-before.integer(6));
    add_body(body, change.id, change.item.article->article.body);
    TRY(put_bodies(body));
    announce(EventKind::ArticleEdited, fields, summary.language);
    change.item.outcome->edited.push_back(change.id);
    return {};
  }

  Result<void> keep_revision(ArticleId id, const Row& before) {
    const std::int64_t revision = before.integer(2);
    TRY(connection_.execute(
        "INSERT INTO article_revisions (article_id, revision, replaced_at, title, url, content) "
        "VALUES ($1, $2, $3, $4, $5, $6)",
        Parameters(id, revision, transaction_.now(), before.text(3), before.text(4),
                   Blob{before.text(5)})));
    TRY(connection_.execute(
        "DELETE FROM article_revisions WHERE article_id = $1 AND revision <= $2",
        Parameters(id, revision - kRevisionsKept)));
    return {};
  }

  Result<void> save_states(std::span<const IngestBatch> batches,
                           std::span<const IngestOutcome> outcomes) {
    Parameters states, superseded;
    for (std::size_t i = 0; i < batches.size(); ++i) {
      const IngestBatch& batch = batches[i];
      if (outcomes[i].superseded) {
        superseded.add(batch.source_id);
        continue;
      }
      Source& source = sources_.at(batch.source_id);
      if (const auto change = health_event(source, batch.state)) {
        transaction_.append(*change, batch.source_id);
      }
      source.state.gone = batch.state.gone;
      source.state.problem = batch.state.problem;
      const bool brought_new = !outcomes[i].added.empty();
      add_state(states, batch.source_id, batch.state, source.settings.enabled,
                brought_new ? std::optional(transaction_.now()) : batch.state.last_new_at);
    }
    TRY(connection_.execute_many(kUpdateState, states, kStateParameters));
    TRY(connection_.execute_many(
        "UPDATE source_states SET lease_owner = '', lease_until = 0 WHERE source_id = $1",
        superseded, 1));
    return {};
  }

  Transaction& transaction_;
  Connection& connection_;
  std::unordered_map<SourceId, Source> sources_;  // address, and what health_event() asks for
  std::vector<Item> wave_;
  std::unordered_set<Key, KeyHash> wave_keys_;
};

}  // namespace

Result<std::vector<IngestOutcome>> ingest(Transaction& transaction,
                                          std::span<const IngestBatch> batches) {
  return Ingest(transaction).run(batches);
}

}  // namespace tidings::sql
