#include "fetch/websub.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/cryptography.h"
#include "core/encoding.h"

namespace tidings::fetch {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(HubLinks, AreReadFromLinkFields) {
  const struct {
    const char* why;
    std::vector<std::string> fields;
    std::vector<std::string> hubs;
    std::string self;
  } cases[] = {
      {"two fields",
       {"<https://hub.example/>; rel=\"hub\"", "<https://a.example/feed>; rel=\"self\""},
       {"https://hub.example/"},
       "https://a.example/feed"},
      {"one field, unquoted, in capitals",
       {"<https://hub.example/>;REL=Hub, <https://a.example/feed>; rel=self"},
       {"https://hub.example/"},
       "https://a.example/feed"},
      {"several relations, a comma and a semicolon in quotes",
       {"<https://hub.example/?a=1,2>; title=\"a, b; rel=self\"; rel=\"next hub\""},
       {"https://hub.example/?a=1,2"},
       ""},
      {"relative",
       {"</hub>; rel=hub, <feed>; rel=self"},
       {"https://a.example/hub"},
       "https://a.example/news/feed"},
      {"the first rel counts (RFC 8288 §3.3)", {"<https://x.example/>; rel=next; rel=hub"}, {}, ""},
      {"the first self counts",
       {"<https://a.example/1>; rel=self, <https://a.example/2>; rel=self"},
       {},
       "https://a.example/1"},
      {"other schemes", {"<javascript:alert(1)>; rel=hub, <ftp://a/>; rel=hub"}, {}, ""},
      {"what is no link", {"hub", "<https://a.example/", "", "<>", ",,,"}, {}, ""},
  };
  for (const auto& c : cases) {
    HttpHeaders headers;
    for (const std::string& field : c.fields) headers.emplace_back("link", field);
    const HubLinks links = hub_links(headers, "https://a.example/news/index");
    EXPECT_EQ(links.hubs, c.hubs) << c.why;
    EXPECT_EQ(links.self, c.self) << c.why;
  }
}

TEST(HubForm, IsFormEncoded) {
  EXPECT_EQ(hub_form({.mode = HubMode::Subscribe,
                      .callback = "https://n.example/websub/1-a",
                      .topic = "https://a.example/feed?x=1&y=é",
                      .secret = "s",
                      .lease = std::chrono::hours(1)}),
            "hub.callback=https%3A%2F%2Fn.example%2Fwebsub%2F1-a&hub.mode=subscribe&hub.topic="
            "https%3A%2F%2Fa.example%2Ffeed%3Fx%3D1%26y%3D%C3%A9&hub.lease_seconds=3600&hub.secret="
            "s");
  EXPECT_EQ(hub_form({.mode = HubMode::Unsubscribe, .callback = "c", .topic = "t"}),
            "hub.callback=c&hub.mode=unsubscribe&hub.topic=t");
}

TEST(ReadHubCall, TakesWhatHubsSend) {
  const auto verify = read_hub_call(
      "hub.mode=subscribe&hub.topic=https%3A%2F%2Fa.example%2Ff%3Fx%3D1&hub.challenge=a+b%2Bc&"
      "hub.lease_seconds=864000&hub.extra=1&other");
  ASSERT_TRUE(verify);
  EXPECT_EQ(verify->kind, HubCall::Kind::Subscribe);
  EXPECT_EQ(verify->topic, "https://a.example/f?x=1");
  EXPECT_EQ(verify->challenge, "a b+c");
  EXPECT_EQ(verify->lease, std::chrono::seconds(864000));
  const auto denied = read_hub_call("hub.mode=denied&hub.topic=t&hub.reason=no");
  ASSERT_TRUE(denied);
  EXPECT_EQ(denied->kind, HubCall::Kind::Denied);
  EXPECT_EQ(denied->reason, "no");
  EXPECT_EQ(read_hub_call("hub.mode=unsubscribe&hub.topic=t&hub.challenge=c")->kind,
            HubCall::Kind::Unsubscribe);
}

TEST(ReadHubCall, RefusesTheRest) {
  for (const char* query :
       {"", "hub.mode=publish&hub.topic=t&hub.challenge=c", "hub.mode=subscribe&hub.challenge=c",
        "hub.mode=subscribe&hub.topic=t", "hub.topic=t&hub.challenge=c",
        "hub.mode=subscribe&hub.topic=t&hub.challenge=c&hub.lease_seconds=soon",
        "hub.mode=subscribe&hub.topic=t&hub.challenge=c&hub.lease_seconds=-1",
        "hub.mode=subscribe&hub.mode=denied&hub.topic=t&hub.challenge=c",
        "hub.mode=subscribe&hub.topic=t&hub.topic=u&hub.challenge=c"})
    EXPECT_FALSE(read_hub_call(query)) << query;
}

TEST(IsSigned, KnowsFourDigests) {
  const std::string body = "<rss/>", secret = "swordfish";
  const std::pair<const char*, Digest> digests[] = {{"sha1", Digest::Sha1},
                                                    {"sha256", Digest::Sha256},
                                                    {"sha384", Digest::Sha384},
                                                    {"SHA512", Digest::Sha512}};
  for (const auto& [name, digest] : digests) {
    const std::string signature = hex(hmac(digest, secret, body));
    const std::string field = std::string(name) + "=" + signature;
    EXPECT_TRUE(is_signed(field, secret, body)) << name;
    EXPECT_FALSE(is_signed(field, secret, body + " ")) << name;
    EXPECT_FALSE(is_signed(field, "swordfisH", body)) << name;
    EXPECT_FALSE(is_signed(field.substr(0, field.size() - 2), secret, body)) << name;
    EXPECT_FALSE(is_signed(signature, secret, body)) << name;
    for (std::size_t i = field.find('=') + 1; i < field.size(); ++i) {
      std::string changed = field;
      changed[i] = changed[i] == '0' ? '1' : '0';
      EXPECT_FALSE(is_signed(changed, secret, body)) << name << " " << i;
    }
  }
  for (const char* field : {"", "=", "sha256=", "md5=00", "sha256=zz", "none"})
    EXPECT_FALSE(is_signed(field, secret, body)) << field;
}

}  // namespace
}  // namespace tidings::fetch
