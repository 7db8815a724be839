// Articles as JSON: the one shape that lists, single articles and live events share.
#pragma once

#include <span>

#include "core/json_writer.h"
#include "model/article.h"
#include "ports/article_store.h"
#include "serve/source_directory.h"

namespace tidings::serve {

// An object; absent values are left out. Unavailable when the source's title cannot be read.
Result<void> write_summary(JsonWriter& json, const ArticleSummary& article,
                           SourceDirectory& sources);
// The same with content_html, text and enclosures.
Result<void> write_article(JsonWriter& json, const Article& article, SourceDirectory& sources);

void write_revision(JsonWriter& json, const ArticleRevision& revision);

}  // namespace tidings::serve
