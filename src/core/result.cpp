#include "core/result.h"

namespace tidings {

std::string_view to_string(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::InvalidInput:
      return "invalid_input";
    case ErrorKind::NotFound:
      return "not_found";
    case ErrorKind::Conflict:
      return "conflict";
    case ErrorKind::Forbidden:
      return "forbidden";
    case ErrorKind::RateLimited:
      return "rate_limited";
    case ErrorKind::Unavailable:
      return "unavailable";
    case ErrorKind::Corrupt:
      return "corrupt";
  }
  return "unknown";
}

}  // namespace tidings
