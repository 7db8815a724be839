#include "core/seal.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/cryptography.h"
#include "core/encoding.h"

namespace tidings {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string unhex(std::string_view text) {
  return from_hex(text).value();
}

TEST(Aead, GivesTheKnownAnswers) {
  // The AES-256 cases of "The Galois/Counter Mode of Operation" (McGrew, Viega), appendix B.
  const struct {
    const char* why;
    std::string_view key, nonce, plain, associated, sealed;
  } cases[] = {
      {"13: nothing at all", "0000000000000000000000000000000000000000000000000000000000000000",
       "000000000000000000000000", "", "", "530f8afbc74536b9a963b4f1c4cb738b"},
      {"14: one block", "0000000000000000000000000000000000000000000000000000000000000000",
       "000000000000000000000000", "00000000000000000000000000000000", "",
       "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"},
      {"16: with associated data, no whole blocks",
       "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
       "cafebabefacedbaddecaf888",
       "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449"
       "a6b525b16aedf5aa0de657ba637b39",
       "feedfacedeadbeeffeedfacedeadbeefabaddad2",
       "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056"
       "828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b"},
  };
  for (const auto& c : cases) {
    const std::string key = unhex(c.key), nonce = unhex(c.nonce);
    const std::string sealed = aead_seal(key, nonce, unhex(c.plain), unhex(c.associated));
    EXPECT_EQ(hex(sealed), c.sealed) << c.why;
    const auto opened = aead_open(key, nonce, sealed, unhex(c.associated));
    ASSERT_TRUE(opened) << c.why;
    EXPECT_EQ(hex(opened->view()), c.plain) << c.why;
    EXPECT_FALSE(aead_open(key, nonce, sealed, unhex(c.associated) + "x")) << c.why;
  }
}

TEST(Hmac, GivesTheKnownAnswers) {
  // RFC 2202 §3 and RFC 4231 §4.3, the case with the key "Jefe".
  const struct {
    Digest digest;
    std::string_view expected;
  } cases[] = {
      {Digest::Sha1, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"},
      {Digest::Sha256, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
      {Digest::Sha384,
       "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ec"
       "fab21649"},
      {Digest::Sha512,
       "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8"
       "f0e6fdcaeab1a34d4a6b4b636e070a38bce737"},
  };
  for (const auto& c : cases)
    EXPECT_EQ(hex(hmac(c.digest, "Jefe", "what do ya want for nothing?")), c.expected);
  EXPECT_EQ(hex(hmac(Digest::Sha256, "", "")),
            "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST(Encoding, OneSpellingForEachBytes) {
  // RFC 4648 §10.
  const struct {
    std::string_view bytes, padded, bare, hexadecimal;
  } cases[] = {{"", "", "", ""},
               {"f", "Zg==", "Zg", "66"},
               {"fo", "Zm8=", "Zm8", "666f"},
               {"foobar", "Zm9vYmFy", "Zm9vYmFy", "666f6f626172"},
               {"\xFB\xFF", "+/8=", "-_8", "fbff"}};
  for (const auto& c : cases) {
    EXPECT_EQ(base64(c.bytes), c.padded);
    EXPECT_EQ(base64url(c.bytes), c.bare);
    EXPECT_EQ(hex(c.bytes), c.hexadecimal);
    EXPECT_EQ(from_base64url(c.bare), c.bytes);
    EXPECT_EQ(from_hex(c.hexadecimal), c.bytes);
  }
  for (const std::string_view bad : {"Z", "Zh", "Zg==", "Z g", "+/8", "Zm9"})
    EXPECT_FALSE(from_base64url(bad)) << bad;
  for (const std::string_view bad : {"6", "6g", " 6"}) EXPECT_FALSE(from_hex(bad)) << bad;
}

TEST(EqualInConstantTime, ComparesAllBytes) {
  EXPECT_TRUE(equal_in_constant_time("", ""));
  EXPECT_TRUE(equal_in_constant_time("secret", "secret"));
  EXPECT_FALSE(equal_in_constant_time("secret", "secreT"));
  EXPECT_FALSE(equal_in_constant_time("secret", "secret "));
}

TEST(SecretText, LeavesNothingBehind) {
  std::string text = "hunter2 hunter2 hunter2 hunter2";
  const char* bytes = text.data();
  wipe(text);
  EXPECT_TRUE(text.empty());
  EXPECT_TRUE(std::all_of(bytes, bytes + 31, [](char c) { return c == '\0'; }));

  SecretText secret(std::string("short"));
  const char* inside = secret.view().data();
  const SecretText moved(std::move(secret));
  EXPECT_EQ(moved.view(), "short");
  EXPECT_TRUE(std::all_of(inside, inside + 5, [](char c) { return c == '\0'; }));
}

MasterKey key_of(char byte) {
  return *MasterKey::parse(hex(std::string(32, byte)));
}

// Keys that a test exchanges.
class SealerTest : public testing::Test {
 protected:
  Sealer sealer_{[this](KeyUse) -> Result<Keyring> {
    ++loads_;
    if (failure_) return *failure_;
    Keyring keys;
    for (const char byte : keys_) keys.push_back(key_of(byte));
    return keys;
  }};
  std::string keys_ = "a";
  std::optional<Error> failure_;
  int loads_ = 0;
};

TEST_F(SealerTest, OpensWhatItSealed) {
  for (const std::string& plain : {std::string(), std::string("hunter2"),
                                   std::string("a\0b\n\xFF", 5), std::string(100'000, 'x')}) {
    const auto sealed = sealer_.seal(plain, "secret/guardian");
    ASSERT_TRUE(sealed) << sealed.error().message;
    EXPECT_EQ(sealed->find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                        "0123456789-_."),
              std::string::npos);
    const auto opened = sealer_.open(*sealed, "secret/guardian");
    ASSERT_TRUE(opened) << opened.error().message;
    EXPECT_EQ(opened->view(), plain);
  }
}

TEST_F(SealerTest, NeverSealsAlikeTwice) {
  EXPECT_NE(*sealer_.seal("hunter2", "secret/a"), *sealer_.seal("hunter2", "secret/a"));
}

// Made by another program (Python's cryptography) from the description in
// docs/decisions/secrets.md.
TEST_F(SealerTest, OpensWhatEarlierVersionsSealed) {
  const auto opened = sealer_.open(
      "v1.5b854e84fd00660b.Zmlyc3Qgbm9uY2Uucn2RQU4ib_oJV40h6rAoNln_CVIaf5uEyUNDjQmttb1ALgwfC5kByC"
      "4lmekpKaNl.c2Vjb25kIG5vbmMuHm7uNscrtFFyNKY4bGyU-M4fGfJQAGQ",
      "secret/guardian");
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_EQ(opened->view(), "hunter2");
}

TEST_F(SealerTest, ASecretOpensInItsOwnPlaceOnly) {
  const std::string sealed = *sealer_.seal("hunter2", "source/12/access");
  for (const std::string_view place :
       {"source/1/access", "source/12/acces", "secret/guardian", "", "2/access"}) {
    const auto opened = sealer_.open(sealed, place);
    ASSERT_FALSE(opened) << place;
    EXPECT_EQ(opened.error().code, "seal_damaged") << place;
  }
}

TEST_F(SealerTest, EveryByteIsGuarded) {
  const std::string sealed = *sealer_.seal("hunter2", "secret/guardian");
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    for (const char replacement : {'A', 'B', 'a', '0', '-', '.', '\0', '\x80'}) {
      if (sealed[i] == replacement) continue;
      std::string changed = sealed;
      changed[i] = replacement;
      EXPECT_FALSE(sealer_.open(changed, "secret/guardian")) << i;
    }
    EXPECT_FALSE(sealer_.open(sealed.substr(0, i), "secret/guardian")) << i;
    std::string longer = sealed;
    longer.insert(i, 1, 'A');
    EXPECT_FALSE(sealer_.open(longer, "secret/guardian")) << i;
  }
  EXPECT_FALSE(sealer_.open(sealed + "A", "secret/guardian"));
  EXPECT_FALSE(sealer_.open(sealed + ".", "secret/guardian"));
}

TEST_F(SealerTest, PartsOfTwoEnvelopesMakeNone) {
  const std::string one = *sealer_.seal("one", "secret/a"), two = *sealer_.seal("two", "secret/a");
  const std::string exchanged = one.substr(0, one.rfind('.')) + two.substr(two.rfind('.'));
  EXPECT_FALSE(sealer_.open(exchanged, "secret/a"));
}

TEST_F(SealerTest, RotatedKeysOpenAndTheNewestSeals) {
  const std::string old = *sealer_.seal("hunter2", "secret/a");
  EXPECT_TRUE(*sealer_.is_current(old));
  keys_ = "ba";
  EXPECT_FALSE(*sealer_.is_current(old));
  EXPECT_EQ(sealer_.open(old, "secret/a")->view(), "hunter2");
  const std::string fresh = *sealer_.seal("hunter2", "secret/a");
  EXPECT_EQ(sealed_by(fresh), key_of('b').id());
  EXPECT_TRUE(*sealer_.is_current(fresh));
  EXPECT_EQ(*sealer_.reseal(fresh, "secret/a"), fresh);
  const std::string resealed = *sealer_.reseal(old, "secret/a");
  EXPECT_FALSE(sealer_.reseal(old, "secret/b"));
  keys_ = "b";
  EXPECT_EQ(sealer_.open(resealed, "secret/a")->view(), "hunter2");
  EXPECT_TRUE(sealer_.open(fresh, "secret/a"));
}

TEST_F(SealerTest, AKeyThatCameSinceIsLookedFor) {
  EXPECT_TRUE(sealer_.seal("warm", "secret/a"));
  Sealer elsewhere([](KeyUse) -> Result<Keyring> {
    Keyring keys;
    keys.push_back(key_of('b'));
    return keys;
  });
  const std::string sealed = *elsewhere.seal("hunter2", "secret/a");
  const auto unknown = sealer_.open(sealed, "secret/a");
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, "key_unknown");
  EXPECT_THAT(unknown.error().message, HasSubstr(key_of('b').id()));
  keys_ = "ba";
  EXPECT_EQ(sealer_.open(sealed, "secret/a")->view(), "hunter2");
  const int loads = loads_;
  EXPECT_TRUE(sealer_.open(sealed, "secret/a"));
  EXPECT_EQ(loads_, loads) << "a key that is known is not looked for again";
}

TEST_F(SealerTest, SaysWhyThereIsNoKey) {
  failure_ = not_found("data/tidings.key is not there");
  EXPECT_EQ(sealer_.seal("hunter2", "secret/a").error().message, failure_->message);
  EXPECT_EQ(sealer_.open("nonsense", "secret/a").error().code, "seal_damaged");
}

TEST(MasterKey, IsReadInEverySpelling) {
  const std::string bytes = "\xFB\xFF" + std::string(30, 'k');
  const std::string id = MasterKey::parse(hex(bytes))->id();
  EXPECT_EQ(id.size(), 16u);
  for (const std::string& text : {base64(bytes), base64url(bytes)})
    EXPECT_EQ(MasterKey::parse(text)->id(), id) << text;
  EXPECT_EQ(MasterKey::parse(MasterKey::parse(hex(bytes))->text().view())->id(), id);
  EXPECT_NE(MasterKey::generate().id(), MasterKey::generate().id());
}

TEST(MasterKey, ErrorsDoNotShowIt) {
  for (const std::string text : {"hunter2", "", "aGVsbG8=", "zz"}) {
    const auto key = MasterKey::parse(text);
    ASSERT_FALSE(key) << text;
    EXPECT_THAT(key.error().message, HasSubstr("openssl rand -base64 32"));
    if (text.empty()) continue;
    EXPECT_THAT(key.error().message, Not(HasSubstr(text)));
  }
}

TEST(ParseKeyring, TakesLinesBlanksCommasAndComments) {
  const std::string a(key_of('a').text().view()), b(key_of('b').text().view());
  const auto keys = parse_keyring("# of May, replaced\n" + a + "\r\n\n  " + b + " , " + a + "\n");
  ASSERT_TRUE(keys) << keys.error().message;
  ASSERT_EQ(keys->size(), 3u);
  EXPECT_EQ(keys->at(1).id(), key_of('b').id());
  EXPECT_THAT(parse_keyring(a + "\nnonsense").error().message, HasSubstr("key 2: "));
  EXPECT_THAT(parse_keyring("# none\n").error().message, HasSubstr("there is no key"));
}

}  // namespace
}  // namespace tidings
