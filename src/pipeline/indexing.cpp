#include "pipeline/indexing.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

#include "core/log.h"
#include "core/memory.h"

namespace tidings::pipeline {
namespace {

constexpr std::chrono::seconds kRetryAfter{2};
constexpr std::chrono::seconds kMergePause{1};
constexpr ArticleId kLastArticle{std::numeric_limits<std::int64_t>::max()};

search::StoryPlace place_of(const SearchDocument& document) {
  return {.story = to_int(document.story),
          .size = static_cast<std::uint32_t>(document.story_size),
          .copy_of = to_int(document.copy_of)};
}

}  // namespace

Indexing::Indexing(Stores& stores, search::Index& index, const stories::PublisherFamilies& families,
                   Metrics& metrics, const Clock& clock, IndexingSettings settings)
    : stores_(stores),
      index_(index),
      documents_(stores, families),
      clock_(clock),
      settings_(settings),
      lag_events_(metrics.gauge("search_lag_events", "Events that the index has not taken yet.")),
      articles_(metrics.gauge("search_articles", "Articles that can be found.")),
      indexed_(metrics.counter("search_indexed_total", "Articles that were indexed.")),
      flushed_at_(clock.now()) {}

// Where the log does not reach back to what the index knows, all articles are compared with it.
Result<void> Indexing::begin() {
  const EventSequence cursor = index_.statistics().cursor;
  const EventSequence oldest = TRY(stores_.events().oldest());
  const EventSequence head = TRY(stores_.events().head());
  const bool is_new = cursor == EventSequence{} && index_.snapshot()->documents == 0;
  const bool is_beyond = to_int(oldest) > to_int(cursor) + 1 || cursor > head;
  if (is_beyond || (is_new && index_.filled_to())) {
    log::info("search_index.filling", {{"cursor", to_int(head)}});
    index_.apply({.cursor = head, .filled_to = ArticleId{}});
  }
  has_begun_ = true;
  return {};
}

Result<Indexing::Step> Indexing::step() {
  if (!has_begun_) TRY(begin());
  if (settings_.is_written && unflushed_ >= settings_.unflushed_max) TRY(flush());
  const std::optional<ArticleId> filled_to = index_.filled_to();
  const Step done = TRY(filled_to ? fill(*filled_to) : follow());
  flush_when_due();
  articles_.set(static_cast<double>(index_.snapshot()->documents));
  return done;
}

Result<Indexing::Step> Indexing::fill(ArticleId filled_to) {
  Asked asked{.changed = TRY(stores_.articles().ids(filled_to, settings_.batch_articles_max)),
              .cursor = index_.snapshot()->cursor};
  const std::optional<ArticleId> next =
      asked.changed.empty() ? std::nullopt : std::optional(asked.changed.back());
  // The log may not tell any more of what was deleted.
  const std::vector<ArticleId> there = index_.ids(filled_to, next.value_or(kLastArticle));
  std::ranges::set_difference(there, asked.changed, std::back_inserter(asked.removed));
  TRY(index(std::move(asked), next));
  if (!next) {
    log::info("search_index.filled", {{"articles", index_.snapshot()->documents}});
    unflushed_ = std::max(unflushed_, settings_.flush_articles);  // so that it is not done again
  }
  return Step::Worked;
}

Result<Indexing::Step> Indexing::follow() {
  const EventSequence cursor = index_.snapshot()->cursor;
  const std::vector<Event> events = TRY(stores_.events().read(cursor, settings_.batch_events_max));
  lag_events_.set(static_cast<double>(to_int(TRY(stores_.events().head())) - to_int(cursor)));
  Asked next = TRY(asked(events));
  if (next.cursor == EventSequence{}) return Step::Idle;
  TRY(index(std::move(next), std::nullopt));
  return Step::Worked;
}

// Events up to the first article that still waits for its analysis.
Result<Indexing::Asked> Indexing::asked(std::span<const Event> events) {
  Asked asked;
  std::set<std::int64_t> changed, stories;
  const auto add_story = [&](StoryId id) {
    if (stories.insert(to_int(id)).second) asked.stories.push_back(id);
  };
  for (const Event& event : events) {
    switch (event.kind) {
      case EventKind::ArticleAdded:
      case EventKind::ArticleEdited:
      case EventKind::ArticleCompleted:
        if (TRY(waits(event))) return asked;
        [[fallthrough]];
      case EventKind::ArticleAnalyzed:
        if (changed.insert(event.subject).second) asked.changed.push_back(ArticleId(event.subject));
        break;
      case EventKind::ArticleDeleted:
        asked.removed.push_back(ArticleId(event.subject));
        break;
      case EventKind::StoryOpened:
      case EventKind::StoryUpdated:
        add_story(StoryId(event.subject));
        break;
      case EventKind::StoryMerged:
        if (const auto into = TRY(stores_.stories().merged_into(StoryId(event.subject))))
          add_story(*into);
        break;
      case EventKind::SourceChanged:
        documents_.forget_source(SourceId(event.subject));
        break;
      default:
        break;
    }
    asked.cursor = event.sequence;
    if (asked.changed.size() >= settings_.batch_articles_max) break;
  }
  return asked;
}

Result<bool> Indexing::waits(const Event& event) const {
  if (clock_.now() - event.at >= settings_.analysis_wait_max) return false;
  const auto id = ArticleId(event.subject);
  const std::vector<ArticleSummary> article = TRY(stores_.articles().get_many({&id, 1}));
  if (article.empty()) return false;
  const Result<AnalyzedArticle> analyzed = stores_.analyses().get(id);
  if (!analyzed && analyzed.error().kind != ErrorKind::NotFound) return analyzed.error();
  return !analyzed || analyzed->revision != article.front().revision;
}

Result<void> Indexing::index(Asked asked, std::optional<ArticleId> filled_to) {
  search::IndexStep step{
      .removed = std::move(asked.removed), .cursor = asked.cursor, .filled_to = filled_to};
  for (SearchDocument& document : TRY(documents_.read(asked.changed)).documents) {
    if (index_.version_of(document.id) != document.version) {
      step.articles.push_back(indexed(std::move(document)));
    } else if (filled_to) {
      step.stories.push_back({.article_id = document.id, .place = place_of(document)});
    }
  }
  for (const StoryMark& mark : TRY(stores_.stories().marks_in(asked.stories))) {
    step.stories.push_back({.article_id = mark.article_id,
                            .place = {.story = to_int(mark.story_id),
                                      .size = static_cast<std::uint32_t>(mark.story_articles),
                                      .copy_of = to_int(mark.copy_of.value_or(ArticleId{}))}});
  }
  unflushed_ += step.articles.size() + step.removed.size() + step.stories.size();
  indexed_.add(static_cast<std::int64_t>(step.articles.size()));
  index_.apply(step);
  return {};
}

// A full disk is no reason not to answer: what is new stays in memory, up to a limit.
void Indexing::flush_when_due() {
  const auto since = clock_.now() - flushed_at_;
  const auto wait = has_failed_ ? settings_.flush_retry : settings_.flush_interval;
  const bool is_much = unflushed_ >= settings_.flush_articles && !has_failed_;
  if (!settings_.is_written || unflushed_ == 0 || (since < wait && !is_much)) return;
  const Result<void> flushed = flush();
  if (!flushed) log::warn("search_index.flush_failed", {{"reason", flushed.error().message}});
}

Result<void> Indexing::flush() {
  flushed_at_ = clock_.now();
  has_failed_ = true;
  TRY(index_.flush());
  has_failed_ = false;
  unflushed_ = 0;
  return {};
}

Result<void> Indexing::catch_up() {
  while (TRY(step()) == Step::Worked) {
  }
  return {};
}

void Indexing::run(const std::stop_token& stop, Signal& appended) {
  while (!stop.stop_requested()) {
    const std::uint64_t seen = appended.version();
    const Result<Step> done = step();
    if (!done) {
      log::warn("search_index.waits", {{"reason", done.error().message}});
      appended.wait_past(seen, kRetryAfter);
    } else if (*done == Step::Idle) {
      appended.wait_past(seen, settings_.poll_interval);
    }
  }
  const Result<void> flushed = flush();
  if (!flushed) log::warn("search_index.flush_failed", {{"reason", flushed.error().message}});
}

void Indexing::run_merges(const std::stop_token& stop) {
  Signal never;
  while (!stop.stop_requested()) {
    const Result<bool> merged = index_.merge([&] { return stop.stop_requested(); });
    if (!merged) log::warn("search_index.merge_failed", {{"reason", merged.error().message}});
    if (merged && *merged) {
      set_thread_busy();
    } else {
      never.wait_past(never.version(), kMergePause);
    }
  }
}

}  // namespace tidings::pipeline
