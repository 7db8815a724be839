#include "pipeline/page_reader.h"

#include <algorithm>
#include <utility>

#include "core/hash.h"
#include "core/log.h"
#include "core/thread_name.h"
#include "extract/extract.h"
#include "fetch/carry_access.h"
#include "fetch/pages.h"
#include "pipeline/documents.h"
#include "pipeline/full_text.h"
#include "pipeline/raw_objects.h"

namespace tidings::pipeline {
namespace {

constexpr int kDoublingsMax = 10;

// Ids are positive, so that a robots.txt that is asked for a job's sake has an id of its own.
TransferId robots_transfer(const PageJob& job) {
  return TransferId(-to_int(job.article_id));
}

}  // namespace

PageReader::PageReader(PageReaderPorts ports, Signal& appended, Metrics& metrics,
                       const Clock& clock, PageReaderSettings settings)
    : ports_(ports),
      appended_(appended),
      metrics_(metrics),
      clock_(clock),
      settings_(std::move(settings)),
      product_(fetch::product_of(settings_.fetch.user_agent)),
      pages_(settings_.jobs_held_max) {
  metrics.gauge_from("pages_held", "Pages of articles claimed and not yet read.", [this] {
    MutexLock lock(mutex_);
    return static_cast<double>(held_);
  });
}

void PageReader::run(const std::stop_token& stop) {
  const std::stop_callback wake_up(stop, [this] { wake_.notify(); });
  const auto end_leases = [this] {
    const Result<void> released = ports_.pages.release(settings_.owner);
    if (!released) log::warn("page_leases.kept", {{"reason", released.error().message}});
  };
  end_leases();  // those of a process that was killed
  {
    std::jthread reading([this] { work(); });
    ask(stop);
    ports_.transfers.shutdown();  // nobody calls us any more
    pages_.close();
  }
  end_leases();
}

void PageReader::ask(const std::stop_token& stop) {
  name_batch_thread("page-reader");
  bool reported = false;
  while (!stop.stop_requested()) {
    const std::uint64_t seen = wake_.version();
    const Time now = clock_.now();
    take_answers(now);
    const Result<void> claimed = claim(now);
    if (!claimed && !reported)
      log::warn("page_reader.waited", {{"reason", claimed.error().message}});
    reported = !claimed;
    wake_.wait_past(seen, settings_.poll_interval);
  }
}

Result<void> PageReader::claim(Time now) {
  std::size_t room = 0;
  {
    MutexLock lock(mutex_);
    if (held_ > settings_.jobs_held_max / 2) return {};
    room = settings_.jobs_held_max - held_;
  }
  const std::optional<Time> due = TRY(ports_.pages.next_due());
  if (!due || *due > now) return {};
  std::vector<PageJob> jobs =
      TRY(ports_.pages.claim_due(now, room, settings_.owner, now + settings_.lease));
  {
    MutexLock lock(mutex_);
    held_ += jobs.size();
  }
  for (PageJob& job : jobs) start(std::move(job), now);
  return {};
}

void PageReader::start(PageJob job, Time now) {
  const std::optional<std::string> origin = fetch::site_of(job.url);
  if (!origin) return give_up(job, "its address cannot be read");
  Result<SourceAccess> access = access_of(job.source_id);
  if (!access) return fail(job, access.error().message);
  // What one proxy does not reach another may.
  std::string site =
      access->proxy.empty() ? *origin : *origin + " by " + std::to_string(hash64(access->proxy));
  Visit visit{.job = std::move(job), .access = *std::move(access), .site = std::move(site)};
  if (robots_.find(visit.site, now) != nullptr) return ask_for_page(visit, now);
  std::vector<Visit>& waiting = waiting_[visit.site];
  if (waiting.empty()) ask_for_robots(*origin, visit);
  waiting.push_back(std::move(visit));
}

Result<SourceAccess> PageReader::access_of(SourceId id) const {
  const Result<Source> source = ports_.sources.get(id);
  // Its articles stay when a source goes, and so may their pages be read.
  if (!source && source.error().kind == ErrorKind::NotFound) return SourceAccess();
  if (!source) return source.error();
  if (source->settings.access.empty()) return SourceAccess();
  if (ports_.sealer == nullptr)
    return Error{ErrorKind::Corrupt, "what its source carries cannot be opened here", {}};
  return open_access(source->settings.access, id, *ports_.sealer);
}

// Without the source's headers: the rules are everybody's.
void PageReader::ask_for_robots(const std::string& origin, const Visit& visit) {
  SourceAccess way = visit.access;
  way.headers.clear();
  HttpRequest request = fetch::robots_request(origin, settings_.fetch);
  fetch::carry_access(request, way);
  std::vector<TransferRequest> requests;
  requests.push_back({.id = robots_transfer(visit.job),
                      .request = std::move(request),
                      .since = clock_.now(),
                      .patience = settings_.domain_patience,
                      .done = [this, site = visit.site](TransferOutcome outcome) {
                        MutexLock lock(mutex_);
                        robots_answered_.push_back({site, std::move(outcome)});
                        wake_.notify();
                      }});
  ports_.transfers.submit(std::move(requests));
}

void PageReader::ask_for_page(const Visit& visit, Time now) {
  const PageJob& job = visit.job;
  const fetch::RobotsAnswer* robots = robots_.find(visit.site, now);
  if (robots->is_unreachable) return fail(job, "the site's robots.txt cannot be read");
  if (!robots->rules.allows(fetch::request_target(job.url)))
    return give_up(job, "the site's robots.txt forbids it");
  const Time turn = robots_.book(visit.site, now);
  if (turn > now) return put_off(job, turn);
  HttpRequest request = fetch::page_request(job.url, settings_.fetch);
  fetch::carry_access(request, visit.access);
  std::vector<TransferRequest> requests;
  requests.push_back({.id = transfer_id(job.article_id),
                      .request = std::move(request),
                      .since = now,
                      .patience = settings_.domain_patience,
                      .done = [this, job](TransferOutcome outcome) {
                        pages_.push({job, std::move(outcome)});  // there is room for all we hold
                      }});
  ports_.transfers.submit(std::move(requests));
}

void PageReader::take_answers(Time now) {
  std::vector<RobotsAnswered> answered;
  {
    MutexLock lock(mutex_);
    answered.swap(robots_answered_);
  }
  for (RobotsAnswered& one : answered) on_robots(std::move(one), now);
}

void PageReader::on_robots(RobotsAnswered answered, Time now) {
  auto waiting = waiting_.extract(answered.site);
  if (!waiting) return;
  if (const auto* late = std::get_if<PutOff>(&answered.outcome)) {
    for (const Visit& visit : waiting.mapped()) put_off(visit.job, late->until);
    return;
  }
  const Answered& answer = std::get<Answered>(answered.outcome);
  robots_.put(answered.site, fetch::read_robots(answer.response, product_), now);
  for (const Visit& visit : waiting.mapped()) ask_for_page(visit, now);
}

void PageReader::work() {
  name_batch_thread("page-worker");
  while (std::optional<PageAnswered> answered = pages_.pop()) settle(*std::move(answered));
}

void PageReader::settle(PageAnswered answered) {
  const PageJob& job = answered.job;
  if (const auto* late = std::get_if<PutOff>(&answered.outcome)) return put_off(job, late->until);
  Answered& answer = std::get<Answered>(answered.outcome);
  answer.place.reset();  // this thread has it now
  const Result<HttpResponse>& response = answer.response;
  if (!response && response.error().code == "canceled") return done();  // its lease ends
  const std::string reason =
      response ? "the site answered " + std::to_string(response->status) : response.error().message;
  switch (fetch::judge_page(response)) {
    case fetch::PageVerdict::Page:
      return read_page(job, *response);
    case fetch::PageVerdict::Later:
      return fail(job, reason);
    case fetch::PageVerdict::Never:
      return give_up(job, reason);
  }
}

void PageReader::read_page(const PageJob& job, const HttpResponse& response) {
  const Result<void> completed = complete(job, response);
  if (completed) {
    count("completed");
    appended_.notify();
    return done();
  }
  const Error& error = completed.error();
  if (error.kind == ErrorKind::Conflict) return put_off(job, clock_.now());
  if (error.kind == ErrorKind::Unavailable) return fail(job, error.message);
  give_up(job, error.message);
}

Result<void> PageReader::complete(const PageJob& job, const HttpResponse& response) {
  const Article article = TRY(ports_.articles.get(job.article_id));
  const Source source = TRY(ports_.sources.get(job.source_id));
  const extract::Rules rules = TRY(page_rules(source.settings.extract_rules));
  const extract::ExtractedPage page =
      TRY(extract::extract_page({.bytes = response.body,
                                 .content_type = header(response.headers, "Content-Type"),
                                 .url = response.url},
                                rules));
  const Time now = clock_.now();
  const std::optional<Article> completed = with_page(article, page, source, now);
  if (!completed) return invalid_input("the page says no more than the feed");
  if (settings_.keep_raw) {
    const std::vector<Object> objects = {
        raw_object(source.id, response.body, now),
        processed_object(source.id, response.body, document_json(job.url, entry_of(page)), now)};
    TRY(ports_.objects.put(objects));
  }
  return ports_.pages.complete(*completed);
}

void PageReader::fail(const PageJob& job, std::string_view reason) {
  if (job.attempts + 1 >= settings_.attempts_max) return give_up(job, reason);
  const int doublings = std::min(job.attempts, kDoublingsMax);
  const Time until = clock_.now() + settings_.backoff_min * (1 << doublings);
  count("failed");
  // A store that is away: the lease ends by itself.
  (void)ports_.pages.postpone(job.article_id, until);
  done();
}

void PageReader::give_up(const PageJob& job, std::string_view reason) {
  log::info("page.given_up", {{"article_id", to_int(job.article_id)},
                              {"source_id", to_int(job.source_id)},
                              {"reason", reason}});
  count("given_up");
  (void)ports_.pages.give_up(job.article_id);
  done();
}

void PageReader::put_off(const PageJob& job, Time until) {
  count("put_off");
  (void)ports_.pages.put_off(job.article_id, until);
  done();
}

void PageReader::count(std::string_view outcome) {
  metrics_
      .counter("pages_total", "Pages of articles that were to be read.",
               {{"outcome", std::string(outcome)}})
      .add();
}

void PageReader::done(std::size_t jobs) {
  MutexLock lock(mutex_);
  held_ -= jobs;
  if (held_ <= settings_.jobs_held_max / 2) wake_.notify();
}

}  // namespace tidings::pipeline
