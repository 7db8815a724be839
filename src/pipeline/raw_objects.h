// What publishers sent, kept as it came, and what was read of documents beside it. Keys begin with
// the kind and the day, so that what is too old comes first in every listing.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/ids.h"
#include "core/time.h"
#include "ports/object_store.h"

namespace tidings::pipeline {

inline constexpr std::string_view kRawPayloads = "raw";
inline constexpr std::string_view kProcessedPayloads = "processed";

// Documents and pages are objects of their own; feeds are kept in packs: see payload_pack.h.
// "raw/<yyyy>/<mm>/<dd>/<source>-<sha256>.zst", the day by `now` in UTC.
Object raw_object(SourceId source, std::string_view payload, Time now);

// "processed/<yyyy>/<mm>/<dd>/<source>-<sha256 of the payload>.json.zst": so that a payload and
// what was read of it are found by each other.
Object processed_object(SourceId source, std::string_view payload, std::string_view json, Time now);

// One zstd frame.
std::string compressed_payload(std::string_view payload);

// "<kind>/<yyyy>/<mm>/<dd>/"
std::string raw_day_prefix(std::string_view kind, Time day);

// "raw/2026/11/23/7-ab….zst" → 2026-11-23, and so for "processed/…". Nothing for any other key.
std::optional<std::chrono::sys_days> raw_object_day(std::string_view key);

}  // namespace tidings::pipeline
