#include "adapters/filesystem/filesystem_object_store.h"

#include <csignal>
#include <filesystem>
#include <fstream>

#include <sys/resource.h>

#include "adapters/filesystem/object_file.h"
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
  void put(const std::string& key, std::string bytes) { must(try_put(key, std::move(bytes))); }
  Result<void> try_put(const std::string& key, std::string bytes) {
    const Object object{key, std::move(bytes)};
    return store_->put({&object, 1});
  }
  std::size_t temporary_files() const {
    std::size_t count = 0;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(folder_.path() + "/drafts")) {
      count += entry.is_regular_file() ? 1 : 0;
    }
    return count;
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

TEST_F(FilesystemObjectStore, FollowsNoSymbolicLink) {
  std::ofstream(folder_.path() + "/secret") << "secret" << filesystem::trailer_of("secret");
  put("a/b", "x");
  std::filesystem::create_symlink(folder_.path() + "/secret", file("a/link"));
  std::filesystem::create_directory_symlink(folder_.path(), file("out"));
  EXPECT_EQ(kind_of(store_->get("a/link")), ErrorKind::NotFound);
  EXPECT_EQ(kind_of(store_->get("out/secret")), ErrorKind::NotFound);
  EXPECT_FALSE(try_put("out/new", "x"));
  must(store_->remove("out/secret"));
  EXPECT_TRUE(std::filesystem::exists(folder_.path() + "/secret"));
  EXPECT_FALSE(std::filesystem::exists(folder_.path() + "/new"));
  EXPECT_EQ(must(store_->list("", "", 10)).objects.size(), 1u);
  put("a/link", "mine");  // takes the place of the link, not of what it points to
  EXPECT_EQ(must(store_->get("a/link")), "mine");
}

TEST_F(FilesystemObjectStore, RefusesAKeyThatIsAFolder) {
  put("a/b", "x");
  EXPECT_EQ(kind_of(try_put("a", "y")), ErrorKind::InvalidInput);
  EXPECT_EQ(kind_of(try_put("a/b/c", "y")), ErrorKind::InvalidInput);
  EXPECT_EQ(must(store_->get("a/b")), "x");
  EXPECT_EQ(temporary_files(), 0u);
}

TEST_F(FilesystemObjectStore, SweepsWhatAKilledProcessLeft) {
  const std::filesystem::path left = folder_.path() + "/drafts/12345-0";
  std::filesystem::create_directories(left);
  std::ofstream(left / "7") << "half";
  const auto second = must(filesystem::open_object_store(folder_.path()));
  EXPECT_FALSE(std::filesystem::exists(left));
  put("still", "works");  // the first one's temporary folder is in use and was left alone
  const std::vector<Object> objects = {{.key = "second", .bytes = "works"}};
  must(second->put(objects));
  EXPECT_EQ(must(store_->get("second")), "works");
}

// A limit on file sizes stands for a full disk: what does not fit fails, and nothing is left
// behind.
TEST_F(FilesystemObjectStore, SaysThatTheDiskIsFullAndGoesOnLater) {
  put("small", "s");
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit tight{.rlim_cur = 10'000, .rlim_max = before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &tight), 0);
  const std::vector<Object> objects = {{.key = "fits", .bytes = "f"},
                                       {.key = "large", .bytes = std::string(20'000, 'l')}};
  const Result<void> full = store_->put(objects);
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  EXPECT_EQ(kind_of(full), ErrorKind::Unavailable);
  EXPECT_EQ(full.error().code, "disk_full");
  EXPECT_EQ(temporary_files(), 0u);
  EXPECT_EQ(kind_of(store_->get("large")), ErrorKind::NotFound);
  EXPECT_EQ(must(store_->get("small")), "s");
  must(store_->put(objects));
  EXPECT_EQ(must(store_->get("large")).size(), 20'000u);
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
  EXPECT_EQ(temporary_files(), 0u);
}

TEST_F(FilesystemObjectStore, SaysWhyItCannotOpen) {
  EXPECT_EQ(kind_of(filesystem::open_object_store("/proc/no/such")), ErrorKind::Unavailable);
}

}  // namespace
}  // namespace tidings::contract
