#include "adapters/sql/ingest.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <numeric>
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

// An article that one of its keys led to. Ranks: 0 is the identity, then come the aliases.
struct Hit {
  std::size_t rank;
  ArticleId id;
  std::uint64_t content_hash;
};

std::size_t key_count(const NewArticle& article) {
  return 1 + article.aliases.size();
}

const Hash128& key_of(const NewArticle& article, std::size_t rank) {
  return rank == 0 ? article.identity : article.aliases[rank - 1];
}

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
        "SELECT s.id, s.enabled, s.url, t.gone, t.problem_class, s.access FROM sources s "
        "JOIN source_states t ON t.source_id = s.id WHERE s.id = $1",
        ids, 1));
    for (const Row row : rows) {
      Source& source = sources_[SourceId(row.integer(0))];
      source.settings.enabled = row.integer(1) != 0;
      source.settings.url = row.text(2);
      source.settings.access = row.text(5);
      source.state.gone = row.integer(3) != 0;
      if (!row.is_null(4)) source.state.problem.emplace();
    }
    return {};
  }

  bool is_superseded(const IngestBatch& batch) const {
    const auto found = sources_.find(batch.source_id);
    return found == sources_.end() || tidings::is_superseded(batch, found->second.settings);
  }

  // Articles gather in waves in which every key occurs once, so that a wave needs each statement
  // only once.
  Result<void> take(const Item& item) {
    const auto key = [&](std::size_t rank) {
      return Key{.source_id = item.source_id, .identity = key_of(*item.article, rank)};
    };
    bool is_there = false;
    for (std::size_t rank = 0; rank < key_count(*item.article); ++rank) {
      is_there = is_there || wave_keys_.contains(key(rank));
    }
    if (wave_.size() >= kWaveMax || is_there) TRY(finish_wave());
    for (std::size_t rank = 0; rank < key_count(*item.article); ++rank) {
      wave_keys_.insert(key(rank));
    }
    wave_.push_back(item);
    return {};
  }

  Result<void> finish_wave() {
    if (wave_.empty()) return {};
    hits_.assign(wave_.size(), {});
    std::vector<std::size_t> open(wave_.size());
    std::iota(open.begin(), open.end(), std::size_t{0});
    TRY(look_up(open, /*by_aliases=*/false));
    settle_known(open);
    TRY(look_up(open, /*by_aliases=*/true));
    settle_known(open);
    std::vector<Item> additions;
    std::vector<Change> edits;
    TRY(tell_apart(open, additions, edits));
    TRY(add(additions));
    TRY(edit(edits));
    wave_.clear();
    wave_keys_.clear();
    return {};
  }

  // Most articles of a refresh are known by their identity and did not change: only the others are
  // asked for by their aliases.
  Result<void> look_up(std::span<const std::size_t> open, bool by_aliases) {
    Parameters keys;
    for (const std::size_t at : open) {
      const NewArticle& article = *wave_[at].article;
      const std::size_t end = by_aliases ? key_count(article) : 1;
      for (std::size_t rank = by_aliases ? 1 : 0; rank < end; ++rank) {
        keys.add(wave_[at].source_id, key_of(article, rank), at, rank);
      }
    }
    if (keys.empty()) return {};
    const Rows rows = TRY(connection_.execute_many(
        "SELECT CAST($3 AS BIGINT), CAST($4 AS BIGINT), article_id, content_hash "
        "FROM article_identities WHERE source_id = $1 AND identity = $2",
        keys, 4));
    for (const Row row : rows) {
      hits_[static_cast<std::size_t>(row.integer(0))].push_back(
          {.rank = static_cast<std::size_t>(row.integer(1)),
           .id = ArticleId(row.integer(2)),
           .content_hash = std::bit_cast<std::uint64_t>(row.integer(3))});
    }
    return {};
  }

  void settle_known(std::vector<std::size_t>& open) {
    std::erase_if(open, [&](std::size_t at) {
      const bool is_known = std::ranges::any_of(hits_[at], [&](const Hit& hit) {
        return hit.content_hash == wave_[at].article->content_hash;
      });
      if (is_known) ++wave_[at].outcome->known;
      return is_known;
    });
  }

  Result<void> tell_apart(std::span<const std::size_t> open, std::vector<Item>& additions,
                          std::vector<Change>& edits) {
    Parameters ids;
    for (const std::size_t at : open) {
      for (const Hit& hit : hits_[at]) ids.add(hit.id);
    }
    Rows rows;
    if (!ids.empty()) {
      rows = TRY(connection_.execute_many(
          "SELECT id, title, url, published FROM articles WHERE id = $1", ids, 1));
    }
    std::unordered_map<std::int64_t, ArticleTraits> stored;
    for (const Row row : rows) {
      stored[row.integer(0)] = {.title = row.text(1), .url = row.text(2), .published = row.time(3)};
    }
    for (const std::size_t at : open) {
      const Item& item = wave_[at];
      const Hit* hit = first_believed(item, hits_[at], stored);
      if (hit == nullptr) {
        additions.push_back(item);
      } else if (stored.contains(to_int(hit->id))) {
        edits.push_back({.item = item, .id = hit->id});
      } else {  // deleted, and stays so
        ++item.outcome->known;
      }
    }
    return {};
  }

  static const Hit* first_believed(const Item& item, std::span<const Hit> hits,
                                   const std::unordered_map<std::int64_t, ArticleTraits>& stored) {
    const ArticleSummary& summary = item.article->article.summary;
    std::string title, url;
    const std::string_view address =
        item.article->has_own_address ? std::string_view(summary.url) : std::string_view();
    const ArticleTraits given{.title = storable_text(summary.title, title),
                              .url = storable_text(address, url),
                              .published = summary.published};
    for (const Hit& hit : hits) {
      const auto found = stored.find(to_int(hit.id));
      if (found == stored.end() ||
          is_same_article(found->second, given, hit.rank == 0, !item.article->aliases.empty())) {
        return &hit;
      }
    }
    return nullptr;
  }

  // A new article takes its keys over from what they led to before.
  static void add_identities(Parameters& identities, const Item& item, ArticleId id) {
    const std::size_t count = std::min(key_count(*item.article), kIdentitiesKept);
    for (std::size_t rank = 0; rank < count; ++rank) {
      identities.add(item.source_id, key_of(*item.article, rank), id,
                     std::bit_cast<std::int64_t>(item.article->content_hash));
    }
  }

  Result<void> add(std::span<const Item> additions) {
    if (additions.empty()) return {};
    Parameters identities, articles, bodies, pages;
    for (const Item& item : additions) {
      const ArticleSummary& summary = item.article->article.summary;
      const ArticleId id{transaction_.next_id()};
      const StoredFields fields{.id = id,
                                .source_id = item.source_id,
                                .published = std::min(summary.published, transaction_.now()),
                                .added_at = transaction_.now()};
      add_identities(identities, item, id);
      add_article(articles, fields, summary);
      add_body(bodies, id, item.article->article.body);
      announce(EventKind::ArticleAdded, fields, summary.language);
      want_page(pages, item, id);
      item.outcome->added.push_back(id);
    }
    transaction_.count_articles(static_cast<std::int64_t>(additions.size()));
    TRY(connection_.execute_many(
        "INSERT INTO article_identities (source_id, identity, article_id, content_hash) "
        "VALUES ($1, $2, $3, $4) ON CONFLICT (source_id, identity) DO UPDATE "
        "SET article_id = excluded.article_id, content_hash = excluded.content_hash",
        identities, 4));
    TRY(connection_.execute_many(kInsertArticle, articles, kArticleParameters));
    TRY(put_bodies(bodies));
    TRY(put_pages(pages));
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

  void want_page(Parameters& pages, const Item& item, ArticleId id) const {
    const ArticleSummary& summary = item.article->article.summary;
    if (!item.article->wants_page || summary.url.empty()) return;
    pages.add(id, item.source_id, summary.url, transaction_.now());
  }

  // An edit has its page read afresh.
  Result<void> put_pages(const Parameters& pages) {
    if (pages.empty()) return {};
    TRY(connection_.execute_many(
        "INSERT INTO page_jobs (article_id, source_id, url, due_at, attempts, lease_owner, "
        "lease_until) VALUES ($1, $2, $3, $4, 0, '', 0) ON CONFLICT (article_id) DO UPDATE SET "
        "url = excluded.url, due_at = excluded.due_at, attempts = 0",
        pages, 4));
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
    if (rows.empty()) return corrupt("an article vanished while it was edited");
    const Row before = rows[0];
    const ArticleSummary& summary = change.item.article->article.summary;
    const StoredFields fields{.id = change.id,
                              .source_id = change.item.source_id,
                              .published = before.time(0),
                              .added_at = before.time(1),
                              .revision = static_cast<std::int32_t>(before.integer(2)) + 1};
    TRY(keep_revision(change.id, before));
    TRY(keep_identities(change));
    Parameters article, body, pages;
    add_article(article, fields, summary);
    TRY(connection_.execute(kUpdateArticle, article));
    TRY(connection_.execute("DELETE FROM article_bodies WHERE article_id = $1",
                            Parameters(change.id)));
    transaction_.count_body_bytes(-before.integer(6));
    add_body(body, change.id, change.item.article->article.body);
    TRY(put_bodies(body));
    announce(EventKind::ArticleEdited, fields, summary.language);
    want_page(pages, change.item, change.id);
    TRY(put_pages(pages));
    change.item.outcome->edited.push_back(change.id);
    return {};
  }

  // The keys that it had learn what it says now; those that it lacked become its own.
  Result<void> keep_identities(const Change& change) {
    Parameters kept, others;
    const NewArticle& article = *change.item.article;
    add_identities(kept, change.item, change.id);
    for (std::size_t rank = kIdentitiesKept; rank < key_count(article); ++rank) {
      others.add(change.item.source_id, key_of(article, rank), change.id,
                 std::bit_cast<std::int64_t>(article.content_hash));
    }
    TRY(connection_.execute_many(
        "INSERT INTO article_identities (source_id, identity, article_id, content_hash) "
        "VALUES ($1, $2, $3, $4) ON CONFLICT (source_id, identity) DO UPDATE "
        "SET content_hash = excluded.content_hash "
        "WHERE article_identities.article_id = excluded.article_id",
        kept, 4));
    if (others.empty()) return {};
    TRY(
        connection_.execute_many("UPDATE article_identities SET content_hash = $4 "
                                 "WHERE source_id = $1 AND identity = $2 AND article_id = $3",
                                 others, 4));
    return {};
  }

  Result<void> keep_revision(ArticleId id, const Row& before) {
    const std::int64_t revision = before.integer(2);
    TRY(connection_.execute(
        "INSERT INTO article_revisions (article_id, revision, replaced_at, title, url, content) "
        "VALUES ($1, $2, $3, $4, $5, $6)",
        Parameters(id, revision, transaction_.now(), before.text(3), before.text(4),
                   Blob{before.text(5)})));
    transaction_.count_body_bytes(static_cast<std::int64_t>(before.text(5).size()));
    const Rows gone = TRY(connection_.execute(
        "DELETE FROM article_revisions WHERE article_id = $1 AND revision <= $2 "
        "RETURNING CAST(length(content) AS BIGINT)",
        Parameters(id, revision - kRevisionsKept)));
    for (const Row row : gone) transaction_.count_body_bytes(-row.integer(0));
    return {};
  }

  Result<void> save_states(std::span<const IngestBatch> batches,
                           std::span<const IngestOutcome> outcomes) {
    Parameters states, superseded;
    for (std::size_t i = 0; i < batches.size(); ++i) {
      const IngestBatch& batch = batches[i];
      if (batch.is_pushed) continue;
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
                brought_new ? std::optional(transaction_.now()) : std::nullopt);
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
  std::vector<std::vector<Hit>> hits_;  // of each article of the wave, the strongest key first
};

}  // namespace

Result<std::vector<IngestOutcome>> ingest(Transaction& transaction,
                                          std::span<const IngestBatch> batches) {
  return Ingest(transaction).run(batches);
}

}  // namespace tidings::sql
