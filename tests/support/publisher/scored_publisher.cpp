#include "tests/support/publisher/scored_publisher.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/check.h"
#include "core/compression.h"
#include "core/strings.h"

namespace tidings::publisher {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using Validators = ScoredFeed::Validators;

constexpr std::size_t kExamplesOfEach = 5;
constexpr Duration kTrafficWindow = seconds(10);
constexpr std::size_t kDomainRequestsMax = 15, kAddressRequestsMax = 60;
constexpr int kDomainInFlightMax = 2;
constexpr Duration kGapMin = minutes(4);

std::string address_text(std::size_t number) {
  return fmt::format("127.0.{}.{}", 1 + number / 250, 1 + number % 250);
}

std::string_view without_scheme(std::string_view url) {
  return url.substr(url.find("//") + 2);
}

bool gives_etag(const ScoredFeed& feed) {
  return feed.validators != Validators::LastModified && feed.validators != Validators::None;
}

bool gives_last_modified(const ScoredFeed& feed) {
  return feed.validators == Validators::Both || feed.validators == Validators::LastModified ||
         feed.validators == Validators::Lying;
}

bool is_unmodified(const Request& request, const ScoredFeed& feed, std::string_view etag,
                   const std::string& last_modified) {
  const bool is_conditional = !request.if_none_match.empty() || !request.if_modified_since.empty();
  if (feed.validators == Validators::Lying) return is_conditional;
  if (feed.validators == Validators::Churning) return false;
  if (!request.if_none_match.empty() && gives_etag(feed)) return request.if_none_match == etag;
  return gives_last_modified(feed) && request.if_modified_since == last_modified;
}

std::string with_length(std::string head, std::string_view body) {
  return head.append(fmt::format("Content-Length: {}\r\n\r\n", body.size())).append(body);
}

std::string refusal(int status, const std::string& headers) {
  return with_length(fmt::format("HTTP/1.1 {} No\r\n{}", status, headers), "not now\n");
}

bool is_known_header(std::string_view name) {
  for (const std::string_view known :
       {"Host", "User-Agent", "Accept", "Accept-Encoding", "If-None-Match", "If-Modified-Since"}) {
    if (iequals(name, known)) return true;
  }
  return false;
}

}  // namespace

std::string_view to_string(Violation violation) {
  constexpr std::string_view kNames[kViolations] = {
      "unconditional",       "unknown_validator", "too_early",
      "ignored_retry_after", "asked_after_gone",  "domain_burst",
      "address_burst",       "useless_header",    "seen_late"};
  return kNames[static_cast<std::size_t>(violation)];
}

std::int64_t Score::total_violations() const {
  std::int64_t sum = 0;
  for (const std::int64_t count : violations) sum += count;
  return sum;
}

Result<std::unique_ptr<ScoredPublisher>> ScoredPublisher::start(World world, const Clock& clock) {
  std::unique_ptr<ScoredPublisher> publisher(new ScoredPublisher(std::move(world), clock));
  TRY(publisher->listen());
  return publisher;
}

ScoredPublisher::ScoredPublisher(World world, const Clock& clock)
    : world_(std::move(world)), clock_(clock) {
  MutexLock lock(mutex_);
  states_.resize(world_.feeds.size());
  domains_.resize(world_.hosts.size());
  closed_until_.resize(world_.hosts.size());
  std::size_t addresses = 0;
  for (std::size_t i = 0; i < world_.hosts.size(); ++i) {
    host_numbers_.emplace(world_.hosts[i].name, i);
    addresses = std::max(addresses, world_.hosts[i].address + 1);
  }
  addresses_.resize(addresses);
  for (std::size_t i = 0; i < world_.feeds.size(); ++i) {
    const ScoredFeed& feed = world_.feeds[i];
    places_.emplace(without_scheme(feed.url), Place{.feed = i});
    if (feed.moved_status != 0)
      places_.emplace(without_scheme(feed.listed_url), Place{.feed = i, .is_old = true});
  }
}

ScoredPublisher::~ScoredPublisher() = default;

Result<void> ScoredPublisher::listen() {
  std::size_t addresses = 0;
  {
    MutexLock lock(mutex_);
    addresses = addresses_.size();
  }
  for (std::size_t i = 0; i < addresses; ++i)
    servers_.push_back(TRY(HttpServer::start({.address = address_text(i)}, *this)));
  return {};
}

curl::CurlSettings ScoredPublisher::client_settings() const {
  const Result<IpRange> loopback = parse_ip_range("127.0.0.0/8");
  CHECK(loopback);
  curl::CurlSettings settings{.policy = AddressPolicy({*loopback})};
  for (const ScoredHost& host : world_.hosts) {
    settings.overrides.push_back({.suffix = host.name,
                                  .address = fmt::format("{}:{}", address_text(host.address),
                                                         servers_[host.address]->port())});
  }
  return settings;
}

