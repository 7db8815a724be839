// Reads the sources that are news APIs: through the same paced transfers as feeds, and no faster
// than their connectors allow.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>

#include "connectors/request_budget.h"
#include "core/metrics.h"
#include "core/mutex.h"
#include "core/time.h"
#include "fetch/fetcher.h"
#include "pipeline/api_refresh.h"
#include "pipeline/paced_transfers.h"
#include "pipeline/refresh.h"
#include "ports/article_store.h"
#include "sources/schedule.h"

namespace tidings::pipeline {

struct ApiSettings {
  fetch::FetchSettings fetch;
  std::chrono::minutes patience{5};  // for a request's turn; then the source is put off
  RefreshRules rules;
};

// A refresh in whoever's hands it is: between two steps, a request's.
struct ApiStep {
  // shared: it goes through std::function, which must be copyable.
  std::shared_ptr<ApiRefresh> refresh;
  std::optional<TransferOutcome> outcome;  // nothing: to be begun
};

// Safe to call from many threads.
class ApiReader {
 public:
  // `answered` is called on the client's thread: it hands the step to one that may wait.
  ApiReader(ApiAccess access, PacedTransfers& transfers, const ArticleStore& articles,
            Metrics& metrics, const Clock& clock, ApiSettings settings,
            std::function<void(ApiStep)> answered);

  // Begins a refresh or takes an answer, and asks for the next page. What is to be stored, once it
  // is over; nothing before, and nothing when we stop. May block on stores and files.
  std::optional<Refreshed> step(ApiStep step) EXCLUDES(mutex_);

  // Sends what waited for its connector's rate. To be called about twice a second.
  void send_due() EXCLUDES(mutex_);

 private:
  struct Waiting {
    std::shared_ptr<ApiRefresh> refresh;
    HttpRequest request;
  };

  bool goes_on(ApiRefresh& refresh, std::optional<TransferOutcome> outcome);
  bool ask(const std::shared_ptr<ApiRefresh>& refresh) EXCLUDES(mutex_);
  void send(const std::shared_ptr<ApiRefresh>& refresh, HttpRequest request);
  Refreshed finished(ApiRefresh& refresh) const;

  const ApiAccess access_;
  PacedTransfers& transfers_;
  const ArticleStore& articles_;
  Metrics& metrics_;
  const Clock& clock_;
  const ApiSettings settings_;
  const std::function<void(ApiStep)> answered_;

  Mutex mutex_;
  connectors::RequestBudget budget_ GUARDED_BY(mutex_);
  std::multimap<Time, Waiting> waiting_ GUARDED_BY(mutex_);  // by when they may be sent
};

}  // namespace tidings::pipeline
