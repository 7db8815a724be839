// Which addresses lead to one page, however they are spelled today.
#pragma once

#include <string>
#include <string_view>

namespace tidings {

// What is left of a canonical web address when two spellings of it are compared.
struct PageAddress {
  std::string host;  // without "www.", "m.", "mobile.", "amp."; with the port where there is one
  std::string path;  // with the query; "" for the host's own page

  std::string to_string() const { return host + path; }
  friend bool operator==(const PageAddress&, const PageAddress&) = default;
};

// Drops what sites change while the page stays: the scheme, the host's prefix, a slash or an index
// page at the end, session ids, and the marks of AMP pages (also of those that a cache serves).
// Everything that could tell two pages apart stays, also the fragment. Texts that are no web
// address come back as the path. Pure.
PageAddress page_address(std::string_view url);

// Whether both are addresses, and of one page.
bool is_same_page(std::string_view a, std::string_view b);

}  // namespace tidings
