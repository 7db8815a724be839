#include "serve/problem.h"

#include "core/json_writer.h"

namespace tidings::serve {
namespace {

constexpr int kRetryAfterSeconds = 5;

// The error's own message may name files, hosts and tables: it is for the log.
std::string unavailable_detail(const Error& error) {
  if (error.code == "disk_full") return "The server's disk is full.";
  if (error.code == "database_locked" || error.code == "database_busy") {
    return "The database is busy. Try again in a moment.";
  }
  if (error.code == "overloaded") return "The server is busy. Try again in a moment.";
  return "The database does not answer as it should. The log of the server says more.";
}

Problem unavailable_problem(const Error& error) {
  return {.status = 503,
          .code = "unavailable",
          .title = "Something that the answer needs is not available",
          .detail = unavailable_detail(error),
          .retry_after_seconds = kRetryAfterSeconds};
}

std::string invalid_title(std::string_view code) {
  if (code == "query_syntax") return "The query cannot be read";
  if (code == "ratings_invalid") return "The table of ratings cannot be taken";
  if (code == "needs_account") return "The query asks for what only an account has";
  return "The request cannot be answered as it stands";
}

// "parameter_invalid/since": the problem, and the parameter that it is about.
Problem invalid_problem(const Error& error) {
  const std::size_t slash = error.code.find('/');
  const std::string code = error.code.empty() ? "request_invalid" : error.code.substr(0, slash);
  return {.status = 400,
          .code = code,
          .title = invalid_title(code),
          .detail = error.message,
          .parameter = slash == std::string::npos ? "" : error.code.substr(slash + 1)};
}

}  // namespace

Error bad_parameter(std::string_view parameter, std::string message, std::string_view code) {
  return {ErrorKind::InvalidInput, std::move(message),
          std::string(code) + "/" + std::string(parameter)};
}

ResponsePtr make_problem(const Problem& problem) {
  std::string body;
  JsonWriter json(body);
  json.begin_object();
  json.field("type", "urn:tidings:problem:" + problem.code);
  json.field("title", problem.title);
  json.field("status", problem.status);
  json.field_if("detail", problem.detail);
  json.field_if("parameter", problem.parameter);
  json.end_object();
  body += '\n';

  Headers headers = {{"Content-Type", "application/problem+json"}, {"Cache-Control", "no-store"}};
  if (problem.retry_after_seconds > 0) {
    headers.emplace_back("Retry-After", std::to_string(problem.retry_after_seconds));
  }
  if (!problem.allow.empty()) headers.emplace_back("Allow", problem.allow);
  return make_response(problem.status, headers, std::move(body));
}

Problem problem_of(const Error& error) {
  switch (error.kind) {
    case ErrorKind::InvalidInput:
      return invalid_problem(error);
    case ErrorKind::NotFound:
      return {.status = 404,
              .code = "not_found",
              .title = "There is nothing here",
              .detail = error.message};
    case ErrorKind::Conflict:
      return {.status = 409,
              .code = "conflict",
              .title = "Somebody else changed it first",
              .detail = error.message};
    case ErrorKind::Forbidden:
      return {.status = 403,
              .code = "forbidden",
              .title = "That is not allowed",
              .detail = error.message};
    case ErrorKind::RateLimited:
      return {.status = 429,
              .code = "rate_limited",
              .title = "Too many requests",
              .detail = error.message,
              .retry_after_seconds = kRetryAfterSeconds};
    case ErrorKind::Unavailable:
      return unavailable_problem(error);
    case ErrorKind::Corrupt:
      break;
  }
  return {.status = 500,
          .code = "internal",
          .title = "The server failed",
          .detail = "The log of the server says more."};
}

}  // namespace tidings::serve
