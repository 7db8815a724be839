// SVG and MathML inside HTML, WHATWG HTML §13.2.6.5: which names have capitals, and where HTML goes
// on.
#pragma once

#include <cstdint>
#include <string_view>

#include "html/token.h"
#include "html/tree.h"

namespace tidings::html {

// "foreignobject" is "foreignObject" in SVG; a name that is none of these stays.
std::string_view adjusted_svg_tag_name(std::string_view lower);
std::string_view adjusted_attribute_name(Space space, std::string_view lower);

// ForeignRole flags of an element with this (adjusted) name.
std::uint8_t foreign_roles(Space space, std::string_view name,
                           std::span<const Attribute> attributes);

// Whether the start tag is so much HTML's own that foreign content ends before it.
bool breaks_out_of_foreign(const Token& start_tag);

}  // namespace tidings::html
