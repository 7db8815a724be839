// CHECK is for our own mistakes, on in release builds, never for input.
#pragma once

namespace tidings {

[[noreturn]] void check_failed(const char* condition, const char* file, int line);

}  // namespace tidings

#define CHECK(condition)                                       \
  do {                                                         \
    if (!(condition)) [[unlikely]]                             \
      ::tidings::check_failed(#condition, __FILE__, __LINE__); \
  } while (false)
