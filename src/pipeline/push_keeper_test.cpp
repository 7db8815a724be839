#include "pipeline/push_keeper.h"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/memory/memory_stores.h"
#include "core/strings.h"
#include "model/access.h"
#include "pipeline/push_intake.h"

namespace tidings::pipeline {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

const Time kNow = parse_rfc3339("2026-11-23T18:30:00Z").value();

// Takes every request, answers with one status.
class AnsweringHub final : public HttpClient {
 public:
  void send(HttpRequest request, Done done) override {
    // Answered before it is told of: who waits for it may ask again at once, under the same id.
    done(HttpResponse{.status = 202});
    MutexLock lock(mutex_);
    asked_.push_back(std::move(request));
    changed_.notify_all();
  }
  void shutdown() override {}

  // Those since the last call; waits for `count`.
  std::vector<HttpRequest> take(std::size_t count) {
    const auto deadline = std::chrono::steady_clock::now() + seconds(10);
    MutexLock lock(mutex_);
    while (asked_.size() < count) {
      const auto left = deadline - std::chrono::steady_clock::now();
      if (left <= left.zero()) break;
      changed_.wait_for(mutex_, left);
    }
    return std::exchange(asked_, {});
  }

 private:
  Mutex mutex_;
  Condition changed_;
  std::vector<HttpRequest> asked_ GUARDED_BY(mutex_);
};

class PushKeeperTest : public testing::Test {
 protected:
  SourceId add(const std::string& url, const std::vector<std::string>& hubs) {
    const SourceSettings settings{.url = url};
    const SourceId id = stores_.sources().add({&settings, 1}).value()[0].id;
    SourceState state;
    state.hubs = hubs;
    state.due_at = kNow + hours(1);
    state.record.push_topic = url + "?topic";
    save(id, state);
    return id;
  }
  void save(SourceId id, const SourceState& state) {
    const IngestBatch batch{.source_id = id, .state = state};
    ASSERT_TRUE(stores_.articles().ingest({&batch, 1}));
  }
  PushSubscription subscription(SourceId id) { return stores_.pushes().get(id).value(); }

  std::size_t scan_and_act() {
    EXPECT_TRUE(keeper_.scan());
    const auto acted = keeper_.act();
    EXPECT_TRUE(acted);
    return acted ? *acted : 0;
  }
  // What the callback does once the hub has verified.
  void verify(SourceId id, seconds lease) {
    PushSubscription one = subscription(id);
    one.state = PushState::Active;
    one.verified_at = clock_.now();
    one.expires_at = clock_.now() + lease;
    one.due_at = clock_.now() + lease * 85 / 100;
    one.failures = 0;
    ASSERT_TRUE(stores_.pushes().replace(one).value());
  }

