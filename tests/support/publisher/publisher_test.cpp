#include "tests/support/publisher/publisher.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "adapters/curl/curl_http_client.h"
#include "core/url.h"
#include "tests/support/http.h"

namespace tidings::publisher {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const Time kStart = *parse_rfc3339("2026-11-23T18:30:00Z");

std::size_t count_of(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1))
    ++count;
  return count;
}

class PublisherTest : public ::testing::Test {
 protected:
  void start(PublisherSettings settings) {
    client_.reset();
    publisher_ = *Publisher::start(std::move(settings), clock_);
    client_ = *curl::CurlHttpClient::make(publisher_->client_settings());
  }
  HttpResponse get(const std::string& url, HttpHeaders headers = {}) {
    Result<HttpResponse> answer =
        support::ask(*client_, {.url = url, .headers = std::move(headers)});
    EXPECT_TRUE(answer) << url << ": " << (answer ? "" : answer.error().message);
    return answer ? *std::move(answer) : HttpResponse{};
  }

  ManualClock clock_{kStart};
  std::unique_ptr<Publisher> publisher_;
  std::unique_ptr<curl::CurlHttpClient> client_;
};

TEST_F(PublisherTest, GeneratesFeedsOfThreeFormats) {
  start({.generated = {.feeds = 3, .items = 7, .item_bytes = 1500}});
  const HttpResponse rss = get("http://generated-0.test/feed");
  EXPECT_THAT(rss.body, HasSubstr("<rss version=\"2.0\""));
  EXPECT_EQ(count_of(rss.body, "<item>"), 7u);
  EXPECT_EQ(header(rss.headers, "Content-Type"), "application/rss+xml; charset=utf-8");
  const HttpResponse atom = get("http://generated-1.test/feed");
  EXPECT_EQ(count_of(atom.body, "<entry>"), 7u);
  const nlohmann::json json = nlohmann::json::parse(get("http://generated-2.test/feed").body);
  EXPECT_EQ(json["items"].size(), 7u);
  for (const std::string& body : {rss.body, atom.body, json.dump()}) {
    EXPECT_GT(body.size(), 7u * 1200);
    EXPECT_LT(body.size(), 7u * 2600);
  }
}

TEST_F(PublisherTest, TheSameSeedGivesTheSameFeeds) {
  const GeneratedFeeds settings{.feeds = 2, .items = 5, .seed = 9};
  GeneratedFeeds other = settings;
  other.seed = 10;
  EXPECT_EQ(generate(settings, 0, kStart, 5).body, generate(settings, 0, kStart, 5).body);
  EXPECT_NE(generate(settings, 0, kStart, 5).body, generate(other, 0, kStart, 5).body);
}

TEST_F(PublisherTest, PublishesByItsClock) {
  start({.generated = {.feeds = 1, .items = 3, .publish_every = hours(1)}});
  const HttpResponse first = get("http://generated-0.test/feed");
  const std::string etag(header(first.headers, "ETag"));
  EXPECT_EQ(get("http://generated-0.test/feed", {{"If-None-Match", etag}}).status, 304);
  clock_.advance(hours(1));
  const HttpResponse second = get("http://generated-0.test/feed", {{"If-None-Match", etag}});
  EXPECT_EQ(second.status, 200);
  EXPECT_EQ(count_of(second.body, "<item>"), 3u);
  EXPECT_NE(second.body, first.body);
  publisher_->advance(hours(10));
  const HttpResponse later = get("http://generated-0.test/feed");
  EXPECT_NE(header(later.headers, "ETag"), header(second.headers, "ETag"));
  // The newest was published within the last hour of the publisher's own time.
  const auto modified = parse_http_date(header(later.headers, "Last-Modified"));
  ASSERT_TRUE(modified);
  EXPECT_LE(*modified, kStart + hours(11));
  EXPECT_GT(*modified, kStart + hours(10) - minutes(1));
}

TEST_F(PublisherTest, AnswersConditionalRequests) {
  start({});
  Behavior page = feed("<rss/>");
  page.etag = "\"a\"";
  page.last_modified = format_http_date(kStart);
  publisher_->add("news.test", "/feed", page);
  const auto status = [&](HttpHeaders headers) {
    return get("http://news.test/feed", std::move(headers)).status;
  };
  EXPECT_EQ(status({}), 200);
  EXPECT_EQ(status({{"If-None-Match", "\"a\""}}), 304);
  EXPECT_EQ(status({{"If-None-Match", "\"b\", \"a\""}}), 304);
  EXPECT_EQ(status({{"If-None-Match", "\"b\""}}), 200);
  EXPECT_EQ(status({{"If-Modified-Since", format_http_date(kStart)}}), 304);
  EXPECT_EQ(status({{"If-Modified-Since", format_http_date(kStart - hours(1))}}), 200);
  // RFC 9110 §13.1.3: the date does not count beside an entity tag.
  EXPECT_EQ(status({{"If-None-Match", "\"b\""}, {"If-Modified-Since", format_http_date(kStart)}}),
            200);
}

