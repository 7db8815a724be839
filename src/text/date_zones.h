// Zones as dates name them: abbreviations, words, and names of the IANA database.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/time.h"

namespace tidings::text {

// When summer time begins and ends, an hour ahead of the zone's own.
enum class SummerTime : std::uint8_t { None, European, American, Australian, NewZealand };

struct Zone {
  int minutes = 0;  // east of UTC
  SummerTime summer = SummerTime::None;

  // How far a clock of the zone that shows `local` is ahead of UTC. Summer time follows the rules
  // that hold since 2007 in America, 1996 in Europe, 2008 in Australia.
  std::chrono::minutes offset(Time local) const;
};

// Of a folded word (date_names.h): "est", "cest", "et", "z". Single letters are the military zones
// as RFC 822 §5.1 has them. Where one abbreviation names several zones it is the one that feeds
// mean most: IST is India's (not Ireland's or Israel's), CST and AST are America's, BST is
// Britain's.
std::optional<Zone> zone_of_word(std::string_view folded);

// Of "Europe/Berlin", "America/New_York", "Etc/UTC"; letter case does not matter. The common ones.
std::optional<Zone> zone_of_place(std::string_view name);

}  // namespace tidings::text
