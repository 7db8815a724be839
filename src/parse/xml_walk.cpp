#include "parse/xml_walk.h"

#include <limits>
#include <memory>

#include <expat.h>
#include <fmt/format.h>

namespace tidings::parse {
namespace {

struct FreeParser {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};

struct Walk {
  XML_Parser parser;
  const XmlHandlers& handlers;
  std::size_t depth_max;
  std::size_t depth = 0;
};

Walk& walk_of(void* data) {
  return *static_cast<Walk*>(data);
}

std::string_view local(std::string_view name) {
  return name.substr(name.find(':') + 1);  // none: npos + 1 is 0
}

void on_start(void* data, const char* name, const char** attributes) {
  Walk& walk = walk_of(data);
  if (++walk.depth > walk.depth_max) {
    XML_StopParser(walk.parser, XML_FALSE);
    return;
  }
  walk.handlers.start(local(name), XmlAttributes(attributes));
}

void on_end(void* data, const char* name) {
  Walk& walk = walk_of(data);
  --walk.depth;
  walk.handlers.end(local(name));
}

void on_text(void* data, const char* characters, int size) {
  walk_of(data).handlers.text({characters, static_cast<std::size_t>(size)});
}

void on_doctype(void* data, const char*, const char*, const char*, int) {
  XML_StopParser(walk_of(data).parser, XML_FALSE);
}

Error malformed(std::string message) {
  return {ErrorKind::InvalidInput, std::move(message), "malformed"};
}

}  // namespace

std::string_view XmlAttributes::get(std::string_view local_name) const {
  for (const char** at = list_; *at != nullptr; at += 2) {
    if (local(at[0]) == local_name) return at[1];
  }
  return {};
}

Result<void> walk_xml(std::string_view xml, const XmlHandlers& handlers, std::size_t depth_max) {
  const std::unique_ptr<XML_ParserStruct, FreeParser> parser(XML_ParserCreate(nullptr));
  if (parser == nullptr || xml.size() > std::numeric_limits<int>::max())
    return malformed("The XML parser has no memory.");
  Walk walk{.parser = parser.get(), .handlers = handlers, .depth_max = depth_max};
  XML_SetUserData(parser.get(), &walk);
  XML_SetElementHandler(parser.get(), on_start, on_end);
  XML_SetCharacterDataHandler(parser.get(), on_text);
  XML_SetStartDoctypeDeclHandler(parser.get(), on_doctype);
  if (XML_Parse(parser.get(), xml.data(), static_cast<int>(xml.size()), XML_TRUE) == XML_STATUS_OK)
    return {};
  const XML_Error code = XML_GetErrorCode(parser.get());
  const std::string_view fault = code == XML_ERROR_ABORTED
                                     ? "a document type, or elements nested too deeply"
                                     : std::string_view(XML_ErrorString(code));
  return malformed(fmt::format("The XML is not readable at line {}: {}.",
                               XML_GetCurrentLineNumber(parser.get()), fault));
}

}  // namespace tidings::parse
