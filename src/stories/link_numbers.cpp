#include "stories/link_numbers.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "text/date_names.h"

namespace tidings::stories {
namespace {

constexpr std::size_t kDigitsMax = 15;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Bytes of the letter that `text` begins with; 0 for what is none. Signs and spaces of U+0080 to
// U+00BF and U+2000 to U+2FFF are told from letters by their first byte.
std::size_t letter_size(std::string_view text) {
  if (text.empty()) return 0;
  const auto first = static_cast<unsigned char>(text.front());
  if (first < 0x80) return (first | 0x20) >= 'a' && (first | 0x20) <= 'z' ? 1 : 0;
  if (first >= 0xC3 && first <= 0xDF) return std::min<std::size_t>(2, text.size());
  return first >= 0xE0 && first <= 0xEF && first != 0xE2 ? std::min<std::size_t>(3, text.size())
                                                         : 0;
}

// Likewise of the one that it ends with.
std::size_t last_letter_size(std::string_view text) {
  std::size_t size = 1;
  while (size < std::min<std::size_t>(3, text.size()) &&
         (static_cast<unsigned char>(text[text.size() - size]) & 0xC0) == 0x80)
    ++size;
  return size <= text.size() && letter_size(text.substr(text.size() - size)) == size ? size : 0;
}

// The space before a group of thousands: plain, no-break, thin or narrow.
std::size_t space_size(std::string_view text) {
  for (const std::string_view space : {" ", "\u00A0", "\u2009", "\u202F"}) {
    if (text.starts_with(space)) return space.size();
  }
  return 0;
}

bool is_group(std::string_view text) {
  return text.size() >= 3 && std::all_of(text.begin(), text.begin() + 3, is_digit) &&
         (text.size() == 3 || !is_digit(text[3]));
}

// Takes it off, with what is before it; empty where a line or another number comes first.
std::string_view next_word(std::string_view& rest) {
  while (!rest.empty() && letter_size(rest) == 0 && rest.front() != '\n' && !is_digit(rest.front()))
    rest.remove_prefix(1);
  std::size_t size = 0;
  while (const std::size_t letter = letter_size(rest.substr(size))) size += letter;
  const std::string_view word = rest.substr(0, size);
  rest.remove_prefix(size);
  return word;
}

std::string_view last_word(std::string_view before) {
  while (!before.empty() && before.back() == ' ') before.remove_suffix(1);
  std::size_t begin = before.size();
  while (const std::size_t letter = last_letter_size(before.substr(0, begin))) begin -= letter;
  return before.substr(begin);
}

double scale_of(std::string_view word) {
  constexpr std::pair<std::string_view, double> kScales[] = {
      {"thousand", 1e3},  {"tausend", 1e3},   {"mille", 1e3},      {"mila", 1e3},
      {"mil", 1e3},       {"duizend", 1e3},   {"million", 1e6},    {"millions", 1e6},
      {"millionen", 1e6}, {"mio", 1e6},       {"millon", 1e6},     {"millones", 1e6},
      {"milhao", 1e6},    {"milhoes", 1e6},   {"milione", 1e6},    {"milioni", 1e6},
      {"miljoen", 1e6},   {"mln", 1e6},       {"billion", 1e9},    {"billions", 1e9},
      {"bn", 1e9},        {"milliarde", 1e9}, {"milliarden", 1e9}, {"mrd", 1e9},
      {"milliard", 1e9},  {"milliards", 1e9}, {"miliardo", 1e9},   {"miliardi", 1e9},
      {"miljard", 1e9},   {"bilhao", 1e9},    {"bilhoes", 1e9}};
  const text::FoldedWord folded(word);
  const auto* found = std::find_if(std::begin(kScales), std::end(kScales),
                                   [&](const auto& scale) { return scale.first == folded.view(); });
  return found == std::end(kScales) ? 1 : found->second;
}

int month_of(std::string_view word) {
  constexpr std::size_t kLongest = 12;  // bytes: "septiembre", "fevereiro", "dezembro"
  return word.size() > kLongest ? 0 : text::month_number(text::FoldedWord(word).view());
}

class Numbers {
 public:
  Numbers(std::string_view text, std::string_view language)
      : text_(text), point_(language == "en" ? '.' : ','), group_(language == "en" ? ',' : '.') {}

