#include "analyze/entity_lexicon.h"

#include <cstring>

namespace tidings::analyze {
namespace {

constexpr unsigned kBitsOfWord = 4;
constexpr std::size_t kWordsOfBlock = 6;  // more than ten bits a word

// Finalizer of MurmurHash3.
std::uint64_t key_of(EntityLanguage language, LexiconKind kind, std::uint32_t word) {
  std::uint64_t key = std::uint64_t{word} << 8U | static_cast<std::uint64_t>(language) << 4U |
                      static_cast<std::uint64_t>(kind);
  key ^= key >> 33U;
  key *= 0xFF51AFD7ED558CCDULL;
  key ^= key >> 33U;
  key *= 0xC4CEB9FE1A85EC53ULL;
  return key ^ key >> 33U;
}

std::size_t block_of(std::uint64_t key, std::size_t count) {
  return static_cast<std::size_t>((key >> 32U) * count >> 32U);
}

std::uint64_t bits_of(std::uint64_t key) {
  std::uint64_t bits = 0;
  for (unsigned number = 0; number < kBitsOfWord; ++number)
    bits |= std::uint64_t{1} << (key >> (6 * number) & 63U);
  return bits;
}

}  // namespace

bool EntityLexicon::has(EntityLanguage language, LexiconKind kind, std::uint32_t word) const {
  if (blocks_.empty()) return false;
  const std::uint64_t key = key_of(language, kind, word);
  std::uint64_t block = 0;
  std::memcpy(&block, blocks_.data() + block_of(key, blocks_.size() / kBlockBytes) * kBlockBytes,
              sizeof block);
  const std::uint64_t bits = bits_of(key);
  return (block & bits) == bits;
}

void LexiconWriter::add(EntityLanguage language, LexiconKind kind, std::uint32_t word) {
  keys_.push_back(key_of(language, kind, word));
}

std::string LexiconWriter::blocks() const {
  std::vector<std::uint64_t> blocks(keys_.size() / kWordsOfBlock + (keys_.empty() ? 0 : 1));
  for (const std::uint64_t key : keys_) blocks[block_of(key, blocks.size())] |= bits_of(key);
  std::string bytes(blocks.size() * EntityLexicon::kBlockBytes, '\0');
  std::memcpy(bytes.data(), blocks.data(), bytes.size());
  return bytes;
}

}  // namespace tidings::analyze