TEST_F(PublisherTest, ServesTheFeedsOfAFolderUnderDomainsOfTheirOwn) {
  namespace fs = std::filesystem;
  const fs::path folder =
      fs::temp_directory_path() / ("tidings_publisher_test_" + std::to_string(getpid()));
  fs::create_directories(folder / "Some News");
  std::ofstream(folder / "Some News" / "World & Local.RSS")
      << "<?xml version=\"1.0\"?><rss><channel/></rss>";
  std::ofstream(folder / "some-news.world.local.rss")
      << "<feed xmlns=\"http://www.w3.org/2005/Atom\"/>";
  std::ofstream(folder / "a.json") << "{\"version\":\"https://jsonfeed.org/version/1\"}";
  std::ofstream(folder / "expected.json") << "{\"title\":\"not a feed\"}";
  std::ofstream(folder / "page.html") << "<html></html>";
  start({.folder = folder.string()});
  fs::remove_all(folder);

  std::set<std::string> domains;
  for (const ListedFeed& listed : publisher_->feeds()) {
    const HttpResponse answer = get(listed.url);
    EXPECT_EQ(answer.status, 200) << listed.url;
    domains.insert(registrable_domain(parse_url(listed.url)->host));
  }
  EXPECT_EQ(publisher_->feeds().size(), 3u);
  EXPECT_EQ(domains.size(), 3u);
  const std::string opml =
      get("http://127.0.0.1:" + std::to_string(publisher_->port()) + "/opml").body;
  EXPECT_THAT(opml, HasSubstr("text=\"Some News/World &amp; Local.RSS\""));
  EXPECT_EQ(count_of(opml, "<outline "), 3u);
}

TEST_F(PublisherTest, KnowsJsonFeedsWhereverTheVersionStandsAndFragmentsFromFeeds) {
  namespace fs = std::filesystem;
  const fs::path folder =
      fs::temp_directory_path() / ("tidings_fragments_test_" + std::to_string(getpid()));
  fs::create_directories(folder);
  const std::string long_text(5000, 'x');
  std::ofstream(folder / "late.json")
      << R"({"items":[{"date_published":"2026-11-23T18:30:00Z","content_text":")" << long_text
      << R"("}],"version":"https:\/\/jsonfeed.org\/version\/1"})";
  std::ofstream(folder / "undated.rss")
      << "<rss><channel><title>" << long_text << "</title></channel></rss>";
  std::ofstream(folder / "short.rss") << "<rss><channel><pubDate/></channel></rss>";
  start({.folder = folder.string()});
  fs::remove_all(folder);

  EXPECT_EQ(count_of(publisher_->opml(), "<outline "), 3u);
  const std::string self = "http://127.0.0.1:" + std::to_string(publisher_->port());
  const std::string opml = get(self + "/opml?fragments=no").body;
  EXPECT_EQ(count_of(opml, "<outline "), 1u);
  EXPECT_THAT(opml, HasSubstr("http://late-json.test/feed"));
}

TEST_F(PublisherTest, PlaysStories) {
  start({.stories = std::string(TIDINGS_TREE) + "/data/stories"});
  for (const ListedFeed& listed : publisher_->feeds()) {
    const HttpResponse answer = get(listed.url);
    EXPECT_EQ(answer.status, 200) << listed.url;
    EXPECT_THAT(answer.body, HasSubstr(listed.title.substr(0, 5)));
    const std::string etag(header(answer.headers, "ETag"));
    EXPECT_EQ(get(listed.url, {{"If-None-Match", etag}}).status, 304);
    publisher_->advance(minutes(15));
    EXPECT_EQ(get(listed.url, {{"If-None-Match", etag}}).status, 200);
  }
}

TEST_F(PublisherTest, AMissingFolderIsAnError) {
  const auto publisher = Publisher::start({.folder = "/nonexistent"}, clock_);
  ASSERT_FALSE(publisher);
  EXPECT_THAT(publisher.error().message, StartsWith("read the folder /nonexistent: "));
}

TEST_F(PublisherTest, IsSteeredOverHttp) {
  start({.generated = {.feeds = 2, .items = 1, .publish_every = hours(1)}});
  const std::string self = "http://127.0.0.1:" + std::to_string(publisher_->port());
  const nlohmann::json feeds = nlohmann::json::parse(get(self + "/feeds").body);
  ASSERT_EQ(feeds["feeds"].size(), 2u);
  EXPECT_EQ(feeds["feeds"][1]["url"], "http://generated-1.test/feed");
  const std::string before = get("http://generated-0.test/feed").body;
  ASSERT_TRUE(support::ask(
      *client_, {.method = "POST", .url = self + "/clock?advance_seconds=3600", .body = "x"}));
  EXPECT_NE(get("http://generated-0.test/feed").body, before);
  for (const char* wrong : {"/clock", "/clock?advance_seconds=x", "/clock?advance_seconds=-1",
                            "/clock?advance_seconds=9999999999999"}) {
    const auto refused =
        support::ask(*client_, {.method = "POST", .url = self + wrong, .body = "x"});
    ASSERT_TRUE(refused) << wrong;
    EXPECT_EQ(refused->status, 400) << wrong;
  }
  EXPECT_EQ(get(self + "/requests?host=generated-0.test").body, "{\"requests\":2}\n");
  EXPECT_EQ(get(self + "/requests?host=nobody.test").body, "{\"requests\":0}\n");
  EXPECT_EQ(get(self + "/behavior/status/410").status, 410);
  EXPECT_EQ(header(get(self + "/behavior/retry-after/503?after=120").headers, "Retry-After"),
            "120");
  EXPECT_EQ(get(self + "/behavior/nonsense").status, 404);
}

TEST_F(PublisherTest, CompressesForThoseWhoAccept) {
  start({.generated = {.feeds = 1, .items = 20}});
  const std::string url = "http://generated-0.test/feed";
  const HttpResponse packed = get(url, {{"Accept-Encoding", "gzip"}});
  EXPECT_EQ(header(packed.headers, "Content-Encoding"), "gzip");
  const HttpResponse plain = get(url, {{"Accept-Encoding", "identity"}});
  EXPECT_EQ(header(plain.headers, "Content-Encoding"), "");
  EXPECT_EQ(packed.body, plain.body);
}

}  // namespace
}  // namespace tidings::publisher
