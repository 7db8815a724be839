#include "analyze/gazetteer.h"

#include <algorithm>
#include <bitset>
#include <cstring>
#include <vector>

#include "analyze/gazetteer_table.h"
#include "core/check.h"

namespace tidings::analyze {
namespace {

// The table is ours, made by the build; data/tables/gazetteer.mjs describes it.
constexpr std::size_t kEntryBytes = 16;
constexpr std::size_t kSenseBytes = 4;

std::uint32_t number_at(const char* at, std::size_t bytes) {
  std::uint32_t number = 0;
  std::memcpy(&number, at, bytes);
  return number;
}

std::int32_t signed_at(const char* at) {
  return static_cast<std::int32_t>(number_at(at, 3) << 8) >> 8;
}

struct Cue {
  std::string_view word;
  std::uint8_t country = 0;
};

// Where its parts are: read once from the header.
struct Table {
  const char* entries;
  const char* slots;
  const char* records;
  const char* texts;
  const char* countries;
  std::uint32_t entry_count;
  std::uint32_t slot_mask;
  std::uint32_t country_count;
  std::vector<Cue> cues;           // sorted by word
  std::bitset<1024> may_be_cue{};  // most words are none: by their first and last letter and length

  Table() {
    const std::string_view bytes = tables::gazetteer_bin();
    CHECK(bytes.size() > 40 && bytes.substr(0, 4) == "TGZ1");
    const auto header = [&](std::size_t at) { return number_at(bytes.data() + at, 4); };
    entry_count = header(4);
    slot_mask = header(8) - 1;
    entries = bytes.data() + header(12);
    slots = bytes.data() + header(16);
    records = bytes.data() + header(20);
    texts = bytes.data() + header(24);
    countries = bytes.data() + header(28);
    country_count = header(36);
    read_cues(bytes.data() + header(32));
  }

  void read_cues(const char* at) {
    const std::uint32_t count = number_at(at, 2);
    at += 2;
    for (std::uint32_t i = 0; i < count; ++i) {
      const std::uint32_t size = number_at(at + 1, 1);
      cues.push_back({std::string_view(at + 2, size), static_cast<std::uint8_t>(number_at(at, 1))});
      may_be_cue.set(outline_of(cues.back().word));
      at += 2 + size;
    }
  }

  static std::size_t outline_of(std::string_view word) {
    return (static_cast<unsigned char>(word.front()) * 31u +
            static_cast<unsigned char>(word.back()) * 7u + word.size()) %
           1024;
  }
};

const Table& table() {
  static const Table opened;
  return opened;
}

}  // namespace

Sense Senses::operator[](std::size_t index) const {
  const char* at = first_ + index * kSenseBytes;
  return {.place = number_at(at, 3), .use = static_cast<std::uint8_t>(at[3])};
}

Senses Gazetteer::find(std::string_view name) const {
  NameHash hash;
  hash.add(name);
  return find(name, hash);
}

Senses Gazetteer::find(std::string_view name, NameHash hash) const {
  const Table& known = table();
  const std::uint32_t value = hash.value();
  for (std::uint32_t slot = value & known.slot_mask;; slot = (slot + 1) & known.slot_mask) {
    const std::uint32_t found = number_at(known.slots + std::size_t{slot} * 4, 4);
    if (found == 0) return {};  // at most three quarters are full
    if (found >> 24 != value >> 24) continue;
    const char* record = known.records + (found & 0xFFFFFF);
    const std::size_t size = number_at(record, 1);
    if (std::string_view(record + 1, size) != name) continue;
    return {record + 2 + size, number_at(record + 1 + size, 1)};
  }
}

GazetteerPlace Gazetteer::place(std::uint32_t number) const {
  const Table& known = table();
  CHECK(number < known.entry_count);
  const char* at = known.entries + number * kEntryBytes;
  const char* text = known.texts + number_at(at + 12, 4);
  return {.latitude = signed_at(at) / 1e4,
          .longitude = signed_at(at + 3) / 1e4,
          .importance = number_at(at + 6, 1) / 25.0,
          .kind = static_cast<PlaceKind>(at[7]),
          .country = static_cast<std::uint8_t>(at[8]),
          .admin1 = static_cast<std::uint16_t>(number_at(at + 10, 2)),
          .name = {text + 1, number_at(text, 1)}};
}

std::string_view Gazetteer::country_code(std::uint8_t number) const {
  if (number == 0 || number > table().country_count) return {};
  return {table().countries + std::size_t{number} * 2, 2};
}

std::uint8_t Gazetteer::country_number(std::string_view code) const {
  for (std::uint32_t number = 1; number <= table().country_count; ++number)
    if (country_code(static_cast<std::uint8_t>(number)) == code)
      return static_cast<std::uint8_t>(number);
  return 0;
}

std::uint32_t Gazetteer::place_of_country(std::uint8_t number) const {
  CHECK(number != 0 && number <= table().country_count);
  return number - 1u;  // the table begins with the countries, in their order
}

std::uint8_t Gazetteer::country_of_cue(std::string_view word) const {
  if (word.empty() || !table().may_be_cue.test(Table::outline_of(word))) return 0;
  const std::vector<Cue>& cues = table().cues;
  const auto after = std::ranges::upper_bound(cues, word, {}, &Cue::word);
  if (after == cues.begin() || std::prev(after)->word != word) return 0;
  const auto first = std::prev(after);
  if (first != cues.begin() && std::prev(first)->word == word) return 0;  // two countries have it
  return first->country;
}

}  // namespace tidings::analyze
