// What a page says of its article as JSON-LD (schema.org).
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "extract/claims.h"

namespace tidings::extract {

// Reads the <script type="application/ld+json"> blocks of a page, whatever their shape: objects,
// lists, @graph, references by @id, several articles (the one that is about `page_url`, else the
// first), the usual breakage (json_repair.h). A block that cannot be mended costs only itself;
// blocks beyond `bytes_max` together are not read. Linear time.
Claims read_json_ld(std::span<const std::string_view> blocks, std::string_view page_url,
                    std::size_t bytes_max);

}  // namespace tidings::extract
