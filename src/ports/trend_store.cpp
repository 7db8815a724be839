#include "ports/trend_store.h"

#include <fmt/format.h>

namespace tidings {

Error no_such_trend(TrendId id) {
  return not_found(fmt::format("there is no trend {} now", to_int(id)));
}

Error trends_moved_on() {
  return {ErrorKind::Conflict, "another process kept a later list of trends", {}};
}

Error later_trend_checkpoint() {
  return {ErrorKind::Conflict, "there is a later checkpoint of the trends", {}};
}

}  // namespace tidings
