#include "app/settings.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/command_line.h"
#include "app/commands.h"
#include "app/settings_table.h"
#include "app/wiring.h"

namespace tidings::app {
namespace {

using testing::HasSubstr;
using Assignments = std::vector<std::pair<std::string, std::string>>;

class SettingsTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        std::filesystem::temp_directory_path() / ("tidings_settings_" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path write(std::string_view text) {
    const auto path = folder_ / "tidings.toml";
    std::ofstream(path) << text;
    return path;
  }

  std::filesystem::path folder_;
};

TEST_F(SettingsTest, CommandLineWinsOverEnvironmentWinsOverFile) {
  const auto file = write("[serve]\nport = 1001\n[fetch]\ntransfers_max = 11\nworkers = 3\n");
  ::setenv("TIDINGS_FETCH_TRANSFERS_MAX", "22", 1);
  ::setenv("TIDINGS_SERVE_PORT", "1002", 1);
  const auto settings = load_settings(file, Assignments{{"serve.port", "1003"}});
  ::unsetenv("TIDINGS_FETCH_TRANSFERS_MAX");
  ::unsetenv("TIDINGS_SERVE_PORT");
  ASSERT_TRUE(settings) << settings.error().message;
  EXPECT_EQ(settings->serve.http.port, 1003);
  EXPECT_EQ(settings->transfers.transfers_max, 22u);
  EXPECT_EQ(settings->refresh.workers, 3u);
}

TEST_F(SettingsTest, AnUnknownSettingIsNamedWithItsPlaceAndTheNearestKnownOne) {
  const auto in_file = load_settings(write("\n[serve]\nprot = 1001\n"), {});
  ASSERT_FALSE(in_file);
  EXPECT_THAT(in_file.error().message, HasSubstr("tidings.toml:3"));
  EXPECT_THAT(in_file.error().message, HasSubstr("'serve.prot'"));
  EXPECT_THAT(in_file.error().message, HasSubstr("'serve.port'"));

  ::setenv("TIDINGS_SERVE_PROT", "1", 1);
  const auto in_environment = load_settings({}, {});
  ::unsetenv("TIDINGS_SERVE_PROT");
  ASSERT_FALSE(in_environment);
  EXPECT_THAT(in_environment.error().message, HasSubstr("TIDINGS_SERVE_PROT"));
  EXPECT_THAT(in_environment.error().message, HasSubstr("the nearest is TIDINGS_SERVE_PORT"));

  EXPECT_THAT(load_settings({}, Assignments{{"nonsense", "1"}}).error().message,
              HasSubstr("'nonsense'"));
}

TEST_F(SettingsTest, VariablesHaveShortFormsAsOptionsHave) {
  ::setenv("TIDINGS_PORT", "1001", 1);
  const auto short_form = load_settings({}, {});
  ::setenv("TIDINGS_SERVE_PORT", "1002", 1);
  const auto both = load_settings({}, {});
  ::unsetenv("TIDINGS_PORT");
  ::unsetenv("TIDINGS_SERVE_PORT");
  ASSERT_TRUE(short_form) << short_form.error().message;
  EXPECT_EQ(short_form->serve.http.port, 1001);
  ASSERT_TRUE(both) << both.error().message;
  EXPECT_EQ(both->serve.http.port, 1002);
}

TEST_F(SettingsTest, TheFolderOfSampleDataIsNotTheFolderOfTheInstallation) {
  const char* before = std::getenv("TIDINGS_DATA");
  const std::string kept = before != nullptr ? before : "";
  ::setenv("TIDINGS_DATA", "/samples", 1);
  const auto settings = load_settings({}, {});
  if (before != nullptr) {
    ::setenv("TIDINGS_DATA", kept.c_str(), 1);
  } else {
    ::unsetenv("TIDINGS_DATA");
  }
  ASSERT_TRUE(settings) << settings.error().message;
  EXPECT_EQ(settings->data, "data");
}

TEST_F(SettingsTest, BadValuesSayWhatWouldBeRight) {
  struct Case {
    const char* why;
    std::string key, value, expected;
  };
  for (const Case& c : std::vector<Case>{
           {"not a number", "serve.port", "http", "whole number from 0 to 65535"},
           {"too large", "serve.port", "70000", "whole number from 0 to 65535"},
           {"not a flag", "keep.raw", "yes", "neither true nor false"},
           {"no such role", "roles", "fetch,dance", "known are fetch, process and serve"},
           {"no such level", "log.level", "loud", "debug, info, warn or error"},
           {"no such database", "database.url", "mysql://x", "postgres://"},
           {"no address", "serve.public_url", "news.example", "https://news.example.org"},
           {"a slash too many", "serve.public_url", "https://x.example/", "without a slash"},
           {"no address", "serve.address", "home", "serve.address 'home' is not an IP address"},
           {"not loopback", "serve.address", "0.0.0.0", "serve.address 0.0.0.0 would let"},
           {"no range", "fetch.allowed_addresses", "::1,bogus", "fetch.allowed_addresses: "},
           {"no override", "fetch.host_overrides", "bogus", "fetch.host_overrides: 'bogus'"},
           {"no port", "fetch.host_overrides", ".test=::1", "is not ADDRESS:PORT"}}) {
    const auto settings = load_settings({}, Assignments{{c.key, c.value}});
    ASSERT_FALSE(settings) << c.why;
    EXPECT_THAT(settings.error().message, HasSubstr(c.expected)) << c.why;
  }
  EXPECT_EQ(
      load_settings(folder_ / "nope.toml", {}).error().message,
      "the settings file: " + (folder_ / "nope.toml").string() + ": No such file or directory");
  EXPECT_THAT(load_settings(folder_, {}).error().message, HasSubstr("Is a directory"));
  EXPECT_THAT(load_settings(write("[serve\n"), {}).error().message, HasSubstr("tidings.toml:1"));
}

TEST_F(SettingsTest, NoneLiftsALimit) {
  EXPECT_FALSE(
      load_settings({}, Assignments{{"retention.raw_days_max", "none"}})->retention.raw_age_max);
  EXPECT_EQ(load_settings({}, Assignments{{"retention.raw_days_max", "3"}})->retention.raw_age_max,
            std::chrono::days(3));
}

TEST_F(SettingsTest, EverySettingReadsBackItsOwnDefault) {
  const Settings defaults;
  for (const Setting& setting : settings_table()) {
    Settings settings;
    const auto assigned = setting.assign(settings, setting.show(defaults));
    EXPECT_TRUE(assigned) << setting.key << ": " << assigned.error().message;
    EXPECT_EQ(setting.show(settings), setting.show(defaults)) << setting.key;
    EXPECT_FALSE(setting.help.empty()) << setting.key;
  }
}

TEST_F(SettingsTest, TheReferencePageIsTheTable) {
  std::ifstream page(std::filesystem::path(TIDINGS_TREE) / "docs/operate/settings.md");
  const std::string text{std::istreambuf_iterator<char>(page), {}};
  EXPECT_EQ(text, settings_reference())
      << "write it anew: tidings settings --markdown > docs/operate/settings.md";
}

TEST_F(SettingsTest, ThePasswordIsNeverShown) {
  const auto settings = load_settings(
      {}, Assignments{{"database.url", "postgres://me:secret@db.example:5432/news?x=y"}});
  EXPECT_EQ(describe_database(*settings), "PostgreSQL at db.example:5432/news");
}

TEST(CommandLine, TakesOptionsInAnyForm) {
  const std::vector<Option> known = {
      {"--url", "URL"}, {"--topic", "NAME", true}, {"--starter", ""}};
  const std::vector<std::string> typed = {"a",          "--url=x", "--topic", "t1", "--starter",
                                          "--topic=t2", "--",      "--b",     "-"};
  const auto arguments = parse_arguments(typed, known);
  ASSERT_TRUE(arguments) << arguments.error().message;
  EXPECT_EQ(arguments->words, (std::vector<std::string>{"a", "--b", "-"}));
  EXPECT_EQ(arguments->get("--url"), "x");
  EXPECT_EQ(arguments->all("--topic").size(), 2u);
  EXPECT_TRUE(arguments->has("--starter"));
}

TEST(CommandLine, SaysWhatIsWrong) {
  const std::vector<Option> known = {{"--url", "URL"}, {"--starter", ""}};
  struct Case {
    std::vector<std::string> typed;
    std::string expected;
  };
  for (const Case& c :
       std::vector<Case>{{{"--uri", "x"}, "unknown option --uri: known are --url, --starter"},
                         {{"--url"}, "--url needs a value: --url URL"},
                         {{"--url", "a", "--url", "b"}, "--url was given twice"},
                         {{"--starter=yes"}, "--starter takes no value"}}) {
    const auto arguments = parse_arguments(c.typed, known);
    ASSERT_FALSE(arguments);
    EXPECT_EQ(arguments.error().message, c.expected);
  }
}

TEST(Commands, HaveUniqueNamesAndSummaries) {
  std::set<std::string_view> names;
  for (const Command& command : commands()) {
    EXPECT_TRUE(names.insert(command.name).second) << command.name;
    EXPECT_FALSE(command.summary.empty()) << command.name;
    EXPECT_NE(command.run, nullptr) << command.name;
  }
}

}  // namespace
}  // namespace tidings::app
