#include "ports/secret_store.h"

#include <algorithm>

#include "core/strings.h"

namespace tidings {

bool is_secret_name(std::string_view name) {
  constexpr std::size_t kBytesMax = 64;
  const auto is_first = [](char c) { return (c >= 'a' && c <= 'z') || is_digit(c); };
  if (name.empty() || name.size() > kBytesMax || !is_first(name.front())) return false;
  return std::ranges::all_of(
      name, [&](char c) { return is_first(c) || c == '_' || c == '-' || c == '.'; });
}

std::string secret_place(std::string_view name) {
  return std::string("secret/").append(name);
}

Error secret_missing(std::string_view name) {
  return not_found(std::string("there is no secret '")
                       .append(name)
                       .append("': set it with `tidings secrets set ")
                       .append(name)
                       .append("`"));
}

Error bad_secret_name(std::string_view name) {
  return invalid_input(std::string("'").append(name).append(
      "' is no name for a secret: take up to 64 of a-z, 0-9, '_', '-' and '.', a letter or a digit "
      "first"));
}

Result<SecretText> open_secret(const SecretStore& store, Sealer& sealer, const std::string& name) {
  if (!is_secret_name(name)) return bad_secret_name(name);
  const SealedSecret secret = TRY(store.get(name));
  return with_context(sealer.open(secret.sealed, secret_place(name)), "secret " + name);
}

}  // namespace tidings
