// Certificates and HTTP/2, against an nginx of our own: the publisher speaks neither.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/curl/curl_http_client.h"
#include "core/check.h"
#include "tests/support/http.h"
#include "tests/support/publisher/publisher.h"

namespace tidings::curl {
namespace {

using ::testing::HasSubstr;

constexpr const char* kConfiguration = R"(
daemon off;
worker_processes 1;
pid {0}/pid;
error_log {0}/error.log;
events {{ worker_connections 256; }}
http {{
  access_log off;
  client_body_temp_path {0}/a; proxy_temp_path {0}/b; fastcgi_temp_path {0}/c; uwsgi_temp_path {0}/d; scgi_temp_path {0}/e;
  server {{
    listen 127.0.0.1:{1} ssl http2;
    ssl_certificate {0}/certificate.pem;
    ssl_certificate_key {0}/key.pem;
    location /to {{ return 302 $arg_to; }}
    location /key {{ return 200 "key: $http_x_api_key"; }}
    location / {{ return 200 "$server_protocol $connection $http_host"; }}
  }}
}}
)";

// nginx with a certificate for *.secure.test, which only `certificate` vouches for.
class SecureServer {
 public:
  SecureServer() {
    std::string name = (std::filesystem::temp_directory_path() / "tidings_tls_XXXXXX").string();
    CHECK(mkdtemp(name.data()) != nullptr);
    folder_ = name;
    const std::string command =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "
        "/CN=secure.test"
        " -addext subjectAltName=DNS:*.secure.test -keyout " +
        folder_ + "/key.pem -out " + certificate() + " 2>" + folder_ + "/openssl.log";
    CHECK(std::system(command.c_str()) == 0);
    const int listener = listen_on_free_port();
    std::ofstream(folder_ + "/nginx.conf")
        << fmt::format(fmt::runtime(kConfiguration), folder_, port_);
    // nginx takes the socket over: who connects before it is up waits in the backlog.
    const std::string inherited = "NGINX=" + std::to_string(listener) + ";";
    const std::string config = folder_ + "/nginx.conf", log = folder_ + "/error.log";
    child_ = fork();
    if (child_ == 0) {
      prctl(PR_SET_PDEATHSIG, SIGTERM);
      putenv(const_cast<char*>(inherited.c_str()));
      execlp("nginx", "nginx", "-e", log.c_str(), "-p", folder_.c_str(), "-c", config.c_str(),
             nullptr);
      execl("/usr/sbin/nginx", "nginx", "-e", log.c_str(), "-p", folder_.c_str(), "-c",
            config.c_str(), nullptr);
      _exit(127);
    }
    close(listener);
  }

  ~SecureServer() {
    kill(child_, SIGTERM);
    waitpid(child_, nullptr, 0);
    std::filesystem::remove_all(folder_);
  }

  SecureServer(const SecureServer&) = delete;
  SecureServer& operator=(const SecureServer&) = delete;

  std::string certificate() const { return folder_ + "/certificate.pem"; }

  CurlSettings client_settings() const {
    return {.policy = AddressPolicy({*parse_ip_range("127.0.0.0/8")}),
            .overrides = {{.suffix = ".test", .address = "127.0.0.1:" + std::to_string(port_)}}};
  }

 private:
  int listen_on_free_port() {
    const int listener = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    CHECK(bind(listener, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
          listen(listener, 128) == 0);
    CHECK(getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    port_ = ntohs(address.sin_port);
    return listener;
  }

  std::string folder_;
  int port_ = 0;
  pid_t child_ = -1;
};

class TlsTest : public ::testing::Test {
 protected:
  std::unique_ptr<CurlHttpClient> make_trusting() {
    CurlSettings settings = server_.client_settings();
    settings.ca_bundle = server_.certificate();
    return *CurlHttpClient::make(settings);
  }

  SecureServer server_;
};

TEST_F(TlsTest, SpeaksHttp2AndSharesOneConnection) {
  const auto client = make_trusting();
  std::vector<std::future<Result<HttpResponse>>> answers;
  for (int i = 0; i < 20; ++i)
    answers.push_back(support::ask_later(*client, {.url = "https://news.secure.test/"}));
  std::string first;
  for (auto& later : answers) {
    const Result<HttpResponse> answer = later.get();
    ASSERT_TRUE(answer) << answer.error().message;
    if (first.empty()) first = answer->body;
    EXPECT_EQ(answer->body, first);  // nginx names the protocol and counts the connection
  }
  EXPECT_THAT(first, HasSubstr("HTTP/2.0 "));
  EXPECT_THAT(first, HasSubstr(" news.secure.test"));
}

TEST_F(TlsTest, HostsDoNotShareAConnectionThoughTheCertificateCoversBoth) {
  const auto client = make_trusting();
  const Result<HttpResponse> a = support::get(*client, "https://a.secure.test/");
  const Result<HttpResponse> b = support::get(*client, "https://b.secure.test/");
  ASSERT_TRUE(a && b);
  EXPECT_THAT(a->body, HasSubstr(" a.secure.test"));
  EXPECT_THAT(b->body, HasSubstr(" b.secure.test"));
}

TEST_F(TlsTest, HeadersOfAnOriginStayWithItsScheme) {
  const auto plain = *publisher::Publisher::start();
  plain->add("127.0.0.1", "/feed", publisher::feed("plain"));
  plain->add("127.0.0.1", "/up", publisher::redirect(301, "https://news.secure.test/key"));
  const std::string at_plain = "http://127.0.0.1:" + std::to_string(plain->port());
  const auto client = make_trusting();
  const auto ask = [&](const std::string& url, const std::string& origin) {
    return support::ask(
        *client, {.url = url, .origin_headers = {{"X-Api-Key", "hunter2"}}, .origin = origin});
  };
  const std::string secure = "https://news.secure.test";
  EXPECT_EQ(ask(secure + "/key", secure)->body, "key: hunter2");
  EXPECT_EQ(ask(at_plain + "/up", at_plain)->body, "key: ");
  EXPECT_EQ(ask(secure + "/to?to=" + at_plain + "/feed", secure)->body, "plain");
  const auto seen = plain->seen("127.0.0.1");
  ASSERT_EQ(seen.size(), 2u);
  EXPECT_EQ(header(seen[0].headers, "X-Api-Key"), "hunter2") << "its own";
  EXPECT_EQ(header(seen[1].headers, "X-Api-Key"), "") << "https to http";
}

TEST_F(TlsTest, RefusesCertificatesThatNobodyVouchesFor) {
  const auto client = *CurlHttpClient::make(server_.client_settings());
  const Result<HttpResponse> answer = support::get(*client, "https://news.secure.test/");
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, "tls_failed");
  EXPECT_THAT(answer.error().message, HasSubstr("secure connection to news.secure.test: "));
}

TEST_F(TlsTest, RefusesCertificatesOfAnotherHost) {
  const auto client = make_trusting();
  const Result<HttpResponse> answer = support::get(*client, "https://news.other.test/");
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, "tls_failed");
}

TEST_F(TlsTest, ABundleThatIsMissingFailsEveryHandshake) {
  CurlSettings settings = server_.client_settings();
  settings.ca_bundle = "/nonexistent/bundle.pem";
  const auto client = *CurlHttpClient::make(settings);
  const Result<HttpResponse> answer = support::get(*client, "https://news.secure.test/");
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, "tls_failed");
}

}  // namespace
}  // namespace tidings::curl
