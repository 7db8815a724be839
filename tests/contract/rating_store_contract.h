// Defines RatingStore: every adapter instantiates this suite.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "tests/contract/contract.h"

namespace tidings::contract {

class RatingStoreContract : public StoresContract {
 protected:
  std::vector<EventKind> told_since(EventSequence before) {
    std::vector<EventKind> kinds;
    for (const Event& event : all_events(before)) kinds.push_back(event.kind);
    return kinds;
  }
};

TEST_P(RatingStoreContract, KeepsWhatEachOwnerGaveLast) {
  must(ratings().put("local", "publisher,rating\r\nx.org,left\r\n"));
  must(ratings().put("other", "publisher,rating\r\nx.org,right\r\n"));
  clock().advance(std::chrono::hours(1));
  must(ratings().put("local", "publisher,größe\r\nx.org,\"a \"\"b\"\"\"\r\n"));
  EXPECT_EQ(must(ratings().get("local")).csv, "publisher,größe\r\nx.org,\"a \"\"b\"\"\"\r\n");
  EXPECT_EQ(must(ratings().get("local")).changed_at, now());
  EXPECT_EQ(must(ratings().get("other")).csv, "publisher,rating\r\nx.org,right\r\n");
}

TEST_P(RatingStoreContract, RemovesOnce) {
  must(ratings().put("local", "a"));
  must(ratings().put("other", "b"));
  must(ratings().remove("local"));
  EXPECT_EQ(kind_of(ratings().get("local")), ErrorKind::NotFound);
  EXPECT_EQ(kind_of(ratings().remove("local")), ErrorKind::NotFound);
  EXPECT_EQ(must(ratings().get("other")).csv, "b");
}

TEST_P(RatingStoreContract, TellsOfEveryChange) {
  const EventSequence before = must(events().head());
  must(ratings().put("local", "a"));
  must(ratings().remove("local"));
  EXPECT_EQ(kind_of(ratings().remove("local")), ErrorKind::NotFound);
  EXPECT_THAT(told_since(before),
              testing::ElementsAre(EventKind::RatingsChanged, EventKind::RatingsChanged));
}

TEST_P(RatingStoreContract, RefusesWhatIsNoTableAndKeepsTheOneThatIsThere) {
  must(ratings().put("local", "a"));
  const EventSequence before = must(events().head());
  for (const std::string& csv : {std::string(), std::string(kRatingsBytesMax + 1, 'a'),
                                 std::string("\xFF"), std::string("a\0b", 3)})
    EXPECT_EQ(kind_of(ratings().put("local", csv)), ErrorKind::InvalidInput);
  EXPECT_EQ(must(ratings().get("local")).csv, "a");
  EXPECT_TRUE(told_since(before).empty());
  must(ratings().put("local", std::string(kRatingsBytesMax, 'a')));
}

TEST_P(RatingStoreContract, KeepsThemThroughAReopening) {
  must(ratings().put("local", "a"));
  if (!reopen()) return;  // nothing outlives this store
  EXPECT_EQ(must(ratings().get("local")).csv, "a");
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(RatingStoreContract);

}  // namespace tidings::contract
