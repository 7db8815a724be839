// The places of a page that may say something about its article, found in one pass.
#pragma once

#include <string_view>
#include <vector>

#include "html/document.h"

namespace tidings::extract {

// All in document order, each list at most kPlacesMax long.
struct Survey {
  html::NodeId html = html::kNoNode, title = html::kNoNode, body = html::kNoNode;
  html::NodeId base = html::kNoNode;
  std::vector<html::NodeId> metas, links, times, headings;  // headings: <h1>
  std::vector<html::NodeId> properties;                     // with itemprop
  std::vector<html::NodeId> microformats;                   // with a class of h-entry or hentry
  std::vector<html::NodeId> author_links;                   // rel="author"
  std::vector<html::NodeId> bylines, dates;                 // named so by class or id
  std::vector<std::string_view> json_ld;                    // texts of scripts
  std::vector<std::string_view> scripts;                    // other scripts that hold data
};

inline constexpr std::size_t kPlacesMax = 2'000;

Survey survey(const html::Document& document);

}  // namespace tidings::extract
