// Walks a tree of objects in the order of their keys, without holding more than one folder's names
// per level.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string_view>

#include "core/result.h"
#include "ports/object_store.h"

namespace tidings::filesystem {

// As ObjectStore::list; files that cannot be objects are passed over.
Result<ObjectPage> list_objects(const std::filesystem::path& root, std::string_view prefix,
                                std::string_view after, std::size_t limit);

}  // namespace tidings::filesystem
