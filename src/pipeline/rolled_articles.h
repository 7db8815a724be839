// Stored articles as rollups count them.
#pragma once

#include <span>
#include <vector>

#include "core/result.h"
#include "model/search_document.h"
#include "ports/rollup_store.h"
#include "ports/stores.h"
#include "stories/publishers.h"

namespace tidings::pipeline {

// The values of all dimensions that are rolled up, each once: what the search index would find the
// article by. Of topics those above them too; nothing that is not known ("und").
std::vector<RolledValue> rolled_values(const SearchDocument& document);

// As they are in the store now, in the order of the ids; of those that are there. What was found in
// an earlier form of an article tells nothing of it.
Result<std::vector<RolledArticle>> rolled_articles(Stores& stores,
                                                   const stories::PublisherFamilies& families,
                                                   std::span<const ArticleId> ids);

}  // namespace tidings::pipeline
