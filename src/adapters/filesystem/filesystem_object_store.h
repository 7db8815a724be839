// Objects as files below one folder: the key is the path.
#pragma once

#include <filesystem>
#include <memory>

#include "core/result.h"
#include "ports/object_store.h"

namespace tidings::filesystem {

// Makes the folder when it is not there and removes what an earlier process left half-written.
// Unavailable when that cannot be done. One process per folder writes; others may read.
Result<std::unique_ptr<ObjectStore>> open_object_store(const std::filesystem::path& folder);

}  // namespace tidings::filesystem
