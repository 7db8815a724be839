// The publisher's TLS: sound where nothing else was asked for, and spoiled in each way that was.
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "adapters/curl/curl_http_client.h"
#include "tests/support/http.h"
#include "tests/support/publisher/publisher.h"

namespace tidings::publisher {
namespace {

using namespace std::chrono_literals;
using Handshake = TlsManner::Handshake;
using InBody = TlsManner::InBody;

class PublisherTls : public ::testing::Test {
 protected:
  Result<HttpResponse> get(const std::string& url) {
    return support::ask(*client_, {.url = url, .limits = {.total_timeout = 2s}});
  }

  std::unique_ptr<Publisher> publisher_ = *Publisher::start({.tls = true});
  std::unique_ptr<curl::CurlHttpClient> client_ =
      *curl::CurlHttpClient::make(publisher_->client_settings());
};

TEST_F(PublisherTls, TheSamePagesAreThereWithItAndWithout) {
  const std::string body(500'000, 'x');
  publisher_->add("a.test", "/feed", feed(body));
  for (const std::string url : {"https://a.test/feed", "http://a.test/feed"}) {
    const Result<HttpResponse> answer = get(url);
    ASSERT_TRUE(answer) << url << ": " << answer.error().message;
    EXPECT_EQ(answer->body, body);
  }
  EXPECT_EQ(publisher_->requests("a.test"), 2);
  EXPECT_GT(publisher_->bytes_sent("a.test"), 2 * body.size());
}

TEST_F(PublisherTls, MannersShow) {
  struct Case {
    const char* why;
    TlsManner manner;
    const char* expected;  // the error's code; empty: none
  };
  using Flaw = CertificateFlaw;
  const Case cases[] = {
      {"expired", {.certificate = Flaw::Expired}, "tls_failed"},
      {"not yet valid", {.certificate = Flaw::NotYetValid}, "tls_failed"},
      {"self-signed", {.certificate = Flaw::SelfSigned}, "tls_failed"},
      {"unknown authority", {.certificate = Flaw::UnknownAuthority}, "tls_failed"},
      {"other host", {.certificate = Flaw::OtherHost}, "tls_failed"},
      {"zero byte in the name", {.certificate = Flaw::NulInName}, "tls_failed"},
      {"whole top level", {.certificate = Flaw::WholeTopLevel}, "tls_failed"},
      {"weak key", {.certificate = Flaw::WeakKey}, "tls_failed"},
      {"weak signature", {.certificate = Flaw::WeakSignature}, "tls_failed"},
      {"issued by nobody", {.certificate = Flaw::IssuedByNobody}, "tls_failed"},
      {"huge chain", {.certificate = Flaw::HugeChain}, "tls_failed"},
      {"closes", {.handshake = Handshake::Close}, "tls_failed"},
      {"closes halfway", {.handshake = Handshake::CloseHalfway}, "tls_failed"},
      {"resets", {.handshake = Handshake::Reset}, "tls_failed"},
      {"alert", {.handshake = Handshake::Alert}, "tls_failed"},
      {"garbage", {.handshake = Handshake::Garbage}, "tls_failed"},
      {"huge record", {.handshake = Handshake::HugeRecord}, "tls_failed"},
      {"plain HTTP", {.handshake = Handshake::PlainHttp}, "tls_failed"},
      {"old protocol", {.handshake = Handshake::OldProtocol}, "tls_failed"},
      {"no cipher", {.handshake = Handshake::NoCipher}, "tls_failed"},
      {"another protocol than agreed on", {.handshake = Handshake::NoProtocol}, "bad_response"},
      {"stalls", {.handshake = Handshake::Stall}, "timeout"},
      {"stalls halfway", {.handshake = Handshake::StallHalfway}, "timeout"},
      {"a corrupt record", {.in_body = InBody::CorruptRecord}, "bad_response"},
      {"an alert in the clear", {.in_body = InBody::PlainAlert}, "bad_response"},
      {"new keys", {.in_body = InBody::KeyUpdates}, ""},
      {"another handshake", {.in_body = InBody::Renegotiation}, ""},
      {"goes without a word", {.says_goodbye = false}, ""},
  };
  int number = 0;
  for (const Case& c : cases) {
    const std::string host = "host-" + std::to_string(number++) + ".test";
    Behavior behavior = feed(std::string(40'000, 'x'));
    behavior.close = !c.manner.says_goodbye;
    publisher_->add(host, "/feed", behavior);
    publisher_->set_tls(host, c.manner);
    const Result<HttpResponse> answer = get("https://" + host + "/feed");
    EXPECT_EQ(answer ? "" : answer.error().code, c.expected)
        << c.why << ": " << (answer ? "" : answer.error().message);
  }
}

}  // namespace
}  // namespace tidings::publisher
