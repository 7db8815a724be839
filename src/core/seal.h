// Secrets as they lie in a database: unreadable without the master key, and of no use anywhere but
// in their own place. docs/decisions/secrets.md tells why it is done this way.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/mutex.h"
#include "core/result.h"
#include "core/secret_text.h"

namespace tidings {

// 32 random bytes that wrap the keys of single secrets.
class MasterKey {
 public:
  // 64 hexadecimal digits, or 32 bytes in base64 of either alphabet, padded or not
  // (`openssl rand -base64 32`). InvalidInput without a word of the text.
  static Result<MasterKey> parse(std::string_view text);
  static MasterKey generate();

  // 16 hexadecimal digits that tell keys apart and nothing of what they are.
  const std::string& id() const { return id_; }
  std::string_view bytes() const { return bytes_.view(); }
  SecretText text() const;  // parse() reads it

 private:
  explicit MasterKey(SecretText bytes);

  SecretText bytes_;
  std::string id_;
};

// The first seals; all of them open.
using Keyring = std::vector<MasterKey>;

// One key a line (or separated by blanks or commas); lines that begin with '#' are passed over.
// InvalidInput names the number of the key that cannot be read, and says when there is none.
Result<Keyring> parse_keyring(std::string_view text);

enum class KeyUse { Seal, Open };

// Safe to call from many threads.
//
// An envelope is text: "v1.KEY_ID.WRAPPED_KEY.CIPHERTEXT". Each secret has a random data key of its
// own, wrapped by the master key; both are AES-256-GCM with random nonces. `place` says where the
// envelope lies ("secret/guardian", "source/123/access"): it is authenticated, so that an envelope
// that was moved or exchanged does not open.
class Sealer {
 public:
  // Reads the keys from where they are kept. Asked before each sealing, so that a key that was
  // rotated in is used at once; for opening, once and then only for a key that is not known.
  using LoadKeys = std::function<Result<Keyring>(KeyUse)>;

  explicit Sealer(LoadKeys load) : load_(std::move(load)) {}

  // What loading says.
  Result<std::string> seal(std::string_view plain, std::string_view place) EXCLUDES(mutex_);

  // Codes: "key_unknown" (sealed by a key that is not here), "seal_damaged" (no envelope, or not
  // as it was sealed, or from another place); or what loading says.
  Result<SecretText> open(std::string_view sealed, std::string_view place) EXCLUDES(mutex_);

  // Whether a sealing now would use the same key. False for what is no envelope.
  Result<bool> is_current(std::string_view sealed) EXCLUDES(mutex_);

  // The same secret by the key that seals now: `sealed` itself where that is the one. Errors as
  // open().
  Result<std::string> reseal(std::string_view sealed, std::string_view place) EXCLUDES(mutex_);

 private:
  Result<void> load(KeyUse use) REQUIRES(mutex_);
  const MasterKey* find(std::string_view id) const REQUIRES(mutex_);

  const LoadKeys load_;
  Mutex mutex_;
  Keyring keys_ GUARDED_BY(mutex_);
};

// The id of the master key that an envelope was sealed by; empty for what is no envelope.
std::string_view sealed_by(std::string_view sealed);

}  // namespace tidings
