// For programs that measure: what fails ends them, and says why.
#pragma once

#include <stdexcept>
#include <utility>

#include "core/result.h"

namespace tidings::bench {

template <class Value>
Value must(Result<Value> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return *std::move(result);
}
inline void must(const Result<void>& result) {
  if (!result) throw std::runtime_error(result.error().message);
}

}  // namespace tidings::bench
