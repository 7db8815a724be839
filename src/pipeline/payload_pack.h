// Payloads of feeds as they are kept: those of one commit in one object, since a file for each
// costs more processor time than parsing it does, and in a bucket a request for each costs money.
//
// A pack is a zstd stream (RFC 8878): before the frame of a payload stands a skippable frame
// (§3.1.2) that says whose it is, so that `zstd -d` prints a pack's payloads one after the other.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "core/result.h"
#include "core/time.h"
#include "ports/object_store.h"

namespace tidings::pipeline {

// A payload as it lies in a pack; packs are these one after the other.
std::string packed_payload(SourceId source, std::string_view payload, Time received_at);

// "raw/<yyyy>/<mm>/<dd>/<hhmmss>-<digest>.pack.zst", in UTC.
Object payload_pack(std::string packed_payloads, Time now);

// Of the objects below the prefix of raw payloads.
bool is_payload_pack(std::string_view key);

struct KeptPayload {
  SourceId source{};
  Time received_at{};
  std::string_view frame;  // of the pack's bytes: the payload, compressed
};

// In the order in which they were stored. Corrupt (with the offset) when it is no pack.
Result<std::vector<KeptPayload>> payloads_in(std::string_view pack);

}  // namespace tidings::pipeline
