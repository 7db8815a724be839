// Addresses made absolute, within a bound: a long base and many short references would make a small
// document huge.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/url.h"
#include "parse/parse.h"

namespace tidings::parse {

class Addresses {
 public:
  // `problems` is told what was left out; both outlive this.
  Addresses(const ParseLimits& limits, std::vector<std::string>& problems)
      : limits_(limits), problems_(problems) {}

  // The absolute form, or the address itself where there is none. Empty for what is blank, too long
  // or beyond the bound. "&amp;" left over from escaping twice is read as '&'.
  std::string resolved(std::string_view base, std::string_view address);

  // A copy of a base for an entry to keep; empty beyond the bound.
  std::string copied(std::string_view base);

 private:
  bool allows(std::size_t bytes);

  BaseUrl base_{""};  // the latest
  const ParseLimits& limits_;
  std::vector<std::string>& problems_;
  std::size_t grown_bytes_ =
      0;  // by which addresses are longer than what the document spent on them
};

}  // namespace tidings::parse
