#include "adapters/curl/transfer.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "adapters/curl/connection_probe.h"
#include "adapters/curl/curl_error.h"
#include "core/check.h"
#include "core/strings.h"

namespace tidings::curl {
namespace {

using std::chrono::steady_clock;

// What is kept of a body that says no more than its status did.
constexpr std::size_t kUnwantedBytesMax = 65'536;
// Bytes around a body besides its head: chunk sizes, TLS records and certificates.
constexpr std::uint64_t kFramingBytesMax = 500'000;
// Over HTTP/2 others' answers come over the same connection.
constexpr std::uint64_t kSharedFactor = 10;

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

bool has_control_characters(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return (c >= 0 && c < ' ' && c != '\t') || c == 0x7F; });
}

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return is_alpha(c) || is_digit(c) ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

Error proxy_refused(const std::string& ip) {
  return {ErrorKind::Forbidden,
          "the proxy at " + ip + " is not at a public address; fetch.allowed_proxies can allow it",
          "address_refused"};
}

bool is_allowed_scheme(std::string_view address) {
  address = trim(address);
  return istarts_with(address, "http:") || istarts_with(address, "https:");
}

// "ftp", or nothing when the text does not begin with a scheme (RFC 3986 §3.1).
std::string_view scheme_of(std::string_view address) {
  address = trim(address);
  const std::string_view scheme = address.substr(0, address.find(':'));
  const bool is_scheme =
      scheme.size() < address.size() && !scheme.empty() && is_alpha(scheme.front()) &&
      std::all_of(
          scheme.begin(), scheme.end(),
          [](char c) { return is_alpha(c) || is_digit(c) || c == '+' || c == '-' || c == '.'; });
  return is_scheme ? scheme : std::string_view{};
}

// A proxy connects for us, so only addresses that stand in the URL itself can be judged before it
// is asked.
bool proxy_may_reach(const CurlSettings& settings, std::string_view host) {
  if (host == "localhost" || host.ends_with(".localhost")) host = "127.0.0.1";
  if (host.size() > 2 && host.front() == '[') host = host.substr(1, host.size() - 2);
  const std::optional<IpAddress> ip = parse_ip(host);
  return !ip || settings.policy.allows(*ip);
}

Error address_refused(const std::string& host, const std::string& ip) {
  return {ErrorKind::Forbidden,
          host + ": " + ip + " is not a public address; fetch.allowed_addresses can allow it",
          "address_refused"};
}

Result<Url> check_url(std::string_view address, const std::string& proxy,
                      const CurlSettings& settings) {
  if (!is_allowed_scheme(address) && !scheme_of(address).empty()) {
    return Error{ErrorKind::InvalidInput,
                 "the scheme \"" + std::string(scheme_of(address)) +
                     "\" is refused: only http and https are fetched",
                 "scheme_refused"};
  }
  Result<Url> url = parse_url(address);
  if (!url) return Error{ErrorKind::InvalidInput, url.error().message, "bad_url"};
  if (!proxy.empty() && !proxy_may_reach(settings, url->host))
    return address_refused(url->host, url->host);
  return url;
}

void append(StringList& list, const std::string& text) {
  curl_slist* const longer = curl_slist_append(list.get(), text.c_str());
  CHECK(longer != nullptr);
  static_cast<void>(list.release());  // the longer list begins with it
  list.reset(longer);
}

void append_header(StringList& list, std::string line, std::string_view value) {
  // ";" is how curl is told to send it empty.
  append(list, line.append(value.empty() ? ";" : ": ").append(value));
}

std::string seconds_text(std::chrono::milliseconds time) {
  std::string text = std::to_string(time.count() / 1000);
  if (time.count() % 1000 != 0) {
    text += "." + std::to_string(1000 + time.count() % 1000).substr(1);
    while (text.back() == '0') text.pop_back();
  }
  return text + " s";
}

}  // namespace

const std::string& proxy_of(const HttpRequest& request, const CurlSettings& settings) {
  return request.proxy.empty() ? settings.proxy : request.proxy;
}

