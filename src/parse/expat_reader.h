// Well-formed XML, read by expat in one pass.
#pragma once

#include <string>
#include <string_view>

#include "parse/feed_reader.h"

namespace tidings::parse {

enum class XmlOutcome {
  Complete,
  Stopped,  // the reader had seen enough: FeedReader::stop() says why
  IllFormed,
  EntityBomb,  // refused: entities or default attributes that expand beyond reason
};

struct XmlResult {
  XmlOutcome outcome = XmlOutcome::Complete;
  std::string problem;         // where and what, as a sentence; for IllFormed
  bool feed_is_whole = false;  // ill-formed only behind the root element: nothing is missing
};

// `utf8` is read as UTF-8 whatever it declares. Nothing outside it is ever loaded.
XmlResult read_with_expat(std::string_view utf8, FeedReader& reader);

}  // namespace tidings::parse
