// The SQLite adapter under the contract suites of every row store.
#include "adapters/sqlite/sqlite_stores.h"
#include "tests/contract/analysis_store_contract.h"
#include "tests/contract/article_store_contract.h"
#include "tests/contract/event_log_contract.h"
#include "tests/contract/page_store_contract.h"
#include "tests/contract/push_store_contract.h"
#include "tests/contract/rating_store_contract.h"
#include "tests/contract/rollup_store_contract.h"
#include "tests/contract/saved_search_store_contract.h"
#include "tests/contract/secret_store_contract.h"
#include "tests/contract/source_store_contract.h"
#include "tests/contract/story_store_contract.h"
#include "tests/contract/temporary_folder.h"
#include "tests/contract/trend_store_contract.h"

namespace tidings::contract {
namespace {

class SqliteUnderTest final : public StoresUnderTest {
 public:
  Stores& stores() override { return *stores_; }
  bool reopen() override {
    stores_.reset();
    stores_ = must(sqlite::open_sqlite({.path = folder_.path() + "/tidings.db"}, clock));
    return stores_ != nullptr;
  }

 private:
  TemporaryFolder folder_;
  std::unique_ptr<Stores> stores_;
};

const StoresCase kSqlite{"sqlite", []() -> std::unique_ptr<StoresUnderTest> {
                           auto under_test = std::make_unique<SqliteUnderTest>();
                           if (!under_test->reopen()) return nullptr;
                           return under_test;
                         }};

INSTANTIATE_TEST_SUITE_P(Sqlite, ArticleStoreContract, testing::Values(kSqlite), case_name);
INSTANTIATE_TEST_SUITE_P(Sqlite, SourceStoreContract, testing::Values(kSqlite), case_name);
INSTANTIATE_TEST_SUITE_P(Sqlite, EventLogContract, testing::Values(kSqlite), case_name);
INSTANTIATE_TEST_SUITE_P(Sqlite, RollupStoreContract, testing::Values(kSqlite), case_name);
INSTANTIATE_TEST_SUITE_P(Sqlite, RolledUpContract, testing::Values(kSqlite), case_name);
INSTANTIATE_TEST_SUITE_P(Sqlite, AnalysisStoreContract, testing::Values(kSqlite), case_name);
INSTANTIATE_TEST_SUITE_P(Sqlite, PageStoreContract, testing::Values(kSqlite), case_name);
INSTANTIATE_TEST_SUITE_P(Sqlite, SecretStoreContract, testing::Values(kSqlite), case_name);
INSTANTIATE_TEST_SUITE_P(Sqlite, SavedSearchStoreContract, testing::Values(kSqlite), case_name);
INSTANTIATE_TEST_SUITE_P(Sqlite, RatingStoreContract, testing::Values(kSqlite), case_name);
INSTANTIATE_TEST_SUITE_P(Sqlite, TrendStoreContract, testing::Values(kSqlite), case_name);
INSTANTIATE_TEST_SUITE_P(Sqlite, PushStoreContract, testing::Values(kSqlite), case_name);
INSTANTIATE_TEST_SUITE_P(Sqlite, StoryStoreContract, testing::Values(kSqlite), case_name);

}  // namespace
}  // namespace tidings::contract
