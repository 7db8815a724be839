#include "text/stop_words.h"

#include <cstdint>
#include <cstring>
#include <string>

#include "text/stop_words_table.h"

namespace tidings::text {
namespace {

// The table is ours, made by the build (data/tables/stop_words.mjs describes it).
std::uint32_t number_at(std::size_t at) {
  std::uint32_t number;
  std::memcpy(&number, tables::stop_words_bin().data() + at, sizeof number);
  return number;
}

std::uint32_t fnv1a(std::string_view bytes) {
  std::uint32_t hash = 0x811C9DC5;
  for (const char byte : bytes) hash = (hash ^ static_cast<unsigned char>(byte)) * 0x01000193;
  return hash;
}

constexpr std::size_t kHeaderBytes = 8;
constexpr std::size_t kLanguageBytes = 12;

}  // namespace

StopWords::StopWords(std::string_view language) {
  std::string_view code = language.substr(0, language.find('-'));
  if (code == "nb" || code == "nn") code = "no";
  if (code.empty() || code.size() > 4) return;
  char padded[4] = {};
  std::memcpy(padded, code.data(), code.size());
  const std::uint32_t languages = number_at(4);
  for (std::uint32_t i = 0; i < languages; ++i) {
    const std::size_t at = kHeaderBytes + i * kLanguageBytes;
    if (std::memcmp(tables::stop_words_bin().data() + at, padded, sizeof padded) != 0) continue;
    begin_ = number_at(at + 4);
    slots_ = number_at(at + 8);
  }
}

bool StopWords::contains(std::string_view lowered) const {
  if (slots_ == 0) return false;
  const std::size_t apostrophe = lowered.find("’");
  if (apostrophe == std::string_view::npos) return holds(lowered);
  std::string straight(lowered);
  straight.replace(apostrophe, std::string_view("’").size(), "'");
  return holds(straight);
}

bool StopWords::holds(std::string_view lowered) const {
  for (std::size_t slot = fnv1a(lowered) & (slots_ - 1);; slot = (slot + 1) & (slots_ - 1)) {
    const std::uint32_t word = number_at(begin_ + slot * 4);
    if (word == 0) return false;  // tables are at most half full
    const std::string_view bytes = tables::stop_words_bin();
    const auto size = static_cast<unsigned char>(bytes[word]);
    if (bytes.substr(word + 1, size) == lowered) return true;
  }
}

}  // namespace tidings::text