  ManualClock clock_{kNow};
  memory::MemoryStores stores_{clock_};
  memory::MemoryObjectStore objects_{clock_};
  AnsweringHub hub_;
  Metrics metrics_;
  Signal appended_;
  PushTrust trust_;
  Sealer sealer_{[](KeyUse) { return parse_keyring(std::string(64, 'a')); }};
  PacedTransfers transfers_{hub_, metrics_, clock_, {.pacing = {.gap = Duration(0)}}};
  PushKeeper keeper_{{stores_.pushes(), stores_.sources(), transfers_, sealer_},
                     trust_,
                     metrics_,
                     clock_,
                     {.public_url = "https://news.example"}};
  PushIntake intake_{{stores_.pushes(), stores_.sources(), stores_.articles(), objects_},
                     appended_,
                     metrics_,
                     clock_,
                     {}};
};

TEST_F(PushKeeperTest, AsksTheFirstHubOfWhoHasOne) {
  const SourceId id = add("https://a.example/feed", {"https://hub.example/", "https://b.example/"});
  add("https://c.example/feed", {});
  EXPECT_EQ(scan_and_act(), 1u);
  const auto asked = hub_.take(1);
  ASSERT_THAT(asked, SizeIs(1));
  EXPECT_EQ(asked[0].method, "POST");
  EXPECT_EQ(asked[0].url, "https://hub.example/");
  const PushSubscription one = subscription(id);
  EXPECT_THAT(asked[0].body, HasSubstr("hub.mode=subscribe"));
  EXPECT_THAT(asked[0].body,
              HasSubstr("hub.callback=https%3A%2F%2Fnews.example%2Fwebsub%2F" + one.token));
  EXPECT_THAT(asked[0].body, HasSubstr("hub.topic=https%3A%2F%2Fa.example%2Ffeed%3Ftopic"));
  EXPECT_THAT(asked[0].body, HasSubstr("hub.secret="));
  EXPECT_THAT(one.secret, HasSubstr("v1."));
  EXPECT_EQ(one.state, PushState::Asked);
  EXPECT_EQ(scan_and_act(), 0u) << "it was asked, and has time";
}

TEST_F(PushKeeperTest, AsksTheNextHubOfWhoHasSeveralWhenOneComesToNothing) {
  const std::vector<std::string> hubs = {"https://hub.example/", "https://b.example/",
                                         "https://hub.example"};  // the first one again
  const SourceId id = add("https://a.example/feed", hubs);
  std::vector<std::string> asked, tokens, secrets;
  std::vector<minutes> waits;
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(scan_and_act(), 1u);
    const PushSubscription one = subscription(id);
    asked.push_back(hub_.take(1).at(0).url);
    EXPECT_EQ(one.hub, asked.back());
    tokens.push_back(one.token);
    secrets.push_back(one.secret);
    waits.push_back(std::chrono::duration_cast<minutes>(one.due_at - clock_.now()));
    clock_.set(one.due_at);
  }
  EXPECT_EQ(asked, std::vector<std::string>({hubs[0], hubs[1], hubs[0], hubs[1], hubs[0]}));
  EXPECT_EQ(std::set(tokens.begin(), tokens.end()).size(), 5u) << "none knows another's";
  EXPECT_EQ(std::set(secrets.begin(), secrets.end()).size(), 5u);
  EXPECT_EQ(waits,
            std::vector<minutes>({minutes(10), minutes(10), minutes(20), minutes(20), minutes(40)}))
      << "longer once all came to nothing";
}

TEST_F(PushKeeperTest, AfterADenialTheOthersAreAskedAtOnceAndOnce) {
  const SourceId id = add("https://a.example/feed", {"https://hub.example/", "https://b.example/"});
  EXPECT_EQ(scan_and_act(), 1u);
  verify(id, hours(10));
  hub_.take(1);
  const auto deny = [&] {
    PushSubscription denied = subscription(id);
    denied.state = PushState::Denied;
    denied.due_at = clock_.now() + std::chrono::days(7);
    ASSERT_TRUE(stores_.pushes().replace(denied).value());
  };
  deny();
  EXPECT_EQ(scan_and_act(), 1u);
  EXPECT_EQ(hub_.take(1).at(0).url, "https://b.example/");
  deny();
  EXPECT_EQ(scan_and_act(), 1u) << "the first one is asked whether it still denies";
  EXPECT_EQ(hub_.take(1).at(0).url, "https://hub.example/");
  deny();
  EXPECT_EQ(scan_and_act(), 0u) << "all have denied";
  clock_.advance(std::chrono::days(7));
  EXPECT_EQ(scan_and_act(), 1u);
  EXPECT_EQ(hub_.take(1).at(0).url, "https://b.example/");
}

TEST_F(PushKeeperTest, AHubThatDiesLosesItsPlaceWithItsLease) {
  const SourceId id = add("https://a.example/feed", {"https://hub.example/", "https://b.example/"});
  scan_and_act();
  verify(id, hours(10));
  PushSubscription proven = subscription(id);
  proven.proven_at = clock_.now();
  ASSERT_TRUE(stores_.pushes().replace(proven).value());
  hub_.take(1);
  clock_.advance(hours(9));
  scan_and_act();
  EXPECT_EQ(hub_.take(1).at(0).url, "https://hub.example/") << "its lease stands: renewed there";
  clock_.advance(hours(2));
  scan_and_act();
  EXPECT_EQ(hub_.take(1).at(0).url, "https://b.example/");
  verify(id, hours(10));
  ASSERT_TRUE(keeper_.scan());
  EXPECT_FALSE(trust_.contains(id)) << "what another hub has proven says nothing of this one";
}

