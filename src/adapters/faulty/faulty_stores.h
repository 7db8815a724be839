// Stores that fail when a test says so, in front of stores that work.
#pragma once

#include <functional>
#include <optional>

#include "ports/article_store.h"
#include "ports/object_store.h"

namespace tidings::faulty {

// What a store is told to do amiss. Called from the thread that uses it; absent ones are passed
// over.
struct ArticleFaults {
  std::function<std::optional<Error>(std::span<const IngestBatch>)> before_ingest;
  std::function<std::optional<Error>()> before_find;
  std::function<void()> after_find;  // articles were read, and not yet returned
};

class FaultyArticleStore final : public ArticleStore {
 public:
  FaultyArticleStore(ArticleStore& store, ArticleFaults faults)
      : store_(store), faults_(std::move(faults)) {}

  Result<std::vector<IngestOutcome>> ingest(std::span<const IngestBatch> batches) override {
    if (faults_.before_ingest) {
      if (auto error = faults_.before_ingest(batches)) return *std::move(error);
    }
    return store_.ingest(batches);
  }
  Result<bool> knows_any(SourceId source_id, std::span<const Hash128> keys) const override {
    return store_.knows_any(source_id, keys);
  }
  Result<ArticlePage> find(const ArticleQuery& query) const override {
    if (faults_.before_find) {
      if (auto error = faults_.before_find()) return *std::move(error);
    }
    Result<ArticlePage> page = store_.find(query);
    if (faults_.after_find) faults_.after_find();
    return page;
  }
  Result<Article> get(ArticleId id) const override { return store_.get(id); }
  Result<std::vector<Article>> get_whole(std::span<const ArticleId> ids) const override {
    Result<std::vector<Article>> articles = store_.get_whole(ids);
    if (faults_.after_find) faults_.after_find();
    return articles;
  }
  Result<std::vector<ArticleSummary>> get_many(std::span<const ArticleId> ids) const override {
    return store_.get_many(ids);
  }
  Result<std::vector<ArticleId>> ids(ArticleId after, std::size_t limit) const override {
    return store_.ids(after, limit);
  }
  Result<std::vector<ArticleRevision>> revisions(ArticleId id) const override {
    return store_.revisions(id);
  }
  Result<void> remove(ArticleId id) override { return store_.remove(id); }
  Result<void> set_kept(ArticleId id, bool kept) override { return store_.set_kept(id, kept); }
  Result<RetentionOutcome> apply_retention(const RetentionRequest& request) override {
    return store_.apply_retention(request);
  }
  Result<ArticleCounts> counts() const override { return store_.counts(); }

 private:
  ArticleStore& store_;
  const ArticleFaults faults_;
};

struct ObjectFaults {
  std::function<std::optional<Error>()> before_put;
  std::function<std::int64_t()> free_bytes;
};

class FaultyObjectStore final : public ObjectStore {
 public:
  FaultyObjectStore(ObjectStore& store, ObjectFaults faults)
      : store_(store), faults_(std::move(faults)) {}

  Result<void> put(std::span<const Object> objects) override {
    if (faults_.before_put) {
      if (auto error = faults_.before_put()) return *std::move(error);
    }
    return store_.put(objects);
  }
  Result<std::string> get(std::string_view key) const override { return store_.get(key); }
  Result<void> remove(std::string_view key) override { return store_.remove(key); }
  Result<ObjectPage> list(std::string_view prefix, std::string_view after,
                          std::size_t limit) const override {
    return store_.list(prefix, after, limit);
  }
  Result<std::optional<std::int64_t>> free_bytes() const override {
    if (faults_.free_bytes) return std::optional(faults_.free_bytes());
    return store_.free_bytes();
  }

 private:
  ObjectStore& store_;
  const ObjectFaults faults_;
};

}  // namespace tidings::faulty
