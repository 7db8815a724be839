#include "app/master_keys.h"

#include <sys/stat.h>

#include <cstdlib>
#include <fstream>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/contract/temporary_folder.h"

namespace tidings::app {
namespace {

using testing::HasSubstr;
using testing::Not;

class MasterKeysTest : public testing::Test {
 protected:
  void SetUp() override { settings_.data = folder_.path(); }
  void TearDown() override { ::unsetenv("TIDINGS_SECRETS_KEY"); }

  std::filesystem::path default_path() const { return settings_.data / "tidings.key"; }

  contract::TemporaryFolder folder_;
  Settings settings_;
};

TEST_F(MasterKeysTest, TheFirstSealingMakesAFileForItsOwnerAlone) {
  EXPECT_FALSE(load_keys(settings_, KeyUse::Open)) << "opening makes nothing";
  EXPECT_FALSE(std::filesystem::exists(default_path()));
  const auto made = load_keys(settings_, KeyUse::Seal);
  ASSERT_TRUE(made) << made.error().message;
  struct stat status{};
  ASSERT_EQ(::stat(default_path().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0600u);
  EXPECT_EQ(load_keys(settings_, KeyUse::Open)->front().id(), made->front().id());
  EXPECT_EQ(load_keys(settings_, KeyUse::Seal)->front().id(), made->front().id());
}

TEST_F(MasterKeysTest, ManyFirstSealingsMakeOneKey) {
  std::vector<std::string> ids(8);
  {
    std::vector<std::jthread> threads;
    for (std::string& id : ids)
      threads.emplace_back([&] { id = load_keys(settings_, KeyUse::Seal)->front().id(); });
  }
  EXPECT_THAT(ids, testing::Each(ids.front()));
  std::size_t files = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(settings_.data))
    ++files;
  EXPECT_EQ(files, 1u) << "no draft is left behind";
}

TEST_F(MasterKeysTest, AFileThatOthersCanUseIsRefused) {
  ASSERT_TRUE(load_keys(settings_, KeyUse::Seal));
  for (const mode_t mode : {0640, 0604, 0660, 0602, 0610}) {
    ASSERT_EQ(::chmod(default_path().c_str(), mode), 0);
    const auto refused = load_keys(settings_, KeyUse::Open);
    ASSERT_FALSE(refused) << mode;
    EXPECT_EQ(refused.error().kind, ErrorKind::Forbidden);
    EXPECT_THAT(refused.error().message, HasSubstr("chmod 600"));
  }
  ASSERT_EQ(::chmod(default_path().c_str(), 0400), 0);
  EXPECT_TRUE(load_keys(settings_, KeyUse::Open));
}

TEST_F(MasterKeysTest, AFileThatWasNamedIsNeverMade) {
  settings_.secrets_key_file = settings_.data / "other.key";
  const auto missing = load_keys(settings_, KeyUse::Seal);
  ASSERT_FALSE(missing);
  EXPECT_THAT(missing.error().message, HasSubstr("other.key is not there"));
  EXPECT_THAT(missing.error().message, HasSubstr("secrets.key_file"));
  std::filesystem::create_directory(settings_.secrets_key_file);
  EXPECT_FALSE(load_keys(settings_, KeyUse::Seal));
}

TEST_F(MasterKeysTest, AFileThatIsNoKeyIsNotShown) {
  std::ofstream(default_path()) << "hunter2\n";
  ASSERT_EQ(::chmod(default_path().c_str(), 0600), 0);
  const auto keys = load_keys(settings_, KeyUse::Seal);
  ASSERT_FALSE(keys);
  EXPECT_THAT(keys.error().message, HasSubstr("tidings.key: key 1: is not a key"));
  EXPECT_THAT(keys.error().message, Not(HasSubstr("hunter2")));
}

TEST_F(MasterKeysTest, TheEnvironmentWins) {
  ASSERT_TRUE(load_keys(settings_, KeyUse::Seal));
  ::setenv("TIDINGS_SECRETS_KEY", std::string(64, 'a').c_str(), 1);
  EXPECT_EQ(load_keys(settings_, KeyUse::Seal)->front().id(),
            MasterKey::parse(std::string(64, 'a'))->id());
  const auto added = add_key(settings_);
  ASSERT_FALSE(added);
  EXPECT_THAT(added.error().message, HasSubstr("--keep-key"));
  ::setenv("TIDINGS_SECRETS_KEY", "hunter2", 1);
  const auto bad = load_keys(settings_, KeyUse::Seal);
  ASSERT_FALSE(bad);
  EXPECT_THAT(bad.error().message, HasSubstr("TIDINGS_SECRETS_KEY: key 1"));
  EXPECT_THAT(bad.error().message, Not(HasSubstr("hunter2")));
  EXPECT_TRUE(load_settings({}, {})) << "it is no setting, and no unknown one";
}

TEST_F(MasterKeysTest, ANewKeyComesFirstAndTheOldOnesStay) {
  const auto sealer = make_sealer(settings_);
  const std::string sealed = *sealer->seal("hunter2", "secret/a");
  const auto added = add_key(settings_);
  ASSERT_TRUE(added) << added.error().message;
  const auto keys = load_keys(settings_, KeyUse::Open);
  ASSERT_EQ(keys->size(), 2u);
  EXPECT_EQ(keys->front().id(), *added);
  EXPECT_EQ(sealer->open(sealed, "secret/a")->view(), "hunter2");
  EXPECT_EQ(sealed_by(*sealer->seal("hunter2", "secret/a")), *added);
  struct stat status{};
  ASSERT_EQ(::stat(default_path().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0600u);
}

TEST_F(MasterKeysTest, TwoRotationsDoNotMeet) {
  ASSERT_TRUE(load_keys(settings_, KeyUse::Seal));
  std::ofstream(settings_.data / "tidings.key.new") << "";
  const auto added = add_key(settings_);
  ASSERT_FALSE(added);
  EXPECT_EQ(added.error().kind, ErrorKind::Conflict);
  std::filesystem::remove(settings_.data / "tidings.key.new");
  EXPECT_TRUE(add_key(settings_));
}

}  // namespace
}  // namespace tidings::app
