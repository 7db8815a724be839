// How a service writes its times: read and written by one declaration.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "core/time.h"

namespace tidings::connectors {

struct TimeFormat {
  enum class Kind {
    Any,  // as text/date.h reads the dates of feeds
    Rfc3339,
    EpochSeconds,
    EpochMilliseconds,
    Pattern
  };
  Kind kind = Kind::Any;
  std::string pattern;  // "YYYYMMDDThhmmssZ": YYYY, MM, DD, hh, mm, ss in any order, in UTC; other
                        // signs stand for themselves
  friend bool operator==(const TimeFormat&, const TimeFormat&) = default;
};

// "any", "rfc3339", "epoch_seconds", "epoch_milliseconds", or a pattern with YYYY, MM and DD.
Result<TimeFormat> parse_time_format(std::string_view text);

// Nothing for what is not of the format. Numbers of an epoch may have a fraction.
std::optional<Time> read_time(const TimeFormat& format, std::string_view text);

// Any is written as RFC 3339. Whole seconds.
std::string write_time(const TimeFormat& format, Time time);

}  // namespace tidings::connectors
