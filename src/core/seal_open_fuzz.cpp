// Any text: no crash, and nothing opens but what was sealed.
#include <cstddef>
#include <cstdint>

#include "core/check.h"
#include "core/seal.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tidings;
  const auto load = [](KeyUse) -> Result<Keyring> { return parse_keyring(std::string(64, '7')); };
  static Sealer sealer(load);
  static const std::string sealed = *sealer.seal("hunter2", "secret/a");

  const std::string_view text(reinterpret_cast<const char*>(data), size);
  CHECK(!sealer.open(text, "secret/a"));
  // The same text over a piece of an envelope that is right.
  if (size > 1) {
    std::string changed = sealed;
    const std::size_t at = data[0] % changed.size();
    changed.replace(at, size - 1, text.substr(1));
    CHECK(changed == sealed || !sealer.open(changed, "secret/a"));
  }
  const auto plain = sealer.seal(text, text);
  CHECK(plain && sealer.open(*plain, text)->view() == text);
  if (const auto keys = parse_keyring(text)) CHECK(!keys->empty());
  return 0;
}
