// Who may include whom, as ARCHITECTURE.md draws it. A newcomer can trust the picture because this
// fails otherwise.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/strings.h"

namespace tidings {
namespace {

namespace fs = std::filesystem;

const fs::path kSource = fs::path(TIDINGS_TREE) / "src";

const std::set<std::string> kStages = {"sources",   "connectors", "fetch",   "parse",
                                       "normalize", "extract",    "analyze", "stories",
                                       "search",    "analytics",  "notify",  "accounts"};

// The folders that a folder may include besides itself.
std::set<std::string> allowed(const std::string& folder) {
  std::set<std::string> shared = {"core", "model", "ports", "text", "query"};
  if (folder == "core") return {};
  if (folder == "model") return {"core"};
  if (folder == "html") return {"core", "text"};
  if (folder == "ports" || folder == "text") return {"core", "model"};
  if (folder == "query") return {"core", "model", "text"};
  // Only those who read pages.
  const std::set<std::string> readers_of_html = {"parse",    "normalize", "extract", "sources",
                                                 "pipeline", "serve",     "app"};
  if (readers_of_html.contains(folder)) shared.insert("html");
  if (kStages.contains(folder)) return shared;
  std::set<std::string> stages_too = shared;
  stages_too.insert(kStages.begin(), kStages.end());
  if (folder == "pipeline" || folder == "serve") return stages_too;
  if (folder == "adapters") return {"core", "model", "ports"};
  if (folder == "app") {
    stages_too.insert({"pipeline", "serve", "adapters"});
    return stages_too;
  }
  ADD_FAILURE() << "src/" << folder
                << " is not in the architecture: add it to ARCHITECTURE.md and here";
  return {};
}

// Libraries that only these folders may see.
const std::map<std::string, std::set<std::string>> kLibraries = {
    {"sqlite3.h", {"adapters"}},
    {"libpq-fe.h", {"adapters"}},
    {"curl/", {"adapters"}},
    {"boost/asio", {"serve"}},
    {"boost/beast", {"serve"}},
    {"gumbo.h", {"html", "normalize"}},
    {"expat.h", {"parse"}},
    {"zip.h", {"parse"}},
    {"gmime/", {"parse"}},
    {"libxml/", {}},
    {"pugixml.hpp", {"sources"}},
    {"toml++/toml.h", {"app", "connectors"}},
    {"libpsl.h", {"core"}},
    {"libstemmer.h", {"text"}},
    {"openssl/", {"core", "adapters"}},
    {"tl/expected.hpp", {"core"}},
    {"zstd.h", {"core"}},
    {"brotli/", {"core"}},
    {"nlohmann/", {}},
    {"regex", {}},
};

struct Include {
  fs::path file;
  int line;
  std::string header;
  bool ours;  // in quotes
};

bool is_test_source(const fs::path& file) {
  const std::string stem = file.stem().string();
  return stem.ends_with("_test") || stem.ends_with("_benchmark") || stem.ends_with("_fuzz");
}

std::vector<Include> includes_below(const fs::path& root) {
  std::vector<Include> found;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (entry.path().extension() != ".h" && entry.path().extension() != ".cpp") continue;
    std::ifstream file(entry.path());
    std::string line;
    for (int number = 1; std::getline(file, line); ++number) {
      if (!line.starts_with("#include ") || line.size() < 12) continue;
      const char closing = line[9] == '"' ? '"' : '>';
      found.push_back(
          {entry.path(), number, line.substr(10, line.find(closing, 10) - 10), closing == '"'});
    }
  }
  return found;
}

std::string folder_of(const fs::path& file) {
  return fs::relative(file, kSource).begin()->string();
}

std::string place(const Include& include) {
  return fs::relative(include.file, TIDINGS_TREE).string() + ":" + std::to_string(include.line);
}

TEST(IncludeRules, FoldersIncludeOnlyWhatTheyMay) {
  const std::vector<Include> includes = includes_below(kSource);
  ASSERT_GT(includes.size(), 100u);
  for (const Include& include : includes) {
    if (!include.ours || is_test_source(include.file)) continue;
    const std::string from = folder_of(include.file);
    const std::string to = include.header.substr(0, include.header.find('/'));
    if (from == to) continue;
    EXPECT_TRUE(allowed(from).contains(to)) << place(include) << " includes " << include.header;
  }
}

TEST(IncludeRules, ClientLibrariesStayBehindTheirFolder) {
  for (const Include& include : includes_below(kSource)) {
    if (include.ours || is_test_source(include.file)) continue;
    for (const auto& [library, folders] : kLibraries) {
      const bool matches = library.ends_with("/") || library.starts_with("boost/")
                               ? include.header.starts_with(library)
                               : include.header == library;
      if (!matches) continue;
      EXPECT_TRUE(folders.contains(folder_of(include.file)))
          << place(include) << " includes " << include.header;
    }
  }
}

TEST(IncludeRules, AdaptersDoNotKnowEachOther) {
  const std::set<std::string> shared = {"sql"};  // the repository that SQLite and PostgreSQL share
  for (const Include& include : includes_below(kSource / "adapters")) {
    if (!include.ours || is_test_source(include.file) || !include.header.starts_with("adapters/"))
      continue;
    const std::string from = std::next(fs::relative(include.file, kSource).begin())->string();
    const std::vector<std::string_view> parts = split(include.header, '/');
    const std::string to(parts[1]);
    EXPECT_TRUE(from == to || shared.contains(to))
        << place(include) << " includes " << include.header;
  }
}

TEST(Files, StayReadableInOneSitting) {
  constexpr int kLinesMax = 600;
  for (const auto& entry : fs::recursive_directory_iterator(kSource)) {
    if (entry.path().extension() != ".h" && entry.path().extension() != ".cpp") continue;
    std::ifstream file(entry.path());
    const auto lines = std::count(std::istreambuf_iterator<char>(file), {}, '\n');
    EXPECT_LE(lines, kLinesMax) << fs::relative(entry.path(), TIDINGS_TREE);
  }
}

TEST(Headers, BeginWithWhyTheyExist) {
  for (const auto& entry : fs::recursive_directory_iterator(kSource)) {
    if (entry.path().extension() != ".h") continue;
    std::ifstream file(entry.path());
    std::string first;
    std::getline(file, first);
    EXPECT_TRUE(first.starts_with("// ")) << fs::relative(entry.path(), TIDINGS_TREE);
  }
}

}  // namespace
}  // namespace tidings
