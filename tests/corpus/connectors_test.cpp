// The connectors that come with the program against answers in the shape that each service
// documents: connectors/NAME/page_1.json is read, expected.json says what is asked and what must
// come of it; error.json with error_expected.json is an answer that refuses.
//
// All contents are invented. The clock stands at noon of 2026-11-25.
#include <filesystem>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "connectors/answer.h"
#include "connectors/connector_address.h"
#include "connectors/read_connector.h"
#include "connectors/ready_connectors.h"
#include "connectors/request.h"
#include "corpus_files.h"

namespace tidings::corpus {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

const fs::path kFolder = fs::path(TIDINGS_TREE) / "tests/corpus/connectors";
const connectors::RefreshTimes kTimes{.now = *parse_rfc3339("2026-11-25T12:00:00Z")};

connectors::Connector ready(const std::string& name) {
  const Result<std::string_view> file = connectors::ready_connector_file(name);
  EXPECT_TRUE(file) << name;
  Result<connectors::Connector> connector = connectors::read_connector(*file, name + ".toml");
  EXPECT_TRUE(connector) << connector.error().message;
  return *std::move(connector);
}

void put(json& object, const char* key, const std::string& text) {
  if (!text.empty()) object[key] = text;
}

json view_of(const Entry& entry) {
  json view;
  put(view, "id", entry.id);
  put(view, "url", entry.url);
  put(view, "title", entry.title);
  put(view, "summary_html", entry.summary_html);
  put(view, "content_html", entry.content_html);
  put(view, "image", entry.image);
  put(view, "language", entry.language);
  put(view, "country", entry.country);
  put(view, "comments_url", entry.comments_url);
  if (entry.published) view["published"] = format_rfc3339(*entry.published);
  if (entry.updated) view["updated"] = format_rfc3339(*entry.updated);
  for (const Person& author : entry.authors) view["authors"].push_back(author.name);
  for (const Category& category : entry.categories) view["categories"].push_back(category.term);
  if (const auto source = entry.extensions.find("connector:source");
      source != entry.extensions.end())
    view["source"] = source->second.front();
  return view;
}

std::string header_line(const connectors::ApiRequest& request) {
  return request.headers.empty() ? std::string()
                                 : request.headers[0].first + ": " + request.headers[0].second;
}

void check_page(const std::string& name) {
  SCOPED_TRACE(name);
  const json expected = json::parse(read_file(kFolder / name / "expected.json"));
  const connectors::Connector connector = ready(name);
  const auto parsed = connectors::parse_connector_address(expected["asked"].get<std::string>());
  ASSERT_TRUE(parsed) << parsed.error().message;
  const auto address = connectors::checked_address(connector, *parsed);
  ASSERT_TRUE(address) << address.error().message;
  const auto request = connectors::build_request(connector, *address, {}, kTimes, "KEY");
  ASSERT_TRUE(request) << request.error().message;
  EXPECT_EQ(request->url, expected["url"].get<std::string>());
  EXPECT_EQ(header_line(*request), expected.value("header", std::string()));

  const std::string body = read_file(kFolder / name / "page_1.json");
  const auto answer = connectors::read_answer(connector, *address, {}, {.body = body});
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->feed.title, expected["title"].get<std::string>());
  json entries = json::array();
  for (const Entry& entry : answer->feed.entries) entries.push_back(view_of(entry));
  EXPECT_EQ(entries, expected["entries"]) << entries.dump(1);
  const json problems = expected.value("problems", json::array());
  ASSERT_EQ(answer->problems.size(), problems.size());
  for (std::size_t i = 0; i < problems.size(); ++i)
    EXPECT_THAT(answer->problems[i], testing::HasSubstr(problems[i].get<std::string>()));
  EXPECT_EQ(answer->next.has_value(), expected["has_next"].get<bool>());
  if (expected.contains("next_url")) {
    const auto next = connectors::build_request(connector, *address, *answer->next, kTimes, "KEY");
    ASSERT_TRUE(next);
    EXPECT_EQ(next->url, expected["next_url"].get<std::string>());
  }
}

TEST(Connectors, ReadWhatTheirServicesAnswer) {
  for (const connectors::ReadyConnector& connector : connectors::ready_connectors())
    check_page(std::string(connector.name));
}

TEST(Connectors, SayWhatTheirServicesSay) {
  std::size_t count = 0;
  for (const auto& entry : fs::directory_iterator(kFolder)) {
    if (!fs::exists(entry.path() / "error.json")) continue;
    SCOPED_TRACE(entry.path());
    const json expected = json::parse(read_file(entry.path() / "error_expected.json"));
    const connectors::Connector connector =
        ready(expected.value("connector", entry.path().filename().string()));
    const std::string body = read_file(entry.path() / "error.json");
    EXPECT_EQ(connectors::error_said(connector, body), expected["said"].get<std::string>());
    EXPECT_EQ(connectors::read_answer(connector, {}, {}, {.body = body}).error().message,
              expected["said"].get<std::string>());
    ++count;
  }
  EXPECT_GE(count, 6u);
}

}  // namespace
}  // namespace tidings::corpus
