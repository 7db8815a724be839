// Reads the pages behind articles for their full text: claims jobs, asks under the rules of each
// site's robots.txt, and completes the articles.
#pragma once

#include <chrono>
#include <cstddef>
#include <stop_token>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "core/bounded_queue.h"
#include "core/metrics.h"
#include "core/mutex.h"
#include "core/seal.h"
#include "core/signal.h"
#include "core/time.h"
#include "fetch/fetcher.h"
#include "model/access.h"
#include "pipeline/paced_transfers.h"
#include "pipeline/robots_cache.h"
#include "ports/article_store.h"
#include "ports/object_store.h"
#include "ports/page_store.h"
#include "ports/source_store.h"

namespace tidings::pipeline {

struct PageReaderSettings {
  std::string owner = "local";      // who claims jobs: one name per node, kept over restarts
  std::size_t jobs_held_max = 256;  // claimed and not yet done
  std::chrono::seconds lease{1'800};
  std::chrono::minutes domain_patience{5};  // a domain with a longer queue is asked later
  std::int32_t attempts_max = 6;            // then the article stays as its feed told it
  std::chrono::seconds backoff_min{600};    // doubles with each failure
  std::chrono::milliseconds poll_interval{500};
  bool keep_raw = true;
  fetch::FetchSettings fetch;
};

struct PageReaderPorts {
  PageStore& pages;
  ArticleStore& articles;
  SourceStore& sources;
  ObjectStore& objects;
  PacedTransfers& transfers;
  Sealer* sealer = nullptr;  // opens what a source's requests carry; absent: who asks for it fails
};

// Owns its threads from run() until it returns: one that claims and asks, one that reads pages.
class PageReader {
 public:
  PageReader(PageReaderPorts ports, Signal& appended, Metrics& metrics, const Clock& clock,
             PageReaderSettings settings);

  // Until stopped; the transfers must be shut down before it is joined. Pages that arrived are
  // stored, leases end.
  void run(const std::stop_token& stop);

  // Look at what is due now (an article came).
  void wake() { wake_.notify(); }

 private:
  // A page to be asked for, with what its source carries: proxy and user agent everywhere, headers
  // where the page is of the origin that they were given for.
  struct Visit {
    PageJob job;
    SourceAccess access;
    std::string site;  // whose robots.txt counts, and the proxy that it is read through
  };
  struct RobotsAnswered {
    std::string site;
    TransferOutcome outcome;
  };
  struct PageAnswered {
    PageJob job;
    TransferOutcome outcome;
  };
  using Happened = std::variant<RobotsAnswered, PageAnswered>;

  void ask(const std::stop_token& stop);
  Result<void> claim(Time now);
  void start(PageJob job, Time now);
  Result<SourceAccess> access_of(SourceId id) const;
  void ask_for_robots(const std::string& origin, const Visit& visit);
  void ask_for_page(const Visit& visit, Time now);
  void on_robots(RobotsAnswered answered, Time now);
  void take_answers(Time now);
  void work();
  void settle(PageAnswered answered);
  void read_page(const PageJob& job, const HttpResponse& response);
  Result<void> complete(const PageJob& job, const HttpResponse& response);
  void fail(const PageJob& job, std::string_view reason);
  void give_up(const PageJob& job, std::string_view reason);
  void put_off(const PageJob& job, Time until);
  void count(std::string_view outcome);
  void done(std::size_t jobs = 1);

  const PageReaderPorts ports_;
  Signal& appended_;
  Metrics& metrics_;
  const Clock& clock_;
  const PageReaderSettings settings_;
  const std::string product_;
  Signal wake_;
  BoundedQueue<PageAnswered> pages_;

  // Of the thread that asks.
  RobotsCache robots_;
  std::unordered_map<std::string, std::vector<Visit>> waiting_;  // for their site's robots.txt

  mutable Mutex mutex_;
  std::vector<RobotsAnswered> robots_answered_ GUARDED_BY(mutex_);
  std::size_t held_ GUARDED_BY(mutex_) = 0;
};

}  // namespace tidings::pipeline
