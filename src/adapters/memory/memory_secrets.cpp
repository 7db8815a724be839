#include "adapters/memory/state.h"

namespace tidings::memory {
namespace {

class MemorySecretStore final : public SecretStore {
 public:
  explicit MemorySecretStore(State& state) : state_(state) {}

  Result<void> put(const std::string& name, const std::string& sealed) override {
    if (!is_secret_name(name)) return bad_secret_name(name);
    MutexLock lock(state_.mutex);
    state_.secrets[name] = {.name = name, .sealed = sealed, .changed_at = state_.clock.now()};
    return {};
  }

  Result<SealedSecret> get(const std::string& name) const override {
    MutexLock lock(state_.mutex);
    const auto found = state_.secrets.find(name);
    if (found == state_.secrets.end()) return secret_missing(name);
    return found->second;
  }

  Result<std::vector<SealedSecret>> list() const override {
    MutexLock lock(state_.mutex);
    std::vector<SealedSecret> secrets;
    secrets.reserve(state_.secrets.size());
    for (const auto& [name, secret] : state_.secrets) secrets.push_back(secret);
    return secrets;
  }

  Result<void> remove(const std::string& name) override {
    MutexLock lock(state_.mutex);
    if (state_.secrets.erase(name) == 0) return secret_missing(name);
    return {};
  }

  Result<bool> reseal(const std::string& name, const std::string& before,
                      const std::string& sealed) override {
    MutexLock lock(state_.mutex);
    const auto found = state_.secrets.find(name);
    if (found == state_.secrets.end() || found->second.sealed != before) return false;
    found->second.sealed = sealed;
    return true;
  }

 private:
  State& state_;
};

}  // namespace

std::unique_ptr<SecretStore> make_secret_store(State& state) {
  return std::make_unique<MemorySecretStore>(state);
}

}  // namespace tidings::memory