void ScoredPublisher::respond(const Request& request, Reply& reply) {
  const Time now = clock_.now();
  const auto host = host_numbers_.find(std::string(request.host));
  const auto place = places_.find(std::string(request.host) + std::string(request.target));
  MutexLock lock(mutex_);
  auto text = std::make_shared<std::string>();
  if (host == host_numbers_.end() || place == places_.end()) {
    *text = refusal(404, "");
  } else {
    reply.tag = static_cast<std::int64_t>(host->second);
    judge_traffic(request, host->second, now);
    judge_headers(request, now);
    *text = answer(request, host->second, place->second, now);
    reply.delay = world_.hosts[host->second].delay;
  }
  reply.head = *text;
  reply.owner = std::move(text);
}

void ScoredPublisher::finished(std::int64_t tag, std::uint64_t) {
  if (tag < 0) return;
  MutexLock lock(mutex_);
  --domains_[static_cast<std::size_t>(tag)].in_flight;
}

void ScoredPublisher::note(Violation violation, const std::string& what, Time now) {
  std::int64_t& count = score_.violations[static_cast<std::size_t>(violation)];
  if (++count <= static_cast<std::int64_t>(kExamplesOfEach))
    score_.examples.push_back(
        fmt::format("{}: {} at {}", to_string(violation), what, format_rfc3339(now)));
}

void ScoredPublisher::judge_traffic(const Request& request, std::size_t host, Time now) {
  ++score_.requests;
  const auto count = [now](Traffic& traffic) {
    traffic.recent.push_back(now);
    while (traffic.recent.front() <= now - kTrafficWindow) traffic.recent.pop_front();
    return traffic.recent.size();
  };
  Traffic& domain = domains_[host];
  const bool is_crowded = ++domain.in_flight > kDomainInFlightMax;
  if (count(domain) > kDomainRequestsMax || is_crowded)
    note(Violation::DomainBurst, std::string(request.host), now);
  const std::size_t address = world_.hosts[host].address;
  if (count(addresses_[address]) > kAddressRequestsMax)
    note(Violation::AddressBurst, address_text(address), now);
}

void ScoredPublisher::judge_headers(const Request& request, Time now) {
  HttpHeaders seen;
  for (const auto& [name, value] : all_headers(request)) {
    const bool is_repeated = !header(seen, name).empty();
    const bool says_nothing = value.empty() || (iequals(name, "Accept") && value == "*/*");
    if (!is_known_header(name) || is_repeated || says_nothing)
      note(Violation::UselessHeader, std::string(name).append(": ").append(value), now);
    seen.emplace_back(name, value);
  }
}

std::string ScoredPublisher::answer(const Request& request, std::size_t host, const Place& place,
                                    Time now) {
  const ScoredFeed& feed = world_.feeds[place.feed];
  if (now < closed_until_[host]) note(Violation::IgnoredRetryAfter, std::string(request.host), now);
  for (const Closure& closure : world_.hosts[host].closures) {
    if (now >= closure.from && now < closure.until) return answer_closed(host, closure, now);
  }
  if (!place.is_old) return answer_feed(request, place.feed, now);
  return with_length(
      fmt::format("HTTP/1.1 {} Moved\r\nLocation: {}\r\n", feed.moved_status, feed.url), "");
}

std::string ScoredPublisher::answer_closed(std::size_t host, const Closure& closure, Time now) {
  ++score_.refused;
  std::string headers;
  if (closure.says_when) {
    closed_until_[host] = closure.until;
    const auto left = std::chrono::ceil<seconds>(closure.until - now);
    const bool as_date = host % 2 == 0;
    headers = "Date: " + format_http_date(now) + "\r\nRetry-After: " +
              (as_date ? format_http_date(std::chrono::ceil<seconds>(closure.until))
                       : std::to_string(left.count())) +
              "\r\n";
  }
  if (closure.status == 403) headers += "X-RateLimit-Remaining: 0\r\n";
  return refusal(closure.status, headers);
}

void ScoredPublisher::judge_time(const ScoredFeed& feed, const FeedState& state, Time now) {
  if (now < state.fresh_until) {
    note(Violation::TooEarly, feed.url + " is fresh until " + format_rfc3339(state.fresh_until),
         now);
  } else if (state.asked_at && now < *state.asked_at + kGapMin) {
    note(Violation::TooEarly, feed.url + " was just asked", now);
  }
  const auto hour = std::chrono::floor<hours>(now - std::chrono::floor<std::chrono::days>(now));
  if (state.seen && std::ranges::count(feed.skip_hours, hour.count()) > 0)
    note(Violation::TooEarly, feed.url + " sleeps", now);
}

void ScoredPublisher::judge_validators(const Request& request, const ScoredFeed& feed,
                                       const FeedState& state, Time now) {
  const bool is_conditional = !request.if_none_match.empty() || !request.if_modified_since.empty();
  const bool may_be_whole = !state.gave_validator || feed.validators == Validators::Lying;
  if (!is_conditional && !may_be_whole) note(Violation::Unconditional, feed.url, now);
  const std::size_t number = static_cast<std::size_t>(&feed - world_.feeds.data());
  if (!request.if_none_match.empty() &&
      !request.if_none_match.starts_with(fmt::format("\"{}-", number)))
    note(Violation::UnknownValidator, feed.url, now);
}

