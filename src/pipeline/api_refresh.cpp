#include "pipeline/api_refresh.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "core/log.h"
#include "core/url.h"
#include "normalize/normalize.h"

namespace tidings::pipeline {
namespace {

// What an API source remembers stands where a feed has its validators: last_modified is until when
// everything was read, etag whether the last refresh broke off before it got there.
constexpr std::string_view kBrokeOff = "incomplete";

constexpr std::size_t kRefreshBytesMax = 64'000'000;  // of all pages: then it is enough
constexpr std::size_t kKeyBytesMin = 16;              // a shorter one could be a word of the news

bool asks_for_key(int status) {
  return status == 401 || status == 403;
}

}  // namespace

bool ApiRefresh::begin(const ApiAccess& access, Time now) {
  began_at_ = now;
  const auto prepared = [&]() -> Result<void> {
    connectors::ConnectorAddress address =
        TRY(connectors::parse_connector_address(source_.settings.url));
    if (!access.find_connector) return not_found("connectors are not read here");
    connector_ = TRY(access.find_connector(address.connector));
    address_ = TRY(connectors::checked_address(connector_, std::move(address)));
    if (connector_.key.place == connectors::KeyRule::Place::None) return {};
    if (!access.find_secret) return not_found("there is no store of secrets here");
    key_ = TRY(access.find_secret(connector_.key.secret));
    return {};
  }();
  if (!prepared) fail("connector_failed", prepared.error().message);
  return static_cast<bool>(prepared);
}

std::optional<HttpRequest> ApiRefresh::next_request(const fetch::FetchSettings& settings) {
  const connectors::RefreshTimes times{
      .now = *began_at_, .complete_until = parse_rfc3339(source_.state.last_modified)};
  Result<connectors::ApiRequest> asked =
      connectors::build_request(connector_, address_, position_, times, key_);
  if (!asked) {
    fail("connector_failed", asked.error().message);
    return std::nullopt;
  }
  HttpRequest request{.url = std::move(asked->url),
                      .headers = std::move(asked->headers),
                      .limits = settings.limits};
  request.headers.emplace_back("User-Agent", settings.user_agent);
  request.headers.emplace_back("Accept", "application/json");
  request.limits.redirects_max = 0;  // a key goes to the declared address and nowhere else
  return request;
}

bool ApiRefresh::take(Answered answered, const KnowsAny& knows_any) {
  bytes_.push_back(std::move(answered.bytes));
  if (!answered.response) {
    const Error& error = answered.response.error();
    fail(error.code.empty() ? std::string(to_string(error.kind)) : error.code, error.message);
    return false;
  }
  HttpResponse& response = *answered.response;
  if (response.status != 200) {
    take_refusal(std::move(response));
    return false;
  }
  const std::string link(header(response.headers, "Link"));
  return take_page(std::move(response.body), link, knows_any);
}

// What the service says of its own refusal is worth more than its number.
void ApiRefresh::take_refusal(HttpResponse response) {
  const int status = response.status;
  const std::string said = connectors::error_said(connector_, response.body);
  const fetch::FetchResult result = fetch::read_response(source_, std::move(response), *began_at_);
  hints_ = result.hints;
  const auto* failed = std::get_if<fetch::Failed>(&result.outcome);
  if (failed == nullptr)
    return fail("bad_response", fmt::format("it answered {} without a list", status));
  std::string message = failed->problem.message;
  if (!said.empty()) message += fmt::format("; it says: {}", said);
  const std::string& secret = connector_.key.secret;
  if (asks_for_key(status) && !secret.empty())
    message += fmt::format("; `tidings secrets set {}` sets the key", secret);
  fail(failed->problem.error_class, message);
}

bool ApiRefresh::take_page(std::string body, std::string_view link, const KnowsAny& knows_any) {
  if (key_.size() >= kKeyBytesMin) body = connectors::without_key(std::move(body), key_);
  Result<connectors::Answer> answer =
      connectors::read_answer(connector_, address_, position_, {.body = body, .link = link});
  if (!answer) {
    fail(answer.error().code, answer.error().message);
    return false;
  }
  note_impaired(std::move(answer->problems));
  const bool goes_on = answer->next && payload_.size() + body.size() < kRefreshBytesMax &&
                       !meets_known(answer->feed, knows_any);
  if (!feed_) {
    feed_ = std::move(answer->feed);
  } else {
    std::move(answer->feed.entries.begin(), answer->feed.entries.end(),
              std::back_inserter(feed_->entries));
  }
  payload_ += body;
  payload_ += '\n';
  is_complete_ = !goes_on;
  if (goes_on) position_ = *std::move(answer->next);
  return goes_on;
}

void ApiRefresh::note_impaired(std::vector<std::string> problems) {
  for (std::string& problem : problems) {
    if (std::find(impaired_.begin(), impaired_.end(), problem) != impaired_.end()) continue;
    log::debug("entry.impaired", {{"source_id", to_int(source_.id)}, {"reason", problem}});
    impaired_.push_back(std::move(problem));
  }
}

// A refresh that broke off left a gap behind what it read: there known entries are no end. An
// answer that the store does not give is a no: the pages are bounded.
bool ApiRefresh::meets_known(const Feed& page, const KnowsAny& knows_any) const {
  if (!connector_.paging.until_known || source_.state.etag == kBrokeOff) return false;
  std::vector<Hash128> keys;
  for (const NewArticle& article : normalize::normalize_feed(page, source_, *began_at_).articles) {
    keys.push_back(article.identity);
  }
  const Result<bool> known = knows_any(keys);
  return known && *known;
}

void ApiRefresh::put_off(Time until) {
  put_off_until_ = until;
}

void ApiRefresh::fail(std::string error_class, const std::string& message) {
  problem_ = SourceProblem{.error_class = std::move(error_class),
                           .message = connectors::without_key(message, key_)};
}

void ApiRefresh::keep_progress(SourceState& state, bool has_pages) const {
  if (is_complete_) {
    state.last_modified = format_rfc3339(*began_at_);
    state.etag.clear();
  } else if (has_pages) {
    state.etag = kBrokeOff;
  }
}

Refreshed ApiRefresh::finish(Time now, std::uint64_t seed, const RefreshRules& rules) {
  if (!feed_ && !problem_ && put_off_until_) {
    Refreshed postponed{.kind = RefreshKind::Postponed};
    postponed.batch.source_id = source_.id;
    postponed.batch.source_url = source_.settings.url;
    postponed.batch.source_access = source_.settings.access;
    postponed.batch.state = source_.state;
    postponed.batch.state.due_at = *put_off_until_;
    return postponed;
  }
  const bool has_pages = feed_.has_value();
  Refreshed refreshed = refresh(source_,
                                {.feed = std::move(feed_),
                                 .payload = std::move(payload_),
                                 .problem = std::move(problem_),
                                 .hints = hints_,
                                 .interval = connector_.interval},
                                now, seed, rules);
  keep_progress(refreshed.batch.state, has_pages);
  if (put_off_until_) refreshed.batch.state.due_at = *put_off_until_;
  return refreshed;
}

}  // namespace tidings::pipeline
