// Whatever a publisher puts into its status and headers: waits within bounds, and nothing kept that
// could not be stored or sent back. A line of the input is a header.
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "core/check.h"
#include "core/strings.h"
#include "core/utf8.h"
#include "fetch/fetcher.h"
#include "fetch/refusal.h"

namespace {

using namespace tidings;

const Time kNow = from_micros(1'764'000'000'000'000);

HttpResponse response_of(std::string_view text) {
  HttpResponse response{.url = "https://publisher.example/feed"};
  const std::size_t end = std::min(text.find('\n'), text.size());
  response.status = static_cast<int>(parse_int(text.substr(0, end)).value_or(200) % 1000);
  for (const std::string_view line : split(text.substr(std::min(end + 1, text.size())), '\n')) {
    const std::size_t colon = std::min(line.find(':'), line.size());
    const std::string_view value = line.substr(std::min(colon + 1, line.size()));
    response.headers.emplace_back(trim(line.substr(0, colon)), trim(value));
  }
  return response;
}

void check_is_between(const std::optional<Time>& time, Duration longest) {
  if (time) CHECK(*time >= kNow && *time <= kNow + longest);
}

void check_can_be_sent(std::string_view validator) {
  CHECK(validator.size() <= 1024 && is_valid_utf8(validator));
  for (const char c : validator) CHECK(c < 0 || (c >= ' ' && c != 0x7F));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using std::chrono::days;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  Source source;
  source.state.etag = "\"known\"";
  const Result<HttpResponse> response = response_of(text);
  if (response) check_is_between(fetch::stay_away_until(*response, kNow), days(3));
  const fetch::FetchResult result = fetch::read_response(source, response, kNow);
  if (result.hints.max_age)
    CHECK(result.hints.max_age->count() >= 0 && *result.hints.max_age <= days(365));
  check_is_between(result.hints.expires, days(365));
  check_is_between(result.hints.retry_after, days(3));
  if (const auto* page = std::get_if<fetch::Page>(&result.outcome)) {
    check_can_be_sent(page->etag);
    check_can_be_sent(page->last_modified);
  }
  if (const auto* failed = std::get_if<fetch::Failed>(&result.outcome)) {
    CHECK(!failed->problem.message.empty() && failed->problem.message.size() <= 500);
    CHECK(is_valid_utf8(failed->problem.message));
  }
  return 0;
}
