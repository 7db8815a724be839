// Judges of what came out, apart from the sanitizer: HTML is parsed again, addresses are read as a
// browser reads them.
#pragma once

#include <string>
#include <string_view>

namespace tidings::corpus {

// The first thing in `html`, parsed as the content of an element of that context ("body", or what
// the written `prefix` opens), that would run, load, redirect, submit, restyle or overwrite names;
// empty when there is none. Elements that `prefix` itself opens do not count.
std::string active_part(std::string_view html, std::string_view prefix = {});

// Empty when `html`, put into every context that a page may put it into, stays what it is: the
// tables, foreign content and raw text of a page may not turn it into something else.
std::string active_part_in_any_context(std::string_view html);

// The scheme of a text that would run as an address, or reach into the reader's machine; else
// empty.
std::string active_scheme(std::string_view text);

enum class Schemes { Web, Document };

// Why a browser that is given `address` would do more than to open a page (Web) or to hand it to
// another program (Document); empty when it would not.
std::string unsafe_address(std::string_view address, Schemes allowed);

}  // namespace tidings::corpus