std::string ScoredPublisher::answer_feed(const Request& request, std::size_t number, Time now) {
  const ScoredFeed& feed = world_.feeds[number];
  FeedState& state = states_[number];
  judge_time(feed, state, now);
  judge_validators(request, feed, state, now);
  const bool was_gone = state.asked_at && *state.asked_at >= feed.gone_at;
  if (was_gone) note(Violation::AskedAfterGone, feed.url, now);
  const bool is_first = !state.asked_at;
  state.asked_at = now;
  if (now >= feed.gone_at || feed.refuses) {
    ++score_.refused;
    if (now >= feed.gone_at) return refusal(410, "");
    state.fresh_until = now + minutes(30);
    if (is_first)
      world_.hosts[feed.host].misheard.push_back({.from = now, .until = state.fresh_until});
    return refusal(503, "Retry-After: 1800\r\n");
  }
  const std::size_t published = published_count(feed, now);
  const std::string last_modified =
      format_http_date(published > 0 ? feed.entries[published - 1] : Time{});
  const bool churns = feed.validators == Validators::Churning;
  const std::string etag = churns ? fmt::format("\"{}-c{}\"", number, ++state.answers)
                                  : fmt::format("\"{}-{}\"", number, published);
  std::string headers = "Date: " + format_http_date(now) + "\r\n";
  if (gives_etag(feed)) headers += "ETag: " + etag + "\r\n";
  if (gives_last_modified(feed)) headers += "Last-Modified: " + last_modified + "\r\n";
  if (feed.max_age.count() > 0) {
    headers += feed.max_age_by_expires
                   ? "Expires: " + format_http_date(now + feed.max_age) + "\r\n"
                   : fmt::format("Cache-Control: public, max-age={}\r\n", feed.max_age.count());
  }
  // A date has whole seconds: what it says ends up to one second earlier.
  const Duration fresh = std::max<Duration>(feed.max_age, feed.ttl);
  state.fresh_until = std::chrono::floor<seconds>(now) + fresh;
  if (is_unmodified(request, feed, etag, last_modified)) {
    ++score_.not_modified;
    return "HTTP/1.1 304 Not Modified\r\n" + headers + "\r\n";
  }
  ++score_.whole;
  state.gave_validator = gives_etag(feed) || gives_last_modified(feed);
  see(number, published, now);
  std::string body = scored_document(feed, published);
  headers += "Content-Type: application/rss+xml\r\n";
  if (feed.gzip && request.accept_encoding.find("gzip") != std::string_view::npos) {
    body = compress(body, Compression::Gzip, 1);
    headers += "Content-Encoding: gzip\r\n";
  }
  return with_length("HTTP/1.1 200 OK\r\n" + headers, body);
}

void ScoredPublisher::see(std::size_t number, std::size_t published, Time now) {
  const ScoredFeed& feed = world_.feeds[number];
  FeedState& state = states_[number];
  const std::size_t seen = state.seen.value_or(published);
  state.seen = published;
  if (feed.validators == Validators::Lying) return;
  for (std::size_t count = seen + 1; count <= published; ++count) {
    note_delay(feed, count, now, score_);
    const Time deadline = fair_deadline(world_, feed, count);
    if (now > deadline) {
      note(Violation::SeenLate,
           fmt::format("{} entry {} of {} due {}", feed.url, count,
                       format_rfc3339(feed.entries[count - 1]), format_rfc3339(deadline)),
           now);
    }
  }
}

void ScoredPublisher::note_delay(const ScoredFeed& feed, std::size_t published, Time seen_at,
                                 Score& score) const {
  const Duration delay = seen_at - feed.entries[published - 1];
  const double share = static_cast<double>(delay.count()) /
                       static_cast<double>(fair_interval(feed, published).count());
  ++score.entries_seen;
  score.delay_mean += (share - score.delay_mean) / static_cast<double>(score.entries_seen);
  score.delay_max = std::max(score.delay_max, share);
}

Score ScoredPublisher::score() const {
  const Time now = clock_.now();
  MutexLock lock(mutex_);
  Score score = score_;
  for (std::size_t i = 0; i < states_.size(); ++i) {
    const ScoredFeed& feed = world_.feeds[i];
    const bool is_fair = feed.validators != Validators::Lying && !feed.refuses;
    if (!is_fair || feed.gone_at <= now) continue;
    const std::size_t published = published_count(feed, now);
    // A feed that nobody has ever read counts once, entries that were not seen in time each.
    std::int64_t late = states_[i].seen ? 0 : 1;
    for (std::size_t count = states_[i].seen.value_or(published) + 1; count <= published; ++count) {
      if (fair_deadline(world_, feed, count) < now) ++late;
    }
    score.violations[static_cast<std::size_t>(Violation::SeenLate)] += late;
    if (late > 0 && score.examples.size() < 100)
      score.examples.push_back("seen_late: " + feed.url + " was not seen again");
  }
  return score;
}

}  // namespace tidings::publisher
