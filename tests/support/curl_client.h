// A client of the product and a publisher on loopback that plays every part.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "adapters/curl/curl_http_client.h"
#include "tests/support/publisher/publisher.h"

namespace tidings::curl {

inline constexpr const char* kFeed =
    "<rss version=\"2.0\"><channel><title>A feed</title></channel></rss>";

class CurlHttpClientTest : public ::testing::Test {
 protected:
  std::unique_ptr<CurlHttpClient> make(CurlSettings settings) {
    Result<std::unique_ptr<CurlHttpClient>> client = CurlHttpClient::make(std::move(settings));
    EXPECT_TRUE(client) << (client ? "" : client.error().message);
    return *std::move(client);
  }

  std::unique_ptr<publisher::Publisher> publisher_ = *publisher::Publisher::start();
  std::unique_ptr<CurlHttpClient> client_ = make(publisher_->client_settings());
};

inline std::string code_of(const Result<HttpResponse>& result) {
  return result ? "" : result.error().code;
}
inline std::string message_of(const Result<HttpResponse>& result) {
  return result ? "" : result.error().message;
}

}  // namespace tidings::curl
