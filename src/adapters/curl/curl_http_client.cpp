#include "adapters/curl/curl_http_client.h"

#include <pthread.h>
#include <signal.h>

#include <utility>

#include "adapters/curl/transfer_loop.h"
#include "core/check.h"

namespace tidings::curl {

Result<std::unique_ptr<CurlHttpClient>> CurlHttpClient::make(CurlSettings settings) {
  std::unique_ptr<TransferLoop> loop = TRY(TransferLoop::make(std::move(settings)));
  return std::unique_ptr<CurlHttpClient>(new CurlHttpClient(std::move(loop)));
}

CurlHttpClient::CurlHttpClient(std::unique_ptr<TransferLoop> loop)
    : loop_(std::move(loop)), thread_([this] {
        // OpenSSL writes with write(2): a peer that went away would end the process by SIGPIPE.
        sigset_t pipe;
        sigemptyset(&pipe);
        sigaddset(&pipe, SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
        pthread_setname_np(pthread_self(), "http-client");
        loop_->run();
      }) {}

CurlHttpClient::~CurlHttpClient() {
  shutdown();
}

void CurlHttpClient::send(HttpRequest request, Done done) {
  loop_->submit(std::move(request), std::move(done));
}

void CurlHttpClient::shutdown() {
  loop_->stop();
  MutexLock lock(shutdown_mutex_);
  if (!thread_.joinable()) return;
  CHECK(thread_.get_id() != std::this_thread::get_id());
  thread_.join();
}

}  // namespace tidings::curl
