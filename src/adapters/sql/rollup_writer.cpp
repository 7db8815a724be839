#include "adapters/sql/rollup_writer.h"

#include <algorithm>
#include <utility>

namespace tidings::sql {
namespace {

Parameters list_of(std::span<const ArticleId> articles) {
  Parameters lists;
  for (const ArticleId id : articles) lists.add(id);
  return lists;
}

}  // namespace

Result<RollupWriter> RollupWriter::begin(Transaction& transaction) {
  return RollupWriter(transaction, TRY(read_rollup_ledger(transaction.connection())));
}

Result<void> RollupWriter::count(std::span<const RolledArticle> articles, IfCounted if_counted) {
  if (articles.empty()) return {};
  TRY(look_up_articles(articles));
  TRY(look_up_names(articles));
  TRY(name_new_ones(articles));
  Parameters remembered;
  for (const RolledArticle& article : articles) {
    const auto known = articles_.find(to_int(article.article_id));
    if (known == articles_.end()) continue;  // its removal tells, or retention took it
    if (known->second.before && if_counted == IfCounted::PassOver) continue;
    const Counted now = counted(article);
    if (known->second.before == now) continue;
    if (known->second.before) add(*known->second.before, -1);
    add(now, 1);
    remembered.add(article.article_id, now.hour, now.sentiment,
                   Blob{remembered.keep(encode_name_ids(now.names))});
  }
  TRY(connection_->execute_many(
      "INSERT INTO rollup_articles (article_id, hour, sentiment, names) VALUES ($1, $2, $3, $4) "
      "ON CONFLICT (article_id) DO UPDATE SET hour = excluded.hour, "
      "sentiment = excluded.sentiment, names = excluded.names",
      remembered, 4));
  return {};
}

Result<void> RollupWriter::look_up_articles(std::span<const RolledArticle> articles) {
  Parameters ids;
  for (const RolledArticle& article : articles) ids.add(article.article_id);
  const Rows rows = TRY(connection_->execute_many(
      "SELECT a.id, r.hour, r.sentiment, r.names FROM articles a "
      "LEFT JOIN rollup_articles r ON r.article_id = a.id WHERE a.id = $1",
      ids, 1));
  for (const Row row : rows) {
    Known& known = articles_[row.integer(0)];
    known.before.reset();
    if (row.is_null(1)) continue;
    known.before = Counted{.hour = row.integer(1), .names = TRY(decode_name_ids(row.text(3)))};
    if (!row.is_null(2)) known.before->sentiment = static_cast<std::int8_t>(row.integer(2));
  }
  return {};
}

// Each once, in the order of their index.
Result<void> RollupWriter::look_up_names(std::span<const RolledArticle> articles) {
  std::vector<std::int64_t> hashes;
  for (const RolledArticle& article : articles) {
    for (const RolledValue& value : article.values)
      hashes.push_back(hash_of_value(value.dimension, value.value));
  }
  std::ranges::sort(hashes);
  hashes.erase(std::ranges::unique(hashes).begin(), hashes.end());
  Parameters lists;
  for (const std::int64_t hash : hashes) lists.add(hash);
  const Rows rows = TRY(connection_->execute_many(
      "SELECT hash, id, last_day FROM rollup_names WHERE hash = $1", lists, 1));
  for (const Row row : rows)
    names_[row.integer(0)] = {
        .id = row.integer(1), .last_day = row.integer(2), .seen_day = row.integer(2)};
  return {};
}

// Gives ids to names that nobody had before, and notes the last day of each that may once be rare.
Result<void> RollupWriter::name_new_ones(std::span<const RolledArticle> articles) {
  const std::int64_t names_before = ledger_.names;
  Parameters added, seen;
  for (const RolledArticle& article : articles) {
    const std::int64_t hour = hour_of(article.published), day = day_of_hour(hour);
    for (const RolledValue& value : article.values) {
      if (is_left_out(value.dimension, hour)) continue;
      const std::int64_t hash = hash_of_value(value.dimension, value.value);
      Name& name = names_[hash];
      if (name.id == 0) {
        const auto dimension = static_cast<std::int64_t>(value.dimension);
        name = {.id = ++ledger_.names * kDimensionsStored + dimension,
                .last_day = day,
                .seen_day = day};
        added.add(name.id, hash, value.name, value.text, day);
      } else if (day > name.seen_day && tidings::has_rare_values(value.dimension)) {
        name.seen_day = day;
      }
    }
  }
  for (const auto& [hash, name] : names_) {
    if (name.seen_day > name.last_day) seen.add(name.id, name.seen_day);
  }
  TRY(connection_->execute_many(
      "INSERT INTO rollup_names (id, hash, name, text, last_day, is_lasting) "
      "VALUES ($1, $2, $3, $4, $5, 0)",
      added, 5));
  TRY(connection_->execute_many(
      "UPDATE rollup_names SET last_day = $2 WHERE id = $1 AND last_day < $2", seen, 2));
  if (ledger_.names == names_before) return {};
  TRY(connection_->execute("UPDATE rollup_state SET names = $1 WHERE id = 1",
                           Parameters(ledger_.names)));
  return {};
}

bool RollupWriter::is_left_out(Dimension dimension, std::int64_t hour) const {
  return tidings::has_rare_values(dimension) && hour < ledger_.singles_before;
}

RollupWriter::Counted RollupWriter::counted(const RolledArticle& article) {
  Counted counted{.hour = hour_of(article.published), .sentiment = article.sentiment};
  for (const RolledValue& value : article.values) {
    const auto name = names_.find(hash_of_value(value.dimension, value.value));
    if (name != names_.end()) counted.names.push_back(name->second.id);
  }
  std::ranges::sort(counted.names);
  counted.names.erase(std::ranges::unique(counted.names).begin(), counted.names.end());
  return counted;
}

Result<void> RollupWriter::take_back(std::span<const ArticleId> articles) {
  if (articles.empty()) return {};
  const Parameters ids = list_of(articles);
  const Rows rows = TRY(connection_->execute_many(
      "SELECT hour, sentiment, names FROM rollup_articles WHERE article_id = $1", ids, 1));
  for (const Row row : rows) {
    Counted before{.hour = row.integer(0), .names = TRY(decode_name_ids(row.text(2)))};
    if (!row.is_null(1)) before.sentiment = static_cast<std::int8_t>(row.integer(1));
    add(before, -1);
  }
  TRY(connection_->execute_many("DELETE FROM rollup_articles WHERE article_id = $1", ids, 1));
  return {};
}

void RollupWriter::add(const Counted& counted, std::int64_t sign) {
  add(kAllArticles, kAllArticles, counted, sign);
  for (const std::int64_t name_id : counted.names)
    add(dimension_of_name(name_id), name_id, counted, sign);
}

void RollupWriter::add(std::int64_t dimension, std::int64_t name_id, const Counted& counted,
                       std::int64_t sign) {
  const bool is_by_day = sql::has_many_values(dimension) && counted.hour < ledger_.hours_before;
  changes_.push_back({.dimension = dimension,
                      .hour = is_by_day ? day_of_hour(counted.hour) : counted.hour,
                      .name_id = name_id,
                      .totals = {.articles = sign,
                                 .toned = counted.sentiment ? sign : 0,
                                 .tone_sum = sign * counted.sentiment.value_or(0)}});
}

Result<void> RollupWriter::write() {
  merge_changes();
  return write_changes();
}

// One a row, in the order of their table.
void RollupWriter::merge_changes() {
  std::ranges::sort(changes_, [](const Change& a, const Change& b) { return a.key() < b.key(); });
  std::vector<Change> merged;
  for (const Change& change : changes_) {
    if (merged.empty() || merged.back().key() != change.key()) {
      merged.push_back(change);
      continue;
    }
    RollupTotals& totals = merged.back().totals;
    totals.articles += change.totals.articles;
    totals.toned += change.totals.toned;
    totals.tone_sum += change.totals.tone_sum;
  }
  changes_ = std::move(merged);
}

Result<void> RollupWriter::write_changes() {
  Parameters added, changed, emptied;
  for (const Change& change : changes_) {
    const RollupTotals& totals = change.totals;
    if (totals.articles == 0 && totals.toned == 0 && totals.tone_sum == 0) continue;
    const bool is_rare =
        sql::has_rare_values(change.dimension) && change.hour < ledger_.singles_before;
    Parameters& lists = totals.articles > 0 && !is_rare ? added : changed;
    lists.add(change.dimension, change.hour, change.name_id, totals.articles, totals.toned,
              totals.tone_sum);
    if (totals.articles < 0)
      emptied.add(change.dimension, change.hour, change.name_id, is_rare ? 1 : 0);
  }
  TRY(connection_->execute_many(
      "INSERT INTO rollups (dimension, hour, name_id, articles, toned, tone_sum) "
      "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (dimension, hour, name_id) DO UPDATE SET "
      "articles = rollups.articles + excluded.articles, toned = rollups.toned + excluded.toned, "
      "tone_sum = rollups.tone_sum + excluded.tone_sum",
      added, 6));
  TRY(connection_->execute_many(
      "UPDATE rollups SET articles = articles + $4, toned = toned + $5, tone_sum = tone_sum + $6 "
      "WHERE dimension = $1 AND hour = $2 AND name_id = $3",
      changed, 6));
  TRY(connection_->execute_many(
      "DELETE FROM rollups WHERE dimension = $1 AND hour = $2 AND name_id = $3 AND articles <= $4",
      emptied, 4));
  return {};
}

Result<void> forget_counted(Transaction& transaction, std::span<const ArticleId> articles,
                            Time newest) {
  TRY(transaction.connection().execute_many("DELETE FROM rollup_articles WHERE article_id = $1",
                                            list_of(articles), 1));
  TRY(transaction.connection().execute(
      "UPDATE rollup_state SET removed_before = $1 "
      "WHERE id = 1 AND (removed_before IS NULL OR removed_before < $1)",
      Parameters(newest + Duration(1))));
  return {};
}

}  // namespace tidings::sql
