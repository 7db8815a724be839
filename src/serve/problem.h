// Every error leaves as problem+json (RFC 9457) with a type that programs can compare.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "serve/http.h"

namespace tidings::serve {

// `code` names the problem for good: type is "urn:tidings:problem:<code>". The list is in
// docs/api/errors.md.
struct Problem {
  int status = 400;
  std::string code;       // "parameter_invalid"
  std::string title;      // the same sentence for every occurrence
  std::string detail;     // what happened this time, and what would be right
  std::string parameter;  // the query parameter that it is about; may be empty
  int retry_after_seconds = 0;
  std::string allow;  // for 405
};

ResponsePtr make_problem(const Problem& problem);

// What a handler returns when a parameter is well-formed and wrong all the same.
Error bad_parameter(std::string_view parameter, std::string message,
                    std::string_view code = "parameter_invalid");

// The problem that a failed call is for the client. Details of Corrupt are not told.
Problem problem_of(const Error& error);

}  // namespace tidings::serve
