// Which elements of HTML may stay, what becomes of the others, and how each is parsed: one table
// for the whole sanitizer. docs/decisions/sanitizer.md gives the reasons.
#pragma once

#include <cstdint>
#include <string_view>

namespace tidings::normalize {

enum class Action : std::uint8_t {
  Keep,
  Unwrap,  // the tags go, what is inside stays
  Drop,    // with all that is inside
};

// How HTML's tree construction treats the element (WHATWG HTML §13.2.6.4.7), as far as the one-pass
// reader knows it.
enum class Syntax : std::uint8_t {
  Phrasing,    // "any other start tag": nothing is implied
  Formatting,  // kept in the list of active formatting elements
  Block,       // ends an open paragraph
  Paragraph,
  Heading,
  ListItem,
  DescriptionItem,
  Preformatted,
  VoidInline,
  VoidBlock,  // hr: ends an open paragraph
  Table,
  TableSection,
  TableRow,
  TableCell,
  RawText,    // its content is not markup
  Intricate,  // left to the full parser
};

enum class Role : std::uint8_t { None, Link, Image, Picture, Media, MediaSource, Frame, Fallback };

struct Element {
  std::string_view name;
  Action action = Action::Keep;
  Syntax syntax = Syntax::Intricate;
  std::string_view written_as;  // another name for the same thing; empty: its own
  Role role = Role::None;
  bool is_void = false;
  bool breaks_text = false;      // what is before and after it are different lines
  std::uint32_t attributes = 0;  // a set of AttributeFlag

  std::string_view written_name() const { return written_as.empty() ? name : written_as; }
};

// Attributes that carry no address. `lang`, `dir` and `title` may stand on every element that is
// kept.
enum AttributeFlag : std::uint32_t {
  kAlt = 1,
  kCite = 2,
  kColspan = 4,
  kDatetime = 8,
  kOpen = 16,
  kReversed = 32,
  kRowspan = 64,
  kScope = 128,
  kSize = 256,  // width and height
  kSpan = 512,
  kStart = 1024,
  kValue = 2048,
};

// By lower-case name; nullptr when the element is not in the table (it is unwrapped then).
const Element* find_element(std::string_view name);

// Stands for every element that the table does not know.
extern const Element kUnknownElement;

}  // namespace tidings::normalize
