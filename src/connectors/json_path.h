// Where in a JSON document a value stands: the small language of connector files.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace tidings::connectors {

// "response.results[0].title": keys, and places in a list, from 0; -1 is the last.
// "tags[*].name": every item of a list, or every member of an object.
// "tags[type=contributor].name": the items whose member `type` is the text "contributor".
// "['odd.key'].x", "tags['a b'=c]": keys and texts with signs of their own stand in quotes.
// "": the document itself.
class JsonPath {
 public:
  static constexpr std::size_t kStepsMax = 32;
  static constexpr std::size_t kBytesMax = 1'000;

  struct Step {
    enum class Kind { Key, Index, Every, Where };
    Kind kind = Kind::Key;
    std::string key;         // of Key and Where
    std::string text;        // of Where
    std::int64_t index = 0;  // of Index
    friend bool operator==(const Step&, const Step&) = default;
  };

  JsonPath() = default;  // the document itself

  // InvalidInput says what is wrong, and where in the path.
  static Result<JsonPath> parse(std::string_view text);

  const std::vector<Step>& steps() const { return steps_; }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
  std::vector<Step> steps_;
};

}  // namespace tidings::connectors
