#include "ports/push_store.h"

#include "core/cryptography.h"
#include "core/encoding.h"
#include "core/hash.h"
#include "core/strings.h"

namespace tidings {

std::string_view to_string(PushState state) {
  switch (state) {
    case PushState::Asked:
      return "asked";
    case PushState::Active:
      return "active";
    case PushState::Denied:
      return "denied";
    case PushState::Leaving:
      return "leaving";
  }
  return "unknown";
}

std::string push_place(SourceId id) {
  return "push/" + to_text(id);
}

std::string new_push_token(SourceId id) {
  constexpr std::size_t kRandomBytes = 32;
  return to_text(id) + "-" + base64url(random_bytes(kRandomBytes));
}

std::string delivery_prefix(SourceId id) {
  return std::string(kDeliveryPrefix) + to_text(id) + "/";
}

Object spooled(const Delivery& delivery, Time now) {
  const auto second = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  return {.key = delivery_prefix(delivery.source_id) + std::to_string(second) + "-" +
                 sha256_hex(delivery.body).substr(0, 32),
          .bytes = delivery.content_type + "\n" + delivery.body};
}

Result<Delivery> read_delivery(const Object& object) {
  const std::vector<std::string_view> parts = split(object.key, '/');
  const auto id = parts.size() == 3 ? parse_id<SourceId>(parts[1]) : std::nullopt;
  const std::size_t end = object.bytes.find('\n');
  if (!id || end == std::string::npos) return corrupt(object.key + " is no delivery of a hub");
  return Delivery{.source_id = *id,
                  .content_type = object.bytes.substr(0, end),
                  .body = object.bytes.substr(end + 1)};
}

std::optional<SourceId> source_of_token(std::string_view token) {
  const std::size_t end = token.find('-');
  if (end == std::string_view::npos) return std::nullopt;
  return parse_id<SourceId>(token.substr(0, end));
}

}  // namespace tidings
