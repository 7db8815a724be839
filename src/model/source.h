// A feed, news API, folder or mailbox that we follow: read once for all who follow it.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "core/result.h"
#include "core/time.h"
#include "model/source_record.h"

namespace tidings {

// How a source is read; its address tells.
enum class SourceKind {
  Feed,     // http and https: a feed document
  Api,      // api:NAME?parameter=value: a news API, as the connector of that name says
  Folder,   // folder:/path: documents that are put there
  Mailbox,  // mbox:/path and maildir:/path: newsletters
};
SourceKind kind_of(std::string_view address);
std::string_view to_string(SourceKind kind);  // "feed"

// Whether the pages behind a source's entries are fetched for their full text.
enum class FullText : std::uint8_t {
  Off,
  On,
  Automatic,  // where the entry is only the beginning of its article
};
std::string_view to_string(FullText full_text);  // "automatic"
std::optional<FullText> parse_full_text(std::string_view name);

// Where a person says what a page's parts are: a CSS selector each. Of a field that has several the
// first that finds something counts; all of `Remove` are taken out first.
struct ExtractRule {
  enum class Field : std::uint8_t { Content, Title, Authors, Published, Remove };
  Field field = Field::Content;
  std::string selector;
  friend bool operator==(const ExtractRule&, const ExtractRule&) = default;
};
std::string to_string(const ExtractRule& rule);  // "content=div.story"
// InvalidInput lists the fields. The selector is not read.
Result<ExtractRule> parse_extract_rule(std::string_view text);

// What a person decides about a source.
struct SourceSettings {
  std::string url;    // its address; unique; kind_of() says how it is read
  std::string title;  // empty: the feed's own title
  std::string site_url;
  std::string language;  // BCP 47, empty when unknown
  std::string country;   // ISO 3166-1 alpha-2, empty when unknown
  std::vector<std::string> topics;
  std::vector<std::string> folder;  // path from the root: {"News", "Germany"}
  bool enabled = true;
  std::optional<std::chrono::seconds> interval;  // fixed by a person; otherwise learned
  FullText full_text = FullText::Off;
  std::vector<ExtractRule> extract_rules;
  // Sealed: what requests to its own origin carry (headers, name and password, proxy, user agent).
  std::string access;

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
  SourceRecord record;  // note_new_articles() is the store's to call

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

// Why a person should look at a source; it can have several reasons.
enum class SourceConcern : std::uint8_t {
  Failing,  // its last fetch failed
  Dead,     // gone, or failing for four weeks and more
  Stale,    // it answers, and has brought nothing for a month, or ten times its usual interval
  Noisy,    // a flood of articles, or other bytes at every fetch with nothing new in them
};
inline constexpr SourceConcern kSourceConcerns[] = {SourceConcern::Failing, SourceConcern::Dead,
                                                    SourceConcern::Stale, SourceConcern::Noisy};
bool has_concern(const Source& source, SourceConcern concern, Time now);
std::string_view to_string(SourceConcern concern);  // "failing"
std::optional<SourceConcern> parse_source_concern(std::string_view name);

}  // namespace tidings
