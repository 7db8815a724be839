// Which document types make a page quirky, WHATWG HTML §13.2.6.4.1.
#pragma once

#include "html/token.h"

namespace tidings::html {

// Full quirks; the limited ones change nothing about the tree.
bool is_quirky(const Token& doctype);

}  // namespace tidings::html