Result<Url> check_request(const HttpRequest& request, const CurlSettings& settings) {
  if (!is_token(request.method)) {
    return Error{ErrorKind::InvalidInput, "the request's method is not a token", "bad_request"};
  }
  for (const HttpHeaders* headers : {&request.headers, &request.origin_headers}) {
    for (const auto& [name, value] : *headers) {
      if (!is_token(name) || has_control_characters(value)) {
        return Error{ErrorKind::InvalidInput,
                     "the request's header \"" + name + "\" cannot be sent", "bad_request"};
      }
    }
  }
  return check_url(request.url, proxy_of(request, settings), settings);
}

Transfer::Transfer(const TransferSettings& settings, KnownSockets& sockets, HttpRequest request,
                   Url url, HttpClient::Done done)
    : settings_(settings),
      sockets_(sockets),
      request_(std::move(request)),
      done_(std::move(done)),
      first_url_(url),
      url_(std::move(url)),
      started_(steady_clock::now() - request_.elapsed_before),
      redirects_(request_.redirects_before) {
  prepare_hop();
}

// A handle is never used for a second hop: libcurl 7.88 keeps a pointer into the headers of the one
// before and follows it when the first header of the next answer is folded (tests/hostile has the
// case). It also remembers there that names were overridden. A new handle costs a few microseconds;
// connections live in the multi handle.
EasyHandle Transfer::make_easy() {
  CURL* const easy = curl_easy_init();
  CHECK(easy != nullptr);
  const auto set = [easy](CURLoption option, auto value) {
    CHECK(curl_easy_setopt(easy, option, value) == CURLE_OK);
  };
  set(CURLOPT_PRIVATE, static_cast<void*>(this));
  set(CURLOPT_ERRORBUFFER, error_text_.data());
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_FOLLOWLOCATION, 0L);
  // "" also keeps the environment's out.
  set(CURLOPT_PROXY, proxy_of(request_, settings_.client).c_str());
  set(CURLOPT_ACCEPT_ENCODING, "gzip, deflate, br, zstd");
  set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  set(CURLOPT_CAINFO, settings_.client.ca_bundle.c_str());
  set(CURLOPT_CAPATH,
      static_cast<char*>(nullptr));  // with it curl would read the whole bundle for each connection
  set(CURLOPT_CA_CACHE_TIMEOUT, 24L * 3600);
  set(CURLOPT_SSL_SESSIONID_CACHE,
      0L);  // eight entries a handle: never the host that is asked next
  set(CURLOPT_MAXAGE_CONN, static_cast<long>(settings_.client.idle_connection_age_max.count()));
  set(CURLOPT_QUICK_EXIT,
      1L);  // a name that nobody resolves must not block the loop that gave it up
  set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  set(CURLOPT_HEADERFUNCTION, &Transfer::on_header);
  set(CURLOPT_HEADERDATA, static_cast<void*>(this));
  set(CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  set(CURLOPT_WRITEDATA, static_cast<void*>(this));
  set(CURLOPT_NOPROGRESS, 0L);
  set(CURLOPT_XFERINFOFUNCTION, &Transfer::on_progress);
  set(CURLOPT_XFERINFODATA, static_cast<void*>(this));
  set(CURLOPT_OPENSOCKETFUNCTION, &Transfer::on_open_socket);
  set(CURLOPT_OPENSOCKETDATA, static_cast<void*>(this));
  set(CURLOPT_PREREQFUNCTION, &Transfer::on_connection);
  set(CURLOPT_PREREQDATA, static_cast<void*>(this));
  if (wants_fresh_connection_) set(CURLOPT_FRESH_CONNECT, 1L);
  return EasyHandle(easy);
}

void Transfer::prepare_hop() {
  refusal_.reset();
  refused_address_.clear();
  is_busy_ = false;
  error_text_[0] = '\0';
  response_.status = 0;
  response_.headers.clear();
  response_.body.clear();
  expects_status_ = true;
  head_is_over_ = false;
  turns_ = 0;
  opened_sockets_.clear();
  socket_.reset();
  easy_ = make_easy();
  wants_fresh_connection_ = false;
  set_address();
  set_method();
  set_headers();
  set_limits();
}

