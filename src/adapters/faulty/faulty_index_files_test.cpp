#include "adapters/faulty/faulty_index_files.h"

#include "tests/contract/index_files_contract.h"

namespace tidings::contract {
namespace {

class FaultyFilesUnderTest final : public IndexFilesUnderTest {
 public:
  IndexFiles& files() override { return files_; }
  bool reopen() override {
    files_.restart();
    return true;
  }

 private:
  faulty::FaultyIndexFiles files_{1};
};

INSTANTIATE_TEST_SUITE_P(Faulty, IndexFilesContract,
                         testing::Values(IndexFilesCase{
                             "faulty", [] { return std::make_unique<FaultyFilesUnderTest>(); }}));

void write(IndexFiles& files, const std::string& name, std::string_view bytes) {
  const auto writer = must(files.create(name));
  must(writer->append(bytes));
  must(writer->finish());
}

TEST(FaultyIndexFiles, LosesWhatNoReplaceFollowed) {
  int lost = 0, back = 0;
  for (std::uint32_t seed = 0; seed < 64; ++seed) {
    faulty::FaultyIndexFiles files(seed);
    write(files, "1.terms", "old");
    must(files.replace("manifest", "1"));
    must(files.remove("1.terms"));
    write(files, "2.terms", "new");
    files.restart();
    EXPECT_EQ(must(files.open("manifest"))->bytes(), "1");
    lost += files.open("2.terms") ? 0 : 1;
    back += files.open("1.terms") ? 1 : 0;
  }
  EXPECT_GT(lost, 10);
  EXPECT_LT(lost, 54);
  EXPECT_GT(back, 10);
  EXPECT_LT(back, 54);
}

TEST(FaultyIndexFiles, TearsWhatNobodyFinished) {
  int torn = 0;
  for (std::uint32_t seed = 0; seed < 64; ++seed) {
    faulty::FaultyIndexFiles files(seed);
    const auto writer = must(files.create("1.terms"));
    must(writer->append("some words"));
    must(files.replace("manifest", "1"));
    files.restart();
    torn += must(files.open("1.terms"))->bytes() == "some words" ? 0 : 1;
  }
  EXPECT_GT(torn, 32);
}

TEST(FaultyIndexFiles, FailsWhenItIsTold) {
  faulty::FaultyIndexFiles files(1);
  files.fail_at(2);
  must(files.replace("manifest", "1"));
  EXPECT_EQ(files.replace("manifest", "2").error().code, "disk_full");
  must(files.replace("manifest", "3"));
  files.set_full(true);
  EXPECT_EQ(files.replace("manifest", "4").error().code, "disk_full");
  must(files.remove("1.terms"));
  files.set_full(false);
  files.crash_at(files.operations() + 1);
  EXPECT_EQ(kind_of(files.list()), ErrorKind::Unavailable);
  EXPECT_TRUE(files.has_crashed());
  EXPECT_EQ(kind_of(files.list()), ErrorKind::Unavailable);
}

}  // namespace
}  // namespace tidings::contract
