// Keeps every source fresh: claims what is due, asks publishers politely, and hands answers on
// until they are durable.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "core/bounded_queue.h"
#include "core/metrics.h"
#include "core/mutex.h"
#include "core/seal.h"
#include "core/signal.h"
#include "core/time.h"
#include "fetch/fetcher.h"
#include "pipeline/api_reader.h"
#include "pipeline/committer.h"
#include "pipeline/entry_memory.h"
#include "pipeline/paced_transfers.h"
#include "pipeline/push_trust.h"
#include "pipeline/refresh.h"
#include "ports/article_store.h"
#include "ports/object_store.h"
#include "ports/source_store.h"

namespace tidings::pipeline {

struct RefreshSettings {
  std::string owner = "local";  // who claims sources: one name per node, kept over restarts
  std::size_t sources_held_max =
      1024;  // claimed and not yet stored: fetched, parsed or waiting for their domain's turn
  std::size_t workers = 0;          // 0: one per core
  std::chrono::seconds lease{900};  // for parsing and storing what was claimed: see lease_of()
  std::chrono::minutes domain_patience{
      5};  // a domain that asks us to stay away for longer is put off
  std::chrono::milliseconds poll_interval{500};  // for sources that another process made due
  std::chrono::seconds push_safety_interval =
      std::chrono::hours(12);  // between two fetches of a source whose news is pushed well
  fetch::FetchSettings fetch;
  sources::ScheduleSettings schedule;
  CommitSettings commit;
};

// After this another node may fetch what we claimed: longer than a source can wait for its turn and
// be fetched, twice, since one that got another address waits for the fetch of its old one.
std::chrono::seconds lease_of(const RefreshSettings& settings);

// What sources on this machine are read with.
struct LocalPorts {
  const LocalFiles* files = nullptr;
  const DocumentConverter* converter = nullptr;
};

struct RefreshPorts {
  SourceStore& sources;
  ArticleStore& articles;
  ObjectStore& objects;
  PacedTransfers& transfers;
  ApiAccess apis = {};               // empty: no source is an API
  LocalPorts local = {};             // empty: no source is on this machine
  Sealer* sealer = nullptr;          // opens what requests carry; absent: who asks for it fails
  const PushTrust* trust = nullptr;  // whose news is pushed; absent: nobody's
};

// Owns its threads from run() until it returns: one that schedules, workers that parse, one that
// commits.
class Refresher {
 public:
  Refresher(RefreshPorts ports, Signal& appended, Metrics& metrics, const Clock& clock,
            RefreshSettings settings);

  // Until stopped. Then: nothing new is claimed, the transfers are shut down, answers that arrived
  // are stored, leases end.
  void run(const std::stop_token& stop);

  // Look at what is due now (a source was added or changed).
  void wake() { wake_.notify(); }
  // Nothing is under way: what is in its hands waits for its turn.
  bool is_idle() const EXCLUDES(mutex_);

 private:
  struct Answer {
    Source source;
    fetch::FetchResult fetched;
    TransferPlace place;
  };
  struct LocalRead {
    Source source;
  };
  using Work = std::variant<Answer, ApiStep, LocalRead>;

  // A source in our hands.
  struct Held {
    Source source;
    Time since{};                      // its claim
    std::unique_ptr<HeldBytes> bytes;  // of its answer
    std::shared_ptr<ApiRefresh> api;   // of a source that is one; holds the bytes of its pages
  };

  void schedule(const std::stop_token& stop);
  Result<void> claim(Time now);
  Result<void> claim_due(Time now, std::size_t room);
  // To be sent, and what cannot be.
  struct Orders {
    std::vector<TransferRequest> requests;
    std::vector<std::pair<SourceId, Error>> refused;
  };

  void hold(Source source, Time now, Orders& orders) REQUIRES(mutex_);
  Result<HttpRequest> feed_request(const Source& source);
  Result<TransferRequest> request_for(const Held& held);
  void answer_refused(Orders orders) EXCLUDES(mutex_);
  void on_outcome(SourceId id, TransferOutcome outcome);
  void postpone(SourceId id, const PutOff& put_off);
  void on_answer(SourceId id, Answered answered);
  void settled(SourceId id);
  void work();
  std::optional<Refreshed> refreshed_by(Answer answer);
  std::optional<Refreshed> refreshed_by(ApiStep step);
  std::optional<Refreshed> refreshed_by(const LocalRead& read);
  void rely_on_pushes(const Source& source, Refreshed& refreshed, Time now) const;
  RefreshRules refresh_rules() const;
  ApiSettings api_settings() const;

  const RefreshPorts ports_;
  const Clock& clock_;
  const RefreshSettings settings_;
  Metrics& metrics_;
  Histogram& parse_seconds_;
  Signal wake_;
  BoundedQueue<Work> answers_;
  Committer committer_;
  ApiReader apis_;
  EntryMemory entries_;

  // What is in our hands, from the claim to the commit.
  mutable Mutex mutex_;
  std::unordered_map<SourceId, Held> held_ GUARDED_BY(mutex_);
  std::unordered_map<SourceId, Source> moved_
      GUARDED_BY(mutex_);  // whose old address is still being fetched, with the new one
  bool claims_ GUARDED_BY(mutex_) = false;
};

}  // namespace tidings::pipeline
