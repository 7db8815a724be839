// The row stores of one database, held together: what is atomic across them is so because they
// share it.
#pragma once

#include "core/result.h"
#include "ports/analysis_store.h"
#include "ports/article_store.h"
#include "ports/event_log.h"
#include "ports/page_store.h"
#include "ports/push_store.h"
#include "ports/rating_store.h"
#include "ports/rollup_store.h"
#include "ports/saved_search_store.h"
#include "ports/secret_store.h"
#include "ports/source_store.h"
#include "ports/story_store.h"
#include "ports/trend_store.h"

namespace tidings {

// Safe to call from many threads. The references live as long as this does.
class Stores {
 public:
  virtual ~Stores() = default;

  virtual ArticleStore& articles() = 0;
  virtual AnalysisStore& analyses() = 0;
  virtual SourceStore& sources() = 0;
  virtual EventLog& events() = 0;
  virtual RollupStore& rollups() = 0;
  virtual PageStore& pages() = 0;
  virtual SecretStore& secrets() = 0;
  virtual PushStore& pushes() = 0;
  virtual StoryStore& stories() = 0;
  virtual SavedSearchStore& saved_searches() = 0;
  virtual RatingStore& ratings() = 0;
  virtual TrendStore& trends() = 0;

  // Asks the database for a sign of life, for /health/deep. Unavailable or Corrupt with the reason.
  virtual Result<void> ping() = 0;
};

}  // namespace tidings
