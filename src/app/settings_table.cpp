#include "app/settings_table.h"

#include <algorithm>
#include <thread>

#include "app/settings.h"

namespace tidings::app {
namespace {

using namespace std::chrono;

Result<std::int64_t> read_integer(std::string_view text, std::int64_t low, std::int64_t high) {
  const auto value = parse_int(trim(text));
  if (!value || *value < low || *value > high) {
    return invalid_input(fmt::format("'{}' is not a whole number from {} to {}", text, low, high));
  }
  return *value;
}

// `field` gives the place in Settings; anything that converts from and to a whole number.
template <class Field>
Setting integer(std::string key, std::string help, std::int64_t low, std::int64_t high,
                Field field) {
  return {std::move(key), std::move(help),
          [field](const Settings& settings) {
            return fmt::format("{}",
                               static_cast<std::int64_t>(field(const_cast<Settings&>(settings))));
          },
          [field, low, high](Settings& settings, std::string_view text) -> Result<void> {
            using Value = std::remove_reference_t<decltype(field(settings))>;
            field(settings) = static_cast<Value>(TRY(read_integer(text, low, high)));
            return {};
          }};
}

// A duration, as whole `Unit`s.
template <class Unit, class Field>
Setting duration(std::string key, std::string help, std::int64_t low, std::int64_t high,
                 Field field) {
  return {std::move(key), std::move(help),
          [field](const Settings& settings) {
            const auto& value = field(const_cast<Settings&>(settings));
            return fmt::format("{}", duration_cast<Unit>(value).count());
          },
          [field, low, high](Settings& settings, std::string_view text) -> Result<void> {
            field(settings) = Unit(TRY(read_integer(text, low, high)));
            return {};
          }};
}

// A limit that "none" lifts. `make` turns the number into the limit, `count` back.
template <class Field, class Make, class Count>
Setting limit(std::string key, const std::string& help, Field field, Make make, Count count) {
  constexpr std::int64_t kHighest = 1'000'000'000'000'000;
  return {std::move(key), help + "; none: no limit",
          [field, count](const Settings& settings) {
            const auto& value = field(const_cast<Settings&>(settings));
            return value ? fmt::format("{}", count(*value)) : std::string("none");
          },
          [field, make](Settings& settings, std::string_view text) -> Result<void> {
            if (trim(text) == "none") {
              field(settings).reset();
            } else {
              field(settings) = make(TRY(read_integer(text, 1, kHighest)));
            }
            return {};
          }};
}

template <class Field>
Setting days_limit(std::string key, const std::string& help, Field field) {
  return limit(
      std::move(key), help, field, [](std::int64_t n) { return days(n); },
      [](days value) { return value.count(); });
}

template <class Field>
Setting count_limit(std::string key, const std::string& help, Field field) {
  return limit(
      std::move(key), help, field, [](std::int64_t n) { return n; },
      [](std::int64_t value) { return value; });
}

template <class Field>
Setting text(std::string key, std::string help, Field field) {
  return {std::move(key), std::move(help),
          [field](const Settings& settings) {
            return std::string(field(const_cast<Settings&>(settings)));
          },
          [field](Settings& settings, std::string_view value) -> Result<void> {
            field(settings) = std::string(value);
            return {};
          }};
}

template <class Field>
Setting flag(std::string key, std::string help, Field field) {
  return {std::move(key), std::move(help),
          [field](const Settings& settings) {
            return field(const_cast<Settings&>(settings)) ? std::string("true")
                                                          : std::string("false");
          },
          [field](Settings& settings, std::string_view value) -> Result<void> {
            if (value != "true" && value != "false") {
              return invalid_input(fmt::format("'{}' is neither true nor false", value));
            }
            field(settings) = value == "true";
            return {};
          }};
}

#define FIELD(path) [](Settings& settings) -> auto& { return settings.path; }

void append(std::vector<Setting>& table, std::vector<Setting> more) {
  std::move(more.begin(), more.end(), std::back_inserter(table));
}

std::vector<Setting> general_settings() {
  return {
      text("data_folder",
           "folder for everything that is kept: the embedded database and the object store",
           [](Settings& settings) -> std::filesystem::path& { return settings.data; }),
      text("node", "this node's name among those that share a database; empty: the host's name",
           FIELD(node)),
      text("roles", "what this process does: fetch, process, serve", FIELD(roles)),
      text("log.level", "debug, info, warn or error", FIELD(log_level)),
      text("database.url", "postgres://user:password@host/name; empty: SQLite in the data folder",
           FIELD(database)),
      integer("database.connections", "connections for reading", 1, 256,
              FIELD(database_connections)),
      text("secrets.key_file",
           "file of the keys that seal secrets, readable by its owner alone; empty: tidings.key in "
           "the data folder. The variable TIDINGS_SECRETS_KEY holds keys itself and wins over both",
           FIELD(secrets_key_file)),
      flag("sources.starter_catalog", "follow the starter catalogue when the database is new",
           FIELD(starter_catalog)),
      text("sources.connectors_folder",
           "folder of your own connector files, NAME.toml; empty: connectors in the data folder",
           FIELD(connectors_folder)),
  };
}

std::vector<Setting> fetch_settings() {
  return {
      text("fetch.user_agent", "how publishers see us", FIELD(fetch.user_agent)),
      integer("fetch.transfers_max", "transfers in flight", 1, 4096,
              FIELD(transfers.transfers_max)),
      integer("fetch.sources_held_max", "sources claimed and not yet stored", 16, 65'536,
              FIELD(refresh.sources_held_max)),
      integer("fetch.bytes_held_max",
              "bytes of answers in memory, from the first one to the commit; twice body_bytes_max "
              "where that is more",
              1'000'000, 100'000'000'000, FIELD(transfers.bytes_held_max)),
      integer("fetch.body_bytes_max", "largest feed, also after decompression", 1'000, 100'000'000,
              FIELD(fetch.limits.body_bytes_max)),
      duration<milliseconds>("fetch.connect_timeout_ms", "patience for a connection", 10, 300'000,
                             FIELD(fetch.limits.connect_timeout)),
      duration<milliseconds>("fetch.total_timeout_ms",
                             "patience for a whole answer, redirects included", 100, 3'600'000,
                             FIELD(fetch.limits.total_timeout)),
      integer("fetch.redirects_max", "redirects followed", 0, 20,
              FIELD(fetch.limits.redirects_max)),
      integer("fetch.domain_transfers_max", "transfers in flight to one registrable domain", 1, 64,
              FIELD(transfers.pacing.in_flight_max)),
      duration<milliseconds>("fetch.domain_gap_ms",
                             "pause between starts of transfers to one registrable domain", 0,
                             3'600'000, FIELD(transfers.pacing.gap)),
      text("fetch.allowed_addresses",
           "address ranges besides public ones that may be connected to: 10.0.0.0/8,::1",
           FIELD(allowed_addresses)),
      text("fetch.allowed_proxies",
           "address ranges besides public and allowed ones where the proxy of a single feed may be",
           FIELD(allowed_proxies)),
      text("fetch.host_overrides", "hosts that are sent to an address: .test=127.0.0.1:8081",
           FIELD(host_overrides)),
      text("fetch.proxy", "http://host:port; empty: none", FIELD(http.proxy)),
      text("fetch.ca_bundle", "certificates that are trusted", FIELD(http.ca_bundle)),
      integer("fetch.workers", "threads that parse; 0: one per core", 0, 256,
              FIELD(refresh.workers)),
  };
}

std::vector<Setting> schedule_settings() {
  constexpr std::int64_t kDaySeconds = 86'400;
  return {
      duration<seconds>("schedule.interval_seconds_min",
                        "shortest time between two fetches of a feed", 1, kDaySeconds,
                        FIELD(refresh.schedule.floor)),
      duration<seconds>("schedule.interval_seconds_max",
                        "longest time between two fetches of a feed", 1, 30 * kDaySeconds,
                        FIELD(refresh.schedule.ceiling)),
      duration<seconds>("schedule.unknown_interval_seconds",
                        "for a feed of which nothing is known yet", 1, kDaySeconds,
                        FIELD(refresh.schedule.unknown_interval)),
      duration<seconds>("schedule.fixed_interval_seconds_min",
                        "shortest interval that a person can fix", 1, kDaySeconds,
                        FIELD(refresh.schedule.fixed_interval_min)),
      duration<seconds>("schedule.failure_seconds_min",
                        "wait after a first failure; doubled for each further one", 1, kDaySeconds,
                        FIELD(refresh.schedule.failure_backoff_min)),
  };
}

std::vector<Setting> websub_settings() {
  constexpr std::int64_t kDaySeconds = 86'400;
  constexpr std::int64_t kWaitingBytesMax = 1'000'000'000'000;
  return {
      duration<seconds>("websub.lease_seconds", "how long a subscription is asked for; hubs decide",
                        60, 365 * kDaySeconds, FIELD(push.lease)),
      duration<seconds>("websub.safety_interval_seconds",
                        "between two fetches of a feed whose hub has proven to push what it "
                        "publishes",
                        60, 30 * kDaySeconds, FIELD(refresh.push_safety_interval)),
      duration<seconds>("websub.scan_interval_seconds",
                        "between two looks for feeds that name a hub", 1, kDaySeconds,
                        FIELD(push.scan_interval)),
      duration<seconds>("websub.retry_seconds_min",
                        "wait for a hub that did not verify; doubled with each failure", 1,
                        kDaySeconds, FIELD(push.retry_min)),
      flag("websub.secret_over_http",
           "share a secret with hubs that speak no https: who listens can forge what they push. "
           "false: their pushes only make us ask the publisher",
           FIELD(push.secret_over_http)),
      integer("websub.waiting_bytes_max",
              "deliveries on the disk that are not read yet; beyond: hubs are asked to send again",
              32'000'000, kWaitingBytesMax, FIELD(serve.push_bytes_waiting_max)),
  };
}

std::vector<Setting> keeping_settings() {
  return {
      integer("store.commit_refreshes_max", "refreshes that share a commit", 1, 4096,
              FIELD(refresh.commit.commit_refreshes_max)),
      flag("analysis.learn_topics",
           "learn what speaks for a topic from the tags of one's own feeds", FIELD(learn_topics)),
      text("stories.publisher_families",
           "file of your own lines \"domain<tab>publisher\": which domains are editions of one "
           "publisher, on top of those that the program knows",
           FIELD(publisher_families)),
      text("stories.topic_weights",
           "how much stories of a topic count, by its label or code: sport=0.5,politics=2; others "
           "count 1",
           FIELD(topic_weights)),
      flag("keep.raw", "store every payload, so that later versions can read it again",
           FIELD(refresh.commit.keep_raw)),
      days_limit("retention.raw_days_max", "age of raw payloads", FIELD(retention.raw_age_max)),
      count_limit("retention.raw_bytes_max", "size of all raw payloads",
                  FIELD(retention.raw_bytes_max)),
      days_limit("retention.body_days_max", "age of article bodies", FIELD(retention.body_age_max)),
      count_limit("retention.body_bytes_max", "size of all article bodies",
                  FIELD(retention.body_bytes_max)),
      days_limit("retention.article_days_max", "age of articles", FIELD(retention.article_age_max)),
      count_limit("retention.articles_max", "number of articles", FIELD(retention.articles_max)),
      days_limit("retention.event_days_max", "age of events that every consumer has read",
                 FIELD(retention.event_age_max)),
      days_limit("retention.rollup_hours_days_max",
                 "age of counts by the hour of sources, publishers, entities and places; older "
                 "ones are kept by the day",
                 FIELD(retention.rollup_hours_age_max)),
      days_limit("retention.rollup_singles_days_max",
                 "age of counts of entities and places that one article of a day had",
                 FIELD(retention.rollup_singles_age_max)),
      integer("retention.disk_free_bytes_min",
              "below it raw payloads go whatever their age, and article bodies no longer grow", 0,
              1'000'000'000'000, FIELD(retention.disk_free_bytes_min)),
      duration<minutes>("retention.interval_minutes", "between two sweeps", 1, 10'080,
                        FIELD(retention.interval)),
  };
}

std::vector<Setting> serve_settings() {
  return {
      text("serve.address", "where to listen; loopback only until accounts exist",
           FIELD(serve.http.address)),
      integer("serve.port", "0: any free port", 0, 65'535, FIELD(serve.http.port)),
      text("serve.public_url",
           "where readers reach this server, as a proxy publishes it; its host is answered beside "
           "localhost, and feeds name it. Empty: http://<address>:<port>",
           FIELD(serve.public_url)),
  };
}

// Edits it takes to turn one key into the other (Levenshtein).
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row.back();
}

}  // namespace

const std::vector<Setting>& settings_table() {
  static const std::vector<Setting> kTable = [] {
    std::vector<Setting> table = general_settings();
    append(table, fetch_settings());
    append(table, schedule_settings());
    append(table, websub_settings());
    append(table, keeping_settings());
    append(table, serve_settings());
    return table;
  }();
  return kTable;
}

Result<const Setting*> find_setting(std::string_view key) {
  const auto& table = settings_table();
  const auto found =
      std::find_if(table.begin(), table.end(), [&](const Setting& one) { return one.key == key; });
  if (found != table.end()) return &*found;
  std::vector<std::string> known;
  known.reserve(table.size());
  for (const Setting& setting : table) known.push_back(setting.key);
  return not_found(
      fmt::format("there is no setting '{}'; the nearest is '{}', `tidings settings` lists all",
                  key, nearest(key, known)));
}

const std::string& nearest(std::string_view name, const std::vector<std::string>& known) {
  return *std::min_element(known.begin(), known.end(),
                           [&](const std::string& a, const std::string& b) {
                             return distance(name, a) < distance(name, b);
                           });
}

std::string environment_name(std::string_view key) {
  std::string name = "TIDINGS_";
  for (const char c : key)
    name += c == '.' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  return name;
}

}  // namespace tidings::app
