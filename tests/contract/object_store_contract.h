// Defines ObjectStore: every adapter instantiates this suite.
#pragma once

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "ports/object_store.h"
#include "tests/contract/contract.h"

namespace tidings::contract {

// One empty store, removed with the object.
class ObjectStoreUnderTest {
 public:
  virtual ~ObjectStoreUnderTest() = default;
  virtual ObjectStore& store() = 0;
  virtual bool reopen() = 0;  // false where nothing outlives it

  ManualClock clock{*parse_rfc3339("2026-11-23T12:00:00Z")};
};

struct ObjectStoreCase {
  std::string name;
  std::function<std::unique_ptr<ObjectStoreUnderTest>()> make;
};
inline void PrintTo(const ObjectStoreCase& c, std::ostream* out) {
  *out << c.name;
}

class ObjectStoreContract : public testing::TestWithParam<ObjectStoreCase> {
 protected:
  void SetUp() override {
    under_test_ = GetParam().make();
    ASSERT_NE(under_test_, nullptr);
  }
  ObjectStore& store() { return under_test_->store(); }
  bool reopen() { return under_test_->reopen(); }

  void put(const std::vector<std::string>& keys) {
    std::vector<Object> objects;
    for (const std::string& key : keys) objects.push_back({.key = key, .bytes = "of " + key});
    must(store().put(objects));
  }
  static std::vector<std::string> keys_of(const ObjectPage& page) {
    std::vector<std::string> keys;
    for (const ObjectInfo& object : page.objects) keys.push_back(object.key);
    return keys;
  }
  std::vector<std::string> keys(const std::string& prefix, const std::string& after = "") {
    return keys_of(must(store().list(prefix, after, 1000)));
  }

