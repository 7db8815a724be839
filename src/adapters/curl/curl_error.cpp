#include "adapters/curl/curl_error.h"

#include <string>
#include <system_error>

#include "core/strings.h"

namespace tidings::curl {
namespace {

// "Connection refused" → "connection refused": it continues a sentence.
std::string system_text(int system_error, std::string_view otherwise) {
  if (system_error == 0) return std::string(otherwise);
  std::string text = std::generic_category().message(system_error);
  text.front() = to_lower(text.front());
  return text;
}

Error unavailable_because(std::string message, std::string code) {
  return {ErrorKind::Unavailable, std::move(message), std::move(code)};
}

}  // namespace

Error to_error(CURLcode code, std::string_view host, std::string_view detail, int system_error) {
  const std::string at(host);
  const std::string because = detail.empty() ? curl_easy_strerror(code) : std::string(detail);
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return unavailable_because("look up " + at + ": the name has no address", "dns_failed");
    case CURLE_COULDNT_RESOLVE_PROXY:
      return unavailable_because("look up the proxy: the name has no address", "dns_failed");
    case CURLE_COULDNT_CONNECT:
      return unavailable_because(
          "connect to " + at + ": " + system_text(system_error, "no address answers"),
          "connect_failed");
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_SHUTDOWN_FAILED:
    case CURLE_USE_SSL_FAILED:
      return unavailable_because("secure connection to " + at + ": " + because, "tls_failed");
    case CURLE_URL_MALFORMAT:
      return {ErrorKind::InvalidInput, "the address of " + at + " cannot be read: " + because,
              "bad_url"};
    case CURLE_GOT_NOTHING:
      return unavailable_because(at + ": closed the connection without an answer", "bad_response");
    case CURLE_PARTIAL_FILE:
      return unavailable_because(at + ": closed the connection before the answer was complete",
                                 "bad_response");
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
      return unavailable_because(at + ": " + system_text(system_error, because), "bad_response");
    case CURLE_UNSUPPORTED_PROTOCOL:   // bytes that do not begin like HTTP
    case CURLE_BAD_FUNCTION_ARGUMENT:  // a first header line that continues nothing
    case CURLE_WEIRD_SERVER_REPLY:
      return unavailable_because(at + ": what it answers is not HTTP", "bad_response");
    case CURLE_BAD_CONTENT_ENCODING:
      return unavailable_because(at + ": the answer cannot be decompressed", "bad_response");
    default:
      return unavailable_because(at + ": " + because, "bad_response");
  }
}

}  // namespace tidings::curl
