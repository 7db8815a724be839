// Where on a page the article stands, and what inside it does not belong to it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "extract/outline.h"
#include "html/document.h"

namespace tidings::extract {

enum class Fate : std::uint8_t {
  Keep,
  Caption,  // belongs to a picture: in the HTML, not in the text
  Drop,     // with all below it
};

struct Content {
  std::vector<html::NodeId> parts;  // one after the other; none: the page has no article
  std::vector<Fate> fates;          // parallel to the nodes; those outside the parts do not matter

  // Where the text itself stands: standfirsts come before it.
  html::NodeId main_part() const { return parts.empty() ? html::kNoNode : parts.back(); }
};

struct ContentHints {
  std::string_view title;        // of the article, as found elsewhere on the page
  std::string_view body;         // the article's text as the page's metadata have it; may be empty
  std::string_view description;  // the same in a sentence or two; may be empty
  std::span<const html::NodeId> removed;  // no part of it, by the word of a person
};

// Every block of text has a value: its characters, more where it reads like prose, less or below
// zero where it is links or labels. The article is the deepest element that holds most of the
// page's value; inside, what is named, shaped or phrased like furniture goes.
// docs/decisions/extraction.md tells the rules and what each was worth. Linear time.
Content find_content(const html::Document& document, const std::vector<Measure>& measures,
                     const ContentHints& hints);

// The article is what these nodes hold, by the word of a person: only what is no text for readers
// and what `removed` names goes.
Content content_of(const html::Document& document, const std::vector<Measure>& measures,
                   std::span<const html::NodeId> roots, std::span<const html::NodeId> removed);

}  // namespace tidings::extract
