// By which names a request may call this server.
#pragma once

#include <string>
#include <string_view>

#include "serve/http.h"
#include "serve/http_server.h"

namespace tidings::serve {

// A page of another site whose name was pointed at this machine (DNS rebinding) sends its own name:
// only this machine's names are answered, and `public_name` where it is not empty.
bool is_own_host(const Request& request, std::string_view public_name);

// Whether a request may change something, as long as nobody has an account: it calls this machine
// by its own name, so it came through no proxy that others reach, and no page of another site made
// it.
bool may_write(const Request& request);

// "http://127.0.0.1:8080"
std::string url_of(const ServerSettings& settings);

// "news.example" of "https://news.example/"; empty when it is no address.
std::string host_of(const std::string& url);

}  // namespace tidings::serve
