#include "serve/assets.h"

#include "serve/pages_embedded.h"

namespace tidings::serve {
namespace {

Route asset(std::string pattern, std::string_view bytes, const std::string& content_type) {
  return {.pattern = std::move(pattern),
          .access = Access::Anyone,
          .caching = Caching::ByEvents,  // none touches it: it is compressed once
          .handler = [bytes, content_type](const Call&) -> Result<Content> {
            return Content{.content_type = content_type, .body = std::string(bytes)};
          }};
}

}  // namespace

std::vector<Route> asset_routes() {
  return {
      asset("/", pages::index_html, "text/html; charset=utf-8"),
      asset("/assets/page.css", pages::page_css, "text/css; charset=utf-8"),
      asset("/assets/page.js", pages::page_js, "text/javascript; charset=utf-8"),
      asset("/assets/stories.js", pages::stories_js, "text/javascript; charset=utf-8"),
      asset("/assets/search.js", pages::search_js, "text/javascript; charset=utf-8"),
      asset("/assets/icon.svg", pages::icon_svg, "image/svg+xml"),
  };
}

}  // namespace tidings::serve
