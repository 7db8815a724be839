#include "pipeline/payload_pack.h"

#include <cstdint>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "core/hash.h"
#include "pipeline/raw_objects.h"

namespace tidings::pipeline {
namespace {

constexpr std::string_view kEnding = ".pack.zst";

// A skippable frame's magic number and the size of what follows, as little-endian u32; then, as
// little-endian u64, the source, the microseconds since 1970 and the size of the payload's frame.
constexpr std::string_view kFrameHead("\x51\x2A\x4D\x18\x18\x00\x00\x00", 8);
constexpr std::size_t kNumberBytes = 8;
constexpr std::size_t kLabelBytes = kFrameHead.size() + 3 * kNumberBytes;

void append_number(std::string& out, std::uint64_t number) {
  for (std::size_t i = 0; i < kNumberBytes; ++i) out += static_cast<char>(number >> 8 * i & 0xFF);
}

std::uint64_t take_number(std::string_view& bytes) {
  std::uint64_t number = 0;
  for (std::size_t i = kNumberBytes; i > 0; --i)
    number = number << 8 | static_cast<unsigned char>(bytes[i - 1]);
  bytes.remove_prefix(kNumberBytes);
  return number;
}

}  // namespace

std::string packed_payload(SourceId source, std::string_view payload, Time received_at) {
  const std::string frame = compressed_payload(payload);
  std::string packed(kFrameHead);
  packed.reserve(kLabelBytes + frame.size());
  append_number(packed, static_cast<std::uint64_t>(to_int(source)));
  append_number(packed, static_cast<std::uint64_t>(to_micros(received_at)));
  append_number(packed, frame.size());
  return packed += frame;
}

Object payload_pack(std::string packed_payloads, Time now) {
  const auto second = std::chrono::floor<std::chrono::seconds>(now);
  return {.key = fmt::format("{}{:%H%M%S}-{:016x}{}", raw_day_prefix(kRawPayloads, now), second,
                             hash64(packed_payloads), kEnding),
          .bytes = std::move(packed_payloads)};
}

bool is_payload_pack(std::string_view key) {
  return key.starts_with(kRawPayloads) && key.ends_with(kEnding);
}

Result<std::vector<KeptPayload>> payloads_in(std::string_view pack) {
  std::vector<KeptPayload> payloads;
  std::string_view rest = pack;
  while (!rest.empty()) {
    const std::size_t offset = pack.size() - rest.size();
    if (rest.size() < kLabelBytes || !rest.starts_with(kFrameHead))
      return corrupt(fmt::format("no payload begins at byte {}", offset));
    rest.remove_prefix(kFrameHead.size());
    KeptPayload payload{.source = SourceId(static_cast<std::int64_t>(take_number(rest)))};
    payload.received_at = from_micros(static_cast<std::int64_t>(take_number(rest)));
    const std::uint64_t frame_bytes = take_number(rest);
    if (frame_bytes > rest.size())
      return corrupt(fmt::format("the payload at byte {} is cut off", offset));
    payload.frame = rest.substr(0, frame_bytes);
    rest.remove_prefix(frame_bytes);
    payloads.push_back(payload);
  }
  return payloads;
}

}  // namespace tidings::pipeline