TEST_F(PushKeeperTest, TellsNoHubOfFeedsReadThroughAProxy) {
  const SourceId id = add("https://a.example/feed", {"https://hub.example/"});
  SourceSettings settings = stores_.sources().get(id)->settings;
  SourceAccess access;
  access.proxy = "socks5h://proxy.example:9050";
  settings.access = *seal_access(access, id, sealer_);
  ASSERT_TRUE(stores_.sources().set(id, settings));
  EXPECT_EQ(scan_and_act(), 0u);
}

TEST_F(PushKeeperTest, SharesNoSecretInTheClear) {
  add("https://a.example/feed", {"http://hub.example/"});
  scan_and_act();
  EXPECT_THAT(hub_.take(1).at(0).body, Not(HasSubstr("hub.secret")));
}

TEST_F(PushKeeperTest, TellsNoHubOfFeedsThatAskWhoWeAre) {
  const SourceId id = add("https://a.example/feed", {"https://hub.example/"});
  SourceSettings settings = stores_.sources().get(id)->settings;
  SourceAccess access;
  access.origin = "https://a.example";
  access.set_header("Authorization", "Basic x");
  settings.access = *seal_access(access, id, sealer_);
  ASSERT_TRUE(stores_.sources().set(id, settings));
  EXPECT_EQ(scan_and_act(), 0u);
  EXPECT_FALSE(stores_.pushes().get(id));
}

TEST_F(PushKeeperTest, AsksAgainLaterAndLater) {
  const SourceId id = add("https://a.example/feed", {"https://hub.example/"});
  scan_and_act();
  std::vector<minutes> waits;
  for (int i = 0; i < 10; ++i) {
    const Time due = subscription(id).due_at;
    waits.push_back(std::chrono::duration_cast<minutes>(due - clock_.now()));
    clock_.set(due);
    EXPECT_EQ(scan_and_act(), 1u);
  }
  EXPECT_EQ(waits.front(), minutes(10));
  EXPECT_EQ(waits[1], minutes(20));
  EXPECT_EQ(waits.back(), hours(24));
}

TEST_F(PushKeeperTest, RenewsWithTheSameTokenAndSecret) {
  const SourceId id = add("https://a.example/feed", {"https://hub.example/"});
  scan_and_act();
  const auto first = hub_.take(1);
  verify(id, hours(10));
  clock_.advance(hours(8));
  EXPECT_EQ(scan_and_act(), 0u);
  clock_.advance(minutes(30));
  EXPECT_EQ(scan_and_act(), 1u);
  EXPECT_EQ(hub_.take(1).at(0).body, first.at(0).body);
  EXPECT_EQ(subscription(id).state, PushState::Active) << "the lease still stands";
  // The hub is silent: asked again within the lease, and from the beginning after it.
  EXPECT_LT(subscription(id).due_at, *subscription(id).expires_at);
  clock_.advance(hours(2));
  EXPECT_EQ(scan_and_act(), 1u);
  EXPECT_EQ(subscription(id).state, PushState::Asked);
}

TEST_F(PushKeeperTest, TakesLeaveOfWhatNobodyWants) {
  const SourceId id = add("https://a.example/feed", {"https://hub.example/"});
  scan_and_act();
  verify(id, hours(10));
  hub_.take(1);
  ASSERT_TRUE(stores_.sources().remove(id));
  EXPECT_EQ(scan_and_act(), 1u);
  EXPECT_THAT(hub_.take(1).at(0).body, HasSubstr("hub.mode=unsubscribe"));
  EXPECT_EQ(subscription(id).state, PushState::Leaving);
  for (int i = 0; i < 3; ++i) {  // the hub never verifies
    clock_.set(subscription(id).due_at);
    scan_and_act();
  }
  EXPECT_THAT(*stores_.pushes().list(), IsEmpty());
}

