#include "adapters/filesystem/filesystem_object_store.h"

#include <fstream>

#include "core/compression.h"
#include "tests/contract/object_store_contract.h"
#include "tests/contract/temporary_folder.h"

namespace tidings::contract {
namespace {

class FilesystemUnderTest final : public ObjectStoreUnderTest {
 public:
  ObjectStore& store() override { return *store_; }
  bool reopen() override {
    store_.reset();
    store_ = must(filesystem::open_object_store(folder_.path()));
    return true;
  }

 private:
  TemporaryFolder folder_;
  std::unique_ptr<ObjectStore> store_ = must(filesystem::open_object_store(folder_.path()));
};

INSTANTIATE_TEST_SUITE_P(Filesystem, ObjectStoreContract,
                         testing::Values(ObjectStoreCase{
                             "filesystem",
                             [] { return std::make_unique<FilesystemUnderTest>(); }}));

class FilesystemObjectStore : public testing::Test {
 protected:
  std::filesystem::path file(const std::string& key) const {
    return folder_.path() + "/objects/" + key;
  }
  void put(const std::string& key, std::string bytes) {
    const Object object{key, std::move(bytes)};
    must(store_->put({&object, 1}));
  }

  TemporaryFolder folder_;
  std::unique_ptr<ObjectStore> store_ = must(filesystem::open_object_store(folder_.path()));
};

TEST_F(FilesystemObjectStore, NoticesEveryKindOfDamage) {
  put("raw/1/a", "some bytes that matter");
  struct Case {
    const char* why;
    std::function<void(std::string&)> damage;
  };
  std::ifstream original(file("raw/1/a"));
  const std::string contents{std::istreambuf_iterator<char>(original), {}};
  for (const Case& c : std::vector<Case>{
           {"a flipped bit", [](std::string& s) { s[3] = static_cast<char>(s[3] ^ 1); }},
           {"a lost end", [](std::string& s) { s.resize(s.size() - 5); }},
           {"nothing left", [](std::string& s) { s.clear(); }},
           {"a damaged checksum",
            [](std::string& s) { s.back() = static_cast<char>(s.back() ^ 1); }},
           {"something added", [](std::string& s) { s += "x"; }}}) {
    std::string damaged = contents;
    c.damage(damaged);
    std::ofstream(file("raw/1/a"), std::ios::trunc) << damaged;
    const auto read = store_->get("raw/1/a");
    ASSERT_FALSE(read) << c.why;
    EXPECT_EQ(read.error().kind, ErrorKind::Corrupt) << c.why;
    EXPECT_NE(read.error().message.find("raw/1/a"), std::string::npos) << "names the file";
  }
  put("raw/1/a", "whole again");
  EXPECT_EQ(must(store_->get("raw/1/a")), "whole again");
}

TEST_F(FilesystemObjectStore, AStoredZstdFileReadsAsZstd) {
  put("raw/1/a.zst", compress("the payload", Compression::Zstd, 1));
  std::ifstream stored(file("raw/1/a.zst"));
  const std::string contents{std::istreambuf_iterator<char>(stored), {}};
  EXPECT_EQ(must(decompress(contents, Compression::Zstd, 1000)), "the payload");
}

TEST_F(FilesystemObjectStore, DoesNotFollowLinksOutOfItsFolder) {
  put("raw/1/a", "inside");
  std::ofstream(folder_.path() + "/" + "secret") << "outside";
  std::filesystem::create_symlink(folder_.path() + "/" + "secret", file("raw/1/link"));
  EXPECT_FALSE(store_->get("raw/1/link"));
  EXPECT_EQ(must(store_->list("raw/", "", 10)).objects.size(), 1u);
}

TEST_F(FilesystemObjectStore, SweepsWhatAKilledProcessLeftHalfWritten) {
  std::ofstream(folder_.path() + "/drafts/7") << "half";
  store_ = must(filesystem::open_object_store(folder_.path()));
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path() + "/" + "drafts"));
}

TEST_F(FilesystemObjectStore, RemovesFoldersWithTheirLastObjectAndMakesThemAgain) {
  put("raw/1/2026/a", "a");
  must(store_->remove("raw/1/2026/a"));
  EXPECT_FALSE(std::filesystem::exists(file("raw")));
  put("raw/1/2026/a", "again");
  EXPECT_EQ(must(store_->get("raw/1/2026/a")), "again");
}

TEST_F(FilesystemObjectStore, ALargeBatchIsStoredWhole) {
  std::vector<Object> objects;
  for (int i = 0; i < 300; ++i)
    objects.push_back(
        {"raw/" + std::to_string(i % 7) + "/" + std::to_string(i), std::to_string(i)});
  must(store_->put(objects));
  for (const Object& object : objects) EXPECT_EQ(must(store_->get(object.key)), object.bytes);
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path() + "/" + "drafts"));
}

}  // namespace
}  // namespace tidings::contract
