// How stores.cpp gets at the stores of the repository.
#pragma once

#include <memory>

#include "adapters/sql/database.h"
#include "ports/stores.h"

namespace tidings::sql {

std::unique_ptr<ArticleStore> make_article_store(Database& database);
std::unique_ptr<AnalysisStore> make_analysis_store(Database& database);
std::unique_ptr<SourceStore> make_source_store(Database& database);
std::unique_ptr<EventLog> make_event_log(Database& database);
std::unique_ptr<RollupStore> make_rollup_store(Database& database);
std::unique_ptr<PageStore> make_page_store(Database& database);
std::unique_ptr<SecretStore> make_secret_store(Database& database);
std::unique_ptr<PushStore> make_push_store(Database& database);
std::unique_ptr<StoryStore> make_story_store(Database& database);
std::unique_ptr<SavedSearchStore> make_saved_search_store(Database& database);
std::unique_ptr<RatingStore> make_rating_store(Database& database);
std::unique_ptr<TrendStore> make_trend_store(Database& database);

// A consumer's step, as part of a transaction. Conflict as CursorMove says.
Result<void> advance(Transaction& transaction, const CursorMove& move);

}  // namespace tidings::sql
