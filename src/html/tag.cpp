#include "html/tag.h"

#include <array>

namespace tidings::html {
namespace {

constexpr std::array<std::string_view, kTagCount> kNames = {
    "",
#define TAG(value, name) name,
#include "html/tags.inc"
#undef TAG
};

constexpr std::size_t kSlots = 1024;  // sparse, so that most unknown names end at an empty slot
constexpr std::size_t kNameSizeMax = 10;

// FNV-1a, 32 bits; names are short.
constexpr std::size_t slot_of(std::string_view name) {
  std::uint32_t hash = 2166136261U;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return (hash ^ (hash >> 15)) % kSlots;
}

constexpr std::array<Tag, kSlots> kSlotTags = [] {
  std::array<Tag, kSlots> slots{};
  for (std::size_t i = 1; i < kTagCount; ++i) {
    std::size_t slot = slot_of(kNames[i]);
    while (slots[slot] != Tag::Unknown) slot = (slot + 1) % kSlots;
    slots[slot] = static_cast<Tag>(i);
  }
  return slots;
}();

constexpr bool names_fit() {
  for (const std::string_view name : kNames) {
    if (name.size() > kNameSizeMax) return false;
  }
  return true;
}
static_assert(names_fit());

}  // namespace

Tag tag_of(std::string_view name) {
  if (name.empty() || name.size() > kNameSizeMax) return Tag::Unknown;
  for (std::size_t slot = slot_of(name);; slot = (slot + 1) % kSlots) {
    const Tag tag = kSlotTags[slot];
    if (tag == Tag::Unknown || kNames[static_cast<std::size_t>(tag)] == name) return tag;
  }
}

std::string_view tag_name(Tag tag) {
  return kNames[static_cast<std::size_t>(tag)];
}

}  // namespace tidings::html
