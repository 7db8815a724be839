#include "analyze/article_line.h"

#include <limits>
#include <utility>

#include <fmt/format.h>
#include <simdjson.h>

#include "core/strings.h"
#include "core/utf8.h"
#include "text/date.h"

namespace tidings::analyze {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

Error amiss(std::string_view member, std::string_view wanted) {
  return invalid_input(fmt::format("\"{}\" is not {}", member, wanted));
}

// Absent and null are the same.
std::optional<element> member(const object& from, const char* name) {
  element value;
  if (from[name].get(value) != simdjson::SUCCESS || value.is_null()) return std::nullopt;
  return value;
}

Result<std::string> text_of(const object& from, const char* name) {
  const auto value = member(from, name);
  if (!value) return std::string();
  std::string_view text;
  if (value->get(text) != simdjson::SUCCESS) return amiss(name, "a text");
  return std::string(text);
}

Result<std::vector<std::string>> texts_of(const object& from, const char* name) {
  std::vector<std::string> texts;
  const auto value = member(from, name);
  if (!value) return texts;
  array list;
  if (value->get(list) != simdjson::SUCCESS) return amiss(name, "a list of texts");
  for (const element one : list) {
    std::string_view text;
    if (one.get(text) != simdjson::SUCCESS) return amiss(name, "a list of texts");
    texts.emplace_back(text);
  }
  return texts;
}

Result<std::vector<TextSpan>> spans_of(const object& from, const char* name) {
  constexpr std::string_view kWanted = "a list of [start, end] in bytes of title, newline, text";
  std::vector<TextSpan> spans;
  const auto value = member(from, name);
  if (!value) return spans;
  array list;
  if (value->get(list) != simdjson::SUCCESS) return amiss(name, kWanted);
  for (const element one : list) {
    array pair;
    std::uint64_t begin = 0, end = 0;
    constexpr std::uint64_t kMost = std::numeric_limits<std::uint32_t>::max();
    if (one.get(pair) != simdjson::SUCCESS || pair.size() != 2 ||
        pair.at(0).get(begin) != simdjson::SUCCESS || pair.at(1).get(end) != simdjson::SUCCESS ||
        begin >= end || end > kMost)
      return amiss(name, kWanted);
    spans.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
  }
  return spans;
}

Result<std::string> id_of(const object& from) {
  const auto id = member(from, "id");
  if (!id) return invalid_input("\"id\" is missing");
  if (!id->is_string() && !id->is_number()) return amiss("id", "a text or a number");
  return simdjson::minify(*id);
}

Result<std::optional<Time>> time_of(const object& from, const char* name) {
  const auto value = member(from, name);
  if (!value) return std::optional<Time>();
  std::string_view text;
  std::optional<Time> time;
  if (value->get(text) == simdjson::SUCCESS) {
    time = text::parse_feed_date(text);
  } else if (value->is_number()) {
    time = text::parse_feed_date(std::string(simdjson::minify(*value)));
  }
  if (!time) return amiss(name, "a date");
  return time;
}

Result<std::optional<std::int32_t>> words_of(const object& from) {
  constexpr std::int64_t kMost = 100'000;
  const auto value = member(from, "summary_words");
  if (!value) return std::optional<std::int32_t>();
  std::int64_t words = 0;
  if (value->get(words) != simdjson::SUCCESS || words < 1 || words > kMost)
    return amiss("summary_words", "a whole number from 1 to 100000");
  return std::optional(static_cast<std::int32_t>(words));
}

Result<std::optional<double>> sentiment_of(const object& from) {
  const auto value = member(from, "sentiment");
  if (!value) return std::optional<double>();
  double score = 0;
  if (value->get(score) != simdjson::SUCCESS || score < -1 || score > 1)
    return amiss("sentiment", "a number from -1 to 1");
  return std::optional(score);
}

// "\\ud83d" at `at`: which half of a pair it is the escape of; 0 where it is none.
std::uint32_t surrogate_at(std::string_view line, std::size_t at) {
  if (line.size() < at + 6 || line[at] != '\\' || line[at + 1] != 'u') return 0;
  std::uint32_t unit = 0;
  for (const char digit : line.substr(at + 2, 4)) {
    const char low = static_cast<char>(digit | 0x20);
    if (!is_digit(digit) && (low < 'a' || low > 'f')) return 0;
    unit = unit * 16 + static_cast<std::uint32_t>(is_digit(digit) ? digit - '0' : low - 'a' + 10);
  }
  return unit >= 0xD800 && unit <= 0xDFFF ? unit : 0;
}

// Escapes of half a pair, as programs leave them that cut a text within an emoji, become U+FFFD.
std::string without_half_pairs(std::string_view line) {
  constexpr std::size_t kEscape = 6;
  std::string repaired;
  repaired.reserve(line.size());
  for (std::size_t at = 0; at < line.size();) {
    const std::uint32_t unit = surrogate_at(line, at);
    const bool is_pair = unit != 0 && unit < 0xDC00 && surrogate_at(line, at + kEscape) >= 0xDC00;
    const std::size_t size = is_pair ? 2 * kEscape : unit != 0 ? kEscape : line[at] == '\\' ? 2 : 1;
    repaired += unit != 0 && !is_pair ? std::string_view("\\ufffd") : line.substr(at, size);
    at += size;
  }
  return repaired;
}

}  // namespace

struct ArticleLineReader::Parser {
  simdjson::dom::parser json;
  std::string repaired;
};

ArticleLineReader::ArticleLineReader() : parser_(std::make_unique<Parser>()) {}
ArticleLineReader::~ArticleLineReader() = default;

Result<ArticleLine> ArticleLineReader::read(std::string_view line) {
  if (!is_valid_utf8(line)) {
    parser_->repaired = repaired_utf8(line);
    line = parser_->repaired;
  }
  if (line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);  // a byte order mark
  object from;
  auto code = parser_->json.parse(line.data(), line.size()).get(from);
  if (code == simdjson::STRING_ERROR) {
    parser_->repaired = without_half_pairs(line);
    code = parser_->json.parse(parser_->repaired).get(from);
  }
  if (code == simdjson::INCORRECT_TYPE) return invalid_input("this is not a JSON object");
  if (code != simdjson::SUCCESS)
    return invalid_input(fmt::format("this is not JSON: {}", simdjson::error_message(code)));
  return ArticleLine{.id_json = TRY(id_of(from)),
                     .title = TRY(text_of(from, "title")),
                     .text = TRY(text_of(from, "text")),
                     .url = TRY(text_of(from, "url")),
                     .publisher = TRY(text_of(from, "publisher")),
                     .language = TRY(text_of(from, "language")),
                     .published = TRY(time_of(from, "published")),
                     .categories = TRY(texts_of(from, "categories")),
                     .authors = TRY(texts_of(from, "authors")),
                     .topics = TRY(texts_of(from, "topics")),
                     .entities = TRY(texts_of(from, "entities")),
                     .places = TRY(texts_of(from, "places")),
                     .about = TRY(texts_of(from, "about")),
                     .source = TRY(text_of(from, "source")),
                     .country = TRY(text_of(from, "country")),
                     .sentiment = TRY(sentiment_of(from)),
                     .targets = TRY(spans_of(from, "targets")),
                     .mentions = TRY(spans_of(from, "mentions")),
                     .summary_words = TRY(words_of(from))};
}

}  // namespace tidings::analyze
