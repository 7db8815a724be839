#include "core/seal.h"

#include <algorithm>
#include <optional>

#include "core/cryptography.h"
#include "core/encoding.h"
#include "core/strings.h"

namespace tidings {
namespace {

constexpr std::string_view kVersion = "v1";
constexpr std::size_t kKeyIdDigits = 16;
constexpr std::size_t kWrappedBytes = kAeadNonceBytes + kAeadKeyBytes + kAeadTagBytes;

struct Envelope {
  std::string key_id;
  std::string wrapped;  // nonce, data key, tag
  std::string content;  // nonce, ciphertext, tag
};

bool is_key_id(std::string_view text) {
  return text.size() == kKeyIdDigits &&
         std::ranges::all_of(text, [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); });
}

std::optional<Envelope> read_envelope(std::string_view sealed) {
  const std::vector<std::string_view> parts = split(sealed, '.');
  if (parts.size() != 4 || parts[0] != kVersion || !is_key_id(parts[1])) return std::nullopt;
  auto wrapped = from_base64url(parts[2]);
  auto content = from_base64url(parts[3]);
  if (!wrapped || wrapped->size() != kWrappedBytes) return std::nullopt;
  if (!content || content->size() < kAeadNonceBytes + kAeadTagBytes) return std::nullopt;
  return Envelope{std::string(parts[1]), *std::move(wrapped), *std::move(content)};
}

// What an encryption is bound to. The purposes differ, so that a wrapped key never passes for a
// content; the place is last, so that no two bindings are spelled alike.
std::string binding(std::string_view purpose, std::string_view key_id, std::string_view place) {
  std::string text = "tidings.seal.";
  text.append(kVersion).append(".").append(purpose).append(".").append(key_id).append(".");
  return text.append(place);
}

std::string encrypt(std::string_view key, std::string_view plain, std::string_view bound_to) {
  std::string bytes = random_bytes(kAeadNonceBytes);
  return bytes += aead_seal(key, bytes, plain, bound_to);
}

std::optional<SecretText> decrypt(std::string_view key, std::string_view bytes,
                                  std::string_view bound_to) {
  return aead_open(key, bytes.substr(0, kAeadNonceBytes), bytes.substr(kAeadNonceBytes), bound_to);
}

Error damaged() {
  return {ErrorKind::Corrupt,
          "a sealed secret cannot be opened: it was changed, or moved from where it was sealed; "
          "set it again",
          "seal_damaged"};
}

Error unknown_key(std::string_view id) {
  return {ErrorKind::Corrupt,
          "a secret is sealed by the key " + std::string(id) +
              ", which is not among the keys here: bring that key back (the key file from a "
              "backup, or TIDINGS_SECRETS_KEY as it was), or set the secret again",
          "key_unknown"};
}

std::optional<std::string> from_any_base64(std::string_view text) {
  std::string url(text.substr(0, text.find_last_not_of('=') + 1));
  std::ranges::replace(url, '+', '-');
  std::ranges::replace(url, '/', '_');
  auto bytes = from_base64url(url);
  wipe(url);
  return bytes;
}

}  // namespace

MasterKey::MasterKey(SecretText bytes)
    : bytes_(std::move(bytes)),
      id_(hex(hmac(Digest::Sha256, bytes_.view(), "tidings.key.id")).substr(0, kKeyIdDigits)) {}

Result<MasterKey> MasterKey::parse(std::string_view text) {
  constexpr std::size_t kHexDigits = 2 * kAeadKeyBytes;
  auto bytes = text.size() == kHexDigits ? from_hex(text) : from_any_base64(text);
  if (!bytes || bytes->size() != kAeadKeyBytes) {
    return invalid_input(
        "is not a key: a key is 32 random bytes in base64 or hexadecimal, as `openssl rand -base64 "
        "32` makes it");
  }
  return MasterKey(SecretText(*std::move(bytes)));
}

MasterKey MasterKey::generate() {
  return MasterKey(SecretText(random_bytes(kAeadKeyBytes)));
}

SecretText MasterKey::text() const {
  return SecretText(base64url(bytes_.view()));
}

Result<Keyring> parse_keyring(std::string_view text) {
  Keyring keys;
  for (const std::string_view line : split(text, '\n')) {
    if (trim(line).starts_with('#')) continue;
    std::size_t begin = 0;
    while ((begin = line.find_first_not_of(" \t\r,", begin)) != std::string_view::npos) {
      const std::size_t end = std::min(line.find_first_of(" \t\r,", begin), line.size());
      keys.push_back(TRY(with_context(MasterKey::parse(line.substr(begin, end - begin)),
                                      "key " + std::to_string(keys.size() + 1))));
      begin = end;
    }
  }
  if (keys.empty()) return invalid_input("there is no key: write one a line, the first one seals");
  return keys;
}

Result<void> Sealer::load(KeyUse use) {
  keys_ = TRY(load_(use));
  if (keys_.empty()) return invalid_input("there is no key to seal with");
  return {};
}

const MasterKey* Sealer::find(std::string_view id) const {
  const auto found = std::ranges::find(keys_, id, &MasterKey::id);
  return found == keys_.end() ? nullptr : &*found;
}

Result<std::string> Sealer::seal(std::string_view plain, std::string_view place) {
  MutexLock lock(mutex_);
  TRY(load(KeyUse::Seal));
  const MasterKey& master = keys_.front();
  const SecretText data_key(random_bytes(kAeadKeyBytes));
  const std::string wrapped =
      encrypt(master.bytes(), data_key.view(), binding("key", master.id(), place));
  const std::string content =
      encrypt(data_key.view(), plain, binding("content", master.id(), place));
  return std::string(kVersion)
      .append(".")
      .append(master.id())
      .append(".")
      .append(base64url(wrapped))
      .append(".")
      .append(base64url(content));
}

Result<SecretText> Sealer::open(std::string_view sealed, std::string_view place) {
  const std::optional<Envelope> envelope = read_envelope(sealed);
  if (!envelope) return damaged();
  MutexLock lock(mutex_);
  const std::string& id = envelope->key_id;
  if (find(id) == nullptr) TRY(load(KeyUse::Open));
  const MasterKey* master = find(id);
  if (master == nullptr) return unknown_key(id);
  const auto data_key = decrypt(master->bytes(), envelope->wrapped, binding("key", id, place));
  if (!data_key) return damaged();
  auto plain = decrypt(data_key->view(), envelope->content, binding("content", id, place));
  if (!plain) return damaged();
  return *std::move(plain);
}

Result<bool> Sealer::is_current(std::string_view sealed) {
  MutexLock lock(mutex_);
  TRY(load(KeyUse::Open));
  return sealed_by(sealed) == keys_.front().id();
}

Result<std::string> Sealer::reseal(std::string_view sealed, std::string_view place) {
  if (TRY(is_current(sealed))) return std::string(sealed);
  return seal(TRY(open(sealed, place)), place);
}

std::string_view sealed_by(std::string_view sealed) {
  const std::vector<std::string_view> parts = split(sealed, '.');
  return parts.size() == 4 && parts[0] == kVersion && is_key_id(parts[1]) ? parts[1]
                                                                          : std::string_view();
}

}  // namespace tidings
