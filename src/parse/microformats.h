// Values of microformats in a page: what a class name like "p-name" or "dt-published" stands for.
// http://microformats.org/wiki/microformats2-parsing and, for classic hAtom and hCard, the mapping
// of microformats2-parsing#backward_compatibility.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "html/document.h"

namespace tidings::parse {

enum class Vocabulary { Current, Classic };  // "h-entry p-name", or "hentry entry-title"

// The microformat that begins at an element: "h-feed", "h-entry", "h-card", another "h-…", or
// empty. Classic names are told by their current ones.
struct MicroformatRoot {
  std::string_view name;
  Vocabulary vocabulary = Vocabulary::Current;
};
MicroformatRoot microformat_root(const html::Node& element);

// The properties that an element is of its microformat, by their current names ("p-name"): views
// into the element, or constants.
std::vector<std::string_view> microformat_properties(const html::Node& element,
                                                     std::string_view root, Vocabulary vocabulary);

// Texts are white-space collapsed, images in them stand as their alternative texts. What is longer
// than `bytes_max`, or within more than 2,000 nodes, is cut.
std::string text_value(const html::Document& page, html::NodeId element, std::size_t bytes_max);
std::string address_value(const html::Document& page, html::NodeId element, std::size_t bytes_max);
std::string date_value(const html::Document& page, html::NodeId element, std::size_t bytes_max);
std::string plain_text_of(const html::Document& page, html::NodeId element, std::size_t bytes_max);

// The first person within: classic pages write <span class="author"><span class="vcard">. kNoNode
// when there is none.
html::NodeId card_below(const html::Document& page, html::NodeId element);

// What is inside the element, as HTML.
std::string html_value(const html::Document& page, html::NodeId element);

}  // namespace tidings::parse
