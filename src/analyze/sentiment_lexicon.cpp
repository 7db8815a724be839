#include "analyze/sentiment_lexicon.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "analyze/sentiment_lexicon_table.h"
#include "core/check.h"

namespace tidings::analyze {
namespace {

static_assert(std::endian::native == std::endian::little, "the table is little-endian");

constexpr std::string_view kMagic = "TSLX";
constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kHeaderBytes = 16;
constexpr std::uint32_t kSlotsMax = 1U << 24;

// FNV-1a, 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/).
constexpr std::uint32_t kHashBegin = 0x811c9dc5;
constexpr std::uint32_t kHashPrime = 0x01000193;

constexpr std::uint32_t hashed(std::uint32_t hash, std::string_view bytes) {
  for (const char byte : bytes) hash = (hash ^ static_cast<unsigned char>(byte)) * kHashPrime;
  return hash;
}

constexpr std::string_view kTypographicApostrophe = "’";

// Of the beginnings and endings in the lists; longer words are looked at no further in.
constexpr std::size_t kPartBytesMin = 4, kPartBytesMax = 20;
constexpr std::string_view kAnything = "*";

std::uint32_t number_at(std::string_view bytes, std::size_t position) {
  std::uint32_t number = 0;
  std::memcpy(&number, bytes.data() + position, sizeof number);
  return number;
}

}  // namespace

std::uint32_t tone_seed(std::string_view language) {
  return hashed(hashed(kHashBegin, language), "\n");
}

std::uint32_t tone_key(std::uint32_t seed, std::string_view word) {
  const std::size_t apostrophe = word.find(kTypographicApostrophe);
  std::uint32_t key = hashed(seed, word.substr(0, apostrophe));
  if (apostrophe != std::string_view::npos)
    key = hashed(hashed(key, "'"), word.substr(apostrophe + kTypographicApostrophe.size()));
  return key == 0 ? 1 : key;
}

Result<SentimentLexicon> SentimentLexicon::open(std::string_view bytes) {
  const auto refused = [](const char* why) {
    return corrupt(std::string("sentiment lexicon: ") + why + "; build the tables anew");
  };
  if (bytes.size() < kHeaderBytes || !bytes.starts_with(kMagic)) return refused("not a lexicon");
  if (number_at(bytes, 4) != kVersion) return refused("of another version");
  const std::uint32_t slots = number_at(bytes, 8);
  if (!std::has_single_bit(slots) || slots > kSlotsMax || number_at(bytes, 12) >= slots)
    return refused("impossible size");
  if (bytes.size() != kHeaderBytes + slots * sizeof(ToneEntry)) return refused("cut short");
  const char* begin = bytes.data() + kHeaderBytes;
  if (reinterpret_cast<std::uintptr_t>(begin) % alignof(ToneEntry) != 0)
    return refused("not aligned");
  SentimentLexicon opened;
  opened.entries_ = reinterpret_cast<const ToneEntry*>(begin);
  opened.mask_ = slots - 1;
  return opened;
}

const SentimentLexicon& SentimentLexicon::shipped() {
  static const SentimentLexicon lexicon = [] {
    Result<SentimentLexicon> opened = open(tables::sentiment_lexicon_bin());
    CHECK(opened);
    return *opened;
  }();
  return lexicon;
}

const ToneEntry* SentimentLexicon::find(std::uint32_t key) const {
  std::uint32_t slot = key & mask_;
  for (std::uint32_t probed = 0; probed <= mask_; ++probed, slot = (slot + 1) & mask_) {
    if (entries_[slot].key == key) return &entries_[slot];
    if (entries_[slot].key == 0) return nullptr;
  }
  return nullptr;
}

const ToneEntry* SentimentLexicon::find_word(std::uint32_t seed, std::string_view lower) const {
  const ToneEntry* found = find(tone_key(seed, lower));
  if (found != nullptr || lower.size() <= kPartBytesMin) return found;
  std::uint32_t hash = hashed(seed, lower.substr(0, kPartBytesMin));
  for (std::size_t size = kPartBytesMin; size <= std::min(lower.size(), kPartBytesMax); ++size) {
    if (const ToneEntry* entry = find(hashed(hash, kAnything))) found = entry;
    if (size < lower.size()) hash = hashed(hash, lower.substr(size, 1));
  }
  const std::size_t first = lower.size() > kPartBytesMax ? lower.size() - kPartBytesMax : 0;
  const std::uint32_t ending = hashed(seed, kAnything);
  for (std::size_t at = first; found == nullptr && at + kPartBytesMin <= lower.size(); ++at)
    found = find(hashed(ending, lower.substr(at)));
  return found;
}

}  // namespace tidings::analyze
