#include "text/charset_repair.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <utility>

#include <unicode/ucsdet.h>

#include "core/strings.h"
#include "core/utf8.h"
#include "text/charset_labels.h"
#include "text/windows_1252.h"

namespace tidings::text {
namespace {

constexpr std::size_t kSniffedBytes = 65'536;
constexpr int kConfidenceMin = 20;            // of a hundred, as ICU gives it
constexpr std::size_t kDoubleEncodedMin = 2;  // sequences: one alone may be meant

bool is_high(char c) {
  return static_cast<unsigned char>(c) >= 0x80;
}

// Where the next byte beyond ASCII stands; the size of the text where there is none.
std::size_t next_high(std::string_view text, std::size_t at) {
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t word;
    std::memcpy(&word, text.data() + at, 8);
    if ((word & 0x8080808080808080ULL) != 0) break;
  }
  while (at < text.size() && !is_high(text[at])) ++at;
  return at;
}

// The byte that windows-1252 has for a character beyond ASCII; -1 for none.
int windows_1252_byte(char32_t c) {
  if (c >= 0xA0 && c <= 0xFF) return static_cast<int>(c);
  const auto found = std::find(kWindows1252.begin(), kWindows1252.end(), static_cast<char16_t>(c));
  if (c < 0x10000 && c != 0 && found != kWindows1252.end())
    return 0x80 + static_cast<int>(found - kWindows1252.begin());
  return c >= 0x80 && c < 0xA0 ? static_cast<int>(c) : -1;  // what has no letter stays a control
}

// The characters beyond ASCII that stand at `at` as the bytes that windows-1252 has for them, where
// those are UTF-8; moves behind them.
std::optional<std::string> decoded_run(std::string_view utf8, std::size_t& at) {
  std::string run;
  while (at < utf8.size() && is_high(utf8[at])) {
    const int byte = windows_1252_byte(next_code_point(utf8, at));
    if (byte < 0) return std::nullopt;
    run += static_cast<char>(byte);
  }
  return is_valid_utf8(run) ? std::optional(std::move(run)) : std::nullopt;
}

std::string converted(std::string_view bytes, const char* charset) {
  const Converter converter = open_converter(charset);
  if (converter == nullptr) return repaired_utf8(bytes);
  std::string utf8(bytes.size() * 3 + 16, '\0');
  UErrorCode error = U_ZERO_ERROR;
  const std::int32_t size = ucnv_toAlgorithmic(UCNV_UTF8, converter.get(), utf8.data(),
                                               static_cast<std::int32_t>(utf8.size()), bytes.data(),
                                               static_cast<std::int32_t>(bytes.size()), &error);
  if (U_FAILURE(error)) return repaired_utf8(bytes);
  utf8.resize(static_cast<std::size_t>(size));
  return utf8;
}

struct CloseDetector {
  void operator()(UCharsetDetector* detector) const { ucsdet_close(detector); }
};

// Bytes beyond ASCII of a run that are part of no valid character.
std::size_t invalid_bytes(std::string_view run) {
  std::size_t invalid = 0;
  for (std::size_t at = 0; at < run.size();) {
    const std::size_t first = at;
    if (next_code_point(run, at) == 0xFFFD && at - first == 1) ++invalid;
  }
  return invalid;
}

// The 8-bit charset of the script that valid characters are in.
const char* charset_of_script(std::string_view text) {
  struct Script {
    char32_t first, last;
    const char* charset;
    std::size_t count = 0;
  };
  std::array<Script, 7> scripts = {{{0xC0, 0xFF, "windows-1252"},
                                    {0x100, 0x17F, "windows-1250"},
                                    {0x370, 0x3FF, "windows-1253"},
                                    {0x400, 0x4FF, "windows-1251"},
                                    {0x590, 0x5FF, "windows-1255"},
                                    {0x600, 0x6FF, "windows-1256"},
                                    {0xE00, 0xE7F, "windows-874"}}};
  for (std::size_t at = 0; at < text.size();) {
    at = next_high(text, at);
    if (at == text.size()) break;
    const char32_t c = next_code_point(text, at);
    for (Script& script : scripts) {
      if (c >= script.first && c <= script.last) ++script.count;
    }
  }
  const auto most =
      std::max_element(scripts.begin(), scripts.end(),
                       [](const auto& a, const auto& b) { return a.count < b.count; });
  return most->count == 0 ? "windows-1252" : most->charset;
}

bool is_latin(char32_t c) {
  return c < 0x250 || (c >= 0x2010 && c <= 0x2026);
}

// Half of a character that was cut, rather than a letter of an 8-bit charset: only capital A with a
// tilde or circumflex would stand there.
bool is_cut_lead(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  const bool has_letters =
      at > 0 && is_alpha(text[at - 1]) && at + 1 < text.size() && is_alpha(text[at + 1]);
  return (byte == 0xC2 || byte == 0xC3) && !has_letters;
}

class Repair {
 public:
  explicit Repair(std::string_view text) : text_(text), charset_(charset_of_script(text)) {
    repaired_.reserve(text.size() + text.size() / 8);
  }