 private:
  std::unique_ptr<ObjectStoreUnderTest> under_test_;
};

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST_P(ObjectStoreContract, GivesBackWhatItTook) {
  std::string every_byte;
  for (int i = 0; i < 100'000; ++i) every_byte.push_back(static_cast<char>(i * 7));
  const std::vector<Object> objects = {{.key = "raw/7/2026/11/23/abc.zst", .bytes = every_byte},
                                       {.key = "raw/7/empty", .bytes = ""},
                                       {.key = "A-Z_.0", .bytes = "x"}};
  must(store().put(objects));
  for (const Object& object : objects) EXPECT_TRUE(must(store().get(object.key)) == object.bytes);
  EXPECT_EQ(kind_of(store().get("raw/7/none")), ErrorKind::NotFound);
  EXPECT_EQ(kind_of(store().get("raw/7")), ErrorKind::NotFound);  // a folder is no object
  EXPECT_EQ(kind_of(store().get("no/such/folder")), ErrorKind::NotFound);
}

TEST_P(ObjectStoreContract, ReplacesWhatWasThere) {
  const std::vector<Object> first = {{.key = "a", .bytes = "a long first form"}};
  const std::vector<Object> second = {{.key = "a", .bytes = "2"}, {.key = "a", .bytes = "3"}};
  must(store().put(first));
  must(store().put(second));
  EXPECT_EQ(must(store().get("a")), "3");
  EXPECT_THAT(keys(""), ElementsAre("a"));
}

TEST_P(ObjectStoreContract, RefusesBadKeys) {
  const std::string too_long = std::string(201, 'a');
  std::string too_deep = "a";
  while (too_deep.size() <= 512) too_deep += "/a";
  const std::vector<std::string> bad = {
      "",       "/a",     "a/",  "a//b", ".",    "..",   "a/../b",
      "./a",    "a/.",    "a b", "ä",    "a\\b", "a\nb", std::string("a\0b", 3),
      too_long, too_deep, "a~",  "a%2e"};
  for (const std::string& key : bad) {
    const std::vector<Object> objects = {{.key = "good", .bytes = "g"}, {.key = key, .bytes = "x"}};
    EXPECT_EQ(kind_of(store().put(objects)), ErrorKind::InvalidInput) << key;
    EXPECT_EQ(kind_of(store().get(key)), ErrorKind::InvalidInput) << key;
    EXPECT_EQ(kind_of(store().remove(key)), ErrorKind::InvalidInput) << key;
  }
  EXPECT_THAT(keys(""), IsEmpty());  // keys are looked at before anything is written
  put({"...", "..a", "a..", std::string(200, 'a')});
  EXPECT_THAT(keys(""), SizeIs(4));
}

TEST_P(ObjectStoreContract, RemovesObjects) {
  put({"a/b/c", "a/b/d", "e"});
  must(store().remove("a/b/c"));
  must(store().remove("a/b/c"));
  must(store().remove("never/there"));
  EXPECT_EQ(kind_of(store().get("a/b/c")), ErrorKind::NotFound);
  EXPECT_THAT(keys(""), ElementsAre("a/b/d", "e"));
  must(store().remove("a/b/d"));
  EXPECT_THAT(keys("a"), IsEmpty());
  put({"a/b/c"});  // into a folder that emptied
  EXPECT_THAT(keys("a"), ElementsAre("a/b/c"));
}

TEST_P(ObjectStoreContract, ListsByKeyAndPrefix) {
  // '-' and '.' come before '/', digits after.
  const std::vector<std::string> all = {"a-b",  "a.b/c", "a/b",     "a/b-c/d",  "a/b.c",
                                        "a/b0", "a0",    "raw/1/x", "raw/10/x", "raw/2/x"};
  std::vector<std::string> given = all;
  std::ranges::reverse(given);
  // "a/b" is an object, so "a/b/…" may not be; all others are free.
  put(given);
  ASSERT_TRUE(std::ranges::is_sorted(all));
  EXPECT_EQ(keys(""), all);
  EXPECT_THAT(keys("raw/1"), ElementsAre("raw/1/x", "raw/10/x"));
  EXPECT_THAT(keys("raw/1/"), ElementsAre("raw/1/x"));
  EXPECT_THAT(keys("a/b"), ElementsAre("a/b", "a/b-c/d", "a/b.c", "a/b0"));
  EXPECT_THAT(keys("raw/10/x"), ElementsAre("raw/10/x"));
  EXPECT_THAT(keys("raw/10/x/y"), IsEmpty());
  EXPECT_THAT(keys("zzz"), IsEmpty());
  EXPECT_THAT(keys("../"), IsEmpty());
  EXPECT_THAT(keys("/"), IsEmpty());
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(keys("", all[i]), std::vector<std::string>(all.begin() + i + 1, all.end()));
  }
  EXPECT_THAT(keys("raw/", "a"), ElementsAre("raw/1/x", "raw/10/x", "raw/2/x"));
  EXPECT_THAT(keys("raw/", "raw/10/a"), ElementsAre("raw/10/x", "raw/2/x"));
  EXPECT_THAT(keys("a", "b"), IsEmpty());
}

TEST_P(ObjectStoreContract, ListsInPages) {
  std::vector<std::string> all;
  for (int i = 100; i < 150; ++i) {
    all.push_back("raw/" + std::to_string(i % 7) + "/" + std::to_string(i));
  }
  put(all);
  std::ranges::sort(all);
  for (const std::size_t limit : {1u, 7u, 49u, 50u, 51u}) {
    std::vector<std::string> found;
    std::string after;
    do {
      const ObjectPage page = must(store().list("raw/", after, limit));
      ASSERT_LE(page.objects.size(), limit);
      for (const std::string& key : keys_of(page)) found.push_back(key);
      after = page.next;
    } while (!after.empty());
    EXPECT_EQ(found, all) << limit;
  }
  EXPECT_THAT(must(store().list("", "", 0)).objects, SizeIs(1));
}

TEST_P(ObjectStoreContract, StatesSizes) {
  const std::vector<Object> objects = {{.key = "a", .bytes = std::string(12345, 'x')},
                                       {.key = "b", .bytes = ""}};
  must(store().put(objects));
  const ObjectPage page = must(store().list("", "", 10));
  ASSERT_THAT(page.objects, SizeIs(2));
  EXPECT_EQ(page.objects[0].size_bytes, 12345);
  EXPECT_EQ(page.objects[1].size_bytes, 0);
  EXPECT_GT(page.objects[0].modified_at, Time{});
  EXPECT_GT(must(store().free_bytes()).value_or(1), 0);
}

TEST_P(ObjectStoreContract, TakesNothingAndMany) {
  must(store().put({}));
  std::vector<std::string> many;
  for (int i = 0; i < 600; ++i) {
    many.push_back("m/" + std::to_string(i % 20) + "/" + std::to_string(i));
  }
  put(many);
  EXPECT_THAT(keys("m/"), SizeIs(600));
  EXPECT_EQ(must(store().get("m/3/3")), "of m/3/3");
}

TEST_P(ObjectStoreContract, IsSafeToCallFromManyThreads) {
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&, t] {
        for (int i = 0; i < 20; ++i) {
          const std::string n = std::to_string(i);
          put({"shared/" + n, "own/" + std::to_string(t) + "/" + n});
          EXPECT_EQ(must(store().get("shared/" + n)), "of shared/" + n);
          if (i % 5 == 0) must(store().list("", "", 1000));
        }
      });
    }
  }
  EXPECT_THAT(keys("shared/"), SizeIs(20));
  EXPECT_THAT(keys("own/"), SizeIs(80));
}

TEST_P(ObjectStoreContract, KeepsEverythingThroughAReopening) {
  put({"a/b", "c"});
  if (!reopen()) return;  // nothing outlives this store
  EXPECT_THAT(keys(""), ElementsAre("a/b", "c"));
  EXPECT_EQ(must(store().get("a/b")), "of a/b");
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(ObjectStoreContract);

}  // namespace tidings::contract
