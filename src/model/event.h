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
};

std::string_view to_string(EventKind kind);  // "article.added"
std::optional<EventKind> parse_event_kind(std::string_view name);

struct Event {
  EventSequence sequence{};
  EventKind kind{};
  Time at{};
  std::int64_t subject = 0;  // the ArticleId or SourceId that it is about
  SourceId source_id{};      // of the article, or the source itself
  std::string language;      // article events: what rollups group by
  Time published{};          // article events

  friend bool operator==(const Event&, const Event&) = default;
};

}  // namespace tidings