void Transfer::set_address() {
  url_.fragment.clear();
  url_.has_fragment = false;
  response_.url = url_.to_string();
  curl_easy_setopt(easy(), CURLOPT_URL, response_.url.c_str());
  // Waiting to share a connection pays only where HTTP/2 can be agreed on.
  curl_easy_setopt(easy(), CURLOPT_PIPEWAIT, url_.scheme == "https" ? 1L : 0L);
  // Overrides tell where to connect, which is the proxy's to do.
  const bool is_direct = proxy_of(request_, settings_.client).empty();
  override_ = is_direct ? find_override(settings_.overrides, url_.host) : nullptr;
  if (override_ == nullptr) return;
  // A wildcard is one entry in curl's cache of names, however many hosts there are; curl walks that
  // cache often.
  resolve_list_.reset();
  append(resolve_list_, "*:" + std::to_string(url_.effective_port()) + ":" + override_->ip);
  curl_easy_setopt(easy(), CURLOPT_RESOLVE, resolve_list_.get());
}

void Transfer::set_method() {
  const bool is_get = request_.method == "GET", is_head = request_.method == "HEAD";
  if (is_head) curl_easy_setopt(easy(), CURLOPT_NOBODY, 1L);
  if (!is_get && !is_head) {
    curl_easy_setopt(easy(), CURLOPT_POST, 1L);
    curl_easy_setopt(easy(), CURLOPT_CUSTOMREQUEST, request_.method.c_str());
    curl_easy_setopt(easy(), CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(request_.body.size()));
    curl_easy_setopt(easy(), CURLOPT_POSTFIELDS, request_.body.data());
  }
}

void Transfer::set_headers() {
  header_list_.reset();
  const HttpHeaders none;
  const HttpHeaders& of_origin = url_.origin() == request_.origin ? request_.origin_headers : none;
  for (const auto& [name, value] : request_.headers) {
    if (header(of_origin, name).empty()) append_header(header_list_, name, value);
  }
  for (const auto& [name, value] : of_origin) append_header(header_list_, name, value);
  if (header(request_.headers, "User-Agent").empty())
    append(header_list_, "User-Agent: " + settings_.client.user_agent);
  if (!request_.body.empty())
    append(header_list_, "Expect:");  // no round trip to ask whether we may send
  curl_easy_setopt(easy(), CURLOPT_HTTPHEADER, header_list_.get());
}

void Transfer::set_limits() {
  using std::chrono::milliseconds;
  const HttpLimits& limits = request_.limits;
  const auto spent = std::chrono::duration_cast<milliseconds>(steady_clock::now() - started_);
  const auto left = std::max(limits.total_timeout - spent, milliseconds(1));
  curl_easy_setopt(easy(), CURLOPT_TIMEOUT_MS, static_cast<long>(left.count()));
  curl_easy_setopt(easy(), CURLOPT_CONNECTTIMEOUT_MS,
                   static_cast<long>(limits.connect_timeout.count()));
  curl_easy_setopt(easy(), CURLOPT_LOW_SPEED_LIMIT,
                   static_cast<long>(limits.speed_bytes_per_second_min));
  curl_easy_setopt(easy(), CURLOPT_LOW_SPEED_TIME, static_cast<long>(limits.speed_window.count()));
  curl_easy_setopt(easy(), CURLOPT_MAXFILESIZE_LARGE,
                   static_cast<curl_off_t>(limits.body_bytes_max));
}

