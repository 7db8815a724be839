// Puts what a publisher asks for into a request to it.
#pragma once

#include "model/access.h"
#include "ports/http_client.h"

namespace tidings::fetch {

// User agent and proxy for the whole request; the headers for hops to their own origin alone, on
// whatever way the request comes there.
void carry_access(HttpRequest& request, const SourceAccess& access);

}  // namespace tidings::fetch
