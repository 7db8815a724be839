// Secrets with names: keys of news services and the like, kept sealed. Adapters: sqlite, postgres,
// memory. Every adapter passes tests/contract/secret_store_contract.h.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/seal.h"
#include "core/time.h"

namespace tidings {

struct SealedSecret {
  std::string name;
  std::string sealed;  // by a Sealer, for secret_place(name)
  Time changed_at{};
};

// 1 to 64 of a-z, 0-9, '_', '-' and '.', the first a letter or a digit.
bool is_secret_name(std::string_view name);

// Where a named secret lies, for the Sealer: "secret/guardian".
std::string secret_place(std::string_view name);

// Safe to call from many threads. A call that returned success survives a crash. Unavailable as in
// ArticleStore. The store sees envelopes only.
class SecretStore {
 public:
  virtual ~SecretStore() = default;

  // Makes or replaces it. InvalidInput unless is_secret_name(name).
  virtual Result<void> put(const std::string& name, const std::string& sealed) = 0;

  // NotFound names the command that sets it.
  virtual Result<SealedSecret> get(const std::string& name) const = 0;

  // All, by name.
  virtual Result<std::vector<SealedSecret>> list() const = 0;

  virtual Result<void> remove(const std::string& name) = 0;  // NotFound as get()

  // The same secret in a new envelope: changed_at stays. False, and nothing done, where the
  // envelope is not `before` any more.
  virtual Result<bool> reseal(const std::string& name, const std::string& before,
                              const std::string& sealed) = 0;
};

// What the named secret is. NotFound as get(); else what the sealer says.
Result<SecretText> open_secret(const SecretStore& store, Sealer& sealer, const std::string& name);

// What get() and remove() say where there is none.
Error secret_missing(std::string_view name);

// What put() says to a name that is none.
Error bad_secret_name(std::string_view name);

}  // namespace tidings
