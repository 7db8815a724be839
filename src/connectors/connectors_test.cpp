// The parts of connectors by themselves; whole answers are in tests/corpus/connectors.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/answer.h"
#include "connectors/connector_address.h"
#include "connectors/json_values.h"
#include "connectors/read_connector.h"
#include "connectors/ready_connectors.h"
#include "connectors/request.h"
#include "connectors/request_budget.h"
#include "connectors/text_template.h"
#include "connectors/time_format.h"

namespace tidings::connectors {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

Time at(std::string_view rfc3339) {
  return *parse_rfc3339(rfc3339);
}

// --- paths

std::string texts_at(std::string_view json, std::string_view path) {
  const Result<JsonDocument> document = JsonDocument::parse(json);
  const Result<JsonPath> parsed = JsonPath::parse(path);
  if (!document || !parsed) return "error";
  std::string found;
  each_value(*parsed, document->root(), [&found](JsonValue value) {
    found += (found.empty() ? "" : "|") + simdjson::minify(value);
    return true;
  });
  return found;
}

TEST(JsonPath, LeadsToValues) {
  constexpr std::string_view kJson =
      R"({"a":{"b":[{"c":1},{"c":2,"kind":"x"},{"c":3,"kind":"y"}]},"o d.d":{"é":true},"n":null})";
  struct Case {
    std::string_view why, path, expected;
  };
  for (const Case& one : std::vector<Case>{
           {"a key", "a.b[0].c", "1"},
           {"the last", "a.b[-1].c", "3"},
           {"every item", "a.b[*].c", "1|2|3"},
           {"items that say so", "a.b[kind=y].c", "3"},
           {"in quotes", "a.b['kind'=\"x\"].c", "2"},
           {"a key in quotes", "['o d.d'].é", "true"},
           {"every member", "['o d.d'][*]", "true"},
           {"beyond the end", "a.b[3]", ""},
           {"before the beginning", "a.b[-4]", ""},
           {"no such key", "a.x.c", ""},
           {"a key of a list", "a.b.c", ""},
           {"a place in an object", "a[0]", ""},
           {"null is a value", "n", "null"},
           {"the document", "", kJson},
       }) {
    EXPECT_EQ(texts_at(kJson, one.path), one.expected) << one.why;
  }
}

TEST(JsonPath, SaysWhatIsWrong) {
  for (const char* path :
       {"a..b", "a.", ".a", "a[", "a[x]", "a[0", "a[0]b", "a['x", "a[]", "a]", "a[k=v", "a='b'"}) {
    const Result<JsonPath> parsed = JsonPath::parse(path);
    ASSERT_FALSE(parsed) << path;
    EXPECT_THAT(parsed.error().message, HasSubstr(path));
  }
  EXPECT_FALSE(JsonPath::parse(std::string(2'000, 'a')));
  std::string deep = "a";
  for (int i = 0; i < 40; ++i) deep += ".a";
  EXPECT_FALSE(JsonPath::parse(deep));
}

TEST(JsonDocument, SaysWhatAnAnswerIsThatIsNoJson) {
  const auto error = [](std::string_view bytes) { return JsonDocument::parse(bytes).error(); };
  EXPECT_THAT(error("The specified phrase is too short.\n").message,
              HasSubstr("\"The specified phrase is too short.\""));
  EXPECT_THAT(error("<html><h1>502 Bad &amp; Gateway</h1></html>").message,
              HasSubstr("\"502 Bad & Gateway\""));
  EXPECT_EQ(error("  ").code, "not_json");
  EXPECT_EQ(error(std::string(200, '[') + std::string(200, ']')).code, "too_deep");
  EXPECT_TRUE(JsonDocument::parse("\xEF\xBB\xBF{}"));
  EXPECT_TRUE(JsonDocument::parse("{\"a\":\"\xFF\"}")) << "bytes that are no UTF-8 are repaired";
}

// --- templates and times

TEST(TextTemplate, IsFilledOrNothing) {
  const Result<TextTemplate> parsed = parse_template("a{x}b{y}");
  ASSERT_TRUE(parsed);
  const auto one = [](const std::string& name) { return std::optional("<" + name + ">"); };
  EXPECT_EQ(parsed->filled(one), "a<x>b<y>");
  EXPECT_EQ(parsed->filled([](const std::string&) { return std::optional<std::string>(); }),
            std::nullopt);
  for (const char* text : {"{", "}", "a{b", "a}b", "{}", "{a{b}}"})
    EXPECT_FALSE(parse_template(text));
}

TEST(TimeFormat, ReadsAndWritesWhatItSays) {
  struct Case {
    std::string_view format, text, time;
  };
  for (const Case& one : std::vector<Case>{
           {"rfc3339", "2026-11-25T16:00:05Z", "2026-11-25T16:00:05Z"},
           {"epoch_seconds", "1700000000", "2023-11-14T22:13:20Z"},
           {"epoch_milliseconds", "1700000000000", "2023-11-14T22:13:20Z"},
           {"YYYYMMDDThhmmssZ", "20230918T031500Z", "2023-09-18T03:15:00Z"},
           {"YYYYMMDD", "20230918", "2023-09-18T00:00:00Z"},
           {"DD/MM/YYYY hh:mm", "18/09/2023 03:15", "2023-09-18T03:15:00Z"},
       }) {
    const Result<TimeFormat> format = parse_time_format(one.format);
    ASSERT_TRUE(format) << one.format;
    EXPECT_EQ(read_time(*format, one.text), at(one.time)) << one.format;
    EXPECT_EQ(write_time(*format, at(one.time)), one.text);
  }
  const TimeFormat pattern = *parse_time_format("YYYY-MM-DD");
  for (const char* wrong : {"", "2023", "2023-13-01", "2023-02-30", "2023-01-01x", "-023-01-01"})
    EXPECT_FALSE(read_time(pattern, wrong)) << wrong;
  for (const char* wrong : {"1e99", "nan", "inf", "-1e40", "12a"})
    EXPECT_FALSE(read_time(*parse_time_format("epoch_seconds"), wrong)) << wrong;
  EXPECT_FALSE(parse_time_format("iso"));
}

// --- files

constexpr std::string_view kFile = R"(name = "daily"
title = "The Daily"
site = "https://daily.example/"
language = "en"
url = "https://api.daily.example/{edition}/items"
list = "data.items"
[key]
in = "query"
name = "token"
[query]
q = "{q}"
from = "{since}"
[parameters]
q = { help = "words", required = true }
edition = { default = "world", values = ["world", "uk"] }
[since]
format = "YYYY-MM-DD"
[paging]
kind = "page"
parameter = "page"
size = 2
pages_max = 3
[error]
message = ["error.info", "message"]
[fields]
id = "id"
title = "title"
url = ["link", "https://daily.example/item/{id}"]
content = "text"
published = { path = "at", format = "epoch_seconds" }
updated = "changed"
authors = { path = "by", strip = "By ", split = [", ", " and "] }
language = { path = "lang", values = { English = "en", German = "de" } }
country = "country"
source = "paper"
)";

Connector daily() {
  Result<Connector> connector = read_connector(kFile, "daily.toml");
  EXPECT_TRUE(connector) << connector.error().message;
  return *std::move(connector);
}

std::string replaced(std::string_view what, std::string_view by) {
  std::string text(kFile);
  const std::size_t place = text.find(what);
  EXPECT_NE(place, std::string::npos) << what;
  return text.replace(place, what.size(), by);
}

TEST(ReadConnector, NamesFileLineKeyAndRemedy) {
  struct Case {
    std::string_view why, what, by, expected;
  };
  for (const Case& one : std::vector<Case>{
           {"not TOML", "name = \"daily\"", "name = daily", "daily.toml:1: "},
           {"no name", "name = \"daily\"\n", "", "name: is missing"},
           {"a bad name", "\"daily\"", "\"The Daily\"",
            "daily.toml:1: name: must be of lower-case"},
           {"a misspelled key", "pages_max", "page_max",
            "paging.page_max: there is no such key; known are"},
           {"an undeclared name", "\"{q}\"", "\"{query}\"",
            "daily.toml:11: query.q: there is no parameter 'query': declare [parameters.query]"},
           {"a bad path", "\"data.items\"", "\"data..items\"",
            "daily.toml:6: list: 'data..items': a key is missing"},
           {"a bad field", "\"text\"", "\"text[\"", "fields.content: 'text['"},
           {"a bad format", "\"epoch_seconds\"", "\"seconds\"",
            "fields.published.format: 'seconds' is no time format"},
           {"a bad kind", "\"page\"\nparameter", "\"pages\"\nparameter",
            "paging.kind: 'pages' is not page, offset"},
           {"a wrong type", "size = 2", "size = \"two\"",
            "paging.size: must be a whole number from 1 to"},
           {"a key in the clear", "https://api.", "http://api.",
            "url: a key is sent over https only"},
           {"a host that an address names", "https://api.", "https://{q}.",
            "url: the host cannot be a parameter where there is a key"},
           {"a key's place twice", "q = \"{q}\"", "token = \"{q}\"",
            "query.token: this is where [key] puts the key"},
           {"a default that is not allowed", "default = \"world\"", "default = \"de\"",
            "parameters.edition.default: must be one of world, uk"},
           {"no list", "list = \"data.items\"\n", "", "list: is missing"},
           {"a time's name", "edition = {", "since = {",
            "parameters.since: since and until are times"},
           {"an unknown place", "in = \"query\"", "in = \"body\"",
            "key.in: 'body' is not header, query or bearer"},
           {"another scheme", "https://api.", "ftp://api.", "url: must begin with https://"},
       }) {
    const Result<Connector> connector = read_connector(replaced(one.what, one.by), "daily.toml");
    ASSERT_FALSE(connector) << one.why;
    EXPECT_THAT(connector.error().message, HasSubstr(one.expected)) << one.why;
  }
}

TEST(ReadConnector, TellsEveryMistakeAtOnce) {
  const Result<Connector> connector = read_connector("title = 3\nfoo = 1\n[fields]\n", "x.toml");
  ASSERT_FALSE(connector);
  for (const char* expected : {"name: is missing", "url: is missing", "list: is missing",
                               "foo: there is no such key", "fields.title: is missing"})
    EXPECT_THAT(connector.error().message, HasSubstr(expected));
}

TEST(ReadyConnectors, AreWhole) {
  for (const ReadyConnector& ready : ready_connectors()) {
    const Result<Connector> connector =
        read_connector(ready.toml, std::string(ready.name) + ".toml");
    ASSERT_TRUE(connector) << connector.error().message;
    EXPECT_EQ(connector->name, ready.name);
    EXPECT_FALSE(connector->description.empty());
    EXPECT_FALSE(connector->terms.empty());
    EXPECT_TRUE(connector->rate.per_day || connector->rate.per_minute ||
                connector->rate.per_second);
    EXPECT_TRUE(connector->interval);
  }
}

// --- addresses

TEST(ConnectorAddress, HasOneSpelling) {
  struct Case {
    std::string_view given, expected;
  };
  for (const Case& one : std::vector<Case>{
           {"api:daily?q=climate", "api:daily?q=climate"},
           {" api:daily?q=a+b%2Bc&edition=uk ", "api:daily?edition=uk&q=a%20b%2Bc"},
           {"api:daily?edition=world&q=x", "api:daily?q=x"},
           {"api:daily?q=%22climate+change%22&edition=", "api:daily?q=%22climate%20change%22"},
       }) {
    const Result<ConnectorAddress> address = parse_connector_address(one.given);
    ASSERT_TRUE(address) << one.given;
    const Result<ConnectorAddress> checked = checked_address(daily(), *address);
    ASSERT_TRUE(checked) << checked.error().message;
    EXPECT_EQ(checked->to_string(), one.expected);
    EXPECT_EQ(*parse_connector_address(checked->to_string()), *checked);
  }
}

TEST(ConnectorAddress, IsHeldAgainstItsConnector) {
  const auto error = [](std::string_view text) {
    return checked_address(daily(), *parse_connector_address(text)).error().message;
  };
  EXPECT_THAT(error("api:daily"), HasSubstr("needs the parameter 'q'"));
  EXPECT_THAT(error("api:daily?q=a&colour=red"), HasSubstr("no parameter 'colour'"));
  EXPECT_THAT(error("api:daily?q=a&colour=red"), HasSubstr("q (needed): words"));
  EXPECT_THAT(error("api:daily?q=a&edition=de"), HasSubstr("must be one of world, uk"));
  for (const char* text : {"daily?q=a", "api:", "api:../x", "api:Daily", "api:daily?q=a&q=b",
                           "api:daily?q=%0D%0AX", "api:daily?q=%FF"})
    EXPECT_FALSE(parse_connector_address(text)) << text;
}

// --- requests

const RefreshTimes kTimes{.now = at("2026-11-25T16:00:00Z")};

std::string url_of(const Connector& connector, std::string_view address,
                   const Position& position = {}, const RefreshTimes& times = kTimes) {
  const Result<ApiRequest> request =
      build_request(connector, *parse_connector_address(address), position, times, "s3cret/+");
  return request ? request->url : request.error().message;
}

TEST(BuildRequest, FillsTheTemplate) {
  EXPECT_EQ(url_of(daily(), "api:daily?q=a%26b%20c"),
            "https://api.daily.example/world/items?from=2026-11-24&q=a%26b%20c&page=1"
            "&token=s3cret%2F%2B");
  EXPECT_EQ(url_of(daily(), "api:daily?q=a&edition=uk", {.pages = 2},
                   {.now = kTimes.now, .complete_until = at("2026-11-20T00:30:00Z")}),
            "https://api.daily.example/uk/items?from=2026-11-19&q=a&page=3&token=s3cret%2F%2B");
  EXPECT_THAT(url_of(daily(), "api:daily?q=a&edition=.."),
              HasSubstr("cannot be part of an address"));
}

TEST(BuildRequest, LeavesOutWhatHasNoValue) {
  Connector connector = daily();
  connector.parameters[1].required = false;  // q
  EXPECT_THAT(url_of(connector, "api:daily"), Not(HasSubstr("q=")));
}

TEST(BuildRequest, PutsTheKeyWhereTheFileSays) {
  Connector connector = daily();
  connector.key = {.place = KeyRule::Place::Header,
                   .secret = "daily",
                   .name = "Authorization",
                   .prefix = "Token "};
  const auto request =
      build_request(connector, *parse_connector_address("api:daily?q=a"), {}, kTimes, "s3cret");
  ASSERT_TRUE(request);
  EXPECT_THAT(request->headers, ElementsAre(testing::Pair("Authorization", "Token s3cret")));
  EXPECT_THAT(request->url, Not(HasSubstr("s3cret")));
  connector.key = {.place = KeyRule::Place::Bearer};
  EXPECT_EQ(
      build_request(connector, *parse_connector_address("api:daily?q=a"), {}, kTimes, "s3cret")
          ->headers[0]
          .second,
      "Bearer s3cret");
}

TEST(BuildRequest, PagesAsTheFileSays) {
  using Kind = PagingRule::Kind;
  Connector connector = daily();
  connector.query.clear();
  connector.key = {};
  const auto url = [&connector](const Position& position) {
    return url_of(connector, "api:daily?q=a", position);
  };
  const std::string base = "https://api.daily.example/world/items";
  connector.paging = {.kind = Kind::Offset, .parameter = "offset"};
  EXPECT_EQ(url({.pages = 2, .entries = 40}), base + "?offset=40");
  connector.paging = {.kind = Kind::Cursor, .parameter = "after"};
  EXPECT_EQ(url({}), base);
  EXPECT_EQ(url({.pages = 1, .next = "a=b&c"}), base + "?after=a%3Db%26c");
  connector.paging = {.kind = Kind::Link};
  EXPECT_EQ(url({.pages = 1, .next = "?page=2"}), base + "?page=2");
  EXPECT_EQ(url({.pages = 1, .next = "https://api.daily.example/next/2#x"}),
            "https://api.daily.example/next/2");
}

// What a service says of its next page must not carry the key away.
TEST(BuildRequest, FollowsANextPageOnlyAtItsOwnHost) {
  Connector connector = daily();
  connector.paging = {.kind = PagingRule::Kind::Link};
  for (const char* next :
       {"https://evil.example/", "//evil.example/x", "http://api.daily.example/x",
        "https://api.daily.example:8443/x", "file:///etc/passwd"}) {
    EXPECT_THAT(url_of(connector, "api:daily?q=a", {.pages = 1, .next = next}),
                HasSubstr("the next page"))
        << next;
  }
  EXPECT_EQ(url_of(connector, "api:daily?q=a", {.pages = 1, .next = "/x?token=old&page=2"}),
            "https://api.daily.example/x?page=2&token=s3cret%2F%2B");
}

TEST(WithoutKey, HidesTheKeyInEveryForm) {
  EXPECT_EQ(without_key("key s3/+ and s3%2F%2B!", "s3/+"), "key *** and ***!");
  EXPECT_EQ(without_key("nothing", ""), "nothing");
  EXPECT_EQ(without_key("***", "*"), "*********");
}

// --- answers

Result<Answer> answer_of(const Connector& connector, std::string_view body,
                         const Position& asked = {}, std::string_view link = {}) {
  return read_answer(connector, *parse_connector_address("api:daily?q=a"), asked,
                     {.body = body, .link = link});
}

TEST(ReadAnswer, MapsFields) {
  const auto answer = answer_of(
      daily(), R"({"data":{"items":[{"id":7,"title":"A &amp; B ","text":"One\n\nTwo <b>\nThree",
    "at":1700000000,"by":"By Ann Lee, Bo and Cy","lang":"German","country":"de","paper":"The Paper"}]}})");
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->feed.title, "The Daily: a");
  const Entry& entry = answer->feed.entries.at(0);
  EXPECT_EQ(entry.id, "7");
  EXPECT_EQ(entry.url, "https://daily.example/item/7");
  EXPECT_EQ(entry.title, "A & B");
  EXPECT_EQ(entry.content_html, "<p>One</p><p>Two &lt;b&gt;<br>Three</p>");
  EXPECT_EQ(entry.published, at("2023-11-14T22:13:20Z"));
  EXPECT_THAT(entry.authors,
              ElementsAre(Person{.name = "Ann Lee"}, Person{.name = "Bo"}, Person{.name = "Cy"}));
  EXPECT_EQ(entry.language, "de");
  EXPECT_EQ(entry.country, "DE");
  EXPECT_THAT(answer->problems, ElementsAre());
}

