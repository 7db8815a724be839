#include "pipeline/refresher.h"

#include <algorithm>

#include "core/log.h"
#include "core/memory.h"
#include "core/thread_name.h"
#include "core/url.h"

namespace tidings::pipeline {
namespace {

// Publishers are paced by who they are, not by the host name of the day.
std::string domain_of(const std::string& address) {
  const Result<Url> url = parse_url(address);
  return url ? registrable_domain(url->host) : address;
}

// The largest answer must fit beside what is asked for while half is taken.
std::size_t budget_bytes(const RefreshSettings& settings) {
  return std::max(settings.bytes_held_max, 2 * settings.fetch.limits.body_bytes_max);
}

// Spread over a minute, by the source.
Time when_there_is_room(SourceId id, Time now) {
  return now + std::chrono::seconds(60 + to_int(id) % 60);
}

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
      requests_total_(metrics.counter("fetch_requests_total", "Requests sent to publishers.")),
      parse_seconds_(metrics.histogram("refresh_seconds",
                                       "CPU-bound part of a refresh: parse, normalize, compress.")),
      answers_(settings_.sources_held_max),
      committer_(ports.articles, ports.objects, appended, metrics, clock, settings_.commit,
                 [this](SourceId id) { settled(id); }),
      budget_(budget_bytes(settings_)),
      pacer_(settings_.pacing) {
  metrics.gauge_from("fetch_bytes_held", "Bytes of answers, from the first one to the commit.",
                     [this] { return static_cast<double>(budget_.held()); });
  metrics.gauge_from("refresh_sources_held", "Sources claimed and not yet stored.", [this] {
    MutexLock lock(mutex_);
    return static_cast<double>(held_.size());
  });
  metrics.gauge_from("fetch_transfers", "Transfers in flight or not yet parsed.", [this] {
    MutexLock lock(mutex_);
    return static_cast<double>(transfers_);
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

  ports_.http.shutdown();
  answers_.close();
  workers.clear();  // joins: every answer that arrived is handed to the committer
  committer_.close();
  committing.request_stop();
  committing.join();
  const Result<void> released = ports_.sources.release(settings_.owner);
  if (!released) log::warn("leases.kept", {{"reason", released.error().message}});
}

void Refresher::schedule(const std::stop_token& stop) {
  name_thread("scheduler");
  bool reported = false;
  while (!stop.stop_requested()) {
    const std::uint64_t seen = wake_.version();
    const Time now = clock_.now();
    const Result<void> claimed = claim(now);
    if (!claimed && !reported) log::warn("refresher.waited", {{"reason", claimed.error().message}});
    reported = !claimed;
    start_ready(now);
    postpone(now);
    wake_.wait_past(seen, time_to_wait(now));
    if (wake_.version() == seen && burst_is_over()) release_free_memory();
  }
}

// Tops up what we hold once half of it is through: fewer, larger claims.
Result<void> Refresher::claim(Time now) {
  std::size_t room = 0;
  {
    MutexLock lock(mutex_);
    if (held_.size() > settings_.sources_held_max / 2) return {};
    room = settings_.sources_held_max - held_.size();
  }
  const std::optional<Time> due = TRY(ports_.sources.next_due());
  if (!due || *due > now) return {};
  std::vector<Source> claimed =
      TRY(ports_.sources.claim_due(now, room, settings_.owner, now + lease_of(settings_)));
  MutexLock lock(mutex_);
  for (Source& source : claimed) hold(std::move(source), now);
  return {};
}

// One that we hold already had its lease run out, and goes on as it was; or it has got another
// address, which is fetched instead of the old one, or after it.
void Refresher::hold(Source source, Time now) {
  const SourceId id = source.id;
  const std::string domain = domain_of(source.fetch_url());
  const auto [held, is_new] = held_.try_emplace(id, std::move(source), now, budget_);
  if (!is_new) {
    if (held->second.source.settings.url == source.settings.url) return;
    if (!pacer_.withdraw(id)) {
      moved_.insert_or_assign(id, std::move(source));
      return;
    }
    held->second.source = std::move(source);
    held->second.detour = {};
  }
  pacer_.add(id, domain, now, held->second.since);
}

std::size_t Refresher::room_for_transfers() const {
  if (budget_.is_tight()) return 0;
  return settings_.transfers_max - std::min(settings_.transfers_max, transfers_);
}

HttpRequest Refresher::request_for(Held& held) {
  HttpRequest request = fetch::feed_request(held.source, settings_.fetch, held.detour);
  request.may_keep = [&bytes = held.bytes](std::size_t count) { return bytes.take(count); };
  return request;
}

void Refresher::start_ready(Time now) {
  std::vector<HttpRequest> requests;
  std::vector<SourceId> ids;
  {
    MutexLock lock(mutex_);
    ids = pacer_.take_ready(now, room_for_transfers());
    transfers_ += ids.size();
    for (const SourceId id : ids) requests.push_back(request_for(held_.at(id)));
  }
  for (std::size_t i = 0; i < ids.size(); ++i) {
    requests_total_.add();
    ports_.http.send(std::move(requests[i]), [this, id = ids[i]](Result<HttpResponse> response) {
      on_response(id, std::move(response));
    });
  }
}

// Sources that would wait for long are put off rather than held: those of a domain that asked us to
// stay away, and of one that has many.
void Refresher::postpone(Time now) {
  std::vector<Refreshed> postponed;
  {
    MutexLock lock(mutex_);
    auto late = pacer_.take_postponed(now, settings_.domain_patience);
    late.insert(late.end(), put_off_.begin(), put_off_.end());
    put_off_.clear();
    for (const auto& [id, until] : late) {
      Refreshed one{.kind = RefreshKind::Postponed};
      const Held& held = held_.at(id);
      const Source& source = held.source;
      one.batch.source_id = id;
      one.batch.source_url = source.settings.url;
      one.batch.state = source.state;
      // Who was asked already and sent us on is not asked again at once.
      const bool was_asked = !held.detour.url.empty();
      one.batch.state.due_at = was_asked ? std::max(until, now + settings_.schedule.floor) : until;
      postponed.push_back(std::move(one));
    }
  }
  for (Refreshed& one : postponed) committer_.submit(std::move(one));
}

// True when the source is not through with this answer: a redirect led to another registrable
// domain, where it waits for its turn; or there was no room for the answer, and it is put off.
bool Refresher::goes_on_elsewhere(SourceId id, Held& held, Result<HttpResponse>& response,
                                  Time now) {
  if (!response && response.error().code == "no_room") {
    pacer_.finished(id, now);
    held.bytes.give_back();
    put_off_.push_back({.id = id, .until = when_there_is_room(id, now)});
    return true;
  }
  if (!response) return false;
  std::optional<fetch::Detour> detour = fetch::next_detour(held.detour, *response);
  if (!detour) return false;
  pacer_.finished(id, now);
  held.detour = *std::move(detour);
  pacer_.add(id, domain_of(held.detour.url), now, held.since);
  return true;
}

// On the client's thread: nothing here may wait. answers_ has room for all that we may hold.
void Refresher::on_response(SourceId id, Result<HttpResponse> response) {
  const Time now = clock_.now();
  const bool canceled = !response && response.error().code == "canceled";
  Answer answer;
  bool anyone_waits = false;
  {
    MutexLock lock(mutex_);
    const auto found = held_.find(id);
    Held& held = found->second;
    if (goes_on_elsewhere(id, held, response, now)) {
      --transfers_;
      wake_.notify();
      return;
    }
    answer.source = std::move(held.source);
    held.source.settings.url = answer.source.settings.url;  // which hold() compares
    answer.fetched = fetch::read_response(answer.source, std::move(response), now);
    pacer_.finished(id, now, answer.fetched.domain_blocked_until);
    if (!std::holds_alternative<fetch::Page>(answer.fetched.outcome)) held.bytes.give_back();
    if (canceled) {  // We stop: the source stays as it was and is due at the next start.
      held_.erase(found);
      --transfers_;
      return;
    }
    anyone_waits = pacer_.waiting() > 0;
  }
  metrics_
      .counter("fetches_total", "Answers of publishers.",
               {{"outcome", std::string(fetch::outcome_name(answer.fetched))}})
      .add();
  answers_.push(std::move(answer));
  if (anyone_waits) wake_.notify();
}

void Refresher::work() {
  name_thread("refresh-worker");
  while (std::optional<Answer> answer = answers_.pop()) {
    bool room_is_wanted = false;
    {
      MutexLock lock(mutex_);
      --transfers_;
      // When all that we may have in flight waited here, no answer is left to wake who starts more.
      room_is_wanted = pacer_.waiting() > 0 && transfers_ == settings_.transfers_max / 2;
    }
    if (room_is_wanted) wake_.notify();
    const auto started = std::chrono::steady_clock::now();
    const Time now = clock_.now();
    const auto seed = static_cast<std::uint64_t>(to_micros(now));
    Refreshed refreshed = refresh(answer->source, answer->fetched, now, seed, settings_.schedule);
    parse_seconds_.observe(
        std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count());
    committer_.submit(std::move(refreshed));
  }
}

void Refresher::settled(SourceId id) {
  MutexLock lock(mutex_);
  const bool was_tight = budget_.is_tight();
  held_.erase(id);
  ++settled_since_release_;
  if (was_tight && !budget_.is_tight()) wake_.notify();
  if (auto moved = moved_.extract(id)) {
    hold(std::move(moved.mapped()), clock_.now());
    wake_.notify();
  }
  if (held_.size() == settings_.sources_held_max / 2 || held_.empty()) wake_.notify();
}

// True once after each burst: many sources went through, and nothing is in our hands any more.
bool Refresher::burst_is_over() {
  constexpr std::size_t kBurstSources = 100;
  MutexLock lock(mutex_);
  if (!held_.empty() || settled_since_release_ < kBurstSources) return false;
  settled_since_release_ = 0;
  return true;
}

std::chrono::nanoseconds Refresher::time_to_wait(Time now) const {
  MutexLock lock(mutex_);
  const std::optional<Time> ready = room_for_transfers() > 0 ? pacer_.next_ready() : std::nullopt;
  std::chrono::nanoseconds wait = settings_.poll_interval;
  if (ready)
    wait = std::clamp<std::chrono::nanoseconds>(*ready - now, std::chrono::milliseconds(1), wait);
  return wait;
}

}  // namespace tidings::pipeline
