#include "analyze/entity_words.h"

#include <cstring>

#include "analyze/entity_words_table.h"
#include "core/check.h"

namespace tidings::analyze {
namespace {

constexpr std::size_t kHeaderBytes = 16;

std::uint32_t number_at(std::string_view bytes, std::size_t offset) {
  std::uint32_t number = 0;
  std::memcpy(&number, bytes.data() + offset, sizeof number);
  return number;
}

// Slots of (hash, classes), probed one after the other; a hash of 0 ends a search.
struct Table {
  std::string_view slots;
  std::uint32_t slot_count = 0;

  Table() {
    const std::string_view bytes = tables::entity_words_bin();
    CHECK(bytes.size() >= kHeaderBytes && bytes.starts_with("TDEW") && number_at(bytes, 4) == 1);
    slot_count = number_at(bytes, 8);
    slots = bytes.substr(kHeaderBytes);
    CHECK(slot_count > 0 && slots.size() == std::size_t{slot_count} * 8);
  }

  std::uint32_t find(std::uint32_t hash) const {
    for (std::uint32_t step = 0, slot = hash % slot_count; step < slot_count; ++step) {
      const std::uint32_t key = number_at(slots, std::size_t{slot} * 8);
      if (key == hash) return number_at(slots, std::size_t{slot} * 8 + 4);
      if (key == 0) return 0;
      slot = slot + 1 == slot_count ? 0 : slot + 1;
    }
    return 0;
  }
};

}  // namespace

// FNV-1a.
std::uint32_t word_hash(std::string_view lower) {
  std::uint32_t hash = 0x811c9dc5;
  for (const char c : lower) hash = (hash ^ static_cast<unsigned char>(c)) * 0x01000193U;
  return hash;
}

WordClasses classes_of(std::uint32_t hash) {
  static const Table table;
  return {table.find(hash == 0 ? 1 : hash)};
}

}  // namespace tidings::analyze
