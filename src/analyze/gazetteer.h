// The world's places and what they are called, compiled from GeoNames by data/tables/gazetteer.mjs
// and read in place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tidings::analyze {

enum class PlaceKind : std::uint8_t { Country, Admin1, Admin2, City, Region, Water, Mountain };

struct GazetteerPlace {
  double latitude = 0;  // degrees, WGS 84
  double longitude = 0;
  double importance = 0;  // a number of twenty-fifths: about the decimal logarithm of its people;
                          // of seas and the like, alike
  PlaceKind kind = PlaceKind::City;
  std::uint8_t country = 0;  // 0: none; else a number for Gazetteer::country_code
  std::uint16_t admin1 = 0;  // state, province; 0: none. Numbers are unique over all countries
  std::string_view name;
};

// What a name means, and how it is used when it means that.
struct Sense {
  static constexpr std::uint8_t kAlternative = 1;
  static constexpr std::uint8_t kDemonym = 2;       // "French"
  static constexpr std::uint8_t kAbbreviation = 4;  // "Calif": counts beside another name
  static constexpr std::uint8_t kDoubtful = 8;      // mostly something else: "Reading"
  static constexpr std::uint8_t kExact = 16;        // written in capitals only: "US"
  static constexpr std::uint8_t kStem = 32;         // the beginning of words: "französisch"
  static constexpr std::uint8_t kSecondary = 64;    // rarely meant: the state by "Washington"

  std::uint32_t place = 0;
  std::uint8_t use = 0;

  bool is(std::uint8_t flag) const { return (use & flag) != 0; }
};

// The senses of one name, the most important first. Points into the gazetteer.
class Senses {
 public:
  Senses() = default;
  Senses(const char* first, std::size_t size) : first_(first), size_(size) {}
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  Sense operator[](std::size_t index) const;
  // The same for two mentions of one name.
  const void* identity() const { return first_; }

 private:
  const char* first_ = nullptr;
  std::size_t size_ = 0;
};

// The hash of a name, word by word.
class NameHash {
 public:
  void add(std::string_view bytes) {
    for (const char byte : bytes) value_ = (value_ ^ static_cast<unsigned char>(byte)) * 0x01000193;
  }
  std::uint32_t value() const { return value_; }

 private:
  std::uint32_t value_ = 0x811C9DC5;
};

// Costs nothing to make or copy: the table lies in the program's read-only data. Safe to use from
// many threads.
class Gazetteer {
 public:
  // `name` is in lower case with one space between words, hyphens counted as spaces and apostrophes
  // straight. Empty when no place has it.
  Senses find(std::string_view name) const;
  Senses find(std::string_view name, NameHash hash) const;  // where the caller knows its hash

  // CHECKs that there is such a place.
  GazetteerPlace place(std::uint32_t number) const;
  // ISO 3166-1 alpha-2; empty for 0.
  std::string_view country_code(std::uint8_t number) const;
  // 0 for a code that is none.
  std::uint8_t country_number(std::string_view code) const;
  // The country itself, as a place. CHECKs that there is such a country.
  std::uint32_t place_of_country(std::uint8_t number) const;
  // The country in which `word` (lower case) is common and elsewhere rare ("sheriff", "lakh"); 0:
  // none.
  std::uint8_t country_of_cue(std::string_view word) const;
};

}  // namespace tidings::analyze
