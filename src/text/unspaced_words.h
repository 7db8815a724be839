// Words of scripts that write without spaces: Han, kana, Thai, Lao, Khmer, Myanmar.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace tidings::text {

bool is_unspaced_script(char32_t c);

// Cuts runs of such scripts by ICU's dictionaries. These cost far more than spaces do, so one
// cutter looks up kDictionaryBytes at most; what comes after is cut into pairs of characters (Han,
// kana) or pieces of eight. For one thread.
class UnspacedWords {
 public:
  static constexpr std::size_t kDictionaryBytes = 32 * 1024;

  // Where the words of `run` end, the last at its end; good until the next call.
  const std::vector<std::size_t>& ends(std::string_view run);

 private:
  void cut_by_dictionary(std::string_view run);
  void cut_by_count(std::string_view run);

  std::size_t looked_up_ = 0;
  std::vector<std::size_t> ends_;
};

}  // namespace tidings::text