  std::string run() && {
    for (std::size_t at = 0; at < text_.size();) {
      std::size_t end = at;
      if (!is_high(text_[at])) {
        end = next_high(text_, at);
        repaired_.append(text_.substr(at, end - at));
        last_ = static_cast<unsigned char>(text_[end - 1]);
      } else {
        while (end < text_.size() && is_high(text_[end])) ++end;
        repair_run(at, end);
      }
      at = end;
    }
    return std::move(repaired_);
  }

 private:
  // Bytes beyond ASCII between ASCII.
  void repair_run(std::size_t at, std::size_t end) {
    const std::string_view run = text_.substr(at, end - at);
    const std::size_t invalid = invalid_bytes(run);
    const bool is_one_cut = run.size() == 1 && is_cut_lead(text_, at);
    if (invalid * 2 > run.size() && !is_one_cut && is_latin_context()) {
      repaired_ += converted(run, charset_);
      last_ = 'a';
      return;
    }
    while (at < end) {
      const std::size_t first = at;
      const char32_t c = next_code_point(text_.substr(0, end), at);
      const std::size_t size = bad_size(first, end);
      if (c != 0xFFFD || at - first > 1) {
        repaired_.append(text_.substr(first, at - first));
        last_ = c;
      } else if (size == 1 && is_latin(last_) && !is_cut_lead(text_, first)) {
        repaired_ += converted(text_.substr(first, 1), "windows-1252");
      } else {
        repaired_ += "\xEF\xBF\xBD";
        at = first + size;
      }
    }
  }

  // Where the text is of another script, what is no UTF-8 is in that script's charset, or was cut.
  bool is_latin_context() const {
    return is_latin(last_) || std::string_view(charset_) != "windows-1252";
  }

  // The bytes of a character that is not whole: its lead and what continues it.
  std::size_t bad_size(std::size_t first, std::size_t end) const {
    const auto lead = static_cast<unsigned char>(text_[first]);
    if (lead < 0xC2 || lead > 0xF4) return 1;
    const std::size_t whole = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    std::size_t size = 1;
    while (size < whole && first + size < end &&
           (static_cast<unsigned char>(text_[first + size]) & 0xC0) == 0x80)
      ++size;
    return size;
  }

  const std::string_view text_;
  const char* const charset_;
  std::string repaired_;
  char32_t last_ = ' ';
};

}  // namespace

std::string sniffed_charset(std::string_view bytes) {
  bytes = bytes.substr(0, kSniffedBytes);
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, CloseDetector> detector(ucsdet_open(&error));
  if (U_FAILURE(error)) return {};
  ucsdet_enableInputFilter(detector.get(), 1);
  ucsdet_setText(detector.get(), bytes.data(), static_cast<std::int32_t>(bytes.size()), &error);
  const UCharsetMatch* match = ucsdet_detect(detector.get(), &error);
  if (U_FAILURE(error) || match == nullptr) return {};
  const std::int32_t confidence = ucsdet_getConfidence(match, &error);
  const char* name = ucsdet_getName(match, &error);
  if (U_FAILURE(error) || name == nullptr || confidence < kConfidenceMin) return {};
  const std::string label = to_lower(name);
  return is_wide_label(label) || is_utf8_label(label) || label.starts_with("ibm42") ? std::string()
                                                                                    : label;
}

std::string repaired_text(std::string_view text) {
  if (is_valid_utf8(text)) return std::string(text);
  return Repair(text).run();
}

std::optional<std::string> without_double_encoding(std::string_view utf8) {
  std::size_t sequences = 0;
  // Most texts fail at their first character beyond ASCII.
  for (std::size_t at = 0; (at = next_high(utf8, at)) < utf8.size();) {
    const std::optional<std::string> run = decoded_run(utf8, at);
    if (!run) return std::nullopt;
    ++sequences;
  }
  if (sequences < kDoubleEncodedMin) return std::nullopt;
  std::string once;
  once.reserve(utf8.size());
  for (std::size_t at = 0; at < utf8.size();) {
    const std::size_t high = next_high(utf8, at);
    once.append(utf8.substr(at, high - at));
    at = high;
    if (at < utf8.size()) once += *decoded_run(utf8, at);
  }
  return once;
}

}  // namespace tidings::text
