#include "pipeline/standing.h"

#include <algorithm>

#include "core/log.h"
#include "query/parse.h"

namespace tidings::pipeline {
namespace {

constexpr std::size_t kArticlesAPart = 32;        // in memory at once, whole
constexpr std::size_t kEventsMissedMax = 10'000;  // more, and all searches are read anew

// Each once, ascending.
std::vector<ArticleId> analyzed_articles(std::span<const Event> events) {
  std::vector<ArticleId> ids;
  for (const Event& event : events) {
    if (event.kind == EventKind::ArticleAnalyzed) ids.push_back(ArticleId(event.subject));
  }
  std::ranges::sort(ids);
  const auto repeated = std::ranges::unique(ids);
  ids.erase(repeated.begin(), repeated.end());
  return ids;
}

}  // namespace

StandingConsumer::StandingConsumer(Stores& stores, const stories::PublisherFamilies& families,
                                   Metrics& metrics, search::StandingSettings settings)
    : stores_(stores),
      documents_(stores, families),
      settings_(settings),
      queries_(settings),
      standing_(metrics.gauge("standing_queries", "Saved searches that stand.", {})),
      matches_(metrics.counter("standing_matches_total",
                               "Matches of articles and saved searches that were found.", {})) {}

Result<void> StandingConsumer::apply(std::span<const Event> events, const CursorMove& move) {
  TRY(keep_up(events, move.from));
  const std::vector<SearchMatch> found = TRY(match(analyzed_articles(events)));
  TRY(stores_.saved_searches().add_matches(found, move));
  followed_ = std::max(followed_, move.to);
  matches_.add(static_cast<std::int64_t>(found.size()));
  return {};
}

// The store is read after the events were, so that it is at least as new as they are: a search that
// changes within the batch changes for all of it.
Result<void> StandingConsumer::keep_up(std::span<const Event> events, EventSequence from) {
  const std::int64_t missed = to_int(from) - to_int(followed_);
  if (!is_loaded_ || missed > static_cast<std::int64_t>(kEventsMissedMax)) {
    TRY(load());
    followed_ = from;
  } else if (missed > 0) {
    TRY(follow_missed(from));
  }
  TRY(follow(events));
  standing_.set(static_cast<double>(queries_.size()));
  return {};
}

Result<void> StandingConsumer::load() {
  const std::vector<SavedSearch> searches = TRY(stores_.saved_searches().standing());
  queries_ = search::StandingQueries(settings_);
  for (const SavedSearch& search : searches) stand(search);
  is_loaded_ = true;
  return {};
}

// What other processes took.
Result<void> StandingConsumer::follow_missed(EventSequence upto) {
  const std::vector<Event> events = TRY(stores_.events().read(followed_, kEventsMissedMax));
  const bool is_whole = !events.empty() && to_int(events.front().sequence) == to_int(followed_) + 1;
  TRY(is_whole ? follow(events) : load());  // retention may have taken the log's beginning
  followed_ = upto;
  return {};
}

Result<void> StandingConsumer::follow(std::span<const Event> events) {
  for (const Event& event : events) {
    if (event.kind == EventKind::SourceChanged) documents_.forget_source(SourceId(event.subject));
    if (event.kind == EventKind::SavedSearchRemoved) queries_.remove(event.subject);
    if (event.kind != EventKind::SavedSearchChanged) continue;
    const Result<SavedSearch> search = stores_.saved_searches().get(SavedSearchId(event.subject));
    if (search) {
      stand(*search);
    } else if (search.error().kind == ErrorKind::NotFound) {
      queries_.remove(event.subject);  // its removal follows
    } else {
      return search.error();
    }
  }
  return {};
}

void StandingConsumer::stand(const SavedSearch& search) {
  queries_.remove(to_int(search.id));
  if (!search.text.standing) return;
  const Result<Query> query =
      query::parse_query(search.text.canonical, {.limits = query::kCanonicalLimits});
  const Result<void> added = query ? queries_.add(to_int(search.id), *query) : query.error();
  if (!added)
    log::error("saved_search.passed_over",
               {{"id", to_int(search.id)}, {"reason", added.error().message}});
}

Result<std::vector<SearchMatch>> StandingConsumer::match(std::span<const ArticleId> articles) {
  std::vector<SearchMatch> found;
  if (queries_.size() == 0) return found;
  for (std::size_t begin = 0; begin < articles.size(); begin += kArticlesAPart) {
    const std::size_t count = std::min(kArticlesAPart, articles.size() - begin);
    SearchDocuments::Read read = TRY(documents_.read(articles.subspan(begin, count)));
    for (SearchDocument& document : read.documents) {
      // One that was edited meanwhile is analyzed anew, and comes again.
      if (std::ranges::find(read.unanalyzed, document.id) != read.unanalyzed.end()) continue;
      const ArticleId id = document.id;
      for (const std::int64_t search : queries_.match(indexed(std::move(document))))
        found.push_back({.search_id = SavedSearchId(search), .article_id = id});
    }
  }
  return found;
}

}  // namespace tidings::pipeline
