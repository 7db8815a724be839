// The program's door to the web, on libcurl's multi interface: one thread, hundreds of requests in
// flight.
#pragma once

#include <memory>
#include <thread>
#include <vector>

#include "adapters/curl/settings.h"
#include "core/mutex.h"
#include "core/result.h"
#include "ports/http_client.h"

namespace tidings::curl {

class TransferLoop;

// Safe to call from many threads. Connections are kept open and used again until the client is shut
// down.
class CurlHttpClient final : public HttpClient {
 public:
  // InvalidInput for an override or proxy that cannot be read; Unavailable when the system gives no
  // descriptors.
  static Result<std::unique_ptr<CurlHttpClient>> make(CurlSettings settings);
  ~CurlHttpClient() override;

  // After shutdown() `done` is called before send() returns.
  void send(HttpRequest request, Done done) override;
  // Not from inside a callback.
  void shutdown() override;

 private:
  explicit CurlHttpClient(std::unique_ptr<TransferLoop> loop);

  std::unique_ptr<TransferLoop> loop_;
  Mutex shutdown_mutex_;
  std::thread thread_ GUARDED_BY(shutdown_mutex_);
};

}  // namespace tidings::curl
