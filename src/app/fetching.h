// What the role "fetch" runs: everything that asks the outside, over one set of transfers.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <thread>

#include "adapters/filesystem/local_files.h"
#include "adapters/poppler/poppler_converter.h"
#include "app/pushing.h"
#include "app/runtime.h"
#include "app/settings.h"
#include "core/result.h"
#include "model/event.h"
#include "pipeline/paced_transfers.h"
#include "pipeline/page_reader.h"
#include "pipeline/push_trust.h"
#include "pipeline/refresher.h"
#include "ports/http_client.h"

namespace tidings::app {

// Stopped and joined by its end.
class Fetching {
 public:
  // InvalidInput names the setting that cannot be used.
  static Result<std::unique_ptr<Fetching>> make(const Settings& settings, const Runtime& runtime);

  void start();
  void request_stop();
  void join();

  // Wakes who waits for such an event.
  void on_events(std::span<const Event> events);

 private:
  Fetching(std::unique_ptr<HttpClient> http, const Settings& settings, const Runtime& runtime);

  const std::unique_ptr<HttpClient> http_;
  const filesystem::FilesystemLocalFiles files_;
  const poppler::PopplerConverter converter_;
  pipeline::PacedTransfers transfers_;
  pipeline::PushTrust trust_;
  pipeline::Refresher refresher_;
  pipeline::PageReader pages_;
  std::optional<Pushing> pushing_;     // absent: WebSub is off
  std::jthread refreshing_, reading_;  // last: they use all of the above
};

}  // namespace tidings::app
