#include "extract/json_document.h"

#include <string>
#include <utility>

#include "core/strings.h"
#include "core/utf8.h"
#include "text/html_entities.h"
#include "text/json_repair.h"

namespace tidings::extract {
namespace {

constexpr std::size_t kDepthMax = 512;

}  // namespace

bool JsonDocument::parse(std::string_view text) {
  if (parser_ == nullptr) parser_ = std::make_unique<simdjson::dom::parser>();
  if (parser_->allocate(text.size() + 64, kDepthMax) != simdjson::SUCCESS) return false;
  return parser_->parse(text.data(), text.size(), true).get(root_) == simdjson::SUCCESS;
}

JsonDocument JsonDocument::read_strictly(std::string_view text) {
  JsonDocument document;
  document.is_valid_ = document.parse(text);
  return document;
}

JsonDocument JsonDocument::read(std::string_view text) {
  JsonDocument document;
  text = trim(text);
  if (text.empty()) return document;
  document.is_valid_ = document.parse(text) || document.parse(text::repaired_json(text));
  if (!document.is_valid_ && !is_valid_utf8(text)) {
    document.is_valid_ = document.parse(text::repaired_json(repaired_utf8(text)));
  }
  if (!document.is_valid_ && text.find("&quot;") != std::string_view::npos) {
    document.is_valid_ = document.parse(text::repaired_json(text::decode_entities(text)));
  }
  return document;
}

}  // namespace tidings::extract