TEST(ReadAnswer, ABadFieldCostsOnlyItself) {
  const auto answer =
      answer_of(daily(), R"({"data":{"items":[{"id":1,"title":"One","at":"soon","lang":"Klingon"},
    7, {"title":{"x":1},"link":"/two"}, null]}})");
  ASSERT_TRUE(answer);
  ASSERT_EQ(answer->feed.entries.size(), 4u);
  EXPECT_EQ(answer->feed.entries[0].title, "One");
  EXPECT_FALSE(answer->feed.entries[0].published);
  EXPECT_EQ(answer->feed.entries[0].language, "en");
  EXPECT_EQ(answer->feed.entries[2].url, "https://daily.example/two");
  EXPECT_THAT(answer->problems, ElementsAre(HasSubstr("fields.published: 'soon'"),
                                            HasSubstr("fields.language: 'Klingon'")));
}

TEST(ReadAnswer, ThePublisherSpeaksWhereNobodySigned) {
  const auto answer =
      answer_of(daily(), R"({"data":{"items":[{"title":"x","paper":"The Paper"}]}})");
  ASSERT_TRUE(answer);
  EXPECT_THAT(answer->feed.entries[0].authors, ElementsAre(Person{.name = "The Paper"}));
}

TEST(ReadAnswer, SaysWhatTheServiceSays) {
  EXPECT_EQ(answer_of(daily(), R"({"error":{"info":"Your key\n is wrong"}})").error().message,
            "Your key is wrong");
  EXPECT_EQ(answer_of(daily(), R"({"message":"Slow down"})").error().code, "api_error");
  EXPECT_THAT(answer_of(daily(), "{}").error().message, HasSubstr("no list at 'data.items'"));
  EXPECT_EQ(error_said(daily(), R"({"message":"Slow down"})"), "Slow down");
  EXPECT_EQ(error_said(daily(), "nothing"), "");
}

