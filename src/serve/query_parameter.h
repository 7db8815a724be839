// The parameter q: a question in the query language.
#pragma once

#include <string_view>

#include "core/result.h"
#include "core/time.h"
#include "model/query.h"
#include "serve/parameters.h"

namespace tidings::serve {

inline constexpr Parameter kQueryParameter{.name = "q", .kind = ParameterKind::Query};
inline constexpr Parameter kTimeZoneParameter{.name = "time_zone"};

// In its canonical form. Of the parameters `name` (absent: everything), time_zone (IANA's name) and
// lang (of who asks). InvalidInput with the code of the parser, and the parameter's name.
Result<Query> asked_query(const Parameters& parameters, Time now, std::string_view name = "q");

// Whether the same question means something else at another time, as one with since:7d does.
bool moves_with_the_clock(const Parameters& parameters, Time now, std::string_view name = "q");

// The zone that was asked for, or UTC. InvalidInput when there is none of that name.
Result<std::string> asked_time_zone(const Parameters& parameters);

}  // namespace tidings::serve
