#include "analyze/reading_time.h"

#include <algorithm>
#include <array>
#include <limits>

namespace tidings::analyze {
namespace {

struct Speed {
  std::string_view language;
  std::size_t words_a_minute;
};

constexpr std::size_t kEnglish = 238;

constexpr std::array kSpeeds = {
    Speed{"ar", 144}, Speed{"de", 187}, Speed{"es", 228}, Speed{"fi", 168},
    Speed{"fr", 204}, Speed{"he", 195}, Speed{"it", 196}, Speed{"ja", 201},
    Speed{"nl", 211}, Speed{"pl", 173}, Speed{"pt", 189}, Speed{"ru", 192},
    Speed{"sl", 188}, Speed{"sv", 208}, Speed{"tr", 173}, Speed{"zh", 165},
};

}  // namespace

std::int32_t reading_time_s(std::size_t words, std::string_view language) {
  const auto known =
      std::ranges::find(kSpeeds, language.substr(0, language.find('-')), &Speed::language);
  const std::size_t speed = known == kSpeeds.end() ? kEnglish : known->words_a_minute;
  const std::size_t seconds = (words * 60 + speed - 1) / speed;
  constexpr std::size_t kMax = std::numeric_limits<std::int32_t>::max();
  return static_cast<std::int32_t>(std::min(seconds, kMax));
}

}  // namespace tidings::analyze
