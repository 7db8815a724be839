#include "serve/push_routes.h"

#include <gtest/gtest.h>

#include "adapters/memory/memory_stores.h"
#include "core/cryptography.h"
#include "core/encoding.h"

namespace tidings::serve {
namespace {

const Time kNow = parse_rfc3339("2026-11-23T18:30:00Z").value();
constexpr std::string_view kSecret = "a secret between us";

class PushRoutes : public testing::Test {
 protected:
  PushSubscription subscribe(SourceId id) {
    const SecretText secret{std::string(kSecret)};
    const PushSubscription subscription{.source_id = id,
                                        .hub = "https://hub.example/",
                                        .topic = "https://a.example/feed",
                                        .token = new_push_token(id),
                                        .secret = sealer_.seal(secret, push_place(id)).value(),
                                        .state = PushState::Active,
                                        .due_at = kNow};
    EXPECT_TRUE(stores_.pushes().add(subscription).value());
    return subscription;
  }

  Content deliver(const PushSubscription& to, const std::string& body) {
    const std::string signature = "sha256=" + hex(hmac(Digest::Sha256, kSecret, body));
    const Request request{.method = Method::Post,
                          .headers = {{"X-Hub-Signature", signature}, {"Content-Type", "a/b"}},
                          .body = body};
    const Parameters none;
    const auto answered = routes_[0].handler(
        {.parameters = none, .path_id = to.token, .path = "/websub/x", .request = &request});
    EXPECT_TRUE(answered);
    return answered ? *answered : Content{.status = 0};
  }

  std::size_t waiting() { return objects_.list(kDeliveryPrefix, "", 10'000)->objects.size(); }

  ManualClock clock_{kNow};
  memory::MemoryStores stores_{clock_};
  memory::MemoryObjectStore objects_{clock_};
  Sealer sealer_{[](KeyUse) { return parse_keyring(std::string(64, 'a')); }};
  Metrics metrics_;
  std::vector<Route> routes_ = push_routes({.pushes = stores_.pushes(),
                                            .spool = objects_,
                                            .sealer = sealer_,
                                            .clock = clock_,
                                            .arrived = [] {},
                                            .bytes_waiting_max = 4'400},
                                           metrics_);
};

TEST_F(PushRoutes, AHubThatFloodsUsIsAskedToSendAgainAndLeavesRoomForOthers) {
  const PushSubscription flood = subscribe(SourceId(1)), other = subscribe(SourceId(2));
  EXPECT_EQ(deliver(flood, std::string(990, 'a')).status, 202);
  EXPECT_EQ(deliver(flood, std::string(990, 'b')).status, 202);
  const Content refused = deliver(flood, std::string(990, 'c'));
  EXPECT_EQ(refused.status, 503);
  ASSERT_EQ(refused.headers.size(), 1u);
  EXPECT_EQ(refused.headers[0].first, "Retry-After");
  EXPECT_EQ(waiting(), 2u);
  EXPECT_EQ(deliver(other, "small").status, 202);
  // Once it was read there is room again.
  const auto read = objects_.list(delivery_prefix(SourceId(1)), "", 10);
  for (const ObjectInfo& object : read->objects) ASSERT_TRUE(objects_.remove(object.key));
  EXPECT_EQ(deliver(flood, std::string(990, 'c')).status, 202);
}

TEST_F(PushRoutes, AllHubsTogetherHaveABoundToo) {
  std::vector<int> statuses;
  for (int i = 1; i <= 6; ++i)
    statuses.push_back(deliver(subscribe(SourceId(i)), std::string(900, 'a')).status);
  EXPECT_EQ(statuses, std::vector<int>({202, 202, 202, 202, 202, 503}));
}

TEST_F(PushRoutes, ManySmallDeliveriesAreBoundedByTheirNumber) {
  const PushSubscription flood = subscribe(SourceId(1));
  for (int i = 0; i < 1'023; ++i) {
    const Object small = spooled({.source_id = flood.source_id}, clock_.now());
    ASSERT_TRUE(objects_.put({&small, 1}));
    clock_.advance(std::chrono::seconds(1));
  }
  EXPECT_EQ(deliver(flood, "").status, 202);
  clock_.advance(std::chrono::seconds(1));
  EXPECT_EQ(deliver(flood, "").status, 503);
  EXPECT_EQ(waiting(), 1'024u);
}

}  // namespace
}  // namespace tidings::serve
