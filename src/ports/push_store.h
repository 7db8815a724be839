// Subscriptions at hubs (WebSub, W3C Recommendation 2018-01-23): what publishers push to us, one
// for a source at most. Adapters: sqlite, postgres, memory. Every adapter passes
// tests/contract/push_store_contract.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "core/result.h"
#include "core/time.h"
#include "ports/object_store.h"

namespace tidings {

enum class PushState : std::int16_t {
  Asked = 1,    // the hub was asked, or is to be
  Active = 2,   // it verified that we mean it, until expires_at
  Denied = 3,   // it will not; asked again much later
  Leaving = 4,  // the source went or moved: the hub is told, then this goes
};
std::string_view to_string(PushState state);  // "active"

struct PushSubscription {
  SourceId source_id{};
  std::string hub;
  std::string topic;   // what is subscribed to, as the publisher spells it
  std::string token;   // the callback's last segment, which nobody can guess
  std::string secret;  // sealed, for push_place(); empty: none was shared, pushes prove nothing
  PushState state = PushState::Asked;
  Time due_at{};  // when something is to be done about it
  std::optional<Time> verified_at, expires_at;
  std::optional<Time> last_push_at;  // that was signed as it should be
  std::optional<Time> proven_at;     // the last push that brought a new article
  std::int32_t failures = 0;         // requests to the hub in a row that came to nothing
  std::int64_t version = 0;          // the store's to count

  friend bool operator==(const PushSubscription&, const PushSubscription&) = default;
};

// Where a subscription's secret lies, for the Sealer.
std::string push_place(SourceId id);

// "123-" and 43 characters of 256 random bits; the id finds the subscription without comparing
// secrets in an index.
std::string new_push_token(SourceId id);
// The source that a token names; nothing for what is no token.
std::optional<SourceId> source_of_token(std::string_view token);

// Safe to call from many threads and processes: what was changed meanwhile is not overwritten.
// A call that returned success survives a crash. Unavailable as in ArticleStore. Removing a source
// leaves its subscription, which has to be ended first.
class PushStore {
 public:
  virtual ~PushStore() = default;

  // False, and nothing done, where the source has one.
  virtual Result<bool> add(const PushSubscription& subscription) = 0;
  // Both compare the version with the stored one: false, and nothing done, where it is gone or was
  // changed since it was read.
  virtual Result<bool> replace(const PushSubscription& subscription) = 0;
  virtual Result<bool> remove(const PushSubscription& subscription) = 0;

  virtual Result<PushSubscription> get(SourceId id) const = 0;  // NotFound
  // All, by source.
  virtual Result<std::vector<PushSubscription>> list() const = 0;
  // Those due at `now`, earliest first.
  virtual Result<std::vector<PushSubscription>> due(Time now, std::size_t limit) const = 0;
};

// A delivery that waits in the object store: who was answered "accepted" will find it read.
struct Delivery {
  SourceId source_id{};
  std::string content_type;
  std::string body;  // empty: the hub only said that there is something to fetch
};
inline constexpr std::string_view kDeliveryPrefix = "push/";
std::string delivery_prefix(SourceId id);  // of one source: "push/7/"
// Its key tells source, time and content, so that the same one sent again soon is one object.
Object spooled(const Delivery& delivery, Time now);
// Corrupt for what spooled() did not make.
Result<Delivery> read_delivery(const Object& object);

}  // namespace tidings
