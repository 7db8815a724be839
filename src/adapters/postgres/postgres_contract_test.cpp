// The PostgreSQL adapter under the contract suites of every row store.
#include "adapters/postgres/postgres_stores.h"
#include "adapters/postgres/test_schema.h"
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
#include "tests/contract/trend_store_contract.h"

namespace tidings::contract {
namespace {

class PostgresUnderTest final : public StoresUnderTest {
 public:
  ~PostgresUnderTest() override { stores_.reset(); }
  Stores& stores() override { return *stores_; }
  bool reopen() override {
    if (!schema_.is_there()) return false;
    stores_.reset();
    stores_ = must(postgres::open_postgres({.url = schema_.url()}, clock));
    return stores_ != nullptr;
  }

 private:
  postgres::TestSchema schema_;
  std::unique_ptr<Stores> stores_;
};

const StoresCase kPostgres{"postgres", []() -> std::unique_ptr<StoresUnderTest> {
                             auto under_test = std::make_unique<PostgresUnderTest>();
                             if (!under_test->reopen()) return nullptr;
                             return under_test;
                           }};

INSTANTIATE_TEST_SUITE_P(Postgres, ArticleStoreContract, testing::Values(kPostgres), case_name);
INSTANTIATE_TEST_SUITE_P(Postgres, SourceStoreContract, testing::Values(kPostgres), case_name);
INSTANTIATE_TEST_SUITE_P(Postgres, EventLogContract, testing::Values(kPostgres), case_name);
INSTANTIATE_TEST_SUITE_P(Postgres, RollupStoreContract, testing::Values(kPostgres), case_name);
INSTANTIATE_TEST_SUITE_P(Postgres, RolledUpContract, testing::Values(kPostgres), case_name);
INSTANTIATE_TEST_SUITE_P(Postgres, AnalysisStoreContract, testing::Values(kPostgres), case_name);
INSTANTIATE_TEST_SUITE_P(Postgres, PageStoreContract, testing::Values(kPostgres), case_name);
INSTANTIATE_TEST_SUITE_P(Postgres, SecretStoreContract, testing::Values(kPostgres), case_name);
INSTANTIATE_TEST_SUITE_P(Postgres, SavedSearchStoreContract, testing::Values(kPostgres), case_name);
INSTANTIATE_TEST_SUITE_P(Postgres, RatingStoreContract, testing::Values(kPostgres), case_name);
INSTANTIATE_TEST_SUITE_P(Postgres, TrendStoreContract, testing::Values(kPostgres), case_name);
INSTANTIATE_TEST_SUITE_P(Postgres, PushStoreContract, testing::Values(kPostgres), case_name);
INSTANTIATE_TEST_SUITE_P(Postgres, StoryStoreContract, testing::Values(kPostgres), case_name);

}  // namespace
}  // namespace tidings::contract
