#include "entities/field_model.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>

namespace tidings::training {
namespace {

using analyze::kTagCount;
using analyze::kTagWidth;
using PackedRow = std::array<std::int8_t, 2 * kTagWidth>;

// A weight of 1 is this many steps: a byte holds weights up to about 4.
constexpr float kSteps = 32;

// A feature that never weighs as much is left out.
constexpr std::int8_t kLeast = 4;

void append_number(std::string& out, std::uint32_t number) {
  for (unsigned shift = 0; shift < 32; shift += 8)
    out += static_cast<char>(number >> shift & 0xffU);
}

void pack(const Field& field, std::size_t offset, std::map<std::uint32_t, PackedRow>& rows) {
  for (const auto& [feature, weights] : field.weights) {
    PackedRow& row = rows.try_emplace(feature).first->second;
    for (std::size_t tag = 0; tag < kTagCount; ++tag)
      row[offset + tag] =
          static_cast<std::int8_t>(std::clamp(std::round(weights[tag] * kSteps), -127.0F, 127.0F));
  }
}

std::string packed_transitions(const Field& field) {
  std::string out;
  for (std::size_t before = 0; before < kTagWidth; ++before) {
    for (std::size_t tag = 0; tag < kTagWidth; ++tag) {
      const bool is_real = before < kTagCount && tag < kTagCount;
      const float weight = is_real ? field.transitions[before][tag] : 0;
      const auto steps =
          static_cast<std::uint16_t>(static_cast<std::int16_t>(std::round(weight * kSteps)));
      out += static_cast<char>(steps & 0xffU);
      out += static_cast<char>(steps >> 8U);
    }
  }
  return out;
}

bool weighs_nothing(const PackedRow& row) {
  return std::all_of(row.begin(), row.end(),
                     [](std::int8_t weight) { return weight > -kLeast && weight < kLeast; });
}

}  // namespace

std::string write_model(const Field& first, const Field& second, std::string_view lexicon) {
  std::map<std::uint32_t, PackedRow> rows;
  pack(first, 0, rows);
  pack(second, kTagWidth, rows);
  std::erase_if(rows, [](const auto& entry) { return weighs_nothing(entry.second); });

  // Half of the slots stay free, so that what is not there is soon known not to be.
  const auto slot_count = static_cast<std::uint32_t>(2 * rows.size() + 1);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> slots(slot_count);  // feature, row
  std::uint32_t number = 0;
  for (const auto& [feature, row] : rows) {
    auto slot = static_cast<std::size_t>(std::uint64_t{feature} * slot_count >> 32U);
    while (slots[slot].first != 0) slot = (slot + 1) % slot_count;
    slots[slot] = {feature, number++};
  }

  std::string model = "TDEN";
  append_number(model, 3);
  append_number(model, slot_count);
  append_number(model, static_cast<std::uint32_t>(rows.size()));
  append_number(model,
                static_cast<std::uint32_t>(lexicon.size() / analyze::EntityLexicon::kBlockBytes));
  model += packed_transitions(first);
  model += packed_transitions(second);
  model += lexicon;
  for (const auto& [feature, row] : slots) {
    append_number(model, feature);
    append_number(model, row);
  }
  for (const auto& [feature, row] : rows)
    model.append(reinterpret_cast<const char*>(row.data()), row.size());
  return model;
}

}  // namespace tidings::training
