// Which feeds are followed: every command works on the stores, and a running server notices by the
// event log.
#include <functional>
#include <map>
#include <set>
#include <span>

#include <fmt/format.h>

#include "app/access_options.h"
#include "app/commands.h"
#include "app/connector_files.h"
#include "app/feed_lookup.h"
#include "app/feed_options.h"
#include "app/files.h"
#include "app/opened.h"
#include "app/settings_options.h"
#include "core/json_writer.h"
#include "core/url.h"
#include "serve/source_json.h"
#include "sources/catalog.h"
#include "sources/opml.h"

namespace tidings::app {
namespace {

// Where a source would be asked for: held against its connector, or found from its site.
Result<std::string> source_address(const Arguments& arguments, const Settings& settings,
                                   const std::string& typed) {
  const std::string address = TRY(checked_address(settings, TRY(read_address(typed))));
  if (!arguments.has("--discover") || kind_of(address) != SourceKind::Feed) return address;
  return TRY(discover_feeds(settings, address)).front().url;
}

// "https://a.example/feed" of "http://a.example/feed", and the other way; empty for what has none.
std::string in_other_scheme(const std::string& address) {
  Result<Url> url = parse_url(address);
  if (!url || url->port != 0) return {};
  url->scheme = url->scheme == "http" ? "https" : "http";
  return url->to_string();
}

// http and https lead to one feed: an address that is followed in the other scheme, or stands
// further up in the list, is written as it is there, so that nothing is fetched twice.
Result<void> use_known_schemes(const SourceStore& sources, std::vector<SourceSettings>& wanted) {
  std::set<std::string> seen;
  for (SourceSettings& source : wanted) {
    const std::string other = in_other_scheme(source.url);
    if (!other.empty() && !sources.find_by_url(source.url)) {
      const Result<Source> known = sources.find_by_url(other);
      if (!known && known.error().kind != ErrorKind::NotFound) return known.error();
      if (known || (seen.contains(other) && !seen.contains(source.url))) source.url = other;
    }
    seen.insert(source.url);
  }
  return {};
}

// Of APIs that were added and cannot be asked yet.
void note_missing_keys(const Settings& settings, const SecretStore& secrets,
                       std::span<const SourceSettings> sources) {
  for (const SourceSettings& source : sources) {
    const std::string secret = secret_of(settings, source.url);
    if (secret.empty() || secrets.get(secret)) continue;
    write_error(fmt::format("tidings: {} needs a key: `tidings secrets set {}` sets it\n",
                            source.url, secret));
  }
}

// What its requests carry is sealed for the source by its id, so a new one is not asked for before
// it has that.
Result<void> give_access(Opened& opened, AccessOptions& access,
                         std::span<const SourceSettings> wanted,
                         std::span<const SourceAdded> added) {
  SourceStore& sources = opened.stores->sources();
  for (std::size_t i = 0; i < added.size(); ++i) {
    if (!added[i].is_new) {
      write_error(fmt::format("tidings: {} is followed already: `tidings feeds set` changes it\n",
                              wanted[i].url));
      continue;
    }
    const Source source = TRY(sources.get(added[i].id));
    SourceSettings settings = source.settings;
    settings.access = TRY(access.apply(opened, source, settings.url));
    settings.enabled = true;
    TRY(sources.set(source.id, settings));
  }
  return {};
}

Result<void> add(const Arguments& arguments) {
  if (arguments.words.empty()) return usage_error("feeds add takes the address of a feed");
  AccessOptions access = TRY(AccessOptions::read(arguments));
  const Settings settings = TRY(settings_from(arguments));
  std::vector<SourceSettings> wanted;
  wanted.reserve(arguments.words.size());
  SourceSettings described = TRY(with_options({}, arguments));
  described.enabled = !access.is_given();
  for (const std::string& typed : arguments.words) {
    wanted.push_back(described);
    wanted.back().url = TRY(source_address(arguments, settings, typed));
  }
  const auto opened = TRY(open(arguments, Installation::MadeWhenAbsent));
  TRY(use_known_schemes(opened->stores->sources(), wanted));
  TRY(access.prepare(*opened, wanted));
  const std::vector<SourceAdded> added = TRY(opened->stores->sources().add(wanted));
  if (access.is_given()) TRY(give_access(*opened, access, wanted, added));
  note_missing_keys(settings, opened->stores->secrets(), wanted);
  std::string out;
  for (std::size_t i = 0; i < added.size(); ++i) {
    JsonWriter json(out);
    json.begin_object();
    json.field("id", to_int(added[i].id));
    json.field("url", wanted[i].url);
    json.field("is_new", added[i].is_new);
    json.end_object();
    out += '\n';
  }
  return write_output(out);
}

// Finds all of them before it changes the first: a name that is wrong changes nothing.
Result<void> for_each_named(const Arguments& arguments,
                            const std::function<Result<void>(Opened&, const Source&)>& change) {
  if (arguments.words.empty()) return usage_error("name a feed by its id or address");
  const auto opened = TRY(open(arguments, Installation::MustExist));
  const SourceStore& sources = opened->stores->sources();
  std::map<SourceId, Source> named;
  for (const std::string& name : arguments.words) {
    Source source = TRY(find_source(sources, name));
    named.emplace(source.id, std::move(source));
  }
  for (const auto& [id, source] : named) TRY(change(*opened, source));
  return {};
}

Result<void> set(const Arguments& arguments) {
  if (arguments.has("--url") && arguments.words.size() > 1)
    return usage_error("--url is the address of one feed: name one");
  // Before anything is opened or changed.
  const std::string url = TRY(with_options({}, arguments)).url;
  const std::string checked = TRY(checked_address(TRY(settings_from(arguments)), url));
  AccessOptions access = TRY(AccessOptions::read(arguments));
  return for_each_named(arguments, [&](Opened& opened, const Source& source) -> Result<void> {
    SourceSettings settings = TRY(with_options(source.settings, arguments));
    if (!checked.empty()) settings.url = checked;
    settings.access = TRY(access.apply(opened, source, settings.url));
    return opened.stores->sources().set(source.id, settings);
  });
}

Result<std::optional<SourceConcern>> concern_of(const Arguments& arguments) {
  const auto name = arguments.get("--health");
  if (!name) return std::optional<SourceConcern>();
  const std::optional<SourceConcern> concern = parse_source_concern(*name);
  if (!concern) return usage_error("--health is failing, dead, stale or noisy");
  return concern;
}

Result<void> list(const Arguments& arguments) {
  const std::optional<SourceConcern> concern = TRY(concern_of(arguments));
  const SourceQuery query = TRY(source_query(arguments));
  const auto opened = TRY(open(arguments, Installation::MustExist));
  const Time now = SystemClock().now();
  std::string out;
  for (const Source& source : TRY(all_sources(opened->stores->sources(), query))) {
    if (concern && !has_concern(source, *concern, now)) continue;
    JsonWriter json(out);
    serve::write_source(json, source);
    out += '\n';
  }
  return write_output(out);
}

Result<std::vector<SourceSettings>> feeds_to_import(const Arguments& arguments) {
  if (arguments.words.empty() != arguments.has("--starter"))
    return usage_error("feeds import takes one OPML file, - or --starter");
  if (arguments.has("--starter")) return sources::starter_catalog();
  const std::string bytes = TRY(read_input(arguments.words[0], sources::kOpmlBytesMax));
  sources::OpmlImport imported = TRY(with_context(sources::read_opml(bytes), arguments.words[0]));
  for (const std::string& problem : imported.problems)
    write_error(fmt::format("tidings: {}\n", problem));
  return std::move(imported.sources);
}

Result<void> import(const Arguments& arguments) {
  std::vector<SourceSettings> wanted = TRY(feeds_to_import(arguments));
  const auto opened = TRY(open(arguments, Installation::MadeWhenAbsent));
  TRY(use_known_schemes(opened->stores->sources(), wanted));
  std::size_t added = 0;
  for (const SourceAdded& one : TRY(opened->stores->sources().add(wanted)))
    added += one.is_new ? 1 : 0;
  return write_output(fmt::format("{{\"feeds\":{},\"added\":{},\"known\":{}}}\n", wanted.size(),
                                  added, wanted.size() - added));
}

Result<void> export_opml(const Arguments& arguments) {
  const auto opened = TRY(open(arguments, Installation::MustExist));
  return write_output(
      sources::write_opml(TRY(all_sources(opened->stores->sources(), {})), opened->clock.now()));
}

}  // namespace

int run_feeds_add(const Arguments& arguments) {
  return report(add(arguments));
}

int run_feeds_remove(const Arguments& arguments) {
  return report(for_each_named(arguments, [](Opened& opened, const Source& source) {
    return opened.stores->sources().remove(source.id);
  }));
}

int run_feeds_set(const Arguments& arguments) {
  return report(set(arguments));
}

int run_feeds_enable(const Arguments& arguments) {
  return report(for_each_named(arguments, [](Opened& opened, const Source& source) {
    return opened.stores->sources().revive(source.id);
  }));
}
int run_feeds_disable(const Arguments& arguments) {
  return report(for_each_named(arguments, [](Opened& opened, const Source& source) {
    SourceSettings settings = source.settings;
    settings.enabled = false;
    return opened.stores->sources().set(source.id, settings);
  }));
}
int run_feeds_list(const Arguments& arguments) {
  return report(list(arguments));
}
int run_feeds_import(const Arguments& arguments) {
  return report(import(arguments));
}
int run_feeds_export(const Arguments& arguments) {
  return report(export_opml(arguments));
}

}  // namespace tidings::app
