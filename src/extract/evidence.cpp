#include "extract/evidence.h"

#include <algorithm>

#include "core/strings.h"

namespace tidings::extract {
namespace {

constexpr std::uint64_t kFactor = 1'099'511'628'211ULL;

constexpr std::uint64_t leading_factor() {
  std::uint64_t power = 1;
  for (std::size_t i = 1; i < Evidence::kPieceBytes; ++i) power *= kFactor;
  return power;
}

std::uint64_t byte_of(char c) {
  return static_cast<unsigned char>(c) + 1;
}

}  // namespace

std::string essence_of(std::string_view text) {
  std::string letters;
  letters.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      if (is_alpha(c) || is_digit(c)) letters += to_lower(c);
    } else if (byte == 0xC2 || byte == 0xE2) {  // signs and punctuation
      i += byte == 0xC2 ? 1 : 2;
    } else {
      letters += c;
    }
  }
  return letters;
}

Evidence::Evidence(std::string_view known_text) {
  const std::string essence = essence_of(known_text.substr(0, kBytesMax));
  essence_bytes_ = essence.size();
  if (essence.size() < kPieceBytes) return;
  hashes_.reserve(essence.size());
  constexpr std::uint64_t kLeading = leading_factor();
  std::uint64_t hash = 0;
  for (std::size_t i = 0; i < essence.size(); ++i) {
    if (i >= kPieceBytes) hash -= byte_of(essence[i - kPieceBytes]) * kLeading;
    hash = hash * kFactor + byte_of(essence[i]);
    if (i + 1 >= kPieceBytes) hashes_.push_back(hash);
  }
  std::sort(hashes_.begin(), hashes_.end());
}

std::size_t Evidence::confirmed_bytes(std::string_view block) const {
  std::size_t confirmed = 0;
  for (std::size_t at = 0; at + kPieceBytes <= block.size(); at += kPieceBytes) {
    std::uint64_t hash = 0;
    for (std::size_t i = 0; i < kPieceBytes; ++i) hash = hash * kFactor + byte_of(block[at + i]);
    if (std::binary_search(hashes_.begin(), hashes_.end(), hash)) confirmed += kPieceBytes;
  }
  return confirmed;
}

}  // namespace tidings::extract
