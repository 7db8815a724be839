#include "analyze/place_names.h"

#include <algorithm>
#include <array>
#include <string>

#include "text/lower.h"

namespace tidings::analyze {
namespace {

using text::Letters;
using text::Segments;
using text::Word;

constexpr std::size_t kWordsOfNameMax = 6;
constexpr std::size_t kBytesOfNameMax = 60;
constexpr std::string_view kCurlyApostrophe = "’";

constexpr std::array<std::string_view, 16> kElided = {"l",    "d",  "dell", "nell", "all", "sull",
                                                      "dall", "un", "qu",   "s",    "n",   "j",
                                                      "c",    "m",  "t",    "quell"};

// A word without what is put before or after it with an apostrophe.
struct Bare {
  std::string_view lower;
  std::uint32_t begin = 0;  // bytes of the text
  std::uint32_t end = 0;
};

struct Apostrophe {
  std::size_t at = std::string_view::npos;
  std::size_t size = 0;
};

Apostrophe first_apostrophe(std::string_view text) {
  const std::size_t straight = text.find('\'');
  if (text.find(kCurlyApostrophe.front()) == std::string_view::npos)
    return {straight, straight == std::string_view::npos ? 0u : 1u};
  const std::size_t curly = text.find(kCurlyApostrophe);
  if (straight < curly) return {straight, 1};
  return {curly, curly == std::string_view::npos ? 0 : kCurlyApostrophe.size()};
}

// Most words have none, and their last bytes tell.
std::size_t possessive_bytes(std::string_view lower) {
  for (const std::string_view end :
       {std::string_view("'s"), std::string_view("’s"), std::string_view("'"), kCurlyApostrophe})
    if (lower.back() == end.back() && lower.size() > end.size() && lower.ends_with(end))
      return end.size();
  return 0;
}

Bare without_possessive(Bare word) {
  const std::size_t bytes = possessive_bytes(word.lower);
  word.lower.remove_suffix(bytes);
  word.end -= static_cast<std::uint32_t>(bytes);
  return word;
}

Bare without_elision(Bare word) {
  const Apostrophe found = first_apostrophe(word.lower);
  if (found.at == std::string_view::npos) return word;
  if (std::ranges::find(kElided, word.lower.substr(0, found.at)) == kElided.end()) return word;
  const std::size_t cut = found.at + found.size;
  if (word.end - word.begin <= cut) return word;
  word.lower.remove_prefix(cut);
  word.begin += static_cast<std::uint32_t>(cut);
  return word;
}

class Finder {
 public:
  Finder(const Document& document, std::span<const TextSpan> excluded)
      : segments_(document.segments),
        words_(segments_.words()),
        excluded_(excluded.begin(), excluded.end()) {
    std::ranges::sort(excluded_, {}, &TextSpan::begin);
  }

  // The longest name that begins at the word, if any does.
  bool longest_at(std::size_t first, std::size_t end, PlaceName& name) {
    const Bare whole = without_possessive(bare(first));
    if (longest_from(first, end, whole, name)) return true;
    const Bare cut = without_elision(whole);
    return cut.begin != whole.begin && longest_from(first, end, cut, name);
  }

  bool may_begin(std::size_t number) const {
    const Word& word = words_[number];
    switch (word.letters) {
      case Letters::Capitalized:
      case Letters::Upper:
      case Letters::Mixed:
        return true;
      default:  // "dell'Italia" and "l'Afrique" begin small
        return elided_capital(word);
    }
  }

  // Excluded spans do not overlap one another. "Costa Rica" is no person, whoever takes it for one.
  bool excluded(const PlaceName& name) const {
    const auto after = std::ranges::lower_bound(excluded_, name.span.end, {}, &TextSpan::begin);
    if (after == excluded_.begin() || std::prev(after)->end <= name.span.begin) return false;
    return *std::prev(after) != name.span || !is_well_known(name);
  }

  // Within an asked span small letters make names too.
  void ask(bool asking) { asking_ = asking; }

