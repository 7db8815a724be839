// Plays thousands of publishers on loopback, each under a domain of its own, well-behaved or not.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "adapters/curl/settings.h"
#include "core/mutex.h"
#include "core/result.h"
#include "core/time.h"
#include "tests/support/publisher/behavior.h"
#include "tests/support/publisher/generated_feed.h"
#include "tests/support/publisher/http_server.h"
#include "tests/support/publisher/played_feed.h"
#include "tests/support/publisher/tls.h"

namespace tidings::publisher {

struct PublisherSettings {
  std::string address = "127.0.0.1";  // to listen on: any of 127.0.0.0/8
  std::uint16_t port = 0;
  bool tls = false;     // on the same port, for every host, by an authority of its own
  std::string folder;   // of feed files; empty: none
  std::string stories;  // of files for played_feed.h; empty: none
  GeneratedFeeds generated;
  bool gzip = true;            // for feeds of the folder and generated ones
  bool keeps_requests = true;  // for seen(); counts are always kept
};

struct SeenRequest {
  std::string method, target;
  HttpHeaders headers;
  std::string body;
};

struct ListedFeed {
  std::string url, title;
  bool fragment = false;  // see FeedFile
};

// All feeds are at http://<host>/feed. Besides them, on any other host:
//   /opml, /feeds (JSON)              what there is; /opml?fragments=no leaves those out
//   /behavior/<name>                  one answer of each bad kind, see behavior.h
//   /requests?host=<host>             how often it was asked
//   POST /clock?advance_seconds=<n>   generated and played feeds publish what n seconds bring; 400
//                                     without a number of 0 to 10^9
// Safe to call from many threads.
class Publisher final : private Responder {
 public:
  // `clock` is what generated and played feeds publish by; it must outlive the publisher.
  static Result<std::unique_ptr<Publisher>> start(PublisherSettings settings, const Clock& clock);
  static Result<std::unique_ptr<Publisher>> start(PublisherSettings settings = {});
  ~Publisher() override;

  std::uint16_t port() const { return server_->port(); }
  // For CurlSettings: every host below .test is this publisher; loopback is allowed, and its
  // authority, where it has one, is the one that is trusted.
  curl::HostOverride host_override() const;
  curl::CurlSettings client_settings() const;

  // Replaces what was there. `path` without its query ("" for every path of the host).
  void add(std::string_view host, std::string_view path, Behavior behavior) EXCLUDES(mutex_);
  // The same, one for each request; the last for all further ones.
  void add_in_turn(std::string_view host, std::string_view path, std::vector<Behavior> behaviors)
      EXCLUDES(mutex_);
  // Only with PublisherSettings::tls.
  void set_tls(std::string_view host, TlsManner manner) { tls_->set_manner(host, manner); }
  // Added to the clock that was given.
  void advance(Duration by) { advanced_micros_ += by.count(); }

  std::int64_t requests() const EXCLUDES(mutex_);  // of all hosts
  std::int64_t requests(std::string_view host) const EXCLUDES(mutex_);
  // What left of answers that are over.
  std::uint64_t bytes_sent(std::string_view host) const EXCLUDES(mutex_);
  std::int64_t connections() const { return server_->connections_accepted(); }
  // The most answers that were on their way at one time: of one host, of all.
  std::int64_t in_flight_max(std::string_view host) const EXCLUDES(mutex_);
  std::int64_t in_flight_max() const EXCLUDES(mutex_);
  std::vector<SeenRequest> seen(std::string_view host) const EXCLUDES(mutex_);  // the last 1,000
  std::vector<ListedFeed> feeds() const { return listed_; }
  std::string opml(bool with_fragments = true) const;

 private:
  using SharedPage =
      std::shared_ptr<const Page>;  // shared with the connections that are sending it

  struct PathPages {
    std::string path;
    std::vector<SharedPage> in_turn;
  };
  struct Host {
    std::vector<PathPages> pages;
    std::uint64_t bytes_sent = 0;
    std::int64_t generated = -1;  // the feed's number
    std::int64_t played = -1;     // its place in played_
    std::uint64_t published = 0;  // of the page that is kept
    std::int64_t requests = 0, in_flight = 0, in_flight_max = 0;
    std::deque<SeenRequest> seen;
  };
  struct HashText {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };

  Publisher(PublisherSettings settings, const Clock& clock);
  Result<void> open();
  void publish_folder(std::vector<struct FeedFile> files);
  void publish_generated();
  void publish_played();
  void respond(const Request& request, Reply& reply) override EXCLUDES(mutex_);
  void finished(std::int64_t tag, std::uint64_t bytes) override EXCLUDES(mutex_);
  std::int64_t host_number(std::string_view name) REQUIRES(mutex_);
  const Host* find_host(std::string_view name) const REQUIRES(mutex_);
  SharedPage find_page(Host& host, const Request& request) REQUIRES(mutex_);
  void refresh_live_page(Host& host) REQUIRES(mutex_);
  SharedPage live_page(const Host& host, std::uint64_t published) const;
  SharedPage own_page(const Request& request) REQUIRES(mutex_);
  Behavior advance_on_request(std::string_view target);
  std::string feeds_json() const;
  Time now() const { return clock_.now() + Duration(advanced_micros_.load()); }

  const PublisherSettings settings_;
  const Clock& clock_;
  const Time began_;
  std::atomic<std::int64_t> advanced_micros_{0};
  std::vector<ListedFeed> listed_;  // constant once started
  std::vector<PlayedFeed> played_;  // likewise
  mutable Mutex mutex_;
  std::deque<Host> hosts_ GUARDED_BY(mutex_);  // addresses stay; the index is the reply's tag
  std::int64_t in_flight_ GUARDED_BY(mutex_) = 0;
  std::int64_t in_flight_max_ GUARDED_BY(mutex_) = 0;
  std::unordered_map<std::string, std::int64_t, HashText, std::equal_to<>> host_numbers_
      GUARDED_BY(mutex_);
  std::unordered_map<std::string, SharedPage, HashText, std::equal_to<>> behaviors_
      GUARDED_BY(mutex_);
  std::unique_ptr<TlsAcceptor> tls_;
  std::unique_ptr<HttpServer> server_;  // last: it stops before what it answers from goes
};

}  // namespace tidings::publisher
