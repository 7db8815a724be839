#include "core/cryptography.h"

#include <array>
#include <memory>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include "core/check.h"

namespace tidings {
namespace {

struct FreeCipher {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, FreeCipher>;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

// EVP counts in int; what is sealed here is small.
int length_of(std::string_view text) {
  constexpr std::size_t kBytesMax = 1 << 30;
  CHECK(text.size() <= kBytesMax);
  return static_cast<int>(text.size());
}

const EVP_MD* method_of(Digest digest) {
  switch (digest) {
    case Digest::Sha1:
      return EVP_sha1();
    case Digest::Sha256:
      return EVP_sha256();
    case Digest::Sha384:
      return EVP_sha384();
    case Digest::Sha512:
      return EVP_sha512();
  }
  return EVP_sha256();
}

}  // namespace

void wipe(std::string& text) {
  text.resize(text.capacity());  // also what a longer text or a move left behind
  OPENSSL_cleanse(text.data(), text.size());
  text.clear();
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string random_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  CHECK(RAND_bytes(bytes_of(bytes), length_of(bytes)) == 1);
  return bytes;
}

std::string aead_seal(std::string_view key, std::string_view nonce, std::string_view plain,
                      std::string_view associated) {
  CHECK(key.size() == kAeadKeyBytes && nonce.size() == kAeadNonceBytes);
  const Cipher cipher(EVP_CIPHER_CTX_new());
  std::string sealed(plain.size() + kAeadTagBytes, '\0');
  int count = 0;
  CHECK(cipher != nullptr);
  CHECK(EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, bytes_of(key),
                           bytes_of(nonce)) == 1);
  CHECK(EVP_EncryptUpdate(cipher.get(), nullptr, &count, bytes_of(associated),
                          length_of(associated)) == 1);
  CHECK(EVP_EncryptUpdate(cipher.get(), bytes_of(sealed), &count, bytes_of(plain),
                          length_of(plain)) == 1);
  CHECK(static_cast<std::size_t>(count) == plain.size());
  CHECK(EVP_EncryptFinal_ex(cipher.get(), bytes_of(sealed) + count, &count) == 1 && count == 0);
  CHECK(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_GET_TAG, kAeadTagBytes,
                            sealed.data() + plain.size()) == 1);
  return sealed;
}

std::optional<SecretText> aead_open(std::string_view key, std::string_view nonce,
                                    std::string_view sealed, std::string_view associated) {
  CHECK(key.size() == kAeadKeyBytes && nonce.size() == kAeadNonceBytes);
  if (sealed.size() < kAeadTagBytes) return std::nullopt;
  const std::string_view text = sealed.substr(0, sealed.size() - kAeadTagBytes);
  std::string tag(sealed.substr(text.size()));
  std::string plain(text.size(), '\0');
  const Cipher cipher(EVP_CIPHER_CTX_new());
  int count = 0;
  CHECK(cipher != nullptr);
  CHECK(EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, bytes_of(key),
                           bytes_of(nonce)) == 1);
  CHECK(EVP_DecryptUpdate(cipher.get(), nullptr, &count, bytes_of(associated),
                          length_of(associated)) == 1);
  CHECK(EVP_DecryptUpdate(cipher.get(), bytes_of(plain), &count, bytes_of(text), length_of(text)) ==
        1);
  CHECK(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_SET_TAG, kAeadTagBytes, tag.data()) == 1);
  // What was decrypted is anybody's until the tag is found right.
  SecretText opened(std::move(plain));
  std::array<unsigned char, kAeadTagBytes> rest;
  if (EVP_DecryptFinal_ex(cipher.get(), rest.data(), &count) != 1) return std::nullopt;
  return opened;
}

std::string hmac(Digest digest, std::string_view key, std::string_view message) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes;
  unsigned size = 0;
  // A null key would mean the key of the call before.
  static constexpr unsigned char kNoKey = 0;
  CHECK(HMAC(method_of(digest), key.empty() ? &kNoKey : bytes_of(key), length_of(key),
             bytes_of(message), message.size(), bytes.data(), &size) != nullptr);
  return {reinterpret_cast<const char*>(bytes.data()), size};
}

}  // namespace tidings
