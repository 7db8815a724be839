// What publishers sent, as it came: feeds payloads.
#include <functional>
#include <vector>

#include <fmt/format.h>

#include "app/commands.h"
#include "app/files.h"
#include "app/opened.h"
#include "app/wiring.h"
#include "core/compression.h"
#include "core/json_writer.h"
#include "pipeline/payload_pack.h"
#include "pipeline/raw_objects.h"

namespace tidings::app {
namespace {

using pipeline::KeptPayload;

constexpr std::size_t kPageObjects = 1000;
constexpr std::size_t kPayloadBytesMax = 1'000'000'000;

// Every payload of the source in the packs of that day, until `visit` gives false.
Result<void> for_each_payload(const ObjectStore& objects, SourceId source, Time day,
                              const std::function<Result<bool>(const KeptPayload&)>& visit) {
  const std::string prefix = pipeline::raw_day_prefix(pipeline::kRawPayloads, day);
  std::string after;
  do {
    const ObjectPage page = TRY(objects.list(prefix, after, kPageObjects));
    for (const ObjectInfo& object : page.objects) {
      if (!pipeline::is_payload_pack(object.key)) continue;
      const std::string pack = TRY(objects.get(object.key));
      const std::vector<KeptPayload> payloads =
          TRY(with_context(pipeline::payloads_in(pack), object.key));
      for (const KeptPayload& payload : payloads) {
        if (payload.source == source && !TRY(visit(payload))) return {};
      }
    }
    after = page.next;
  } while (!after.empty());
  return {};
}

Result<void> write_line(const KeptPayload& payload) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.field("received_at", payload.received_at);
  json.field("stored_bytes", payload.frame.size());
  json.end_object();
  return write_output(out + '\n');
}

Result<void> write_payload_of(const ObjectStore& objects, const Source& source, Time at) {
  bool is_found = false;
  TRY(for_each_payload(objects, source.id, at, [&](const KeptPayload& payload) -> Result<bool> {
    if (payload.received_at != at) return true;
    is_found = true;
    TRY(write_output(TRY(decompress(payload.frame, Compression::Zstd, kPayloadBytesMax))));
    return false;
  }));
  if (is_found) return {};
  return not_found(fmt::format(
      "nothing of feed {} that came at {} is kept: without --at, those of a day are listed",
      to_int(source.id), format_rfc3339(at)));
}

Result<Time> read_time(const std::string& typed) {
  if (const auto time = parse_rfc3339(typed)) return *time;
  return usage_error(
      fmt::format("--at takes a time as payloads are listed with, such as "
                  "2026-11-23T18:30:07.25Z, not '{}'",
                  typed));
}

Result<Time> read_day(const std::string& typed) {
  if (const auto time = parse_rfc3339(typed + "T00:00:00Z")) return *time;
  return usage_error(fmt::format("--day takes a day (UTC) such as 2026-11-23, not '{}'", typed));
}

Result<void> payloads(const Arguments& arguments) {
  if (arguments.words.empty()) return usage_error("name a feed by its id or address");
  const std::optional<std::string> at = arguments.get("--at"), day = arguments.get("--day");
  if (at && day) return usage_error("--at names the day too: leave --day out");
  const std::optional<Time> moment = at ? std::optional(TRY(read_time(*at))) : std::nullopt;
  const auto opened = TRY(open(arguments, Installation::MustExist));
  const Source source = TRY(find_source(opened->stores->sources(), arguments.words[0]));
  const auto objects = TRY(open_objects(opened->settings));
  if (moment) return write_payload_of(*objects, source, *moment);
  const Time listed = day ? TRY(read_day(*day)) : opened->clock.now();
  return for_each_payload(*objects, source.id, listed,
                          [](const KeptPayload& payload) -> Result<bool> {
                            TRY(write_line(payload));
                            return true;
                          });
}

}  // namespace

int run_feeds_payloads(const Arguments& arguments) {
  return report(payloads(arguments));
}

}  // namespace tidings::app
