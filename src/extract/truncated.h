// Whether a feed tells an article or only its beginning: "full text: automatic" fetches the page of
// the latter.
#pragma once

#include <string_view>

namespace tidings::extract {

// An entry as plain text; what the feed does not give is empty.
struct EntryText {
  std::string_view summary;
  std::string_view content;         // of content:encoded, atom:content, content_html
  std::string_view last_link_text;  // of the last link in the content or summary
};

// True where the text is as short as excerpts are, or ends like one ("…", "[...]", "Read more" in
// many languages). A text as long as a whole article is none, however it ends. WordPress's closing
// line ("The post … appeared first on …") does not count. Linear time.
bool is_truncated(const EntryText& entry);

}  // namespace tidings::extract
