// What tests need to ask one question over an HttpClient and wait for its answer.
#pragma once

#include <future>
#include <memory>
#include <string>
#include <utility>

#include "ports/http_client.h"

namespace tidings::support {

inline std::future<Result<HttpResponse>> ask_later(HttpClient& client, HttpRequest request) {
  // shared: std::function must be copyable, a promise is not.
  auto answer = std::make_shared<std::promise<Result<HttpResponse>>>();
  client.send(std::move(request),
              [answer](Result<HttpResponse> result) { answer->set_value(std::move(result)); });
  return answer->get_future();
}

inline Result<HttpResponse> ask(HttpClient& client, HttpRequest request) {
  return ask_later(client, std::move(request)).get();
}

inline Result<HttpResponse> get(HttpClient& client, std::string url) {
  return ask(client, HttpRequest{.url = std::move(url)});
}

}  // namespace tidings::support
