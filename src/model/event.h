// What happened, in order: how the rest of the system learns of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/ids.h"
#include "core/time.h"

namespace tidings {

enum class EventKind : std::int16_t {
  ArticleAdded = 1,
  ArticleEdited = 2,
  ArticleDeleted = 3,
  ArticleCompleted = 4,  // its page was read: the full text is there
  ArticleAnalyzed = 5,   // what it is about is known, anew perhaps
  SourceAdded = 10,
  SourceChanged = 11,  // settings changed by a person
  SourceRemoved = 12,
  SourceFailed = 13,  // health went from ok or new to failing or gone
  SourceRecovered = 14,
  StoryOpened = 20,
  StoryUpdated = 21,        // its articles, or what they say, changed
  StoryMerged = 22,         // it turned out to be another, which has its articles now
  StoryRemoved = 23,        // it has no articles any more
  StoryCorrected = 24,      // a person said what is right: the subject is the correction
  SavedSearchChanged = 30,  // new, or another name or query: the subject is the saved search
  SavedSearchRemoved = 31,
  SearchMatched = 32,   // new articles match a saved search that stands: the subject is the search
  RatingsChanged = 40,  // somebody gave, or took back, ratings of publishers: no subject
  TrendRose = 50,       // something began to rise: the subject is the trend
  TrendOver = 51,       // nothing of it rises any more
};

std::string_view to_string(EventKind kind);  // "article.added"
std::optional<EventKind> parse_event_kind(std::string_view name);

struct Event {
  EventSequence sequence{};
  EventKind kind{};
  Time at{};
  std::int64_t subject = 0;  // the id of the article, source, story, saved search or trend
  SourceId source_id{};      // of the article, or the source itself
  std::string language;      // of the article (what rollups group by) or story
  Time published{};          // of the article, or of the story's newest

  friend bool operator==(const Event&, const Event&) = default;
};

}  // namespace tidings
