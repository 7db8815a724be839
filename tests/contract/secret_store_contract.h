// Defines SecretStore: every adapter instantiates this suite.
#pragma once

#include <chrono>
#include <string>

#include "tests/contract/contract.h"

namespace tidings::contract {

class SecretStoreContract : public StoresContract {};

TEST_P(SecretStoreContract, KeepsAndReplacesByName) {
  must(secrets().put("guardian", "envelope 1"));
  const Time first = now();
  must(secrets().put("a.b-c_9", "envelope 2"));
  clock().advance(std::chrono::hours(1));
  must(secrets().put("guardian", "envelope 3"));
  const SealedSecret secret = must(secrets().get("guardian"));
  EXPECT_EQ(secret.name, "guardian");
  EXPECT_EQ(secret.sealed, "envelope 3");
  EXPECT_EQ(secret.changed_at, now());
  EXPECT_EQ(must(secrets().get("a.b-c_9")).changed_at, first);
}

TEST_P(SecretStoreContract, ListsByName) {
  for (const char* name : {"b", "a-z", "9", "a", "a.b"}) must(secrets().put(name, "envelope"));
  std::vector<std::string> names;
  for (const SealedSecret& secret : must(secrets().list())) names.push_back(secret.name);
  EXPECT_THAT(names, testing::ElementsAre("9", "a", "a-z", "a.b", "b"));
}

TEST_P(SecretStoreContract, RemovesOnce) {
  must(secrets().put("guardian", "envelope"));
  must(secrets().remove("guardian"));
  EXPECT_EQ(kind_of(secrets().remove("guardian")), ErrorKind::NotFound);
  const auto gone = secrets().get("guardian");
  EXPECT_EQ(kind_of(gone), ErrorKind::NotFound);
  EXPECT_THAT(gone.error().message, testing::HasSubstr("tidings secrets set guardian"));
  EXPECT_THAT(must(secrets().list()), testing::IsEmpty());
}

TEST_P(SecretStoreContract, RefusesWhatIsNoName) {
  const std::string too_long(65, 'a');
  for (const std::string& name :
       {std::string(), std::string("A"), std::string(".a"), std::string("a b"), std::string("a/b"),
        std::string("é"), std::string("a\0b", 3), too_long})
    EXPECT_EQ(kind_of(secrets().put(name, "envelope")), ErrorKind::InvalidInput) << name;
  must(secrets().put(too_long.substr(1), "envelope"));
}

TEST_P(SecretStoreContract, ResealsOnlyWhatStayedAsItWas) {
  must(secrets().put("guardian", "envelope 1"));
  const Time changed_at = now();
  clock().advance(std::chrono::hours(1));
  EXPECT_TRUE(must(secrets().reseal("guardian", "envelope 1", "envelope 2")));
  EXPECT_FALSE(must(secrets().reseal("guardian", "envelope 1", "envelope 3")));
  EXPECT_FALSE(must(secrets().reseal("nytimes", "envelope 1", "envelope 3")));
  const SealedSecret secret = must(secrets().get("guardian"));
  EXPECT_EQ(secret.sealed, "envelope 2");
  EXPECT_EQ(secret.changed_at, changed_at);
}

TEST_P(SecretStoreContract, KeepsEverythingThroughAReopening) {
  must(secrets().put("guardian", "envelope"));
  if (!reopen()) return;  // nothing outlives this store
  EXPECT_EQ(must(secrets().get("guardian")).sealed, "envelope");
}

TEST_P(SecretStoreContract, OpensWithTheSealer) {
  Sealer sealer([](KeyUse) { return parse_keyring(std::string(64, 'a')); });
  must(secrets().put("guardian", must(sealer.seal("hunter2", secret_place("guardian")))));
  EXPECT_EQ(must(open_secret(secrets(), sealer, "guardian")).view(), "hunter2");
  // Moved to another name by somebody who can write the database.
  must(secrets().put("nytimes", must(secrets().get("guardian")).sealed));
  EXPECT_EQ(open_secret(secrets(), sealer, "nytimes").error().code, "seal_damaged");
  EXPECT_EQ(kind_of(open_secret(secrets(), sealer, "absent")), ErrorKind::NotFound);
  EXPECT_EQ(kind_of(open_secret(secrets(), sealer, "No Name")), ErrorKind::InvalidInput);
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(SecretStoreContract);

}  // namespace tidings::contract