std::optional<Result<HttpResponse>> Transfer::hop_ended(CURLcode code) {
  if (wants_fresh_connection_) {
    prepare_hop();
    return std::nullopt;
  }
  if (!is_answered()) {
    if (refusal_) return *std::exchange(refusal_, std::nullopt);
    if (code != CURLE_OK && is_busy_) {
      return Error{ErrorKind::Unavailable, url_.host + ": its server is asked enough already",
                   "address_busy"};
    }
    if (code != CURLE_OK) return failure(code);
  }
  curl_off_t received = 0;
  curl_easy_getinfo(easy(), CURLINFO_SIZE_DOWNLOAD_T, &received);
  received_before_ += static_cast<std::size_t>(received);
  if (const std::optional<std::string> target = redirect_target()) {
    Result<Url> url = check_url(*target, proxy_of(request_, settings_.client), settings_.client);
    if (!url)
      return with_context(Result<HttpResponse>(url.error()),
                          url_.host + " redirects to " + *target);
    if (std::optional<Error> refused = note_redirect(*url)) return *std::move(refused);
    if (request_.stays_in_domain &&
        registrable_domain(url->host) != registrable_domain(url_.host)) {
      response_.redirect_url = url->to_string();
      return take_response();
    }
    follow(*std::move(url));
    return std::nullopt;
  }
  return take_response();
}

// The head has said all there is to say: that its body has no end, stalls or cannot be decompressed
// changes nothing.
bool Transfer::is_answered() const {
  return head_is_over_ && response_.status >= 300;
}

HttpResponse Transfer::take_response() {
  const char* address = nullptr;
  if (settings_.client.proxy.empty()) curl_easy_getinfo(easy(), CURLINFO_PRIMARY_IP, &address);
  if (address != nullptr) response_.address = address;
  response_.redirects = redirects_;
  response_.elapsed =
      std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now() - started_);
  return std::move(response_);
}

std::optional<std::string> Transfer::redirect_target() const {
  if (!is_redirect(response_.status)) return std::nullopt;
  const std::string_view location = header(response_.headers, "Location");
  if (location.empty()) return std::nullopt;
  std::string target = resolve_url(response_.url, location);
  return target.empty() ? std::string(location) : target;
}

std::optional<Error> Transfer::note_redirect(const Url& target) {
  if (++redirects_ > request_.limits.redirects_max) {
    return Error{
        ErrorKind::Unavailable,
        url_.host + ": more than " + std::to_string(request_.limits.redirects_max) + " redirects",
        "too_many_redirects"};
  }
  permanent_ = permanent_ && (response_.status == 301 || response_.status == 308);
  if (permanent_) response_.permanent_url = target.to_string();
  return std::nullopt;
}

void Transfer::follow(Url target) {
  const bool stays = url_.origin() == target.origin();
  if (stays && target.user_info.empty()) target.user_info = url_.user_info;
  const int status = response_.status;
  const bool was_post = request_.method == "POST";
  if ((status == 303 && request_.method != "HEAD") ||
      ((status == 301 || status == 302) && was_post)) {
    request_.method = "GET";  // RFC 9110 §15.4.2 to 15.4.4, as browsers do it
    request_.body.clear();
    std::erase_if(request_.headers,
                  [](const auto& h) { return istarts_with(h.first, "Content-"); });
  }
  if (!stays) {
    std::erase_if(request_.headers, [](const auto& h) { return is_credential(h.first); });
  }
  url_ = std::move(target);
  prepare_hop();
}

Error Transfer::failure(CURLcode code) const {
  if (!refused_address_.empty() &&
      (code == CURLE_COULDNT_CONNECT || code == CURLE_OPERATION_TIMEDOUT)) {
    return request_.proxy.empty() ? address_refused(url_.host, refused_address_)
                                  : proxy_refused(refused_address_);
  }
  const HttpLimits& limits = request_.limits;
  if (code == CURLE_OPERATION_TIMEDOUT &&
      std::string_view(error_text_.data()).starts_with("Operation too slow")) {
    return {ErrorKind::Unavailable,
            url_.host + ": slower than " + std::to_string(limits.speed_bytes_per_second_min) +
                " bytes per second for " + seconds_text(limits.speed_window),
            "too_slow"};
  }
  if (code == CURLE_OPERATION_TIMEDOUT) {
    curl_off_t connected = 0;
    curl_easy_getinfo(easy(), CURLINFO_CONNECT_TIME_T, &connected);
    const bool connecting = connected == 0 && steady_clock::now() - started_ < limits.total_timeout;
    if (connecting) {
      return {
          ErrorKind::Unavailable,
          "connect to " + url_.host + ": timed out after " + seconds_text(limits.connect_timeout),
          "connect_failed"};
    }
    return {ErrorKind::Unavailable,
            url_.host + ": no complete answer within " + seconds_text(limits.total_timeout),
            "timeout"};
  }
  if (code == CURLE_FILESIZE_EXCEEDED) return too_large("body is", limits.body_bytes_max);
  // curl's own bound on one header line, 100 kB, comes as a failed allocation.
  if (code == CURLE_OUT_OF_MEMORY && response_.body.empty())
    return too_large("headers are", limits.header_bytes_max);
  long system_error = 0;
  curl_easy_getinfo(easy(), CURLINFO_OS_ERRNO, &system_error);
  return to_error(code, url_.host, error_text_.data(), static_cast<int>(system_error));
}

