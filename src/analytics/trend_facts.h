// From what is known of an article to what may rise with it.
#pragma once

#include "analytics/trend_key.h"
#include "model/search_document.h"

namespace tidings::analytics {

// Terms are the stems of the title's words, by language and without stop words, numbers and single
// letters
// ("en:quak", labeled as it is written); entities, topics, places and countries those of the
// analysis. Keyphrases by their lower case, without those that are a word of the title or an
// entity. Each once. Stories are not of them: they come with their own events. Linear time; safe to
// call from many threads.
TrendArticle trend_article(const SearchDocument& document);

}  // namespace tidings::analytics
