#include "pipeline/stories.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "core/log.h"
#include "core/memory.h"
#include "pipeline/story_corrector.h"

namespace tidings::pipeline {
namespace {

constexpr std::size_t kArticlesRead = 50;  // whole ones in memory at once
constexpr std::size_t kBackfillArticles = 2'000, kClearedRows = 5'000, kJournalRows = 20;
constexpr std::chrono::seconds kLease{20};
constexpr std::string_view kCheckpointPrefix = "stories/";

std::string checkpoint_key(std::int64_t version) {
  return fmt::format("{}checkpoint-{:016}", kCheckpointPrefix, version);
}

Error being_made_anew() {
  return {ErrorKind::Conflict, "stories are being made anew", {}};
}

// Damaged, or not there: nothing that waiting could mend.
bool is_lost(const Error& error) {
  return error.kind == ErrorKind::Corrupt || error.kind == ErrorKind::NotFound ||
         error.kind == ErrorKind::InvalidInput;
}

}  // namespace

StoriesConsumer::StoriesConsumer(Stores& stores, ObjectStore& objects, Metrics& metrics,
                                 const Clock& clock, StorySettings settings)
    : stores_(stores),
      objects_(objects),
      clock_(clock),
      settings_(std::move(settings)),
      joined_(metrics.counter("story_articles_total", "Articles that were grouped.",
                              {{"outcome", "joined"}})),
      opened_(metrics.counter("story_articles_total", "Articles that were grouped.",
                              {{"outcome", "opened"}})),
      copies_(metrics.counter("story_copies_total", "Articles that are copies of another.")),
      checkpoints_(metrics.counter("story_checkpoints_total",
                                   "Checkpoints of the grouping that were kept.")),
      live_(metrics.gauge("stories_live", "Stories that articles can still join.")) {}

StoriesConsumer::Asked StoriesConsumer::asked(std::span<const Event> events) {
  Asked asked;
  std::set<std::int64_t> seen;
  for (const Event& event : events) {
    if (event.kind == EventKind::ArticleDeleted) asked.deleted.push_back(ArticleId(event.subject));
    if (event.kind == EventKind::ArticleAnalyzed && seen.insert(event.subject).second)
      asked.analyzed.push_back(ArticleId(event.subject));
  }
  return asked;
}

Result<void> StoriesConsumer::apply(std::span<const Event> events, const CursorMove& move) {
  TRY(load());
  if (state_.backfilled_to) {
    TRY(backfill());
    return being_made_anew();
  }
  const auto correction = std::ranges::find(events, EventKind::StoryCorrected, &Event::kind);
  if (correction == events.end()) return take_articles(events, move);
  CursorMove part = move;
  if (correction == events.begin()) {
    if (events.size() > 1) part.to = correction->sequence;
    return take_correction(*correction, part);
  }
  const auto before = events.first(static_cast<std::size_t>(correction - events.begin()));
  part.to = before.back().sequence;
  return take_articles(before, part);
}

Result<void> StoriesConsumer::take_articles(std::span<const Event> events, const CursorMove& move) {
  const Asked wanted = asked(events);
  StoryChanges changes(stores_.stories(), settings_.topic_weights);
  const auto known = TRY(stores_.stories().placements(wanted.analyzed));
  std::set<ArticleId> placed;
  for (const StoryPlacement& one : known) placed.insert(one.place.article_id);
  std::vector<ArticleId> fresh;
  std::ranges::copy_if(wanted.analyzed, std::back_inserter(fresh),
                       [&](ArticleId id) { return !placed.contains(id); });
  const auto deleted = TRY(stores_.stories().placements(wanted.deleted));
  TRY(refresh(known, changes));
  Result<void> grouped = group(fresh, changes);
  if (!grouped) {
    forget();
    return grouped;
  }
  for (const StoryPlacement& one : deleted) changes.remove(one.place);
  return commit(changes, {}, &move);
}

Result<void> StoriesConsumer::take_correction(const Event& event, const CursorMove& move) {
  StoryChanges changes(stores_.stories(), settings_.topic_weights);
  const auto correction = stores_.stories().correction(StoryCorrectionId(event.subject));
  Result<void> done = correction ? correct(*correction, changes) : correction.error();
  if (!done) {
    forget();
    return done;
  }
  return commit(changes, {}, &move);
}

Result<bool> StoriesConsumer::backfill_step() {
  TRY(load());
  return state_.backfilled_to ? backfill() : false;
}

Result<void> StoriesConsumer::begin_rebuild() {
  return begin(TRY(stores_.stories().state()).version);
}

Result<void> StoriesConsumer::begin(std::int64_t version) {
  forget();
  return stores_.stories().begin_backfill(version, name_);
}

Result<void> StoriesConsumer::load() {
  if (engine_) return {};
  StoryState state = TRY(stores_.stories().state());
  if (state.version == 0) {
    log::info("stories.begun");
    TRY(begin(0));
    state = TRY(stores_.stories().state());
  }
  Result<void> restored = restore(state);
  if (restored) return {};
  forget();
  if (!is_lost(restored.error())) return restored;
  log::error("stories.state_lost",
             {{"reason", restored.error().message},
              {"remedy", "they are made anew from the articles that are stored"}});
  TRY(begin(state.version));
  return restore(TRY(stores_.stories().state()));
}

Result<void> StoriesConsumer::restore(const StoryState& state) {
  if (state.checkpoint.empty()) {
    engine_.emplace();
    checkpoint_bytes_ = 0;
  } else {
    const std::string bytes = TRY(with_context(objects_.get(state.checkpoint), state.checkpoint));
    checkpoint_bytes_ = static_cast<std::int64_t>(bytes.size());
    engine_.emplace(TRY(with_context(stories::StoryEngine::restore(bytes), state.checkpoint)));
  }
  std::int64_t at = state.checkpoint_version, replayed = 0;
  while (true) {
    const auto journal = TRY(stores_.stories().journal(at, kJournalRows));
    if (journal.empty()) break;
    for (const StoryJournal& entry : journal) {
      const auto inputs = TRY(with_context(stories::decode_journal(entry.content),
                                           fmt::format("journal of stories, {}", entry.version)));
      for (const stories::JournalEntry& input : inputs) engine_->replay(input);
      replayed += static_cast<std::int64_t>(inputs.size());
      at = entry.version;
    }
  }
  state_ = state;
  live_.set(static_cast<double>(engine_->live()));
  log::info("stories.restored", {{"live", engine_->live()}, {"replayed", replayed}});
  // What the program knows of words changes with its version: what was begun goes on with the same.
  if (state.checkpoint.empty() && replayed == 0) return write_checkpoint();
  return {};
}

Result<bool> StoriesConsumer::backfill() {
  StoryStore& stories = stores_.stories();
  const Time now = clock_.now();
  if (!TRY(stories.claim_backfill(settings_.owner, now, now + kLease)))
    return Error{ErrorKind::Unavailable, "another process makes the stories anew",
                 std::string(kBackfillElsewhere)};
  if (*state_.backfilled_to == ArticleId{}) {
    const Result<bool> cleared = stories.clear(state_.version, kClearedRows);
    if (!cleared) forget();
    if (!cleared || *cleared) return cleared;
  }
  const auto ids = TRY(stories.analyzed(*state_.backfilled_to, kBackfillArticles));
  if (ids.empty()) {
    TRY(correct_all());
    Result<void> ended = stories.end_backfill(state_.version);
    if (!ended) {
      forget();
      return ended.error();
    }
    ++state_.version;
    state_.backfilled_to.reset();
    log::info("stories.made_anew", {{"live", engine_->live()}});
    return true;
  }
  StoryChanges changes(stories, settings_.topic_weights);
  Result<void> done = group(ids, changes);
  if (done) done = commit(changes, {.backfilled_to = ids.back()}, nullptr);
  if (!done) {
    forget();
    return done.error();
  }
  backfilled_ += static_cast<std::int64_t>(ids.size());
  return true;
}

Result<void> StoriesConsumer::group(std::span<const ArticleId> ids, StoryChanges& changes) {
  inputs_.clear();
  while (!ids.empty()) {
    const auto part = ids.first(std::min(ids.size(), kArticlesRead));
    ids = ids.subspan(part.size());
    std::unordered_map<std::int64_t, AnalyzedArticle> analyses;
    for (AnalyzedArticle& one : TRY(stores_.analyses().get_many(part)))
      analyses.emplace(to_int(one.article_id), std::move(one));
    for (Article& article : TRY(stores_.articles().get_whole(part))) {
      const auto analyzed = analyses.find(to_int(article.summary.id));
      if (analyzed == analyses.end()) continue;
      group_one(read_article(std::move(article), analyzed->second, settings_.families), changes);
    }
  }
  return {};
}

void StoriesConsumer::group_one(ReadArticle article, StoryChanges& changes) {
  stories::StoryEngine::Outcome outcome = engine_->add(article.input);
  article.note(outcome);
  (outcome.joined.similarity > 0 ? joined_ : opened_).add();
  if (outcome.copy) copies_.add();
  inputs_.emplace_back(std::move(article.input));
  const StoryId story{outcome.joined.story};
  changes.place(std::move(article));
  for (const std::int64_t gone : outcome.joined.merged) changes.merge(StoryId(gone), story);
  for (const stories::Split& split : outcome.joined.splits) {
    for (const std::int64_t one : split.articles)
      changes.move(ArticleId(one), StoryId(split.story));
    changes.link(story, {});
    changes.link(StoryId(split.story), {});
  }
  changes.link(StoryId(outcome.story), std::move(outcome.links));
}

Result<void> StoriesConsumer::refresh(std::span<const StoryPlacement> placements,
                                      StoryChanges& changes) {
  std::vector<ArticleId> ids;
  for (const StoryPlacement& one : placements) ids.push_back(one.place.article_id);
  std::unordered_map<std::int64_t, ArticleSummary> articles;
  for (ArticleSummary& article : TRY(stores_.articles().get_many(ids)))
    articles.emplace(to_int(article.id), std::move(article));
  std::unordered_map<std::int64_t, AnalyzedArticle> analyses;
  for (AnalyzedArticle& one : TRY(stores_.analyses().get_many(ids)))
    analyses.emplace(to_int(one.article_id), std::move(one));
  for (const StoryPlacement& one : placements) {
    const auto article = articles.find(to_int(one.place.article_id));
    const auto analyzed = analyses.find(to_int(one.place.article_id));
    if (article == articles.end() || analyzed == analyses.end()) continue;
    StoryArticle place = one.place;
    take_analysis(place, article->second, analyzed->second.analysis, settings_.families);
    changes.refresh(std::move(place));
  }
  return {};
}

// Once more, after a backfill: each finds what it was about, or nothing.
Result<void> StoriesConsumer::correct_all() {
  for (const StoryCorrection& correction : TRY(stores_.stories().corrections())) {
    StoryChanges changes(stores_.stories(), settings_.topic_weights);
    Result<void> done = correct(correction, changes);
    if (!done) {
      forget();
      return done;
    }
    TRY(commit(changes, {}, nullptr));
  }
  return {};
}

Result<void> StoriesConsumer::correct(const StoryCorrection& correction, StoryChanges& changes) {
  inputs_.clear();
  StoryCorrector corrector(stores_, settings_.families, *engine_, changes);
  Result<void> done = corrector.correct(correction);
  if (done) {
    inputs_ = corrector.take_inputs();
    log::info("stories.corrected",
              {{"correction", to_int(correction.id)}, {"kind", to_string(correction.kind)}});
    return {};
  }
  if (done.error().kind != ErrorKind::NotFound && done.error().kind != ErrorKind::InvalidInput)
    return done;
  // It waits for nobody: what it is about is not there any more, or cannot be so.
  inputs_ = corrector.take_inputs();
  log::warn("stories.correction_refused",
            {{"correction", to_int(correction.id)}, {"reason", done.error().message}});
  return {};
}

// Whatever fails, the engine is ahead of what is stored: it is restored the next time.
Result<void> StoriesConsumer::commit(StoryChanges& changes, StoryStep step,
                                     const CursorMove* move) {
  Result<void> done = changes.finish(step);
  if (done) {
    step.version = state_.version;
    step.journal = stories::encode_journal(inputs_);
    step.journal_articles = static_cast<std::int64_t>(inputs_.size());
    done = stores_.stories().apply(step, move);
  }
  if (!done) {
    forget();
    return done;
  }
  ++state_.version;
  state_.journal_bytes += static_cast<std::int64_t>(step.journal.size());
  state_.journal_articles += step.journal_articles;
  if (step.backfilled_to) state_.backfilled_to = step.backfilled_to;
  inputs_.clear();
  live_.set(static_cast<double>(engine_->live()));
  if (!needs_checkpoint()) return {};
  if (Result<void> kept = write_checkpoint(); !kept)
    log::warn("stories.checkpoint_failed", {{"reason", kept.error().message}});
  release_free_memory();
  return {};
}

bool StoriesConsumer::needs_checkpoint() const {
  return state_.journal_articles >= settings_.journal_articles_max ||
         state_.journal_bytes >= std::max(settings_.journal_bytes_max, checkpoint_bytes_ / 2);
}

Result<void> StoriesConsumer::checkpoint() {
  if (!engine_ || state_.journal_articles == 0) return {};
  return write_checkpoint();
}

Result<void> StoriesConsumer::write_checkpoint() {
  const Object object{.key = checkpoint_key(state_.version), .bytes = engine_->save()};
  TRY(objects_.put({&object, 1}));
  TRY(stores_.stories().set_checkpoint(object.key, state_.version));
  checkpoint_bytes_ = static_cast<std::int64_t>(object.bytes.size());
  state_.checkpoint = object.key;
  state_.checkpoint_version = state_.version;
  state_.journal_bytes = state_.journal_articles = 0;
  checkpoints_.add();
  // Those before it, also what a crash left.
  const ObjectPage page = TRY(objects_.list(kCheckpointPrefix, "", 1'000));
  for (const ObjectInfo& one : page.objects) {
    if (one.key < object.key) TRY(objects_.remove(one.key));
  }
  return {};
}

void StoriesConsumer::forget() {
  engine_.reset();
  inputs_.clear();
}

}  // namespace tidings::pipeline
