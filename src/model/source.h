// A feed that we follow: fetched once for all who read it.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/ids.h"
#include "core/time.h"

namespace tidings {

// What a person decides about a source.
struct SourceSettings {
  std::string url;    // the feed's address; unique
  std::string title;  // empty: the feed's own title
  std::string site_url;
  std::string language;  // BCP 47, empty when unknown
  std::string country;   // ISO 3166-1 alpha-2, empty when unknown
  std::vector<std::string> topics;
  std::vector<std::string> folder;  // path from the root: {"News", "Germany"}
  bool enabled = true;
  std::optional<std::chrono::seconds> interval;  // fixed by a person; otherwise learned

  friend bool operator==(const SourceSettings&, const SourceSettings&) = default;
};

// What stands between us and the articles, where something does.
struct SourceProblem {
  std::string
      error_class;      // "dns_failed", "connect_failed", "timeout", "http_404", "not_a_feed", …
  std::string message;  // a plain sentence for people
  Time since{};         // when it began
  friend bool operator==(const SourceProblem&, const SourceProblem&) = default;
};

// What we remember between two fetches. Saved with the articles of the fetch, in one commit.
struct SourceState {
  std::string etag;
  std::string last_modified;
  std::uint64_t payload_hash = 0;  // of the last body: an unchanged body is not parsed again
  Time due_at{};
  std::optional<Time> last_fetched_at;    // any answer or failure
  std::optional<Time> last_succeeded_at;  // 200 with a feed, or 304
  std::optional<Time> last_new_at;        // when a fetch brought a new article: the store's to set
  std::int32_t failures = 0;              // in a row
  std::optional<SourceProblem> problem;
  bool gone = false;                        // the publisher answered 410
  double articles_per_day = 0;              // learned; 0 when unknown
  std::optional<std::int32_t> ttl_minutes;  // the feed's own wish, kept over answers without it
  std::string fetched_url;                  // where permanent redirects led; empty: settings.url,
                                            // also once what they led to fails
  std::string feed_title;                   // the feed's own title
  std::vector<std::string> hubs;

  friend bool operator==(const SourceState&, const SourceState&) = default;
};

struct Source {
  SourceId id{};
  Time added_at{};
  SourceSettings settings;
  SourceState state;

  // The person's own, else the feed's, else the address without what all addresses share.
  std::string title() const;
  const std::string& fetch_url() const {
    return state.fetched_url.empty() ? settings.url : state.fetched_url;
  }
};

enum class SourceHealth { New, Ok, Failing, Gone, Disabled };
SourceHealth health(const Source& source);
std::string_view to_string(SourceHealth health);

}  // namespace tidings
