// Feeds inside something else: a page that shows the source of one, a script's callback, a JSON
// string.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tidings::parse {

// The feed that an HTML page is wrapped around: its markup as it stands between the page's own, or
// escaped, as browsers and servers show it as text. Nothing where the page has words of its own:
// one that only mentions a feed is a page. Linear time.
std::optional<std::string> feed_in_page(std::string_view html);

// "callback({…});", "/**/callback({…})" and ")]}'" before JSON taken off; the text itself where
// there are none.
std::string_view without_callback(std::string_view text);

}  // namespace tidings::parse
