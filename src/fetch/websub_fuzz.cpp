// Any bytes as a callback's query, a signature and a Link field: no crash, and no signature that
// was not made with the secret.
#include <cstddef>
#include <cstdint>

#include "core/check.h"
#include "core/url.h"
#include "fetch/websub.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tidings;
  using namespace tidings::fetch;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto call = read_hub_call(text)) {
    CHECK(!call->topic.empty() && call->lease.count() >= 0);
    CHECK(call->kind == HubCall::Kind::Denied || !call->challenge.empty());
  }
  CHECK(!is_signed(text, "a secret that the fuzzer does not know", "body"));
  const HubLinks links = hub_links({{"Link", std::string(text)}}, "https://a.example/feed");
  CHECK(links.hubs.size() <= 10);
  for (const std::string& hub : links.hubs) CHECK(parse_url(hub));
  // What we write we read.
  const std::string form =
      hub_form({.callback = std::string(text), .topic = "t" + std::string(text)});
  const std::string query = form + "&hub.challenge=c";
  if (text.find('+') == std::string_view::npos) {
    const auto call = read_hub_call(query);
    CHECK(call && call->topic == "t" + std::string(text));
  }
  return 0;
}
