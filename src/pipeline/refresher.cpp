#include "pipeline/refresher.h"

#include <algorithm>

#include "core/log.h"
#include "core/thread_name.h"
#include "fetch/carry_access.h"
#include "model/access.h"
#include "sources/quiet.h"
#include "sources/trust.h"

namespace tidings::pipeline {
namespace {

std::size_t worker_count(std::size_t wanted) {
  return wanted > 0 ? wanted : std::max(1u, std::thread::hardware_concurrency());
}

}  // namespace

std::chrono::seconds lease_of(const RefreshSettings& settings) {
  const auto turn = settings.domain_patience + settings.fetch.limits.total_timeout;
  return settings.lease + std::chrono::ceil<std::chrono::seconds>(2 * turn);
}

Refresher::Refresher(RefreshPorts ports, Signal& appended, Metrics& metrics, const Clock& clock,
                     RefreshSettings settings)
    : ports_(ports),
      clock_(clock),
      settings_(std::move(settings)),
      metrics_(metrics),
      parse_seconds_(metrics.histogram("refresh_seconds",
                                       "CPU-bound part of a refresh: parse, normalize, compress.")),
      answers_(settings_.sources_held_max),
      committer_(ports.articles, ports.objects, appended, metrics, clock, settings_.commit,
                 [this](SourceId id) { settled(id); }),
      apis_(ports.apis, ports.transfers, ports.articles, metrics, clock, api_settings(),
            [this](ApiStep step) { answers_.push(std::move(step)); }) {
  metrics.gauge_from("refresh_sources_held", "Sources claimed and not yet stored.", [this] {
    MutexLock lock(mutex_);
    return static_cast<double>(held_.size());
  });
}

void Refresher::run(const std::stop_token& stop) {
  const std::stop_callback wake_up(stop, [this] { wake_.notify(); });
  // A lease of ours is what a process that was killed held.
  while (!stop.stop_requested()) {
    const Result<void> released = ports_.sources.release(settings_.owner);
    if (released) break;
    log::warn("refresher.waited", {{"reason", released.error().message}});
    wake_.wait_past(wake_.version(), std::chrono::seconds(1));
  }
  std::jthread committing(
      [this](const std::stop_token& committer_stop) { committer_.run(committer_stop); });
  std::vector<std::jthread> workers;
  workers.reserve(worker_count(settings_.workers));
  while (workers.size() < worker_count(settings_.workers)) workers.emplace_back([this] { work(); });

  schedule(stop);

  ports_.transfers.shutdown();
  answers_.close();
  workers.clear();  // joins: every answer that arrived is handed to the committer
  committer_.close();
  committing.request_stop();
  committing.join();
  const Result<void> released = ports_.sources.release(settings_.owner);
  if (!released) log::warn("leases.kept", {{"reason", released.error().message}});
}

void Refresher::schedule(const std::stop_token& stop) {
  name_batch_thread("scheduler");
  bool reported = false;
  while (!stop.stop_requested()) {
    const std::uint64_t seen = wake_.version();
    const Time now = clock_.now();
    const Result<void> claimed = claim(now);
    if (!claimed && !reported) log::warn("refresher.waited", {{"reason", claimed.error().message}});
    reported = !claimed;
    apis_.send_due();
    wake_.wait_past(seen, settings_.poll_interval);
  }
}

// Tops up what we hold once half of it is through: fewer, larger claims.
Result<void> Refresher::claim(Time now) {
  std::size_t room = 0;
  {
    MutexLock lock(mutex_);
    if (held_.size() > settings_.sources_held_max / 2) return {};
    room = settings_.sources_held_max - held_.size();
    claims_ = true;
  }
  const Result<void> claimed = claim_due(now, room);
  MutexLock lock(mutex_);
  claims_ = false;
  return claimed;
}

Result<void> Refresher::claim_due(Time now, std::size_t room) {
  const std::optional<Time> due = TRY(ports_.sources.next_due());
  if (!due || *due > now) return {};
  std::vector<Source> claimed =
      TRY(ports_.sources.claim_due(now, room, settings_.owner, now + lease_of(settings_)));
  Orders orders;
  {
    MutexLock lock(mutex_);
    for (Source& source : claimed) hold(std::move(source), now, orders);
    ports_.transfers.submit(std::move(orders.requests));
  }
  answer_refused(std::move(orders));
  return {};
}

bool Refresher::is_idle() const {
  MutexLock lock(mutex_);
  return !claims_ && ports_.transfers.is_idle() && held_.size() == ports_.transfers.waiting();
}

// What cannot even be asked is answered as a publisher's failure would be.
void Refresher::answer_refused(Orders orders) {
  for (auto& [id, error] : orders.refused) on_answer(id, {.response = std::move(error)});
}

// One that we hold already had its lease run out, and goes on as it was; or it has got another
// address, which is fetched instead of the old one, or after it.
void Refresher::hold(Source source, Time now, Orders& orders) {
  const SourceId id = source.id;
  const auto [found, is_new] = held_.try_emplace(id);
  Held& held = found->second;
  if (is_new) {
    held.since = now;
  } else {
    const SourceSettings& known = held.source.settings;
    if (known.url == source.settings.url && known.access == source.settings.access) return;
    if (!ports_.transfers.withdraw(transfer_id(id))) {
      moved_.insert_or_assign(id, std::move(source));
      return;
    }
  }
  held.source = std::move(source);
  if (kind_of(held.source.settings.url) == SourceKind::Api) {
    // Finding its connector and key may wait, and so is for a worker; there is room for all held.
    held.api = std::make_shared<ApiRefresh>(held.source, held.since);
    answers_.push(ApiStep{.refresh = held.api});
    return;
  }
  if (kind_of(held.source.settings.url) != SourceKind::Feed) {
    answers_.push(LocalRead{held.source});
    return;
  }
  SourceState& state = held.source.state;
  if (sources::should_ask_whole(held.source, now)) {
    state.etag.clear();
    state.last_modified.clear();
  }
  Result<TransferRequest> request = request_for(held);
  if (request) {
    orders.requests.push_back(*std::move(request));
  } else {
    orders.refused.emplace_back(id, std::move(request).error());
  }
}

Result<HttpRequest> Refresher::feed_request(const Source& source) {
  HttpRequest request = fetch::feed_request(source, settings_.fetch);
  if (source.settings.access.empty()) return request;
  if (ports_.sealer == nullptr)
    return Error{ErrorKind::Corrupt, "what it asks for cannot be opened here", "key_unknown"};
  const SourceAccess access = TRY(open_access(source.settings.access, source.id, *ports_.sealer));
  // A redirect's target must not have what was given to this origin, so that it would refuse us.
  if (!access.headers.empty()) request.url = source.settings.url;
  fetch::carry_access(request, access);
  return request;
}

Result<TransferRequest> Refresher::request_for(const Held& held) {
  const SourceId id = held.source.id;
  return TransferRequest{
      .id = transfer_id(id),
      .request = TRY(feed_request(held.source)),
      .since = held.since,
      .patience = settings_.domain_patience,
      .done = [this, id](TransferOutcome outcome) { on_outcome(id, std::move(outcome)); }};
}

void Refresher::on_outcome(SourceId id, TransferOutcome outcome) {
  if (auto* answered = std::get_if<Answered>(&outcome)) {
    on_answer(id, std::move(*answered));
  } else {
    postpone(id, std::get<PutOff>(outcome));
  }
}

void Refresher::postpone(SourceId id, const PutOff& put_off) {
  Refreshed postponed{.kind = RefreshKind::Postponed};
  {
    MutexLock lock(mutex_);
    const Source& source = held_.at(id).source;
    postponed.batch.source_id = id;
    postponed.batch.source_url = source.settings.url;
    postponed.batch.source_access = source.settings.access;
    postponed.batch.state = source.state;
  }
  // Who was asked already and sent us on is not asked again at once.
  const Time earliest = put_off.was_asked ? clock_.now() + settings_.schedule.floor : Time::min();
  SourceState& state = postponed.batch.state;
  state.due_at =
      sources::after_quiet(state.record.quiet, std::max(put_off.until, earliest), /*spread=*/0);
  committer_.submit(std::move(postponed));
}

// On the client's thread: nothing here may wait. answers_ has room for all that we may hold.
void Refresher::on_answer(SourceId id, Answered answered) {
  const Time now = clock_.now();
  const bool canceled = !answered.response && answered.response.error().code == "canceled";
  Answer answer{.place = std::move(answered.place)};
  {
    MutexLock lock(mutex_);
    const auto found = held_.find(id);
    if (canceled) {  // We stop: the source stays as it was and is due at the next start.
      held_.erase(found);
      return;
    }
    Held& held = found->second;
    answer.source = std::move(held.source);
    // What hold() compares.
    held.source.settings.url = answer.source.settings.url;
    held.source.settings.access = answer.source.settings.access;
    held.bytes = std::move(answered.bytes);
  }
  answer.fetched = fetch::read_response(answer.source, std::move(answered.response), now);
  metrics_
      .counter("fetches_total", "Answers of publishers.",
               {{"outcome", std::string(fetch::outcome_name(answer.fetched))}})
      .add();
  answers_.push(std::move(answer));
}

void Refresher::work() {
  name_batch_thread("refresh-worker");
  while (std::optional<Work> next = answers_.pop()) {
    const auto started = std::chrono::steady_clock::now();
    std::optional<Refreshed> refreshed =
        std::visit([this](auto&& work) { return refreshed_by(std::forward<decltype(work)>(work)); },
                   *std::move(next));
    parse_seconds_.observe(
        std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count());
    if (refreshed) committer_.submit(*std::move(refreshed));
  }
}

std::optional<Refreshed> Refresher::refreshed_by(Answer answer) {
  answer.place.reset();
  const Time now = clock_.now();
  const auto seed = static_cast<std::uint64_t>(to_micros(now));
  const Source& source = answer.source;
  const EntryMemory::Hashes stored = entries_.of(source.id, source.state.payload_hash);
  Refreshed refreshed = refresh(source, answer.fetched, now, seed, refresh_rules(),
                                stored ? *stored : std::span<const std::uint64_t>());
  if (!refreshed.entries.empty())
    entries_.keep(source.id, refreshed.batch.state.payload_hash, std::move(refreshed.entries));
  rely_on_pushes(source, refreshed, now);
  return refreshed;
}

// Who pushes what it publishes is asked now and then, to see that nothing was lost; a person's own
// interval stays.
void Refresher::rely_on_pushes(const Source& source, Refreshed& refreshed, Time now) const {
  const bool failed = refreshed.batch.state.problem.has_value();
  if (ports_.trust == nullptr || failed || source.settings.interval) return;
  if (!ports_.trust->contains(source.id)) return;
  Time& due_at = refreshed.batch.state.due_at;
  due_at = std::max(due_at, now + settings_.push_safety_interval);
}

std::optional<Refreshed> Refresher::refreshed_by(ApiStep step) {
  return apis_.step(std::move(step));
}

std::optional<Refreshed> Refresher::refreshed_by(const LocalRead& read) {
  const auto& [files, converter] = ports_.local;
  const Time now = clock_.now();
  if (files == nullptr || converter == nullptr)
    return refresh(read.source, invalid_input("This program reads no files of its machine."), now);
  return refresh(read.source, read_local_source(read.source, *files, *converter, now), now);
}

RefreshRules Refresher::refresh_rules() const {
  return {.schedule = settings_.schedule, .keep_raw = settings_.commit.keep_raw};
}

ApiSettings Refresher::api_settings() const {
  return {
      .fetch = settings_.fetch, .patience = settings_.domain_patience, .rules = refresh_rules()};
}

void Refresher::settled(SourceId id) {
  Orders orders;
  {
    MutexLock lock(mutex_);
    held_.erase(id);
    if (auto moved = moved_.extract(id)) hold(std::move(moved.mapped()), clock_.now(), orders);
    if (!orders.requests.empty()) ports_.transfers.submit(std::move(orders.requests));
    if (held_.size() == settings_.sources_held_max / 2 || held_.empty()) wake_.notify();
  }
  answer_refused(std::move(orders));
}

}  // namespace tidings::pipeline
