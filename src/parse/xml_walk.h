// Small XML parts of packages, event by event: no document type, no entities but the five.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

#include "core/result.h"

namespace tidings::parse {

// An element's attributes by local name ("val" finds w:val).
class XmlAttributes {
 public:
  explicit XmlAttributes(const char** list) : list_(list) {}
  std::string_view get(std::string_view local_name) const;  // empty when absent

 private:
  const char** list_;
};

struct XmlHandlers {
  std::function<void(std::string_view local_name, const XmlAttributes& attributes)> start;
  std::function<void(std::string_view local_name)> end;
  std::function<void(std::string_view characters)> text;
};

// InvalidInput "malformed" names line and fault: ill-formed, a document type, or deeper than
// `depth_max`.
Result<void> walk_xml(std::string_view xml, const XmlHandlers& handlers, std::size_t depth_max);

}  // namespace tidings::parse
