#include "pipeline/api_reader.h"

#include <utility>
#include <vector>

namespace tidings::pipeline {
namespace {

bool is_canceled(const std::optional<TransferOutcome>& outcome) {
  const auto* answered = outcome ? std::get_if<Answered>(&*outcome) : nullptr;
  return answered != nullptr && !answered->response &&
         answered->response.error().code == "canceled";
}

}  // namespace

ApiReader::ApiReader(ApiAccess access, PacedTransfers& transfers, const ArticleStore& articles,
                     Metrics& metrics, const Clock& clock, ApiSettings settings,
                     std::function<void(ApiStep)> answered)
    : access_(std::move(access)),
      transfers_(transfers),
      articles_(articles),
      metrics_(metrics),
      clock_(clock),
      settings_(std::move(settings)),
      answered_(std::move(answered)) {}

std::optional<Refreshed> ApiReader::step(ApiStep step) {
  if (is_canceled(step.outcome)) return std::nullopt;
  if (goes_on(*step.refresh, std::move(step.outcome)) && ask(step.refresh)) return std::nullopt;
  return finished(*step.refresh);
}

bool ApiReader::goes_on(ApiRefresh& refresh, std::optional<TransferOutcome> outcome) {
  if (!outcome) return refresh.begin(access_, clock_.now());
  if (const auto* put_off = std::get_if<PutOff>(&*outcome)) {
    refresh.put_off(put_off->until);
    return false;
  }
  Answered& answered = std::get<Answered>(*outcome);
  answered.place.reset();
  const bool is_page = answered.response && answered.response->status == 200;
  metrics_
      .counter("fetches_total", "Answers of publishers.",
               {{"outcome", is_page ? "page" : "failed"}})
      .add();
  return refresh.take(std::move(answered), [&](std::span<const Hash128> keys) {
    return articles_.knows_any(refresh.source().id, keys);
  });
}

// False when the source is not asked further now.
bool ApiReader::ask(const std::shared_ptr<ApiRefresh>& refresh) {
  std::optional<HttpRequest> request = refresh->next_request(settings_.fetch);
  if (!request) return false;
  const Time now = clock_.now();
  {
    MutexLock lock(mutex_);
    const connectors::RequestBudget::Slot slot =
        budget_.take(refresh->connector(), now, settings_.patience);
    if (!slot.granted) {
      refresh->put_off(slot.at);
      return false;
    }
    if (slot.at > now) {
      waiting_.emplace(slot.at, Waiting{.refresh = refresh, .request = *std::move(request)});
      return true;
    }
  }
  send(refresh, *std::move(request));
  return true;
}

void ApiReader::send(const std::shared_ptr<ApiRefresh>& refresh, HttpRequest request) {
  std::vector<TransferRequest> requests(1);
  requests[0] = {.id = transfer_id(refresh->source().id),
                 .request = std::move(request),
                 .since = clock_.now(),
                 .patience = settings_.patience,
                 .done = [this, refresh](TransferOutcome outcome) {
                   answered_({.refresh = refresh, .outcome = std::move(outcome)});
                 }};
  transfers_.submit(std::move(requests));
}

void ApiReader::send_due() {
  const Time now = clock_.now();
  std::vector<Waiting> due;
  {
    MutexLock lock(mutex_);
    while (!waiting_.empty() && waiting_.begin()->first <= now)
      due.push_back(std::move(waiting_.extract(waiting_.begin()).mapped()));
  }
  for (Waiting& one : due) send(one.refresh, std::move(one.request));
}

Refreshed ApiReader::finished(ApiRefresh& refresh) const {
  const Time now = clock_.now();
  return refresh.finish(now, static_cast<std::uint64_t>(to_micros(now)), settings_.rules);
}

}  // namespace tidings::pipeline