// Each with how paging ends: a short page, the last number, the same cursor, no older entry.
TEST(ReadAnswer, TellsTheNextPage) {
  using Kind = PagingRule::Kind;
  Connector connector = daily();
  constexpr std::string_view kFull =
      R"({"pages":2,"after":"c2","data":{"items":[{"title":"a","at":1700000000},{"title":"b","at":1600000000}]}})";
  constexpr std::string_view kShort = R"({"data":{"items":[{"title":"a"}]}})";
  constexpr std::string_view kEmpty = R"({"after":"c2","data":{"items":[]}})";
  const auto next = [&connector](std::string_view body, const Position& asked = {},
                                 std::string_view link = {}) {
    const Result<Answer> answer = answer_of(connector, body, asked, link);
    return answer ? answer->next : std::nullopt;
  };
  EXPECT_EQ(next(kFull), (Position{.pages = 1, .entries = 2}));
  EXPECT_EQ(next(kShort), std::nullopt);
  EXPECT_EQ(next(kEmpty), std::nullopt);
  EXPECT_EQ(next(kFull, {.pages = 2}), std::nullopt) << "pages_max is 3";
  connector.paging.pages = *JsonPath::parse("pages");
  EXPECT_TRUE(next(kFull));
  EXPECT_FALSE(next(kFull, {.pages = 1}));

  connector.paging = {.kind = Kind::Cursor,
                      .parameter = "after",
                      .next = *JsonPath::parse("after"),
                      .has_next = true};
  EXPECT_EQ(next(kFull)->next, "c2");
  EXPECT_FALSE(next(kFull, {.pages = 1, .next = "c2"}));
  EXPECT_FALSE(next(kShort));
  EXPECT_FALSE(next(kEmpty));

  connector.paging = {.kind = Kind::Link};
  EXPECT_EQ(next(kFull, {}, R"(</a?p=1>; rel="prev", </a?p=3>; title="x"; rel="next")")->next,
            "/a?p=3");
  EXPECT_FALSE(next(kFull, {}, R"(</a>; rel=prev)"));
  EXPECT_FALSE(next(kFull, {}, R"(</a; rel=next)"));

  connector.paging = {.kind = Kind::Window, .size = 2};
  EXPECT_EQ(next(kFull)->until, at("2020-09-13T12:26:40Z"));
  EXPECT_FALSE(next(kFull, {.pages = 1, .until = at("2020-09-13T12:26:40Z")}));
  EXPECT_FALSE(next(kShort));
}