 private:
  bool is_well_known(const PlaceName& name) const {
    constexpr double kCity = 5.5;  // importance: 300,000 people
    if (name.end_word - name.first_word < 2 || name.senses[0].is(Sense::kDoubtful)) return false;
    return gazetteer_.place(name.senses[0].place).importance >= kCity;
  }

  bool elided_capital(const Word& word) const {
    const std::string_view written = segments_.written(word);
    const Apostrophe found = first_apostrophe(written);
    if (found.at == std::string_view::npos || found.at > 5) return false;
    const std::size_t next = found.at + found.size;
    if (next >= written.size()) return false;
    const auto byte = static_cast<unsigned char>(written[next]);
    return (byte >= 'A' && byte <= 'Z') || byte >= 0xC3;
  }

  Bare bare(std::size_t number) const {
    const Word& word = words_[number];
    return {.lower = segments_.lower(word), .begin = word.begin, .end = word.end};
  }

  static bool is_apostrophe(std::string_view gap) { return gap == "'" || gap == kCurlyApostrophe; }

  // What parts the word from the one before it, as names have it: "cote d'ivoire", though the
  // text's words are three.
  std::string_view joint(std::size_t right) const {
    const std::uint32_t begin = words_[right - 1].end;
    return is_apostrophe(segments_.text().substr(begin, words_[right].begin - begin)) ? "'" : " ";
  }

  // Only what may stand within a name parts the words: a space, a hyphen, a point after "St".
  bool adjoins(std::size_t left) const {
    const std::uint32_t begin = words_[left].end;
    const std::string_view gap = segments_.text().substr(begin, words_[left + 1].begin - begin);
    if (gap == " " || gap == "-" || gap == "\xC2\xA0" || is_apostrophe(gap)) return true;
    if (gap == "\n") return words_[left].sentence == words_[left + 1].sentence;  // wrapped
    return gap == ". " && words_[left].end - words_[left].begin <= 2;
  }

  void append(NameHash& hash, std::string_view lower) {
    const std::size_t before = key_.size();
    while (!lower.empty()) {
      const Apostrophe found = first_apostrophe(lower);
      key_.append(lower.substr(0, found.at));
      if (found.at == std::string_view::npos) break;
      key_ += '\'';
      lower.remove_prefix(found.at + found.size);
    }
    hash.add(std::string_view(key_).substr(before));
  }

  bool longest_from(std::size_t first, std::size_t end, const Bare& begin, PlaceName& name) {
    key_.clear();
    NameHash hash;
    bool any = false;
    const std::size_t last = std::min(end, first + kWordsOfNameMax);
    for (std::size_t number = first; number < last; ++number) {
      const Bare whole = number == first ? begin : bare(number);
      const Bare word = without_possessive(whole);
      if (number != first) {
        key_ += joint(number);
        hash.add(joint(number));
      }
      append(hash, word.lower);
      if (key_.size() > kBytesOfNameMax) break;
      const bool small = number != first && words_[number].letters == Letters::Lower &&
                         !elided_capital(words_[number]);
      if (small && word.lower.size() > 6) break;
      if (!small || asking_)
        any |= take(first, number, TextSpan{begin.begin, word.end}, hash, name);
      if (word.end != whole.end || number + 1 == last || !adjoins(number)) break;
    }
    return any;
  }

  bool take(std::size_t first, std::size_t number, TextSpan span, NameHash hash, PlaceName& name) {
    const Senses senses = gazetteer_.find(key_, hash);
    if (senses.empty() || !written_so(senses, span)) return false;
    name.span = with_last_point(span);
    name.first_word = static_cast<std::uint32_t>(first);
    name.end_word = static_cast<std::uint32_t>(number + 1);
    name.senses = senses;
    return true;
  }

  // "U.S." ends in a point, which is no part of the word.
  TextSpan with_last_point(TextSpan span) const {
    const std::string_view text = segments_.text();
    const bool pointed =
        span.end - span.begin >= 3 && text[span.end - 2] == '.' && span.end < text.size();
    if (pointed && text[span.end] == '.') ++span.end;
    return span;
  }

