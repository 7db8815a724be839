// Defines PushStore: every adapter instantiates this suite.
#pragma once

#include <chrono>
#include <set>
#include <string>
#include <thread>

#include "tests/contract/contract.h"

namespace tidings::contract {

class PushStoreContract : public StoresContract {
 protected:
  PushSubscription subscription(int source) {
    return {.source_id = SourceId(source),
            .hub = "https://hub.example/",
            .topic = "https://a.example/feed",
            .token = new_push_token(SourceId(source)),
            .secret = "v1.envelope",
            .due_at = now()};
  }
  static std::vector<int> ids(const std::vector<PushSubscription>& found) {
    std::vector<int> ids;
    for (const PushSubscription& one : found)
      ids.push_back(static_cast<int>(to_int(one.source_id)));
    return ids;
  }
};

TEST_P(PushStoreContract, GivesBackWhatItTook) {
  PushSubscription given = subscription(7);
  EXPECT_TRUE(must(pushes().add(given)));
  EXPECT_FALSE(must(pushes().add(subscription(7)))) << "one a source";
  given.version = 1;
  EXPECT_EQ(must(pushes().get(SourceId(7))), given);
  EXPECT_EQ(kind_of(pushes().get(SourceId(8))), ErrorKind::NotFound);
}

TEST_P(PushStoreContract, KeepsEveryField) {
  must(pushes().add(subscription(7)));
  PushSubscription changed = must(pushes().get(SourceId(7)));
  changed.hub = "https://other.example/";
  changed.topic = "https://a.example/新聞";
  changed.secret = "";
  changed.state = PushState::Active;
  changed.due_at = now() + std::chrono::hours(8);
  changed.verified_at = now();
  changed.expires_at = now() + std::chrono::hours(10);
  changed.last_push_at = now() - std::chrono::seconds(1);
  changed.proven_at = now() - std::chrono::seconds(2);
  changed.failures = 3;
  EXPECT_TRUE(must(pushes().replace(changed)));
  ++changed.version;
  EXPECT_EQ(must(pushes().get(SourceId(7))), changed);
  if (reopen()) EXPECT_EQ(must(pushes().get(SourceId(7))), changed);
}

TEST_P(PushStoreContract, OverwritesNothingThatItDidNotSee) {
  must(pushes().add(subscription(7)));
  const PushSubscription read = must(pushes().get(SourceId(7)));
  PushSubscription first = read, second = read;
  first.failures = 1;
  second.failures = 2;
  EXPECT_TRUE(must(pushes().replace(first)));
  EXPECT_FALSE(must(pushes().replace(second)));
  EXPECT_FALSE(must(pushes().remove(second)));
  EXPECT_EQ(must(pushes().get(SourceId(7))).failures, 1);
  EXPECT_TRUE(must(pushes().remove(must(pushes().get(SourceId(7))))));
  EXPECT_FALSE(must(pushes().replace(first)));
  EXPECT_THAT(must(pushes().list()), testing::IsEmpty());
}

TEST_P(PushStoreContract, TellsWhatIsDueEarliestFirst) {
  for (const auto& [source, minutes] : {std::pair(3, 2), {1, 1}, {2, 1}, {4, 9}}) {
    PushSubscription one = subscription(source);
    one.due_at = now() + std::chrono::minutes(minutes);
    must(pushes().add(one));
  }
  EXPECT_THAT(must(pushes().due(now(), 10)), testing::IsEmpty());
  clock().advance(std::chrono::minutes(2));
  EXPECT_THAT(ids(must(pushes().due(now(), 10))), testing::ElementsAre(1, 2, 3));
  EXPECT_THAT(ids(must(pushes().due(now(), 1))), testing::ElementsAre(1));
  EXPECT_THAT(ids(must(pushes().list())), testing::ElementsAre(1, 2, 3, 4));
}

TEST_P(PushStoreContract, OutlivesItsSource) {
  const SourceId source = add_source();
  PushSubscription one = subscription(1);
  one.source_id = source;
  must(pushes().add(one));
  must(sources().remove(source));
  EXPECT_EQ(must(pushes().get(source)).token, one.token) << "the hub is still to be told";
}

TEST_P(PushStoreContract, TokensNameTheirSourceAndNeverRepeat) {
  std::set<std::string> tokens;
  for (int i = 0; i < 100; ++i) tokens.insert(new_push_token(SourceId(7)));
  EXPECT_EQ(tokens.size(), 100u);
  EXPECT_EQ(source_of_token(*tokens.begin()), SourceId(7));
  for (const char* none : {"", "7", "-abc", "x-abc", "0-abc", "7x-abc"})
    EXPECT_EQ(source_of_token(none), std::nullopt) << none;
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(PushStoreContract);

}  // namespace tidings::contract
