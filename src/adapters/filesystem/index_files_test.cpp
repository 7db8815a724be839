#include "adapters/filesystem/index_files.h"

#include <csignal>
#include <fstream>

#include <sys/resource.h>

#include "tests/contract/index_files_contract.h"
#include "tests/contract/temporary_folder.h"

namespace tidings::contract {
namespace {

class FilesystemFilesUnderTest final : public IndexFilesUnderTest {
 public:
  IndexFiles& files() override { return *files_; }
  bool reopen() override {
    files_ = must(filesystem::FilesystemIndexFiles::open(folder_.path()));
    return true;
  }

 private:
  TemporaryFolder folder_;
  std::unique_ptr<IndexFiles> files_ = must(filesystem::FilesystemIndexFiles::open(folder_.path()));
};

INSTANTIATE_TEST_SUITE_P(Filesystem, IndexFilesContract,
                         testing::Values(IndexFilesCase{
                             "filesystem",
                             [] { return std::make_unique<FilesystemFilesUnderTest>(); }}));

TEST(FilesystemIndexFiles, MakesItsFolderAndSaysWhereItCannot) {
  const TemporaryFolder folder;
  must(filesystem::FilesystemIndexFiles::open(folder.path() + "/data/index"));
  std::ofstream(folder.path() + "/file") << "x";
  EXPECT_EQ(kind_of(filesystem::FilesystemIndexFiles::open(folder.path() + "/file/index")),
            ErrorKind::Unavailable);
}

// Stands for a disk without room: files of this process cannot grow beyond so many bytes.
class SmallFiles {
 public:
  explicit SmallFiles(rlim_t bytes) {
    before_ = std::signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &limit_);
    const rlimit small{.rlim_cur = bytes, .rlim_max = limit_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
  }
  ~SmallFiles() {
    setrlimit(RLIMIT_FSIZE, &limit_);
    std::signal(SIGXFSZ, before_);
  }
  SmallFiles(const SmallFiles&) = delete;
  SmallFiles& operator=(const SmallFiles&) = delete;

 private:
  rlimit limit_{};
  void (*before_)(int) = nullptr;
};

TEST(FilesystemIndexFiles, TellsOfADiskWithoutRoomAndLeavesWhatWasThere) {
  const TemporaryFolder folder;
  const std::unique_ptr<IndexFiles> files =
      must(filesystem::FilesystemIndexFiles::open(folder.path()));
  must(files->replace("manifest", "before"));
  {
    const SmallFiles small(1000);
    const std::string large(5000, 'x');
    const auto writer = must(files->create("1.terms"));
    EXPECT_EQ(writer->append(large).error().code, "disk_full");
    EXPECT_EQ(files->replace("manifest", large).error().code, "disk_full");
  }
  EXPECT_EQ(must(files->open("manifest"))->bytes(), "before");
}

}  // namespace
}  // namespace tidings::contract
