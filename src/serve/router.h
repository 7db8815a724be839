// The routes as a table: what may be asked, by whom, with which parameters, and who answers.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/time.h"
#include "serve/http.h"
#include "serve/parameters.h"
#include "serve/response_cache.h"

namespace tidings::serve {

// Who may call a route. Declared by every one of them; until accounts exist what enforces it is
// that the server listens on loopback only.
enum class Access { Undeclared, Anyone, Reader, Editor, Admin, Operator };
std::string_view to_string(Access access);

enum class Serving {
  OnLoop,    // never blocks: memory only
  OnWorker,  // may ask a store
  AsStream,  // Server-Sent Events
};

enum class Caching {
  Never,     // made anew for every request
  ByEvents,  // kept until an event touches one of the answer's tags
};

// A request that found its route.
struct Call {
  const Parameters& parameters;
  std::string_view path_id;  // what stood for {id}
  std::string_view path;
  // Of routes on a worker that are not kept; else null.
  const Request* request = nullptr;
};

// What a handler answers with; the engine adds validators, encoding and framing.
struct Content {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  Headers headers;  // Link and the like
  // "no-store" leaves out the validators too.
  std::string cache_control = "no-cache";
  std::vector<CacheTag> tags;  // ByEvents: what it was made of
  // ByEvents: from then on it is made anew, where the question moves with the clock.
  std::optional<Time> kept_until = {};
};

using RouteHandler = std::function<Result<Content>(const Call&)>;

struct Route {
  std::string pattern;  // "/api/v1/articles/{id}": one {id} at most, a whole segment
  Access access = Access::Undeclared;
  Serving serving = Serving::OnWorker;
  Caching caching = Caching::Never;
  std::vector<Parameter> parameters;
  RouteHandler handler;  // absent for AsStream
  // A callback of others, on a worker, Caching::Never: POST as well, and a query that the handler
  // reads by itself.
  bool is_callback = false;
  // Who may replace (PUT) and remove (DELETE) what it shows, on a worker, Caching::Never; the
  // answer's tags are what that changed. Undeclared: nobody.
  Access write_access = Access::Undeclared;
};

bool takes(const Route& route, Method method);
std::string allowed_methods(const Route& route);  // "GET, HEAD, OPTIONS"

// Every route answers GET and HEAD, callbacks POST, some PUT and DELETE, and all of them OPTIONS
// with what they allow.
class Router {
 public:
  struct Match {
    std::size_t route = 0;
    std::string_view path_id;
  };

  // InvalidInput when a route does not declare its access, has no handler, or repeats another's
  // pattern: the program must not start then.
  static Result<Router> make(std::vector<Route> routes);

  std::optional<Match> find(std::string_view path) const;
  const Route& route(std::size_t index) const { return routes_[index]; }
  const std::vector<Route>& routes() const { return routes_; }

 private:
  std::vector<Route> routes_;
};

}  // namespace tidings::serve
