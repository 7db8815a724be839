// One request from its first hop to its answer.
#pragma once

#include <sys/socket.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <curl/curl.h>

#include "adapters/curl/host_overrides.h"
#include "adapters/curl/settings.h"
#include "core/result.h"
#include "core/url.h"
#include "ports/http_client.h"

namespace tidings::curl {

struct TransferSettings {
  CurlSettings client;
  std::vector<OverrideAddress> overrides;
};

// The address to ask, or why it cannot be asked at all: bad_url, scheme_refused, bad_request;
// address_refused where a proxy would be sent to an address that is refused.
Result<Url> check_request(const HttpRequest& request, const CurlSettings& settings);

// The request's own, else the client's; empty: none.
const std::string& proxy_of(const HttpRequest& request, const CurlSettings& settings);

struct FreeEasy {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using EasyHandle = std::unique_ptr<CURL, FreeEasy>;
using StringList = std::unique_ptr<curl_slist, FreeList>;

// Single-threaded. Its address is known to curl, so it does not move.
class Transfer {
 public:
  // Afterwards easy() is ready to run.
  Transfer(const TransferSettings& settings, HttpRequest request, Url url, HttpClient::Done done);
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  // The handle of the present hop.
  CURL* easy() const { return easy_.get(); }
  // Nothing when another hop was prepared: easy() is to run again.
  std::optional<Result<HttpResponse>> hop_ended(CURLcode code);

  const Url& first_url() const { return first_url_; }
  const Url& url() const { return url_; }  // of the present hop
  HttpClient::Done take_done() { return std::move(done_); }

 private:
  using SteadyTime = std::chrono::steady_clock::time_point;

  EasyHandle make_easy();
  void prepare_hop();
  void set_address();
  void set_method();
  void set_headers();
  void set_limits();
  std::optional<Error> note_redirect(const Url& target);
  void follow(Url target);
  HttpResponse take_response();
  // Where the answer points to, when it is a redirect that has somewhere to go.
  std::optional<std::string> redirect_target() const;
  Error failure(CURLcode code) const;
  Error too_large(std::string_view what, std::size_t bytes_max) const;

  void header_line(std::string_view line);
  bool take_header(std::string_view line);
  bool take_body(std::string_view bytes);
  bool take_unwanted_body(std::string_view bytes);
  bool is_answered() const;
  bool may_go_on(curl_off_t received);
  bool is_within_raw_limit();
  bool may_use_connection();
  curl_socket_t open_socket(curlsocktype purpose, curl_sockaddr& address);

  static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self);
  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self);
  static int on_progress(void* self, curl_off_t, curl_off_t received, curl_off_t, curl_off_t);
  static curl_socket_t on_open_socket(void* self, curlsocktype purpose, curl_sockaddr* address);
  static int on_connection(void* self, char*, char*, int, int);

  const TransferSettings& settings_;
  HttpRequest request_;
  HttpClient::Done done_;
  Url first_url_;
  Url url_;  // of this hop
  const OverrideAddress* override_ = nullptr;
  StringList header_list_;
  StringList resolve_list_;
  SteadyTime started_{};
  HttpResponse response_;
  int redirects_;
  bool permanent_ = true;            // only 301 and 308 so far
  std::size_t header_bytes_ = 0;     // of all hops
  std::size_t received_before_ = 0;  // body bytes of the hops before
  std::size_t decoded_bytes_ = 0;    // of all hops
  bool expects_status_ = true;       // the next header line begins an answer
  bool head_is_over_ = false;        // of the final answer: what still comes are trailers
  bool wants_fresh_connection_ = false;
  int turns_ = 0;  // of this hop, in which something may have been received
  std::optional<std::uint64_t> raw_bytes_before_;  // what its connection had brought earlier
  std::optional<Error> refusal_;                   // why a callback of ours stopped the hop
  std::string refused_address_;
  bool is_busy_ = false;                            // the last address that was tried
  std::array<char, CURL_ERROR_SIZE> error_text_{};  // curl writes into it
  EasyHandle easy_;  // of this hop; last, so that nothing that curl points to goes before it
};

}  // namespace tidings::curl