  std::vector<WrittenNumber> run() {
    while (at_ < text_.size()) {
      if (!is_digit(text_[at_])) {
        ++at_;
        continue;
      }
      const std::size_t begin = at_;
      if (std::optional<WrittenNumber> number = take(); number && stands_alone(begin)) {
        relate(*number, begin);
        found_.push_back(*std::move(number));
      }
    }
    return std::move(found_);
  }

 private:
  // The digits from here on, with their groups and fraction.
  std::optional<WrittenNumber> take() {
    const std::size_t begin = at_;
    std::string digits = take_digits();
    for (bool may_go_on = digits.size() <= 3; may_go_on && digits.size() <= kDigitsMax;) {
      const std::size_t parted = group_mark_size();
      may_go_on = parted > 0 && is_group(text_.substr(at_ + parted));
      if (!may_go_on) break;
      at_ += parted;
      digits += take_digits();
    }
    std::string fraction;
    if (at_ + 1 < text_.size() && text_[at_] == point_ && is_digit(text_[at_ + 1])) {
      ++at_;
      fraction = take_digits();
    }
    if (digits.size() + fraction.size() > kDigitsMax) return std::nullopt;
    return read(text_.substr(begin, at_ - begin), digits, fraction);
  }

  std::size_t group_mark_size() const {
    if (at_ == text_.size()) return 0;
    if (text_[at_] == group_) return 1;
    return point_ == '.' ? 0 : space_size(text_.substr(at_));
  }

  std::string take_digits() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
    return std::string(text_.substr(begin, at_ - begin));
  }

  static WrittenNumber read(std::string_view text, std::string digits, std::string fraction) {
    fraction.erase(fraction.find_last_not_of('0') + 1);
    WrittenNumber number{.text = std::string(text), .has_fraction = !fraction.empty()};
    const std::string whole = digits + "." + fraction + "0";
    std::from_chars(whole.data(), whole.data() + whole.size(), number.value);
    const std::string all = digits + fraction;
    const std::size_t first = all.find_first_not_of('0');
    if (first != std::string::npos)
      number.digits = static_cast<int>(all.find_last_not_of('0') - first + 1);
    return number;
  }

  bool stands_alone(std::size_t begin) const {
    const bool begins =
        begin == 0 || (last_letter_size(text_.substr(0, begin)) == 0 && text_[begin - 1] != ':');
    const bool is_time = at_ + 1 < text_.size() && text_[at_] == ':' && is_digit(text_[at_ + 1]);
    return begins && !is_time;
  }

  // Words around it: what multiplies it, or the month whose day it is.
  void relate(WrittenNumber& number, std::size_t begin) const {
    std::string_view rest = text_.substr(at_);
    const std::string_view first = next_word(rest), second = next_word(rest);
    if (const double scale = scale_of(first); scale > 1) {
      number.value *= scale == 1e3 ? scale * scale_of(second) : scale;
      return;
    }
    if (number.has_fraction || number.value < 1 || number.value > 31) return;
    number.month = month_of(first);
    if (number.month == 0 && (first == "de" || first == "of")) number.month = month_of(second);
    if (number.month == 0) number.month = month_of(last_word(text_.substr(0, begin)));
  }

  const std::string_view text_;
  const char point_, group_;
  std::size_t at_ = 0;
  std::vector<WrittenNumber> found_;
};

}  // namespace

std::vector<WrittenNumber> numbers_of(std::string_view text, std::string_view language) {
  return Numbers(text, language).run();
}

}  // namespace tidings::stories
