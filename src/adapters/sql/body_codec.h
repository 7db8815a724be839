// Article bodies as one compressed piece: markup and text repeat each other, which compression
// takes back.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "model/article.h"

namespace tidings::sql {

// Empty for a body that has nothing in it.
std::string encode_body(const ArticleBody& body);

// Corrupt when the bytes were not made by encode_body().
Result<ArticleBody> decode_body(std::string_view bytes);

}  // namespace tidings::sql
