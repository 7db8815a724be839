#include "serve/query_parameter.h"

#include <memory>

#include <fmt/format.h>
#include <unicode/timezone.h>

#include "query/canonical.h"
#include "query/parse.h"
#include "serve/problem.h"

namespace tidings::serve {

Result<std::string> asked_time_zone(const Parameters& parameters) {
  const std::string name(parameters.text("time_zone").value_or("UTC"));
  const std::unique_ptr<icu::TimeZone> zone(
      icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(name)));
  if (*zone == icu::TimeZone::getUnknown())
    return bad_parameter("time_zone",
                         fmt::format("'{}' is no time zone: write one of IANA's names, as in "
                                     "'Europe/Berlin'.",
                                     name));
  return name;
}

Result<Query> asked_query(const Parameters& parameters, Time now, std::string_view name) {
  const query::QueryContext context{.now = now,
                                    .time_zone = TRY(asked_time_zone(parameters)),
                                    .language = std::string(parameters.text("lang").value_or(""))};
  Result<Query> query = query::parse_query(parameters.text(name).value_or(""), context);
  if (!query) return bad_parameter(name, query.error().message, query.error().code);
  return query::canonical(*std::move(query));
}

// Read at two times that have no minute, day, month or year in common.
bool moves_with_the_clock(const Parameters& parameters, Time now, std::string_view name) {
  constexpr std::chrono::minutes kElsewhere{(2 * 366 + 40) * 24 * 60 + 61};
  const Result<Query> here = asked_query(parameters, now, name);
  const Result<Query> elsewhere = asked_query(parameters, now + kElsewhere, name);
  return !here || !elsewhere || *here != *elsewhere;
}

}  // namespace tidings::serve
