#include "adapters/filesystem/local_files.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/contract/temporary_folder.h"

namespace tidings::filesystem {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class LocalFilesTest : public testing::Test {
 protected:
  fs::path root() const { return folder_.path(); }
  void write(const std::string& name, const std::string& bytes) {
    fs::create_directories((root() / name).parent_path());
    std::ofstream(root() / name) << bytes;
  }
  std::vector<std::string> names(Time after = Time{}, std::size_t limit = 100) {
    std::vector<std::string> found;
    const auto files = files_.list(folder_.path(), after, limit);
    EXPECT_TRUE(files);
    for (const LocalFile& file : *files) found.push_back(file.name);
    return found;
  }
  Result<std::string> read(const std::string& name, std::int64_t offset = 0,
                           std::size_t bytes_max = 100) {
    return files_.read(folder_.path(), name, offset, bytes_max);
  }

  contract::TemporaryFolder folder_;
  const FilesystemLocalFiles files_;
};

TEST_F(LocalFilesTest, ListsWhatIsFinished) {
  write("a.txt", "a");
  write("deep/b.txt", "b");
  for (const char* name : {".hidden", "c.txt~", "d.pdf.part", "e.tmp", ".git/f"}) write(name, "x");
  EXPECT_THAT(names(), UnorderedElementsAre("a.txt", "deep/b.txt"));
}

TEST_F(LocalFilesTest, ListsWhatChangedSinceInOrder) {
  write("a.txt", "a");
  const Time first = files_.look_at(folder_.path(), "a.txt")->changed_at;
  EXPECT_THAT(names(first), IsEmpty());
  // Its own time is old, as of a file that was copied with its times.
  write("b.txt", "b");
  fs::last_write_time(root() / "b.txt", fs::file_time_type::clock::now() - std::chrono::hours(99));
  EXPECT_THAT(names(first), ElementsAre("b.txt"));
  EXPECT_THAT(names(Time{}, 1), ElementsAre("a.txt"));
}

TEST_F(LocalFilesTest, FollowsNoLinks) {
  const contract::TemporaryFolder elsewhere;
  std::ofstream(fs::path(elsewhere.path()) / "secret") << "s";
  fs::create_symlink(fs::path(elsewhere.path()) / "secret", root() / "link");
  fs::create_directory_symlink(fs::path(elsewhere.path()), root() / "folder");
  EXPECT_THAT(names(), IsEmpty());
  for (const char* name : {"link", "folder/secret"}) {
    const auto bytes = read(name);
    ASSERT_FALSE(bytes) << name;
    EXPECT_EQ(bytes.error().kind, ErrorKind::NotFound);
  }
}

TEST_F(LocalFilesTest, ReadsAPart) {
  write("a.txt", "0123456789");
  EXPECT_EQ(*read("a.txt"), "0123456789");
  EXPECT_EQ(*read("a.txt", 4, 3), "456");
  EXPECT_EQ(*read("a.txt", 99), "");
  EXPECT_EQ(read("b.txt").error().kind, ErrorKind::NotFound);
}

TEST_F(LocalFilesTest, AFolderThatIsNotThereIsNotFound) {
  const auto files = files_.list("/nowhere/at/all", Time{}, 10);
  ASSERT_FALSE(files);
  EXPECT_EQ(files.error().kind, ErrorKind::NotFound);
}

}  // namespace
}  // namespace tidings::filesystem