// --- rates

TEST(RequestBudget, SpreadsRequestsAndKeepsToTheDay) {
  using std::chrono::minutes;
  using std::chrono::seconds;
  Connector connector = daily();
  connector.rate = {.per_minute = 12, .per_day = 3};
  RequestBudget budget;
  const Time now = at("2026-11-25T16:00:00Z");
  EXPECT_EQ(budget.take(connector, now, minutes(5)).at, now);
  EXPECT_EQ(budget.take(connector, now, minutes(5)).at, now + seconds(5));
  const RequestBudget::Slot late = budget.take(connector, now, seconds(9));
  EXPECT_FALSE(late.granted) << "10 s are more than was waited for";
  EXPECT_EQ(late.at, now + seconds(10));
  EXPECT_TRUE(budget.take(connector, now, minutes(5)).granted);
  const RequestBudget::Slot spent = budget.take(connector, now, minutes(5));
  EXPECT_FALSE(spent.granted);
  EXPECT_EQ(spent.at, at("2026-11-26T00:00:00Z"));
  EXPECT_TRUE(budget.take(connector, at("2026-11-26T00:00:01Z"), minutes(5)).granted);
}

TEST(RequestBudget, BelongsToTheKey) {
  Connector one = daily(), other = daily();
  one.rate = other.rate = {.per_day = 1};
  other.name = "weekly";
  RequestBudget budget;
  const Time now = at("2026-11-25T16:00:00Z");
  EXPECT_TRUE(budget.take(one, now, {}).granted);
  EXPECT_FALSE(budget.take(other, now, {}).granted);
  other.key.secret = "weekly";
  EXPECT_TRUE(budget.take(other, now, {}).granted);
}

}  // namespace
}  // namespace tidings::connectors
