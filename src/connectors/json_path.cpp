#include "connectors/json_path.h"

#include <optional>
#include <utility>

#include <fmt/format.h>

#include "core/strings.h"

namespace tidings::connectors {
namespace {

constexpr std::string_view kSigns = ".[]='\"";

class PathReader {
 public:
  explicit PathReader(std::string_view text) : text_(text) {}

  Result<std::vector<JsonPath::Step>> read() {
    std::vector<JsonPath::Step> steps;
    while (at_ < text_.size()) {
      if (steps.size() == JsonPath::kStepsMax) {
        return invalid_input(fmt::format("a path has at most {} steps", JsonPath::kStepsMax));
      }
      steps.push_back(TRY(text_[at_] == '[' ? bracket() : key(steps.empty())));
    }
    return steps;
  }

 private:
  Error wrong(std::string_view what) const {
    return invalid_input(fmt::format("'{}': {} at character {}", text_, what, at_ + 1));
  }

  Result<JsonPath::Step> key(bool is_first) {
    if (!is_first) {
      if (text_[at_] != '.') return wrong("a dot or a bracket is missing");
      ++at_;
    }
    const std::string name(bare());
    if (name.empty()) return wrong("a key is missing");
    return JsonPath::Step{.kind = JsonPath::Step::Kind::Key, .key = name};
  }

  // What stands between '[' and ']'.
  Result<JsonPath::Step> bracket() {
    ++at_;
    JsonPath::Step step;
    if (at_ < text_.size() && text_[at_] == '*') {
      ++at_;
      step.kind = JsonPath::Step::Kind::Every;
      return closed(std::move(step));
    }
    const bool is_quoted = at_ < text_.size() && (text_[at_] == '\'' || text_[at_] == '"');
    step.key = TRY(text());
    if (at_ < text_.size() && text_[at_] == '=') {
      ++at_;
      step.kind = JsonPath::Step::Kind::Where;
      step.text = TRY(text());
      return closed(std::move(step));
    }
    if (is_quoted) return closed(std::move(step));
    const std::optional<long long> index = parse_int(step.key);
    if (!index)
      return wrong("brackets hold a number, *, a 'key' in quotes or key=text, which ends");
    return closed(JsonPath::Step{.kind = JsonPath::Step::Kind::Index, .index = *index});
  }

  Result<JsonPath::Step> closed(JsonPath::Step step) {
    if (at_ >= text_.size() || text_[at_] != ']') return wrong("a ']' is missing");
    ++at_;
    return step;
  }

  // Bare, or in quotes of either kind.
  Result<std::string> text() {
    if (at_ < text_.size() && (text_[at_] == '\'' || text_[at_] == '"')) {
      const std::size_t end = text_.find(text_[at_], at_ + 1);
      if (end == std::string_view::npos) return wrong("a quote is not closed");
      std::string quoted(text_.substr(at_ + 1, end - at_ - 1));
      at_ = end + 1;
      return quoted;
    }
    return std::string(bare());
  }

  std::string_view bare() {
    const std::size_t begin = at_;
    at_ = std::min(text_.find_first_of(kSigns, at_), text_.size());
    return text_.substr(begin, at_ - begin);
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

Result<JsonPath> JsonPath::parse(std::string_view text) {
  if (text.size() > kBytesMax)
    return invalid_input(fmt::format("a path has at most {} bytes", kBytesMax));
  JsonPath path;
  path.text_ = text;
  path.steps_ = TRY(PathReader(text).read());
  return path;
}

}  // namespace tidings::connectors
