// The few primitives that secrets need, on OpenSSL: random bytes, authenticated encryption, keyed
// digests.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/secret_text.h"

namespace tidings {

// From the system's generator; ends the program when there is none.
std::string random_bytes(std::size_t count);

constexpr std::size_t kAeadKeyBytes = 32;
constexpr std::size_t kAeadNonceBytes = 12;
constexpr std::size_t kAeadTagBytes = 16;

// AES-256-GCM (NIST SP 800-38D): ciphertext with its tag behind it. `associated` is authenticated
// and not encrypted. A nonce must never be used twice with one key.
std::string aead_seal(std::string_view key, std::string_view nonce, std::string_view plain,
                      std::string_view associated);

// Nothing when key, nonce, ciphertext, tag or associated data are not those of aead_seal().
std::optional<SecretText> aead_open(std::string_view key, std::string_view nonce,
                                    std::string_view sealed, std::string_view associated);

enum class Digest { Sha1, Sha256, Sha384, Sha512 };

// HMAC (RFC 2104), raw bytes.
std::string hmac(Digest digest, std::string_view key, std::string_view message);

}  // namespace tidings
