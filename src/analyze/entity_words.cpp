#include "analyze/entity_words.h"

#include <bit>
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
  std::uint32_t slot_mask = 0;

  Table() {
    const std::string_view bytes = tables::entity_words_bin();
    CHECK(bytes.size() >= kHeaderBytes && bytes.starts_with("TDEW") && number_at(bytes, 4) == 1);
    const std::uint32_t slot_count = number_at(bytes, 8);
    slots = bytes.substr(kHeaderBytes);
    CHECK(std::has_single_bit(slot_count) && slots.size() == std::size_t{slot_count} * 8);
    slot_mask = slot_count - 1;
  }

  static const Table& shipped() {
    static const Table table;
    return table;
  }

  // At most three of four slots are taken.
  std::uint32_t find(std::uint32_t hash) const {
    for (std::uint32_t slot = hash & slot_mask;; slot = (slot + 1) & slot_mask) {
      const std::uint32_t key = number_at(slots, std::size_t{slot} * 8);
      if (key == hash) return number_at(slots, std::size_t{slot} * 8 + 4);
      if (key == 0) return 0;
    }
  }

  void prefetch(std::uint32_t hash) const {
    __builtin_prefetch(slots.data() + std::size_t{hash & slot_mask} * 8);
  }
};

// A hash of 0 marks a free slot.
std::uint32_t key_of(std::uint32_t hash) {
  return hash == 0 ? 1 : hash;
}

std::uint32_t own_key(std::uint32_t hash, EntityLanguage language) {
  return key_of(joined_hash(static_cast<std::uint32_t>(language), hash));
}

}  // namespace

WordClasses classes_of(std::uint32_t hash, EntityLanguage language) {
  const Table& table = Table::shipped();
  const std::uint32_t named = table.find(key_of(hash));
  if (language == EntityLanguage::English) return {named};
  return {(named & kNames) | table.find(own_key(hash, language))};
}

void prefetch_classes(std::uint32_t hash, EntityLanguage language) {
  const Table& table = Table::shipped();
  table.prefetch(key_of(hash));
  if (language != EntityLanguage::English) table.prefetch(own_key(hash, language));
}

}  // namespace tidings::analyze
