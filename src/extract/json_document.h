// One block of JSON on a page, read strictly where that goes and mended where it does not.
#pragma once

#include <memory>
#include <string_view>

#include <simdjson.h>

namespace tidings::extract {

// Owns what its elements point to. Movable.
class JsonDocument {
 public:
  // As it stands, else repaired (text/json_repair.h), else with its character references decoded
  // and then repaired. Never fails: is_valid() tells.
  static JsonDocument read(std::string_view text);

  // As it stands or not at all: for what programs wrote.
  static JsonDocument read_strictly(std::string_view text);

  bool is_valid() const { return is_valid_; }
  simdjson::dom::element root() const { return root_; }

 private:
  bool parse(std::string_view text);

  std::unique_ptr<simdjson::dom::parser> parser_;
  simdjson::dom::element root_;
  bool is_valid_ = false;
};

}  // namespace tidings::extract
