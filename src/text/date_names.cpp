#include "text/date_names.h"

#include <array>
#include <cstddef>
#include <cstdint>

#include "core/strings.h"
#include "core/utf8.h"

namespace tidings::text {
namespace {

// U+00C0 to U+00FF without their accents, in UTF-8 the bytes C3 80 to C3 BF.
constexpr std::string_view kLatin1Letters =
    "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty";

struct Stem {
  std::string_view letters;
  int month;
};

// The first three letters tell the month in all seven languages, but for French June and July.
constexpr std::array<Stem, 36> kStems = {{
    {"jan", 1},  {"gen", 1},  {"ene", 1},  {"feb", 2},  {"fev", 2},  {"mar", 3},
    {"mae", 3},  {"maa", 3},  {"mrz", 3},  {"mrt", 3},  {"apr", 4},  {"avr", 4},
    {"abr", 4},  {"may", 5},  {"mai", 5},  {"mei", 5},  {"mag", 5},  {"maj", 5},
    {"jun", 6},  {"juin", 6}, {"giu", 6},  {"jul", 7},  {"juil", 7}, {"lug", 7},
    {"aug", 8},  {"aou", 8},  {"ago", 8},  {"sep", 9},  {"set", 9},  {"oct", 10},
    {"okt", 10}, {"ott", 10}, {"out", 10}, {"nov", 11}, {"dec", 12}, {"dez", 12},
}};
constexpr std::array<Stem, 2> kMoreStems = {{{"dic", 12}, {"des", 12}}};

constexpr Stem kStemsElsewhere[] = {
#include "text/month_stems.inc"
};

// The case of letters beyond ASCII is told apart for Cyrillic, Greek and the accented Latin ones
// only: their capitals stand in front of a month.
bool begins_with(std::string_view word, std::string_view stem) {
  std::size_t at_word = 0, at_stem = 0;
  while (at_stem < stem.size()) {
    if (at_word >= word.size()) return false;
    char32_t letter = next_code_point(word, at_word);
    const bool is_cyrillic = letter >= 0x410 && letter <= 0x42F;
    const bool is_greek = letter >= 0x391 && letter <= 0x3A9;
    const bool is_latin1 = letter >= 0xC0 && letter <= 0xDE;
    if (letter < 0x80) {
      letter = static_cast<unsigned char>(to_lower(static_cast<char>(letter)));
    } else if (is_cyrillic || is_greek || is_latin1) {
      letter += 0x20;
    } else if (letter == 0x10C || letter == 0x158 || letter == 0x15E) {  // Č Ř Ş
      letter += 1;
    }
    if (letter != next_code_point(stem, at_stem)) return false;
  }
  return true;
}

// Weekdays that begin like a month: mardi, martes, martedì.
bool is_weekday(std::string_view word) {
  return word.starts_with("mardi") || word.starts_with("marte");
}

struct Zone {
  std::string_view name;
  int minutes;
};

constexpr std::array<Zone, 60> kZones = {{
    {"utc", 0},    {"gmt", 0},     {"ut", 0},     {"est", -300},  {"edt", -240},  {"cst", -360},
    {"cdt", -300}, {"mst", -420},  {"mdt", -360}, {"pst", -480},  {"pdt", -420},  {"cet", 60},
    {"cest", 120}, {"mez", 60},    {"mesz", 120}, {"met", 60},    {"mest", 120},  {"wet", 0},
    {"west", 60},  {"bst", 60},    {"eet", 120},  {"eest", 180},  {"msk", 180},   {"trt", 180},
    {"ist", 330},  {"pkt", 300},   {"npt", 345},  {"ict", 420},   {"wib", 420},   {"wita", 480},
    {"sgt", 480},  {"hkt", 480},   {"pht", 480},  {"awst", 480},  {"jst", 540},   {"kst", 540},
    {"acst", 570}, {"acdt", 630},  {"aest", 600}, {"aedt", 660},  {"nzst", 720},  {"nzdt", 780},
    {"ast", -240}, {"adt", -180},  {"nst", -210}, {"ndt", -150},  {"akst", -540}, {"akdt", -480},
    {"hst", -600}, {"hast", -600}, {"brt", -180}, {"brst", -120}, {"art", -180},  {"clt", -240},
    {"sast", 120}, {"cat", 120},   {"wat", 60},   {"eat", 180},   {"gst", 240},   {"irst", 210},
}};

// RFC 822 §5.1: A is -1 to M -12 without J, N is +1 to Y +12, Z is 0.
std::optional<int> military_minutes(char letter) {
  if (letter == 'z') return 0;
  if (letter == 'j' || letter < 'a' || letter > 'z') return std::nullopt;
  if (letter <= 'i') return -60 * (letter - 'a' + 1);
  if (letter <= 'm') return -60 * (letter - 'a');
  return 60 * (letter - 'n' + 1);
}

}  // namespace

FoldedWord::FoldedWord(std::string_view word) {
  for (std::size_t i = 0; i < word.size() && size_ < sizeof letters_; ++i) {
    const auto byte = static_cast<std::uint8_t>(word[i]);
    if (byte == 0xC3 && i + 1 < word.size()) {
      const auto next = static_cast<std::uint8_t>(word[++i]);
      if (next >= 0x80 && next <= 0xBF) letters_[size_++] = kLatin1Letters[next - 0x80];
    } else if (byte < 0x80) {
      letters_[size_++] = to_lower(word[i]);
    }
  }
}

int month_number(std::string_view folded) {
  if (folded.size() < 3 || is_weekday(folded)) return 0;
  for (const Stem& stem : kStems) {
    if (folded.starts_with(stem.letters)) return stem.month;
  }
  for (const Stem& stem : kMoreStems) {
    if (folded.starts_with(stem.letters)) return stem.month;
  }
  return 0;
}

int month_number_elsewhere(std::string_view word) {
  const Stem* longest = nullptr;
  for (const Stem& stem : kStemsElsewhere) {
    const bool is_longer = longest == nullptr || stem.letters.size() > longest->letters.size();
    if (is_longer && begins_with(word, stem.letters)) longest = &stem;
  }
  return longest == nullptr ? 0 : longest->month;
}

std::optional<int> zone_offset_minutes(std::string_view folded) {
  if (folded.size() == 1) return military_minutes(folded[0]);
  for (const Zone& zone : kZones) {
    if (zone.name == folded) return zone.minutes;
  }
  return std::nullopt;
}

}  // namespace tidings::text
