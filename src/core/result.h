// One error type for the whole program: errors are values, and a call that can fail says so in its
// type.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include <tl/expected.hpp>

namespace tidings {

enum class ErrorKind {
  InvalidInput,  // Repeating the call cannot help.
  NotFound,
  Conflict,  // Someone else changed it first: reread, then decide.
  Forbidden,
  RateLimited,  // The other side asked us to wait.
  Unavailable,  // The other side is down or slow: retry later, with backoff.
  Corrupt,      // Stored data breaks its own rules: stop, keep the evidence.
};

std::string_view to_string(ErrorKind kind);

struct Error {
  ErrorKind kind = ErrorKind::InvalidInput;
  std::string
      message;  // A sentence for people: names the place and, where there is one, the remedy.
  std::string
      code;  // What machines and metrics group by ("dns_failed"); empty where the kind says it all.

  friend bool operator==(const Error&, const Error&) = default;
};

// A value or an Error. Use only bool, *, ->, value() and error(), so that std::expected can replace
// it here.
template <class T>
class [[nodiscard]] Result {
 public:
  using value_type = T;
  Result(T value) : value_(std::move(value)) {}
  Result(Error error) : value_(tl::unexpect, std::move(error)) {}

  explicit operator bool() const { return value_.has_value(); }
  T& operator*() & { return *value_; }
  const T& operator*() const& { return *value_; }
  T&& operator*() && { return *std::move(value_); }
  T* operator->() { return &*value_; }
  const T* operator->() const { return &*value_; }
  T& value() & { return *value_; }
  const T& value() const& { return *value_; }
  T&& value() && { return *std::move(value_); }
  Error& error() & { return value_.error(); }
  const Error& error() const& { return value_.error(); }
  Error&& error() && { return std::move(value_).error(); }

 private:
  tl::expected<T, Error> value_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  using value_type = void;
  Result() = default;
  Result(Error error) : value_(tl::unexpect, std::move(error)) {}

  explicit operator bool() const { return value_.has_value(); }
  void value() const {}
  Error& error() & { return value_.error(); }
  const Error& error() const& { return value_.error(); }
  Error&& error() && { return std::move(value_).error(); }

 private:
  tl::expected<void, Error> value_;
};

// "fetch https://x: connect: timed out": context is put in front as the error rises.
template <class T>
Result<T> with_context(Result<T> result, std::string_view context) {
  if (!result) result.error().message = std::string(context) + ": " + result.error().message;
  return result;
}

inline Error invalid_input(std::string message) {
  return {ErrorKind::InvalidInput, std::move(message), {}};
}
inline Error not_found(std::string message) {
  return {ErrorKind::NotFound, std::move(message), {}};
}
inline Error unavailable(std::string message) {
  return {ErrorKind::Unavailable, std::move(message), {}};
}
inline Error corrupt(std::string message) {
  return {ErrorKind::Corrupt, std::move(message), {}};
}

}  // namespace tidings

// Unwraps a Result, or returns its Error from the enclosing function.
#define TRY(...)                                             \
  __extension__({                                            \
    auto try_result_ = (__VA_ARGS__);                        \
    if (!try_result_) return std::move(try_result_).error(); \
    std::move(try_result_).value();                          \
  })