  // "US" is a country and "us" and "Us" are not.
  bool written_so(const Senses& senses, TextSpan span) const {
    if (!senses[0].is(Sense::kExact)) return true;
    const std::string_view written = segments_.text().substr(span.begin, span.end - span.begin);
    return std::ranges::none_of(written, [](char byte) { return byte >= 'a' && byte <= 'z'; });
  }

  const Segments& segments_;
  std::span<const Word> words_;
  std::vector<TextSpan> excluded_;
  Gazetteer gazetteer_;
  std::string key_;
  bool asking_ = false;
};

std::size_t first_word_at(std::span<const Word> words, std::uint32_t offset) {
  return static_cast<std::size_t>(std::ranges::upper_bound(words, offset, {}, &Word::end) -
                                  words.begin());
}

// "ü" of "Zürich" does not name the city.
bool is_mostly_in(TextSpan name, TextSpan asked) {
  const std::uint32_t begin = std::max(name.begin, asked.begin);
  const std::uint32_t end = std::min(name.end, asked.end);
  return end > begin && 2 * (end - begin) >= name.end - name.begin;
}

bool cuts_character(std::string_view text, TextSpan span) {
  const auto continues = [&](std::uint32_t at) {
    return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
  };
  return continues(span.begin) || continues(span.end);
}

// The whole of it, or the longest name within it: "University of Texas" is in Texas, "north
// Baghdad" in Baghdad.
PlaceName asked_name(Finder& finder, std::span<const Word> words, TextSpan span) {
  PlaceName best{.span = span, .asked = true};
  std::size_t first = first_word_at(words, span.begin);
  std::size_t end = first;
  while (end < words.size() && words[end].begin < span.end) ++end;
  best.first_word = static_cast<std::uint32_t>(first);
  best.end_word = static_cast<std::uint32_t>(end);
  std::size_t length = 0;
  for (std::size_t at = first; at < end && at < first + 2 * kWordsOfNameMax; ++at) {
    PlaceName found;
    if (!finder.longest_at(at, end, found) || found.span.end - found.span.begin <= length) continue;
    if (!is_mostly_in(found.span, span)) continue;
    const bool partial = found.first_word != first || found.end_word != end;
    if (partial && found.senses[0].is(Sense::kDoubtful)) continue;  // "Park", "North"
    length = found.span.end - found.span.begin;
    best.senses = found.senses;
    best.partial = partial;
  }
  return best;
}

}  // namespace

std::vector<PlaceName> find_place_names(const Document& document, std::span<const TextSpan> asked,
                                        std::span<const TextSpan> excluded) {
  const std::span<const Word> words = document.segments.words();
  Finder finder(document, excluded);
  std::vector<PlaceName> found;
  finder.ask(true);
  for (const TextSpan& span : asked)
    if (span.begin < span.end && span.end <= document.segments.text().size() &&
        found.size() < kPlaceNamesMax && !cuts_character(document.segments.text(), span))
      found.push_back(asked_name(finder, words, span));
  finder.ask(false);
  std::ranges::sort(found, {}, [](const PlaceName& name) { return name.span.begin; });
  const std::size_t asked_count = found.size();

  std::size_t next_asked = 0;
  for (std::size_t at = 0; at < words.size() && found.size() < kPlaceNamesMax;) {
    while (next_asked < asked_count && found[next_asked].span.end <= words[at].begin) ++next_asked;
    if (next_asked < asked_count && found[next_asked].span.begin < words[at].end) {
      ++at;  // the caller's own
      continue;
    }
    PlaceName name;
    const std::size_t end = next_asked < asked_count
                                ? std::min<std::size_t>(words.size(), found[next_asked].first_word)
                                : words.size();
    if (!finder.may_begin(at) || !finder.longest_at(at, end, name)) {
      ++at;
      continue;
    }
    at = name.end_word;
    if (!finder.excluded(name)) found.push_back(name);
  }
  std::ranges::sort(found, {}, [](const PlaceName& name) { return name.span.begin; });
  return found;
}

Senses senses_of_text(std::string_view text) {
  if (text.empty() || text.size() > kBytesOfNameMax) return {};
  return Gazetteer().find(text::lower(text));
}

}  // namespace tidings::analyze
