// Plain text from outside that may stand anywhere: titles, names, labels.
#pragma once

#include <string>
#include <string_view>

namespace tidings::normalize {

// Text is plain, and whoever shows it escapes it. Feed readers, chat clients and mail programs that
// our feeds and notifications reach do not all escape titles. So a '<' that would begin anything
// that acts, loads or carries attributes is written '‹'; "<b>", "Vector<int>" and "x < y" stay.
//
// Clean as clean_text.h says, and without what no reader can see: overriding and embedding of
// direction (a name must not turn around what stands beside it), zero-width characters, tag
// characters outside of flags, byte-order marks, blank letters. Isolates stay and are closed.
// Joiners stay between characters of the scripts and emoji that need them. No-break
// spaces, line and paragraph separators are blanks. Idempotent.
std::string safe_text(std::string_view text);

// An address as it stands, for lists that do not resolve it: relative, or of a scheme that only
// names or transfers something (http, https, ftp, mailto, magnet, urn, …). Empty for every other
// scheme, however it is disguised: by blanks, controls, character references.
std::string safe_address(std::string_view address);

// A text that may be an address: safe_text(), empty where it would run or reach into the reader's
// own machine as an address.
std::string safe_value(std::string_view value);

}  // namespace tidings::normalize
