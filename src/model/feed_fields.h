// How people and enclosures look in JSON, wherever we write them.
#pragma once

#include <span>

#include "core/json_writer.h"
#include "model/feed.h"

namespace tidings {

// "authors" and "enclosures" of the open object; nothing where there are none.
void write_authors(JsonWriter& json, std::span<const Person> authors);
void write_enclosures(JsonWriter& json, std::span<const Enclosure> enclosures);

}  // namespace tidings