Error Transfer::too_large(std::string_view what, std::size_t bytes_max) const {
  return {ErrorKind::Unavailable,
          url_.host + ": the answer's " + std::string(what) + " larger than " +
              std::to_string(bytes_max) + " bytes",
          "too_large"};
}

bool Transfer::take_header(std::string_view line) {
  header_bytes_ += line.size();
  if (header_bytes_ > request_.limits.header_bytes_max) {
    refusal_ = too_large("headers are", request_.limits.header_bytes_max);
    return false;
  }
  header_line(line);
  return true;
}

void Transfer::header_line(std::string_view line) {
  if (head_is_over_) return;  // a trailer (RFC 9110 §6.5), which must not change what was said
  const bool folded = line.starts_with(' ') || line.starts_with('\t');  // RFC 9112 §5.2
  const std::string_view text = trim(line);
  if (text.empty()) {
    const bool is_interim = response_.status >= 100 && response_.status < 200;
    expects_status_ = is_interim;  // RFC 9110 §15.2
    head_is_over_ = !is_interim;
    return;
  }
  if (expects_status_) {
    long status = 0;
    curl_easy_getinfo(easy(), CURLINFO_RESPONSE_CODE, &status);
    response_.status = static_cast<int>(status);
    response_.headers.clear();
    expects_status_ = false;
    return;
  }
  if (folded) {
    if (!response_.headers.empty()) response_.headers.back().second.append(" ").append(text);
    return;
  }
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return;
  response_.headers.emplace_back(trim(text.substr(0, colon)), trim(text.substr(colon + 1)));
}

bool Transfer::take_body(std::string_view bytes) {
  if (response_.status >= 300) return take_unwanted_body(bytes);
  decoded_bytes_ += bytes.size();
  if (decoded_bytes_ > request_.limits.body_bytes_max) {
    refusal_ = too_large("body is", request_.limits.body_bytes_max);
    return false;
  }
  if (request_.may_keep && !request_.may_keep(bytes.size())) {
    refusal_ = Error{ErrorKind::Unavailable, url_.host + ": no room for its answer", "no_room"};
    return false;
  }
  response_.body.append(bytes);
  return true;
}

// False once there is more of it than anybody would read.
bool Transfer::take_unwanted_body(std::string_view bytes) {
  const std::size_t room = kUnwantedBytesMax - response_.body.size();
  response_.body.append(bytes.substr(0, room));
  return bytes.size() <= room;
}

// Compressed bytes may come without end and decode to nothing: what was received has the limit too.
bool Transfer::may_go_on(curl_off_t received) {
  if (received_before_ + static_cast<std::size_t>(received) <= request_.limits.body_bytes_max &&
      is_within_raw_limit())
    return true;
  if (!refusal_) refusal_ = too_large("body is", request_.limits.body_bytes_max);
  return false;
}

