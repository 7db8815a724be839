// A page's blocks of text and how much stands in each: what the search for the article works on.
#pragma once

#include <cstdint>
#include <vector>

#include "extract/hints.h"
#include "html/document.h"

namespace tidings::extract {

// Of one node; sums are over its subtree and leave out what is no text for readers (scripts,
// forms' fields). A character counts by what it says: a Chinese one as much as a few Latin ones.
struct Measure {
  html::NodeId block = html::kNoNode;  // the nearest block element, itself if it is one
  std::uint32_t chars = 0;
  std::uint32_t link_chars = 0;  // those within links
  std::uint32_t stops = 0;       // signs that end or divide sentences
  std::uint32_t own_chars = 0;   // of a block: those in no other block below it
  std::uint32_t own_link_chars = 0;
  std::uint32_t own_stops = 0;
  Hint hint = Hint::None;
  bool is_block = false;
  bool is_silent = false;  // nothing below is text for readers
  bool is_hidden = false;
  bool is_in_link = false;
};

// Parallel to the document's nodes. Linear time.
std::vector<Measure> measure(const html::Document& document);

bool is_heading(html::Tag tag);

}  // namespace tidings::extract
