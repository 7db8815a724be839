#include "dawg.h"

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <optional>
#include <sstream>

#include "core/encoding.h"

namespace tidings::training::language {
namespace {

// Where the parts stand in the file's table (tessdatamanager.h).
constexpr std::size_t kWordAutomaton = 19;
constexpr std::size_t kCharacters = 21;
constexpr std::size_t kWordsMax = 2'000'000;
constexpr std::size_t kWordCharactersMax = 60;

template <class Number>
std::optional<Number> number_at(std::string_view bytes, std::size_t position) {
  if (position + sizeof(Number) > bytes.size()) return std::nullopt;
  Number number;
  std::memcpy(&number, bytes.data() + position, sizeof number);
  return number;
}

Error corrupt(std::string what) {
  return {ErrorKind::Corrupt, std::move(what), {}};
}

Result<std::string_view> part(std::string_view file, std::size_t index) {
  const auto count = number_at<std::int32_t>(file, 0);
  if (!count || *count < 0 || index >= static_cast<std::size_t>(*count))
    return corrupt("no such part");
  const auto begin = number_at<std::int64_t>(file, 4 + 8 * index);
  if (!begin || *begin < 0) return corrupt("the part is empty");
  auto end = static_cast<std::int64_t>(file.size());
  for (std::size_t other = index + 1; other < static_cast<std::size_t>(*count); ++other) {
    const auto next = number_at<std::int64_t>(file, 4 + 8 * other);
    if (next && *next >= 0) {
      end = *next;
      break;
    }
  }
  if (end < *begin || end > static_cast<std::int64_t>(file.size()))
    return corrupt("parts out of order");
  return file.substr(static_cast<std::size_t>(*begin), static_cast<std::size_t>(end - *begin));
}

std::vector<std::string> characters_of(std::string_view part) {
  std::istringstream lines{std::string(part)};
  std::string line;
  std::getline(lines, line);
  std::vector<std::string> characters;
  while (std::getline(lines, line)) characters.push_back(line.substr(0, line.find(' ')));
  return characters;
}

// A directed acyclic word graph, as dawg.h of Tesseract lays it out: edges of 64 bits, the letter
// in the lowest, then three flags, then the node that it leads to; the edges of a node lie
// together, the last one marked.
class Automaton {
 public:
  static Result<Automaton> open(std::string_view bytes, std::vector<std::string> characters) {
    constexpr std::int16_t kMagic = 42;
    constexpr std::size_t kHead = 10;
    const auto magic = number_at<std::int16_t>(bytes, 0);
    const auto letters = number_at<std::int32_t>(bytes, 2);
    const auto edges = number_at<std::int32_t>(bytes, 6);
    if (!magic || *magic != kMagic || !letters || !edges || *letters <= 0 || *edges < 0)
      return corrupt("not an automaton of words");
    if (bytes.size() < kHead + 8 * static_cast<std::size_t>(*edges))
      return corrupt("the automaton is cut off");
    Automaton made;
    made.edges_ = bytes.substr(kHead, 8 * static_cast<std::size_t>(*edges));
    made.letter_bits_ = std::bit_width(static_cast<std::uint32_t>(*letters));
    made.characters_ = std::move(characters);
    return made;
  }

  std::vector<std::string> words() const {
    std::vector<std::string> found;
    struct Step {
      std::size_t edge;
      std::size_t prefix;
    };
    std::vector<Step> steps{{0, 0}};
    std::string word;
    while (!steps.empty() && found.size() < kWordsMax) {
      Step& step = steps.back();
      word.resize(step.prefix);
      const auto edge = number_at<std::uint64_t>(edges_, 8 * step.edge);
      if (!edge) {
        steps.pop_back();
        continue;
      }
      const std::uint64_t letter = *edge & ((std::uint64_t{1} << letter_bits_) - 1);
      const std::uint64_t flags = (*edge >> letter_bits_) & 7U;
      const std::uint64_t next = *edge >> (letter_bits_ + 3);
      const bool last = (flags & 1U) != 0;
      const bool forward = (flags & 2U) == 0;
      if (last)
        steps.pop_back();
      else
        ++step.edge;
      if (!forward || letter >= characters_.size()) continue;
      word += characters_[letter];
      if ((flags & 4U) != 0) found.push_back(word);
      if (next != 0 && steps.size() < kWordCharactersMax) steps.push_back({next, word.size()});
    }
    return found;
  }

 private:
  std::string_view edges_;
  int letter_bits_ = 0;
  std::vector<std::string> characters_;
};

}  // namespace

Result<std::vector<std::string>> words_of_tesseract(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream)
    return not_found("no language data at " + path.string() + "; install Debian's tesseract-ocr-*");
  const std::string file{std::istreambuf_iterator<char>(stream), {}};
  const Result<std::string_view> characters = part(file, kCharacters);
  const Result<std::string_view> edges = part(file, kWordAutomaton);
  if (!characters)
    return with_context(Result<std::vector<std::string>>(characters.error()), path.string());
  if (!edges) return with_context(Result<std::vector<std::string>>(edges.error()), path.string());
  const Result<Automaton> automaton = Automaton::open(*edges, characters_of(*characters));
  if (!automaton)
    return with_context(Result<std::vector<std::string>>(automaton.error()), path.string());
  return automaton->words();
}

}  // namespace tidings::training::language
