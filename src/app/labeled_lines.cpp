#include "app/labeled_lines.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include <fmt/format.h>
#include <simdjson.h>

#include "core/strings.h"

namespace tidings::app {
namespace {

using simdjson::dom::element;

constexpr std::size_t kLineBytesMax = 16 * 1024 * 1024;
constexpr std::string_view kShape = "write {\"text\": \"…\", \"label\": \"…\"} on one line";

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

// Lines of any file, standard input too, one in memory at a time.
class LineReader {
 public:
  explicit LineReader(std::FILE* file) : file_(file) {}
  ~LineReader() { std::free(line_); }
  LineReader(const LineReader&) = delete;
  LineReader& operator=(const LineReader&) = delete;

  bool next() {
    size_ = ::getline(&line_, &capacity_, file_);
    ++number_;
    return size_ >= 0;
  }
  std::string_view line() const { return trim({line_, static_cast<std::size_t>(size_)}); }
  std::size_t number() const { return number_; }

 private:
  std::FILE* file_;
  char* line_ = nullptr;
  std::size_t capacity_ = 0;
  std::size_t number_ = 0;
  ssize_t size_ = 0;
};

Result<std::string> label_of(const element& value) {
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) return std::string(text);
  if (value.is_number() || value.is_bool()) return simdjson::minify(value);
  return invalid_input("\"label\" must be a string, a number or a boolean");
}

class LineParser {
 public:
  Result<void> parse(std::string_view line) {
    if (line.size() > kLineBytesMax)
      return invalid_input(fmt::format("longer than {} bytes: cut the text", kLineBytesMax));
    element root;
    const auto error = parser_.parse(line.data(), line.size()).get(root);
    if (error != simdjson::SUCCESS)
      return invalid_input(
          fmt::format("not JSON ({}): {}", simdjson::error_message(error), kShape));
    if (!root.is_object()) return invalid_input(fmt::format("not a JSON object: {}", kShape));
    if (root["text"].get(text_) != simdjson::SUCCESS)
      return invalid_input(fmt::format("there is no string \"text\": {}", kShape));
    element label;
    if (root["label"].get(label) != simdjson::SUCCESS)
      return invalid_input(fmt::format("there is no \"label\": {}", kShape));
    label_ = TRY(label_of(label));
    return {};
  }
  std::string_view text() const { return text_; }
  const std::string& label() const { return label_; }

 private:
  simdjson::dom::parser parser_;
  std::string_view text_;
  std::string label_;
};

}  // namespace

Result<void> read_labeled_lines(
    const std::string& path,
    const std::function<Result<void>(std::string_view text, std::string_view label)>& take) {
  const std::unique_ptr<std::FILE, Close> opened(path == "-" ? nullptr
                                                             : std::fopen(path.c_str(), "re"));
  if (path != "-" && opened == nullptr)
    return invalid_input(fmt::format("{}: {}", path, std::strerror(errno)));
  std::FILE* file = path == "-" ? stdin : opened.get();
  LineReader reader(file);
  LineParser parser;
  std::size_t taken = 0;
  while (reader.next()) {
    if (reader.line().empty()) continue;
    const std::string place = fmt::format("{}: line {}", path, reader.number());
    TRY(with_context(parser.parse(reader.line()), place));
    TRY(with_context(take(parser.text(), parser.label()), place));
    ++taken;
  }
  if (std::ferror(file) != 0)
    return invalid_input(fmt::format("{}: {}", path, std::strerror(errno)));
  if (taken == 0) return invalid_input(fmt::format("{}: no line in it: {}", path, kShape));
  return {};
}

}  // namespace tidings::app
