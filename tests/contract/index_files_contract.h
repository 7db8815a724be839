// Defines IndexFiles: every adapter instantiates this suite.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "ports/index_files.h"
#include "tests/contract/contract.h"

namespace tidings::contract {

// One empty place for files, removed with the object.
class IndexFilesUnderTest {
 public:
  virtual ~IndexFilesUnderTest() = default;
  virtual IndexFiles& files() = 0;
  virtual bool reopen() = 0;  // false where nothing outlives it
};

struct IndexFilesCase {
  std::string name;
  std::function<std::unique_ptr<IndexFilesUnderTest>()> make;
};
inline void PrintTo(const IndexFilesCase& c, std::ostream* out) {
  *out << c.name;
}

class IndexFilesContract : public testing::TestWithParam<IndexFilesCase> {
 protected:
  void SetUp() override {
    under_test_ = GetParam().make();
    ASSERT_NE(under_test_, nullptr);
  }
  IndexFiles& files() { return under_test_->files(); }
  bool reopen() { return under_test_->reopen(); }

  void write(const std::string& name, const std::vector<std::string>& pieces) {
    const auto writer = must(files().create(name));
    ASSERT_NE(writer, nullptr);
    for (const std::string& piece : pieces) must(writer->append(piece));
    must(writer->finish());
  }
  std::string read(const std::string& name) {
    const auto file = must(files().open(name));
    return file ? std::string(file->bytes()) : "(none)";
  }
  std::vector<std::string> names() { return must(files().list()); }

 private:
  std::unique_ptr<IndexFilesUnderTest> under_test_;
};

TEST_P(IndexFilesContract, GivesBackWhatItTook) {
  std::string every_byte;
  for (int i = 0; i < 100'000; ++i) every_byte.push_back(static_cast<char>(i * 7));
  write("7.terms", {every_byte, "", "more"});
  write("7.empty", {});
  EXPECT_TRUE(read("7.terms") == every_byte + "more");
  const auto file = must(files().open("7.terms"));
  file->release_pages();
  EXPECT_TRUE(file->bytes() == every_byte + "more") << "after its pages were let go";
  EXPECT_EQ(read("7.empty"), "");
  EXPECT_THAT(names(), testing::UnorderedElementsAre("7.terms", "7.empty"));
  EXPECT_EQ(kind_of(files().open("8.terms")), ErrorKind::NotFound);
}

TEST_P(IndexFilesContract, WritesAFileAnewThatWasThere) {
  write("7.terms", {"a long text of before"});
  const auto before = must(files().open("7.terms"));
  write("7.terms", {"new"});
  EXPECT_EQ(read("7.terms"), "new");
  EXPECT_EQ(before->bytes(), "a long text of before") << "who has it open keeps it";
}

TEST_P(IndexFilesContract, WritesSeveralFilesAtATime) {
  const auto first = must(files().create("1.terms"));
  const auto second = must(files().create("1.columns"));
  must(first->append("a"));
  must(second->append("b"));
  must(first->append("c"));
  must(second->finish());
  must(first->finish());
  EXPECT_EQ(read("1.terms"), "ac");
  EXPECT_EQ(read("1.columns"), "b");
}

TEST_P(IndexFilesContract, ReplacesAFileWhole) {
  must(files().replace("manifest", "first"));
  const auto before = must(files().open("manifest"));
  must(files().replace("manifest", "2"));
  EXPECT_EQ(read("manifest"), "2");
  EXPECT_EQ(before->bytes(), "first");
  EXPECT_THAT(names(), testing::ElementsAre("manifest"));
}

TEST_P(IndexFilesContract, RemovesAFileUnderWhoReadsIt) {
  write("7.terms", {"words"});
  const auto open = must(files().open("7.terms"));
  must(files().remove("7.terms"));
  EXPECT_EQ(open->bytes(), "words");
  EXPECT_EQ(kind_of(files().open("7.terms")), ErrorKind::NotFound);
  EXPECT_THAT(names(), testing::IsEmpty());
  must(files().remove("7.terms"));  // is not there
}

TEST_P(IndexFilesContract, KeepsThroughAReopeningWhatAReplaceFollowed) {
  write("7.terms", {"wo", "rds"});
  write("6.terms", {"old"});
  must(files().replace("manifest", "6"));
  must(files().remove("6.terms"));
  must(files().replace("manifest", "7"));
  if (!reopen()) return;  // nothing outlives these files
  EXPECT_EQ(read("7.terms"), "words");
  EXPECT_EQ(read("manifest"), "7");
  EXPECT_THAT(names(), testing::UnorderedElementsAre("7.terms", "manifest"));
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(IndexFilesContract);

}  // namespace tidings::contract
