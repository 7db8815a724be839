// Asks publishers while somebody waits at the command line: once, or until a site's feeds are
// found.
#pragma once

#include <string>
#include <vector>

#include "app/settings.h"
#include "core/result.h"
#include "pipeline/feed_discovery.h"
#include "ports/http_client.h"

namespace tidings::app {

// Waits for the answer.
Result<HttpResponse> ask(HttpClient& http, HttpRequest request);

// The feeds of the site, the likeliest first, through the same door as the server's requests and at
// its pace. NotFound says what was tried.
Result<std::vector<pipeline::FoundFeed>> discover_feeds(const Settings& settings,
                                                        const std::string& address);

}  // namespace tidings::app
