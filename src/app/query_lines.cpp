#include "app/query_lines.h"

#include <optional>
#include <string_view>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>
#include <simdjson.h>

#include "app/commands.h"
#include "app/files.h"
#include "core/json_writer.h"
#include "core/strings.h"
#include "query/canonical.h"
#include "query/parse.h"

namespace tidings::app {
namespace {

constexpr std::size_t kFileBytesMax = std::size_t{1} << 30;

struct NamedQuery {
  std::string name_json;
  std::string written;
};

std::string quoted(std::string_view text) {
  std::string json;
  append_json_string(json, text);
  return json;
}

class QueryLineReader {
 public:
  Result<NamedQuery> read(std::string_view line) {
    if (line.starts_with('{')) return from_json(line);
    const std::size_t tab = line.find('\t');
    const std::string_view name = trim(line.substr(0, tab));
    if (name.empty()) return invalid_input("there is no name before the tab");
    const std::string_view query = tab == std::string_view::npos ? name : line.substr(tab + 1);
    return NamedQuery{.name_json = quoted(name), .written = std::string(query)};
  }

 private:
  Result<NamedQuery> from_json(std::string_view line) {
    simdjson::dom::object from;
    if (parser_.parse(line.data(), line.size()).get(from) != simdjson::SUCCESS)
      return invalid_input("this is not JSON");
    simdjson::dom::element id;
    if (from["id"].get(id) != simdjson::SUCCESS || (!id.is_string() && !id.is_number()))
      return invalid_input("\"id\" is not a text or a number");
    std::string_view query;
    if (from["query"].get(query) != simdjson::SUCCESS)
      return invalid_input("\"query\" is not a text");
    return NamedQuery{.name_json = simdjson::minify(id), .written = std::string(query)};
  }

  simdjson::dom::parser parser_;
};

}  // namespace

Result<QueryLines> read_query_lines(const std::string& path, Time now) {
  const std::string file = TRY(read_input(path, kFileBytesMax));
  QueryLines lines;
  QueryLineReader reader;
  std::unordered_set<std::string> names;
  const auto add = [&](std::string_view line) -> Result<void> {
    NamedQuery named = TRY(reader.read(line));
    const Query query = query::canonical(TRY(query::parse_query(named.written, {.now = now})));
    if (names.contains(named.name_json))
      return invalid_input(fmt::format("there is a query named {} before", named.name_json));
    TRY(lines.standing.add(static_cast<std::int64_t>(lines.names_json.size()), query));
    names.insert(named.name_json);
    lines.names_json.push_back(std::move(named.name_json));
    return {};
  };
  std::size_t number = 0;
  for (std::size_t begin = 0; begin < file.size();) {
    const std::size_t end = std::min(file.find('\n', begin), file.size());
    const std::string_view line = trim(std::string_view(file).substr(begin, end - begin));
    begin = end + 1;
    ++number;
    if (line.empty()) continue;
    if (const Result<void> added = add(line); !added) {
      fail(fmt::format("{}: line {}: {}", path, number, added.error().message));
      ++lines.faults;
    }
  }
  return lines;
}

}  // namespace tidings::app
