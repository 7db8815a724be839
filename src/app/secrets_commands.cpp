// Secrets with names, as people set them, and the keys that seal all secrets.
#include <functional>
#include <string>

#include <fmt/format.h>

#include "app/commands.h"
#include "app/files.h"
#include "app/master_keys.h"
#include "app/opened.h"
#include "app/secret_input.h"
#include "core/json_writer.h"
#include "model/access.h"

namespace tidings::app {
namespace {

Result<std::string> name_of(const Arguments& arguments, std::string_view command) {
  if (arguments.words.size() != 1) return usage_error(fmt::format("{} takes one name", command));
  if (!is_secret_name(arguments.words[0]))
    return usage_error(bad_secret_name(arguments.words[0]).message);
  return arguments.words[0];
}

Result<void> set(const Arguments& arguments) {
  const std::string name = TRY(name_of(arguments, "secrets set"));
  const auto opened = TRY(open(arguments, Installation::MustExist));
  const SecretText secret = TRY(read_secret(name));
  const auto sealer = make_sealer(opened->settings);
  return opened->stores->secrets().put(name, TRY(sealer->seal(secret, secret_place(name))));
}

Result<void> list(const Arguments& arguments) {
  const auto opened = TRY(open(arguments, Installation::MustExist));
  std::string out;
  for (const SealedSecret& secret : TRY(opened->stores->secrets().list())) {
    JsonWriter json(out);
    json.begin_object();
    json.field("name", secret.name);
    json.field("key", sealed_by(secret.sealed));
    json.field("changed_at", secret.changed_at);
    json.end_object();
    out += '\n';
  }
  return write_output(out);
}

Result<void> remove(const Arguments& arguments) {
  const std::string name = TRY(name_of(arguments, "secrets remove"));
  const auto opened = TRY(open(arguments, Installation::MustExist));
  return opened->stores->secrets().remove(name);
}

// Counts what was sealed anew; what cannot be opened is told and left as it is.
class Resealing {
 public:
  // `resealed` is the same in a new envelope, or `before` where that is sealed by the present key.
  // `replace(resealed)` puts it there; false where that was exchanged meanwhile, by the new key.
  Result<void> take(const std::string& place, const std::string& before,
                    const Result<std::string>& resealed,
                    const std::function<Result<bool>(const std::string&)>& replace) {
    if (!resealed) {
      write_error(fmt::format("tidings: {}: {}\n", place, resealed.error().message));
      ++unreadable_;
      return {};
    }
    if (*resealed != before && TRY(replace(*resealed))) ++resealed_;
    return {};
  }

  std::size_t resealed() const { return resealed_; }
  std::size_t unreadable() const { return unreadable_; }

 private:
  std::size_t resealed_ = 0;
  std::size_t unreadable_ = 0;
};

Result<void> reseal_all(Stores& stores, Sealer& sealer, Resealing& resealing) {
  for (const SealedSecret& secret : TRY(stores.secrets().list())) {
    const std::string place = secret_place(secret.name);
    TRY(resealing.take(place, secret.sealed, sealer.reseal(secret.sealed, place),
                       [&](const std::string& sealed) {
                         return stores.secrets().reseal(secret.name, secret.sealed, sealed);
                       }));
  }
  for (const Source& source : TRY(all_sources(stores.sources(), {}))) {
    const std::string& access = source.settings.access;
    TRY(resealing.take("source " + to_text(source.id), access,
                       reseal_access(access, source.id, sealer), [&](const std::string& sealed) {
                         return stores.sources().reseal_access(source.id, access, sealed);
                       }));
  }
  for (const PushSubscription& subscription : TRY(stores.pushes().list())) {
    if (subscription.secret.empty()) continue;
    const std::string place = push_place(subscription.source_id);
    TRY(resealing.take(place, subscription.secret, sealer.reseal(subscription.secret, place),
                       [&](const std::string& sealed) {
                         PushSubscription resealed = subscription;
                         resealed.secret = sealed;
                         return stores.pushes().replace(resealed);
                       }));
  }
  return {};
}

Result<void> rotate(const Arguments& arguments) {
  const auto opened = TRY(open(arguments, Installation::MustExist));
  if (!arguments.has("--keep-key")) TRY(add_key(opened->settings));
  const Keyring keys = TRY(load_keys(opened->settings, KeyUse::Seal));
  const auto sealer = make_sealer(opened->settings);
  Resealing resealing;
  TRY(reseal_all(*opened->stores, *sealer, resealing));
  TRY(write_output(fmt::format("{{\"key\":\"{}\",\"resealed\":{},\"unreadable\":{}}}\n",
                               keys.front().id(), resealing.resealed(), resealing.unreadable())));
  if (resealing.unreadable() == 0) return {};
  return Error{
      ErrorKind::Corrupt,
      fmt::format("{} secrets could not be opened and stay as they are", resealing.unreadable()),
      {}};
}

}  // namespace

int run_secrets_set(const Arguments& arguments) {
  return report(set(arguments));
}
int run_secrets_list(const Arguments& arguments) {
  return report(list(arguments));
}
int run_secrets_remove(const Arguments& arguments) {
  return report(remove(arguments));
}
int run_secrets_rotate(const Arguments& arguments) {
  return report(rotate(arguments));
}

}  // namespace tidings::app
