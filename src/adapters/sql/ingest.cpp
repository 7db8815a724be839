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

#include "adapters/sql/article_writer.h"
#include "adapters/sql/source_rows.h"
#include "ports/store_rules.h"

namespace tidings::sql {
namespace {

constexpr std::size_t kWaveMax = 500;  // bounds what is held in memory at once

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

// An article that one of its keys led to. Ranks: 0 is the identity, then come the aliases.
struct Hit {
  std::size_t rank;
  ArticleId id;
  std::uint64_t content_hash;
};

class Ingest {
 public:
  explicit Ingest(Transaction& transaction)
      : transaction_(transaction), connection_(transaction.connection()), writer_(transaction) {}

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
    TRY(writer_.add(additions));
    TRY(writer_.edit(edits));
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
  ArticleWriter writer_;
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
