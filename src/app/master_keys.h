// Where the keys of an installation's secrets are kept: the environment, or a file that its owner
// alone can read.
#pragma once

#include <memory>
#include <string>

#include "app/settings.h"
#include "core/result.h"
#include "core/seal.h"

namespace tidings::app {

// Holds keys as a file does, and wins over every file. No setting: those are shown.
constexpr std::string_view kSecretsKeyVariable = "TIDINGS_SECRETS_KEY";

// The keys as they are now. From the variable; else from the file that `secrets.key_file` names;
// else from tidings.key in the data folder, which KeyUse::Seal makes where it is missing.
// Forbidden for a file that others may read or write, NotFound for one that is not there; every
// error says what to do.
Result<Keyring> load_keys(const Settings& settings, KeyUse use);

// Seals and opens with load_keys(). Nothing is read before it is used.
std::unique_ptr<Sealer> make_sealer(const Settings& settings);

// Puts a new key in front of those in the file; returns its id. Conflict while another process does
// that; InvalidInput where the keys come from the environment, which nobody can change from here.
Result<std::string> add_key(const Settings& settings);

}  // namespace tidings::app
