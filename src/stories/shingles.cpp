#include "stories/shingles.h"

#include <array>

#include "core/utf8.h"
#include "text/unspaced_words.h"

namespace tidings::stories {
namespace {

constexpr std::uint64_t kPrime = 0x9E3779B97F4A7C15;  // 2^64 over the golden ratio
constexpr std::uint64_t kStart = 0xA0761D6478BD642F;

constexpr std::uint64_t step(std::uint64_t hash, std::uint64_t value) {
  return (hash ^ value) * kPrime;
}

// Every bit of the result depends on every bit of `hash`: the smallest hashes are a fair sample.
constexpr std::uint32_t short_hash(std::uint64_t hash) {
  hash ^= hash >> 32;
  hash *= kPrime;
  hash ^= hash >> 29;
  return static_cast<std::uint32_t>(hash >> 16);
}

// Letters and digits in lower case; 0 parts words; 1 begins a code point of more bytes.
constexpr unsigned char kParts = 0, kBeyond = 1;
constexpr std::array<unsigned char, 256> kAscii = [] {
  std::array<unsigned char, 256> table{};
  for (unsigned c = 0; c < 256; ++c) {
    const bool is_upper = c >= 'A' && c <= 'Z', is_lower = c >= 'a' && c <= 'z';
    if (c >= 0x80) table[c] = kBeyond;
    if (is_lower || (c >= '0' && c <= '9')) table[c] = static_cast<unsigned char>(c);
    if (is_upper) table[c] = static_cast<unsigned char>(c - 'A' + 'a');
  }
  return table;
}();

// Punctuation and blanks of Latin-1, of all scripts, and of China, Japan and Korea.
constexpr bool parts_words(char32_t c) {
  return (c >= 0x80 && c <= 0xBF && c != 0xAA && c != 0xB5 && c != 0xBA) ||
         (c >= 0x2000 && c <= 0x206F) || (c >= 0x3000 && c <= 0x3003) ||
         (c >= 0x3008 && c <= 0x301F) || (c >= 0xFF01 && c <= 0xFF0F) || c == 0xFEFF ||
         c == 0xFFFD || c == 0x060C || c == 0x061B || c == 0x061F || c == 0x0964;
}

class Shingler {
 public:
  Shingler(std::string_view text, std::size_t runs_max, Shingles& shingles)
      : text_(text), runs_max_(runs_max), shingles_(shingles) {}

  void run() {
    for (std::size_t i = 0; i < text_.size() && runs_ < runs_max_;) {
      const unsigned char c = kAscii[static_cast<unsigned char>(text_[i])];
      if (c == kBeyond) {
        add_beyond(next_code_point(text_, i));
        continue;
      }
      ++i;
      if (c == kParts) {
        end_word();
      } else {
        if (word_ == kStart) is_number_ = c <= '9';
        word_ = step(word_, c);
      }
    }
    end_word();
    end_unspaced(0);
    if (runs_ == 0 && words_ > 0) emit(words_);
  }

 private:
  void add_beyond(char32_t c) {
    if (text::is_unspaced_script(c)) {
      end_word();
      end_unspaced(c);
      unspaced_ = c;
    } else if (parts_words(c)) {
      end_word();
    } else {
      word_ = step(word_, c);
    }
  }

  // The character before is a word together with `next`.
  void end_unspaced(char32_t next) {
    if (unspaced_ == 0) return;
    add_word(step(step(kStart, unspaced_), next));
    unspaced_ = 0;
  }

  void end_word() {
    if (word_ == kStart) return;
    end_unspaced(0);
    if (is_number_) shingles_.numbers.push_back(short_hash(word_));
    add_word(word_);
    word_ = kStart;
    is_number_ = false;
  }

  void add_word(std::uint64_t word) {
    for (std::size_t i = kShingleWords - 1; i > 0; --i) last_[i] = last_[i - 1];
    last_[0] = word;
    if (++words_ >= kShingleWords) emit(kShingleWords);
  }

  void emit(std::size_t words) {
    std::uint64_t hash = kStart;
    for (std::size_t i = 0; i < words; ++i) hash = step(hash ^ (hash >> 31), last_[i]);
    shingles_.runs.push_back(short_hash(hash));
    ++runs_;
  }

  const std::string_view text_;
  const std::size_t runs_max_;
  Shingles& shingles_;
  std::array<std::uint64_t, kShingleWords> last_{};  // the newest first
  std::uint64_t word_ = kStart;
  char32_t unspaced_ = 0;
  std::size_t words_ = 0;
  std::size_t runs_ = 0;
  bool is_number_ = false;
};

}  // namespace

void append_shingles(std::string_view text, std::size_t runs_max, Shingles& shingles) {
  Shingler(text, runs_max, shingles).run();
}

}  // namespace tidings::stories
