#include "parse/expat_reader.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <vector>

// expat.h shows its amplification limits only to those who say what the library was built with.
#define XML_DTD 1
#include <expat.h>

#include <fmt/format.h>

#include "text/html_entities.h"

namespace tidings::parse {
namespace {

// Declared entities may make a document this many times longer once it has given a megabyte: real
// feeds use them for a handful of letters.
constexpr float kAmplificationMax = 10.0F;
constexpr unsigned long long kAmplificationThresholdBytes = 1'000'000;

// Each element of that name gets all of them, whether or not it names any, so that their number
// times the elements' is what reading takes. XHTML's own declares some 250.
constexpr int kDefaultAttributesMax = 1'000;

struct FreeParser {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};
using Parser = std::unique_ptr<XML_ParserStruct, FreeParser>;

struct Session {
  XML_Parser parser;
  FeedReader& reader;
  std::vector<Attribute> attributes = {};
  int default_attributes = 0;

  void stop_if_done() {
    if (reader.stop() != FeedReader::Stop::None) XML_StopParser(parser, XML_FALSE);
  }
};

Session& session_of(void* data) {
  return *static_cast<Session*>(data);
}

void on_start(void* data, const char* name, const char** attributes) {
  Session& session = session_of(data);
  session.attributes.clear();
  for (; *attributes != nullptr; attributes += 2) {
    session.attributes.push_back({attributes[0], attributes[1]});
  }
  session.reader.start(name, Attributes(session.attributes));
  session.stop_if_done();
}

void on_end(void* data, const char* name) {
  session_of(data).reader.end(name);
}

void on_text(void* data, const char* characters, int size) {
  session_of(data).reader.text({characters, static_cast<std::size_t>(size)});
}

// A document type that we do not load may have declared HTML's entities: RSS 0.91 does.
void on_skipped_entity(void* data, const char* name, int is_parameter) {
  if (is_parameter == 0) session_of(data).reader.text(text::named_entity(name));
}

// Some servers send two documents in one: what stands behind the first is no junk then.
bool has_more_entries(XML_Parser parser, std::string_view utf8) {
  const auto at = static_cast<std::size_t>(std::max<XML_Index>(XML_GetCurrentByteIndex(parser), 0));
  const std::string_view tail = utf8.substr(std::min(at, utf8.size()));
  return tail.find("<item") != std::string_view::npos ||
         tail.find("<entry") != std::string_view::npos;
}

void on_attribute_declaration(void* data, const char*, const char*, const char*, const char* value,
                              int) {
  Session& session = session_of(data);
  if (value != nullptr && ++session.default_attributes > kDefaultAttributesMax)
    XML_StopParser(session.parser, XML_FALSE);
}

XmlResult failure(XML_Parser parser, std::string_view utf8) {
  const XML_Error code = XML_GetErrorCode(parser);
  if (code == XML_ERROR_ABORTED) return {.outcome = XmlOutcome::Stopped};
  if (code == XML_ERROR_AMPLIFICATION_LIMIT_BREACH) return {.outcome = XmlOutcome::EntityBomb};
  return {
      .outcome = XmlOutcome::IllFormed,
      .problem = fmt::format("The XML is not well-formed at line {}, column {}: {}.",
                             XML_GetCurrentLineNumber(parser),
                             XML_GetCurrentColumnNumber(parser) + 1, XML_ErrorString(code)),
      .feed_is_whole = code == XML_ERROR_JUNK_AFTER_DOC_ELEMENT && !has_more_entries(parser, utf8)};
}

}  // namespace

XmlResult read_with_expat(std::string_view utf8, FeedReader& reader) {
  const Parser parser(XML_ParserCreate("UTF-8"));
  if (parser == nullptr || utf8.size() > std::numeric_limits<int>::max()) {
    return {.outcome = XmlOutcome::IllFormed, .problem = "The XML parser has no memory."};
  }
  Session session{parser.get(), reader};
  XML_SetUserData(parser.get(), &session);
  XML_SetElementHandler(parser.get(), on_start, on_end);
  XML_SetCharacterDataHandler(parser.get(), on_text);
  XML_SetSkippedEntityHandler(parser.get(), on_skipped_entity);
  XML_SetAttlistDeclHandler(parser.get(), on_attribute_declaration);
  XML_SetParamEntityParsing(parser.get(), XML_PARAM_ENTITY_PARSING_NEVER);
  XML_SetBillionLaughsAttackProtectionMaximumAmplification(parser.get(), kAmplificationMax);
  XML_SetBillionLaughsAttackProtectionActivationThreshold(parser.get(),
                                                          kAmplificationThresholdBytes);
  if (XML_Parse(parser.get(), utf8.data(), static_cast<int>(utf8.size()), XML_TRUE) ==
      XML_STATUS_OK) {
    return {.outcome = XmlOutcome::Complete};
  }
  if (session.default_attributes > kDefaultAttributesMax)
    return {.outcome = XmlOutcome::EntityBomb};
  return failure(parser.get(), utf8);
}

}  // namespace tidings::parse
