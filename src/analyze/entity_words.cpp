#include "analyze/entity_words.h"

#include <cstring>
#include <initializer_list>

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

constexpr std::uint32_t bits_of(std::initializer_list<WordClass> classes) {
  std::uint32_t bits = 0;
  for (const WordClass word_class : classes) bits |= 1U << static_cast<unsigned>(word_class);
  return bits;
}

// What a name is in any language.
constexpr std::uint32_t kNames =
    bits_of({WordClass::GivenName, WordClass::Surname, WordClass::Person, WordClass::Country,
             WordClass::Demonym, WordClass::BigCity, WordClass::City, WordClass::Place,
             WordClass::Organization, WordClass::Event, WordClass::StartsName, WordClass::NewsName,
             WordClass::Product});

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

WordClasses classes_of(std::uint32_t hash, EntityLanguage language) {
  static const Table table;
  const std::uint32_t named = table.find(hash == 0 ? 1 : hash);
  if (language == EntityLanguage::English) return {named};
  const std::uint32_t own = joined_hash(static_cast<std::uint32_t>(language), hash);
  return {(named & kNames) | table.find(own == 0 ? 1 : own)};
}

}  // namespace tidings::analyze
