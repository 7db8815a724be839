// Any bytes in any pieces: no crash, no growth beyond the limits, and the same requests however the
// bytes are cut (only where reading gives up may differ).
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "core/check.h"
#include "serve/request_parser.h"

namespace {

using namespace tidings::serve;

constexpr RequestLimits kLimits{
    .header_bytes_max = 512, .target_bytes_max = 128, .body_bytes_max = 256, .headers_max = 8};

void append(std::string& told, std::string_view text) {
  told += text;
  told += '\n';
}

std::string read_all(std::string_view input, std::size_t piece_max) {
  RequestParser parser(kLimits);
  std::string told;
  while (true) {
    switch (parser.parse()) {
      case ParseState::Failed:
        return told + "failed";
      case ParseState::Complete: {
        const Request& request = parser.request();
        append(told, to_string(request.method));
        append(told, request.target);
        append(told, request.host);
        for (const HeaderField& field : request.headers) append(told, field.value);
        append(told, request.body);
        CHECK(request.target.size() <= kLimits.target_bytes_max);
        CHECK(request.body.size() <= kLimits.body_bytes_max);
        parser.next();
        continue;
      }
      case ParseState::NeedBody:
      case ParseState::NeedMore:
        break;
    }
    if (input.empty()) return told;
    const auto room = parser.room();
    const std::size_t bytes = std::min({input.size(), room.size(), piece_max});
    std::memcpy(room.data(), input.data(), bytes);
    parser.commit(bytes);
    input.remove_prefix(bytes);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0 || size > 8192) return 0;
  const std::size_t piece_max = data[0] % 64 + 1;
  const std::string_view input(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::string whole = read_all(input, input.size());
  const std::string pieces = read_all(input, piece_max);
  CHECK(whole.starts_with(pieces) || pieces.starts_with(whole));
  return 0;
}
