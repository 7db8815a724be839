#include "pipeline/committer.h"

#include <algorithm>

#include "core/log.h"
#include "core/thread_name.h"
#include "pipeline/payload_pack.h"

namespace tidings::pipeline {

Committer::Committer(ArticleStore& articles, ObjectStore& objects, Signal& appended,
                     Metrics& metrics, const Clock& clock, CommitSettings settings,
                     std::function<void(SourceId)> settled)
    : articles_(articles),
      objects_(objects),
      appended_(appended),
      clock_(clock),
      settings_(settings),
      settled_(std::move(settled)),
      queue_(settings.queue_refreshes_max),
      added_total_(metrics.counter("articles_added_total", "Articles stored for the first time.")),
      edited_total_(
          metrics.counter("articles_edited_total", "Articles that their publisher changed.")),
      known_total_(metrics.counter("articles_known_total", "Entries that were stored before.")),
      retries_total_(
          metrics.counter("commit_retries_total", "Commits repeated because a store was away.")),
      commit_seconds_(
          metrics.histogram("commit_seconds", "From taking a group of refreshes to its commit.")) {
  metrics.gauge_from("commit_queue_refreshes", "Refreshes that wait for their commit.",
                     [this] { return static_cast<double>(queue_.size()); });
}

void Committer::run(const std::stop_token& stop) {
  name_batch_thread("committer");
  while (true) {
    std::vector<Refreshed> group = queue_.pop_many(settings_.commit_refreshes_max);
    if (group.empty()) return;
    commit(std::move(group), stop);
  }
}

void Committer::commit(std::vector<Refreshed> group, const std::stop_token& stop) {
  const auto started = std::chrono::steady_clock::now();
  std::vector<SourceId> sources;
  sources.reserve(group.size());
  for (const Refreshed& refreshed : group) sources.push_back(refreshed.batch.source_id);
  const Result<void> stored = store_patiently(group, stop);
  if (!stored && stored.error().kind != ErrorKind::Unavailable) {
    for (Refreshed& refreshed : group) store_alone(std::move(refreshed), stop);
  }
  commit_seconds_.observe(
      std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count());
  for (const SourceId source : sources) settled_(source);
}

// Unavailable only once a stop has used up its patience.
Result<void> Committer::store_patiently(std::vector<Refreshed>& group,
                                        const std::stop_token& stop) {
  Signal stopped;
  const std::stop_callback wake(stop, [&stopped] { stopped.notify(); });
  auto backoff = settings_.backoff_min;
  auto patience = settings_.stop_patience;
  Result<void> stored = store(group);
  while (!stored && stored.error().kind == ErrorKind::Unavailable) {
    log::warn("commit.delayed", {{"refreshes", group.size()}, {"reason", stored.error().message}});
    retries_total_.add();
    if (stop.stop_requested()) {
      if (patience <= std::chrono::milliseconds::zero()) break;
      patience -= backoff;
    }
    stopped.wait_past(stopped.version(), backoff);
    backoff = std::min(backoff * 2, settings_.backoff_max);
    stored = store(group);
  }
  return stored;
}

Result<void> Committer::store(std::vector<Refreshed>& group) {
  if (settings_.keep_raw) TRY(store_payloads(group));
  std::vector<IngestBatch> batches;
  batches.reserve(group.size());
  for (Refreshed& refreshed : group) batches.push_back(std::move(refreshed.batch));
  const Result<std::vector<IngestOutcome>> outcomes = articles_.ingest(batches);
  for (std::size_t i = 0; i < group.size(); ++i) group[i].batch = std::move(batches[i]);
  if (!outcomes) return with_context(Result<void>(outcomes.error()), "store articles");
  count(*outcomes, group);
  appended_.notify();
  return {};
}

// What is stored is taken out, so that a repetition after a failure further on does not store it
// again.
Result<void> Committer::store_payloads(std::vector<Refreshed>& group) {
  std::string payloads;
  for (Refreshed& refreshed : group) {
    if (!refreshed.objects.empty())
      TRY(with_context(objects_.put(refreshed.objects), "store documents"));
    refreshed.objects.clear();
    payloads += refreshed.payload;
  }
  if (payloads.empty()) return {};
  const Object pack = payload_pack(std::move(payloads), clock_.now());
  TRY(with_context(objects_.put({&pack, 1}), "store payloads"));
  for (Refreshed& refreshed : group) refreshed.payload.clear();
  return {};
}

// One bad batch must not cost the others: each is stored by itself, and the bad one leaves only its
// reason.
void Committer::store_alone(Refreshed refreshed, const std::stop_token& stop) {
  std::vector<Refreshed> alone;
  alone.push_back(std::move(refreshed));
  alone[0].objects.clear();  // a payload that is refused must not cost the articles either
  alone[0].payload.clear();
  const Result<void> stored = store_patiently(alone, stop);
  if (stored || stored.error().kind == ErrorKind::Unavailable) return;
  IngestBatch& batch = alone[0].batch;
  log::error("refresh.refused",
             {{"source_id", to_int(batch.source_id)}, {"reason", stored.error().message}});
  batch.articles.clear();
  batch.state.etag.clear();
  batch.state.last_modified.clear();
  batch.state.payload_hash = 0;
  ++batch.state.failures;
  batch.state.problem = SourceProblem{
      "store_refused", "The articles could not be stored: " + stored.error().message, clock_.now()};
  const Result<void> outcome = store_patiently(alone, stop);
  if (!outcome)
    log::error("refresh.lost",
               {{"source_id", to_int(batch.source_id)}, {"reason", outcome.error().message}});
}

void Committer::count(const std::vector<IngestOutcome>& outcomes,
                      const std::vector<Refreshed>& group) {
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    const IngestOutcome& outcome = outcomes[i];
    added_total_.add(static_cast<std::int64_t>(outcome.added.size()));
    edited_total_.add(static_cast<std::int64_t>(outcome.edited.size()));
    known_total_.add(static_cast<std::int64_t>(outcome.known + group[i].entries_unchanged));
    if (outcome.added.empty() && outcome.edited.empty()) continue;
    log::debug("source.refreshed", {{"source_id", to_int(group[i].batch.source_id)},
                                    {"added", outcome.added.size()},
                                    {"edited", outcome.edited.size()},
                                    {"known", outcome.known}});
  }
}

}  // namespace tidings::pipeline