// Chunks may bring more extension than body, without end (RFC 9112 §7.1.1), and curl does not count
// it: the kernel does. Asked now and then, of answers that take a while.
bool Transfer::is_within_raw_limit() {
  constexpr int kTurnsBetween = 8;
  if (!socket_ || ++turns_ % kTurnsBetween != 0) return true;
  const std::optional<std::uint64_t> raw_bytes = bytes_received(*socket_);
  if (!raw_bytes || *raw_bytes < raw_bytes_before_) return true;
  const HttpLimits& limits = request_.limits;
  std::uint64_t bytes_max = limits.body_bytes_max + limits.header_bytes_max + kFramingBytesMax;
  if (*raw_bytes - raw_bytes_before_ > bytes_max && speaks_http2(easy()))
    bytes_max *= kSharedFactor;
  return *raw_bytes - raw_bytes_before_ <= bytes_max;
}

// What a kept connection brought when nothing was asked is not the answer to what is asked now.
bool Transfer::may_use_connection(const std::string& peer, int local_port) {
  socket_ = sockets_.find(peer, local_port, opened_sockets_);
  if (!socket_) return true;
  long connections_made = 0;
  curl_easy_getinfo(easy(), CURLINFO_NUM_CONNECTS, &connections_made);
  const bool is_kept = connections_made == 0;
  raw_bytes_before_ = is_kept ? bytes_received(*socket_).value_or(0) : 0;
  wants_fresh_connection_ = is_kept && has_stray_bytes(easy(), *socket_);
  return !wants_fresh_connection_;
}

// The guard: names are judged by what they resolve to, at the moment of connecting, so that a name
// that answers differently the second time gains nothing.
curl_socket_t Transfer::open_socket(curlsocktype purpose, curl_sockaddr& address) {
  if (purpose != CURLSOCKTYPE_IPCXN) return CURL_SOCKET_BAD;
  socket_.reset();  // a kept connection that had died, whose number may be given anew
  if (override_ != nullptr && address.family == AF_INET) {
    reinterpret_cast<sockaddr_in&>(address.addr).sin_port = htons(override_->port);
  } else if (override_ != nullptr && address.family == AF_INET6) {
    reinterpret_cast<sockaddr_in6&>(address.addr).sin6_port = htons(override_->port);
  }
  // The settings' own proxy is who runs this program's to choose.
  const CurlSettings& client = settings_.client;
  if (client.proxy.empty() || !request_.proxy.empty()) {
    const std::optional<IpAddress> ip = from_sockaddr(address.addr);
    const AddressPolicy& policy = request_.proxy.empty() ? client.policy : client.proxy_policy;
    if (!ip || !policy.allows(*ip)) {
      refused_address_ = ip ? ip->to_string() : "an address of unknown kind";
      return CURL_SOCKET_BAD;
    }
    // A name can have several addresses: one that may be asked is enough.
    is_busy_ = request_.may_connect && !request_.may_connect(ip->to_string());
    if (is_busy_) return CURL_SOCKET_BAD;
  }
  const int opened =
      socket(address.family, address.socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, address.protocol);
  if (opened >= 0) opened_sockets_.push_back(opened);
  return opened;
}

std::size_t Transfer::on_header(char* data, std::size_t size, std::size_t count, void* self) {
  return static_cast<Transfer*>(self)->take_header({data, size * count}) ? size * count : 0;
}

std::size_t Transfer::on_body(char* data, std::size_t size, std::size_t count, void* self) {
  const std::size_t bytes = size * count;
  return static_cast<Transfer*>(self)->take_body({data, bytes})
             ? bytes
             : bytes + 1;  // anything else stops it
}

int Transfer::on_progress(void* self, curl_off_t, curl_off_t received, curl_off_t, curl_off_t) {
  return static_cast<Transfer*>(self)->may_go_on(received) ? 0 : 1;
}

int Transfer::on_connection(void* self, char* ip, char*, int port, int local_port) {
  const std::string peer = std::string(ip) + " " + std::to_string(port);
  return static_cast<Transfer*>(self)->may_use_connection(peer, local_port) ? CURL_PREREQFUNC_OK
                                                                            : CURL_PREREQFUNC_ABORT;
}

curl_socket_t Transfer::on_open_socket(void* self, curlsocktype purpose, curl_sockaddr* address) {
  return static_cast<Transfer*>(self)->open_socket(purpose, *address);
}

}  // namespace tidings::curl
