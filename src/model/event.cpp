#include "model/event.h"

#include <array>
#include <utility>

namespace tidings {
namespace {

constexpr std::array<std::pair<EventKind, std::string_view>, 21> kNames = {{
    {EventKind::ArticleAdded, "article.added"},
    {EventKind::ArticleEdited, "article.edited"},
    {EventKind::ArticleDeleted, "article.deleted"},
    {EventKind::ArticleCompleted, "article.completed"},
    {EventKind::ArticleAnalyzed, "article.analyzed"},
    {EventKind::SourceAdded, "source.added"},
    {EventKind::SourceChanged, "source.changed"},
    {EventKind::SourceRemoved, "source.removed"},
    {EventKind::SourceFailed, "source.failed"},
    {EventKind::SourceRecovered, "source.recovered"},
    {EventKind::StoryOpened, "story.opened"},
    {EventKind::StoryUpdated, "story.updated"},
    {EventKind::StoryMerged, "story.merged"},
    {EventKind::StoryRemoved, "story.removed"},
    {EventKind::StoryCorrected, "story.corrected"},
    {EventKind::SavedSearchChanged, "saved_search.changed"},
    {EventKind::SavedSearchRemoved, "saved_search.removed"},
    {EventKind::SearchMatched, "search.matched"},
    {EventKind::RatingsChanged, "ratings.changed"},
    {EventKind::TrendRose, "trend.rose"},
    {EventKind::TrendOver, "trend.over"},
}};

}  // namespace

std::string_view to_string(EventKind kind) {
  for (const auto& [known, name] : kNames) {
    if (known == kind) return name;
  }
  return "unknown";
}

std::optional<EventKind> parse_event_kind(std::string_view name) {
  for (const auto& [kind, known] : kNames) {
    if (known == name) return kind;
  }
  return std::nullopt;
}

}  // namespace tidings
