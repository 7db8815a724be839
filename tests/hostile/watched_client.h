// The client that the product uses, and beside it what it was asked and what it brought.
#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "core/mutex.h"
#include "core/time.h"
#include "ports/http_client.h"

namespace tidings::hostile {

class WatchedClient final : public HttpClient {
 public:
  struct Seen {
    Time first_sent, last_sent;
    std::optional<Time> last_answered;
    std::size_t body_bytes_max = 0;
    std::string last_error;  // its code; empty: none
  };

  WatchedClient(HttpClient& inner, const Clock& clock) : inner_(inner), clock_(clock) {}

  void send(HttpRequest request, Done done) override {
    const std::string url = request.url;
    note_sent(url);
    inner_.send(std::move(request),
                [this, url, done = std::move(done)](Result<HttpResponse> response) {
                  note_answered(url, response);
                  done(std::move(response));
                });
  }
  void shutdown() override { inner_.shutdown(); }

  // Of requests for that address; nothing before the first.
  std::optional<Seen> seen(const std::string& url) const {
    MutexLock lock(mutex_);
    const auto found = seen_.find(url);
    return found == seen_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  void note_sent(const std::string& url) {
    const Time now = clock_.now();
    MutexLock lock(mutex_);
    const auto [seen, is_new] = seen_.try_emplace(url, Seen{.first_sent = now, .last_sent = now});
    seen->second.last_sent = now;
  }
  void note_answered(const std::string& url, const Result<HttpResponse>& response) {
    const Time now = clock_.now();
    MutexLock lock(mutex_);
    Seen& seen = seen_.at(url);
    seen.last_answered = now;
    seen.last_error = response ? "" : response.error().code;
    if (response) seen.body_bytes_max = std::max(seen.body_bytes_max, response->body.size());
  }

  HttpClient& inner_;
  const Clock& clock_;
  mutable Mutex mutex_;
  std::map<std::string, Seen> seen_ GUARDED_BY(mutex_);
};

}  // namespace tidings::hostile
