// Objects as files below one folder: the key is the path.
#pragma once

#include <filesystem>
#include <memory>

#include "core/result.h"
#include "ports/object_store.h"

namespace tidings::filesystem {

// Makes the folder when it is not there, and sweeps away what a killed process left half-written.
// Several processes may use one folder. Symbolic links inside it are not followed.
// Unavailable when the folder cannot be made or written.
Result<std::unique_ptr<ObjectStore>> open_object_store(const std::filesystem::path& folder);

}  // namespace tidings::filesystem
