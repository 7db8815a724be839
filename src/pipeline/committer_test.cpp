#include "pipeline/committer.h"

#include <thread>

#include <gtest/gtest.h>

#include "adapters/faulty/faulty_stores.h"
#include "adapters/memory/memory_stores.h"
#include "pipeline/payload_pack.h"

namespace tidings::pipeline {
namespace {

const Time kNow = parse_rfc3339("2026-11-23T18:30:00Z").value();

class CommitterTest : public testing::Test {
 protected:
  SourceId add_source(int number) {
    const SourceSettings settings{.url = "https://example.org/" + std::to_string(number)};
    return stores_.sources().add({&settings, 1}).value()[0].id;
  }

  Refreshed refreshed(SourceId source, const std::string& title) {
    Refreshed one{.kind = RefreshKind::Parsed};
    one.batch.source_id = source;
    one.batch.articles.resize(1);
    one.batch.articles[0].article.summary.title = title;
    one.batch.articles[0].identity = hash128(title);
    one.batch.state.etag = "\"" + title + "\"";
    one.payload = packed_payload(source, title, kNow);
    return one;
  }

  // Submits, closes and waits until everything is through.
  void commit(std::vector<Refreshed> all,
              CommitSettings settings = {.backoff_min = std::chrono::milliseconds(1)}) {
    Committer committer(articles_, objects_, appended_, metrics_, clock_, settings,
                        [this](SourceId id) { settled_.push_back(id); });
    std::jthread running([&](std::stop_token stop) { committer.run(stop); });
    for (Refreshed& one : all) committer.submit(std::move(one));
    committer.close();
    running.join();
  }

  std::size_t article_count() {
    return static_cast<std::size_t>(stores_.articles().counts().value().articles);
  }

  // In all packs. A repetition must not keep one twice.
  std::size_t payloads_kept() {
    std::size_t kept = 0;
    const ObjectPage packs = memory_objects_.list("raw/", "", 10).value();
    for (const ObjectInfo& object : packs.objects)
      kept += payloads_in(memory_objects_.get(object.key).value()).value().size();
    return kept;
  }

  ManualClock clock_{kNow};
  memory::MemoryStores stores_{clock_};
  memory::MemoryObjectStore memory_objects_{clock_};
  int ingest_calls_ = 0;
  int put_calls_ = 0;
  std::function<std::optional<Error>(std::span<const IngestBatch>)> ingest_fault_;
  std::function<std::optional<Error>()> put_fault_;
  faulty::FaultyArticleStore articles_{
      stores_.articles(), {.before_ingest = [this](std::span<const IngestBatch> batches) {
        ++ingest_calls_;
        return ingest_fault_ ? ingest_fault_(batches) : std::nullopt;
      }}};
  faulty::FaultyObjectStore objects_{memory_objects_, {.before_put = [this] {
                                       ++put_calls_;
                                       return put_fault_ ? put_fault_() : std::nullopt;
                                     }}};
  Signal appended_;
  Metrics metrics_;
  std::vector<SourceId> settled_;
};

TEST_F(CommitterTest, StoresPayloadArticlesAndValidatorsAndTells) {
  const SourceId source = add_source(1);
  const std::uint64_t before = appended_.version();
  std::vector<Refreshed> all;
  all.push_back(refreshed(source, "one"));
  commit(std::move(all));
  EXPECT_EQ(article_count(), 1u);
  EXPECT_EQ(stores_.sources().get(source).value().state.etag, "\"one\"");
  EXPECT_EQ(payloads_kept(), 1u);
  EXPECT_EQ(settled_, std::vector<SourceId>{source});
  EXPECT_GT(appended_.version(), before);
}

TEST_F(CommitterTest, WaitsForAStoreThatIsAwayAndLosesNothing) {
  ingest_fault_ = [this](auto) -> std::optional<Error> {
    return ingest_calls_ < 4 ? std::optional(unavailable("the disk is full")) : std::nullopt;
  };
  put_fault_ = [this]() -> std::optional<Error> {
    return put_calls_ < 3 ? std::optional(unavailable("the disk is full")) : std::nullopt;
  };
  std::vector<Refreshed> all;
  for (int i = 0; i < 5; ++i) all.push_back(refreshed(add_source(i), "title " + std::to_string(i)));
  commit(std::move(all));
  EXPECT_EQ(article_count(), 5u);
  EXPECT_EQ(payloads_kept(), 5u);
  EXPECT_EQ(settled_.size(), 5u);
}

TEST_F(CommitterTest, OneBadBatchCostsOnlyItself) {
  std::vector<Refreshed> all;
  for (int i = 0; i < 5; ++i) all.push_back(refreshed(add_source(i), "title " + std::to_string(i)));
  const SourceId bad = all[2].batch.source_id;
  ingest_fault_ = [bad](std::span<const IngestBatch> batches) -> std::optional<Error> {
    for (const IngestBatch& batch : batches) {
      if (batch.source_id == bad && !batch.articles.empty())
        return invalid_input("a value that cannot be stored");
    }
    return std::nullopt;
  };
  commit(std::move(all));
  EXPECT_EQ(article_count(), 4u);
  const SourceState state = stores_.sources().get(bad).value().state;
  EXPECT_EQ(state.etag, "") << "a validator without its articles would lose them to a 304";
  EXPECT_EQ(state.problem.value().error_class, "store_refused");
  EXPECT_EQ(settled_.size(), 5u);
}

// The database went away just when the batches of a refused group were tried one by one.
TEST_F(CommitterTest, ADatabaseThatIsAwayIsNoSourcesFault) {
  std::vector<Refreshed> all;
  std::vector<SourceId> sources;
  for (int i = 0; i < 3; ++i) {
    sources.push_back(add_source(i));
    all.push_back(refreshed(sources[i], "title " + std::to_string(i)));
  }
  ingest_fault_ = [this](std::span<const IngestBatch> batches) -> std::optional<Error> {
    if (batches.size() > 1) return invalid_input("a value that cannot be stored");
    return ingest_calls_ < 6 ? std::optional(unavailable("the server is away")) : std::nullopt;
  };
  commit(std::move(all));
  EXPECT_EQ(article_count(), 3u);
  for (const SourceId source : sources) {
    EXPECT_FALSE(stores_.sources().get(source).value().state.problem);
  }
}

TEST_F(CommitterTest, GivesUpAfterItsPatienceOnceStopped) {
  ingest_fault_ = [](auto) { return std::optional(unavailable("never comes back")); };
  const SourceId source = add_source(1);
  Committer committer(
      articles_, objects_, appended_, metrics_, clock_,
      {.backoff_min = std::chrono::milliseconds(1), .stop_patience = std::chrono::milliseconds(20)},
      [this](SourceId id) { settled_.push_back(id); });
  std::jthread running([&](std::stop_token stop) { committer.run(stop); });
  committer.submit(refreshed(source, "one"));
  committer.close();
  running.request_stop();
  running.join();
  EXPECT_EQ(article_count(), 0u);
  EXPECT_EQ(settled_.size(), 1u);
  EXPECT_EQ(stores_.sources().get(source).value().state.etag, "");
}

}  // namespace
}  // namespace tidings::pipeline
