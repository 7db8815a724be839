// From what a handler says to what is written: encoding, validators, and the form that says "not
// modified".
#pragma once

#include <cstddef>
#include <memory>

#include "serve/negotiation.h"
#include "serve/response_cache.h"
#include "serve/router.h"

namespace tidings::serve {

// A 200 that may be stored by the client gets a strong ETag (a hash of its body, and of its
// encoding by name), Vary and a 304 twin; anything else has none. Bodies above 1 KiB are compressed
// when `encoding` says so.
std::shared_ptr<const CachedResponse> make_answer(Content content, Encoding encoding,
                                                  std::size_t route);

}  // namespace tidings::serve
