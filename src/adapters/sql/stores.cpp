#include "adapters/sql/stores.h"

#include <utility>

#include "adapters/sql/database.h"
#include "adapters/sql/make_stores.h"
#include "adapters/sql/migrations.h"

namespace tidings::sql {
namespace {

class SqlStores final : public Stores {
 public:
  SqlStores(Connect connect_reader, Connect connect_writer, const StoresSettings& settings,
            const Clock& clock)
      : readers_(std::move(connect_reader), settings.reader_connections, settings.wait_max),
        writer_(std::move(connect_writer), 1, settings.wait_max),
        database_(readers_, writer_, clock) {}

  ArticleStore& articles() override { return *articles_; }
  AnalysisStore& analyses() override { return *analyses_; }
  SourceStore& sources() override { return *sources_; }
  EventLog& events() override { return *events_; }
  RollupStore& rollups() override { return *rollups_; }
  PageStore& pages() override { return *pages_; }
  SecretStore& secrets() override { return *secrets_; }
  PushStore& pushes() override { return *pushes_; }
  StoryStore& stories() override { return *stories_; }
  SavedSearchStore& saved_searches() override { return *saved_searches_; }
  RatingStore& ratings() override { return *ratings_; }
  TrendStore& trends() override { return *trends_; }

  Result<void> ping() override {
    return database_.read([](Connection& connection) -> Result<void> {
      TRY(connection.execute("SELECT last_sequence FROM ledger", Parameters()));
      return {};
    });
  }

  Result<void> migrate() {
    const Pool::Lease connection = TRY(writer_.take());
    return sql::migrate(*connection, migrations(), database_.clock());
  }

 private:
  Pool readers_;
  Pool writer_;
  Database database_;
  std::unique_ptr<ArticleStore> articles_ = make_article_store(database_);
  std::unique_ptr<AnalysisStore> analyses_ = make_analysis_store(database_);
  std::unique_ptr<SourceStore> sources_ = make_source_store(database_);
  std::unique_ptr<EventLog> events_ = make_event_log(database_);
  std::unique_ptr<RollupStore> rollups_ = make_rollup_store(database_);
  std::unique_ptr<PageStore> pages_ = make_page_store(database_);
  std::unique_ptr<SecretStore> secrets_ = make_secret_store(database_);
  std::unique_ptr<PushStore> pushes_ = make_push_store(database_);
  std::unique_ptr<StoryStore> stories_ = make_story_store(database_);
  std::unique_ptr<SavedSearchStore> saved_searches_ = make_saved_search_store(database_);
  std::unique_ptr<RatingStore> ratings_ = make_rating_store(database_);
  std::unique_ptr<TrendStore> trends_ = make_trend_store(database_);
};

}  // namespace

Result<std::unique_ptr<Stores>> open_stores(Connect connect_reader, Connect connect_writer,
                                            const StoresSettings& settings, const Clock& clock) {
  auto stores = std::make_unique<SqlStores>(std::move(connect_reader), std::move(connect_writer),
                                            settings, clock);
  TRY(stores->migrate());
  TRY(stores->ping());
  return std::unique_ptr<Stores>(std::move(stores));
}

}  // namespace tidings::sql