TEST_F(PushKeeperTest, ANewHubIsAskedOnceTheOldOneIsLeft) {
  const SourceId id = add("https://a.example/feed", {"https://hub.example/"});
  scan_and_act();
  verify(id, hours(10));
  SourceState state = stores_.sources().get(id)->state;
  state.hubs = {"https://other.example/"};
  save(id, state);
  scan_and_act();
  const PushSubscription old = subscription(id);
  EXPECT_EQ(old.state, PushState::Leaving);
  ASSERT_TRUE(stores_.pushes().remove(old).value());  // the old hub verified the farewell
  scan_and_act();
  EXPECT_EQ(subscription(id).hub, "https://other.example/");
  EXPECT_NE(subscription(id).token, old.token);
}

constexpr const char* kPushed =
    "<rss version=\"2.0\"><channel><title>A</title><item><title>One</title><guid>1</guid>"
    "<link>https://a.example/1</link></item></channel></rss>";

TEST_F(PushKeeperTest, TrustsAHubThatBroughtSomethingNewUntilAFetchDoes) {
  const SourceId id = add("https://a.example/feed", {"https://hub.example/"});
  scan_and_act();
  verify(id, hours(10));
  ASSERT_TRUE(keeper_.scan());
  EXPECT_FALSE(trust_.contains(id)) << "a lease proves nothing";

  const SourceState before = stores_.sources().get(id)->state;
  const Object waiting = spooled({id, "application/rss+xml", kPushed}, clock_.now());
  ASSERT_TRUE(objects_.put({&waiting, 1}));
  EXPECT_EQ(intake_.step().value(), 1u);
  EXPECT_EQ(intake_.step().value(), 0u) << "it left the spool";
  EXPECT_EQ(stores_.articles().counts()->articles, 1);
  EXPECT_EQ(stores_.sources().get(id)->state, before);
  ASSERT_TRUE(keeper_.scan());
  EXPECT_TRUE(trust_.contains(id));

  clock_.advance(hours(1));
  IngestBatch fetched{.source_id = id, .state = before};
  fetched.state.due_at = clock_.now() + hours(12);
  NewArticle missed;
  missed.identity = hash128("missed");
  missed.article.summary.title = "Missed";
  missed.article.summary.published = clock_.now();
  fetched.articles.push_back(missed);
  ASSERT_TRUE(stores_.articles().ingest({&fetched, 1}));
  ASSERT_TRUE(keeper_.scan());
  EXPECT_FALSE(trust_.contains(id));
  EXPECT_EQ(stores_.sources().get(id)->state.due_at, clock_.now()) << "and is asked at once";
}

TEST_F(PushKeeperTest, TrustEndsWithTheLease) {
  PushSubscription one{
      .state = PushState::Active, .expires_at = kNow + hours(1), .proven_at = kNow - hours(1)};
  EXPECT_TRUE(is_trusted(one, {}, kNow));
  EXPECT_TRUE(is_trusted(one, {.last_new_at = kNow - hours(2)}, kNow));
  EXPECT_FALSE(is_trusted(one, {.last_new_at = kNow}, kNow));
  EXPECT_FALSE(is_trusted(one, {}, kNow + hours(1)));
  one.state = PushState::Denied;
  EXPECT_FALSE(is_trusted(one, {}, kNow));
}

TEST_F(PushKeeperTest, ADeliveryThatIsNoFeedMakesUsAsk) {
  const SourceId id = add("https://a.example/feed", {"https://hub.example/"});
  for (const char* body : {"", "<html>no feed</html>"}) {
    SourceState state = stores_.sources().get(id)->state;
    state.due_at = clock_.now() + hours(5);
    save(id, state);
    const Object waiting = spooled({id, "text/html", body}, clock_.now());
    ASSERT_TRUE(objects_.put({&waiting, 1}));
    EXPECT_EQ(intake_.step().value(), 1u);
    EXPECT_EQ(stores_.sources().get(id)->state.due_at, clock_.now()) << body;
  }
  // Of a source that is gone, and what is no delivery at all.
  const Object orphan = spooled({SourceId(5), "a/b", kPushed}, clock_.now());
  const Object nonsense{.key = "push/x", .bytes = "y"};
  for (const Object& object : {orphan, nonsense}) ASSERT_TRUE(objects_.put({&object, 1}));
  EXPECT_EQ(intake_.step().value(), 2u);
  EXPECT_EQ(intake_.step().value(), 0u);
}

}  // namespace
}  // namespace tidings::pipeline
