// The memory adapter under the contract suites of every port.
#include "adapters/memory/memory_index_files.h"
#include "adapters/memory/memory_stores.h"
#include "tests/contract/analysis_store_contract.h"
#include "tests/contract/article_store_contract.h"
#include "tests/contract/event_log_contract.h"
#include "tests/contract/index_files_contract.h"
#include "tests/contract/object_store_contract.h"
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

class MemoryStoresUnderTest final : public StoresUnderTest {
 public:
  Stores& stores() override { return stores_; }
  bool reopen() override { return false; }

 private:
  memory::MemoryStores stores_{clock};
};

class MemoryObjectsUnderTest final : public ObjectStoreUnderTest {
 public:
  ObjectStore& store() override { return store_; }
  bool reopen() override { return false; }

 private:
  memory::MemoryObjectStore store_{clock};
};

class MemoryFilesUnderTest final : public IndexFilesUnderTest {
 public:
  IndexFiles& files() override { return files_; }
  bool reopen() override { return false; }

 private:
  memory::MemoryIndexFiles files_;
};

const StoresCase kMemory{"memory", [] { return std::make_unique<MemoryStoresUnderTest>(); }};

INSTANTIATE_TEST_SUITE_P(Memory, ArticleStoreContract, testing::Values(kMemory), case_name);
INSTANTIATE_TEST_SUITE_P(Memory, SourceStoreContract, testing::Values(kMemory), case_name);
INSTANTIATE_TEST_SUITE_P(Memory, EventLogContract, testing::Values(kMemory), case_name);
INSTANTIATE_TEST_SUITE_P(Memory, RollupStoreContract, testing::Values(kMemory), case_name);
INSTANTIATE_TEST_SUITE_P(Memory, RolledUpContract, testing::Values(kMemory), case_name);
INSTANTIATE_TEST_SUITE_P(Memory, AnalysisStoreContract, testing::Values(kMemory), case_name);
INSTANTIATE_TEST_SUITE_P(Memory, PageStoreContract, testing::Values(kMemory), case_name);
INSTANTIATE_TEST_SUITE_P(Memory, SecretStoreContract, testing::Values(kMemory), case_name);
INSTANTIATE_TEST_SUITE_P(Memory, SavedSearchStoreContract, testing::Values(kMemory), case_name);
INSTANTIATE_TEST_SUITE_P(Memory, RatingStoreContract, testing::Values(kMemory), case_name);
INSTANTIATE_TEST_SUITE_P(Memory, TrendStoreContract, testing::Values(kMemory), case_name);
INSTANTIATE_TEST_SUITE_P(Memory, PushStoreContract, testing::Values(kMemory), case_name);
INSTANTIATE_TEST_SUITE_P(Memory, StoryStoreContract, testing::Values(kMemory), case_name);
INSTANTIATE_TEST_SUITE_P(Memory, ObjectStoreContract,
                         testing::Values(ObjectStoreCase{
                             "memory", [] { return std::make_unique<MemoryObjectsUnderTest>(); }}));
INSTANTIATE_TEST_SUITE_P(Memory, IndexFilesContract,
                         testing::Values(IndexFilesCase{
                             "memory", [] { return std::make_unique<MemoryFilesUnderTest>(); }}));

}  // namespace
}  // namespace tidings::contract
