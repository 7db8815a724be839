// Which feeds are followed: every command works on the stores, and a running server notices by the
// event log.
#include <chrono>
#include <cstdio>
#include <memory>

#include <fmt/format.h>

#include "app/commands.h"
#include "app/files.h"
#include "app/settings_options.h"
#include "app/wiring.h"
#include "core/json_writer.h"
#include "core/locale_codes.h"
#include "core/strings.h"
#include "core/url.h"
#include "serve/source_json.h"
#include "sources/catalog.h"
#include "sources/opml.h"

namespace tidings::app {
namespace {

constexpr std::size_t kPageSources = 1000;

struct Opened {
  SystemClock clock;
  std::unique_ptr<Stores> stores;
};

Result<std::unique_ptr<Opened>> open(const Arguments& arguments) {
  auto opened = std::make_unique<Opened>();
  const Settings settings = TRY(settings_from(arguments));
  opened->stores = TRY(open_stores(settings, opened->clock));
  return opened;
}

// An id, or the address of a source that exists.
Result<Source> find_source(const SourceStore& sources, const std::string& name) {
  if (const auto id = parse_id<SourceId>(name)) return sources.get(*id);
  Result<Source> found = sources.find_by_url(name);
  if (found || found.error().kind != ErrorKind::NotFound) return found;
  const Result<Url> url = parse_url(name);
  if (url) found = sources.find_by_url(url->to_string());
  if (found) return found;
  return not_found(
      fmt::format("no feed has the id or address {}; `tidings feeds list` shows them", name));
}

std::vector<std::string> folder_path(std::string_view text) {
  std::vector<std::string> path;
  for (const std::string_view part : split(text, '/')) {
    if (!trim(part).empty()) path.emplace_back(trim(part));
  }
  return path;
}

// What the options say over what is there.
Result<SourceSettings> with_options(SourceSettings settings, const Arguments& arguments) {
  const auto take = [&arguments](std::string_view option, std::string& target) {
    if (const auto value = arguments.get(option)) target = *value;
  };
  take("--title", settings.title);
  take("--site", settings.site_url);
  if (const auto language = arguments.get("--language")) {
    settings.language = tidy_language(*language);
    if (settings.language.empty() && !language->empty()) {
      return usage_error(
          fmt::format("--language takes a BCP 47 tag such as en or pt-BR, not '{}'", *language));
    }
  }
  if (const auto country = arguments.get("--country")) {
    if (!country->empty() && !is_country_code(*country)) {
      return usage_error(
          fmt::format("--country takes two letters (ISO 3166-1) such as DE, not '{}'", *country));
    }
    settings.country = *country;
  }
  if (arguments.has("--topic")) {
    const auto topics = arguments.all("--topic");
    settings.topics.assign(topics.begin(), topics.end());
  }
  if (const auto folder = arguments.get("--folder")) settings.folder = folder_path(*folder);
  if (const auto url = arguments.get("--url")) settings.url = TRY(parse_url(*url)).to_string();
  if (const auto interval = arguments.get("--interval")) {
    const auto minutes = parse_int(*interval);
    constexpr long long kDayMinutes = 24 * 60;
    if (!minutes || *minutes < 0 || *minutes > kDayMinutes) {
      return usage_error("--interval takes minutes, 1 to 1440, or 0 to learn it from the feed");
    }
    settings.interval.reset();
    if (*minutes > 0) settings.interval = std::chrono::minutes(*minutes);
  }
  return settings;
}

Result<std::vector<Source>> all_sources(const SourceStore& store, SourceQuery query) {
  std::vector<Source> sources;
  query.limit = kPageSources;
  while (true) {
    std::vector<Source> page = TRY(store.find(query));
    const bool last = page.size() < query.limit;
    if (!page.empty()) query.after = page.back().id;
    std::move(page.begin(), page.end(), std::back_inserter(sources));
    if (last) return sources;
  }
}

Result<void> add(const Arguments& arguments) {
  if (arguments.words.empty()) return usage_error("feeds add takes the address of a feed");
  const auto opened = TRY(open(arguments));
  std::vector<SourceSettings> wanted;
  for (const std::string& address : arguments.words) {
    const Url url = TRY(with_context(parse_url(address), address));
    wanted.push_back(TRY(with_options({.url = url.to_string()}, arguments)));
  }
  const std::vector<SourceAdded> added = TRY(opened->stores->sources().add(wanted));
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

Result<void> for_each_named(
    const Arguments& arguments,
    const std::function<Result<void>(SourceStore&, const Source&)>& change) {
  if (arguments.words.empty()) return usage_error("name a feed by its id or address");
  const auto opened = TRY(open(arguments));
  for (const std::string& name : arguments.words) {
    SourceStore& sources = opened->stores->sources();
    TRY(change(sources, TRY(find_source(sources, name))));
  }
  return {};
}

Result<void> list(const Arguments& arguments) {
  const auto opened = TRY(open(arguments));
  const SourceQuery query{.language = arguments.get("--language").value_or(""),
                          .country = arguments.get("--country").value_or(""),
                          .topic = arguments.get("--topic").value_or("")};
  std::string out;
  for (const Source& source : TRY(all_sources(opened->stores->sources(), query))) {
    JsonWriter json(out);
    serve::write_source(json, source);
    out += '\n';
  }
  return write_output(out);
}

Result<std::vector<SourceSettings>> feeds_to_import(const Arguments& arguments) {
  if (arguments.has("--starter")) return sources::starter_catalog();
  if (arguments.words.size() != 1)
    return usage_error("feeds import takes one OPML file, - or --starter");
  const std::string bytes = TRY(read_input(arguments.words[0], sources::kOpmlBytesMax));
  sources::OpmlImport imported = TRY(with_context(sources::read_opml(bytes), arguments.words[0]));
  for (const std::string& problem : imported.problems) fmt::print(stderr, "tidings: {}\n", problem);
  return std::move(imported.sources);
}

Result<void> import(const Arguments& arguments) {
  const std::vector<SourceSettings> wanted = TRY(feeds_to_import(arguments));
  const auto opened = TRY(open(arguments));
  std::size_t added = 0;
  for (const SourceAdded& one : TRY(opened->stores->sources().add(wanted)))
    added += one.is_new ? 1 : 0;
  return write_output(fmt::format("{{\"feeds\":{},\"added\":{},\"known\":{}}}\n", wanted.size(),
                                  added, wanted.size() - added));
}

Result<void> export_opml(const Arguments& arguments) {
  const auto opened = TRY(open(arguments));
  return write_output(
      sources::write_opml(TRY(all_sources(opened->stores->sources(), {})), opened->clock.now()));
}

}  // namespace

int run_feeds_add(const Arguments& arguments) {
  return report(add(arguments));
}

int run_feeds_remove(const Arguments& arguments) {
  return report(for_each_named(arguments, [](SourceStore& sources, const Source& source) {
    return sources.remove(source.id);
  }));
}

int run_feeds_set(const Arguments& arguments) {
  return report(
      for_each_named(arguments, [&](SourceStore& sources, const Source& source) -> Result<void> {
        return sources.set(source.id, TRY(with_options(source.settings, arguments)));
      }));
}

int run_feeds_enable(const Arguments& arguments) {
  return report(for_each_named(arguments, [](SourceStore& sources, const Source& source) {
    return sources.revive(source.id);
  }));
}
int run_feeds_disable(const Arguments& arguments) {
  return report(for_each_named(arguments, [](SourceStore& sources, const Source& source) {
    SourceSettings settings = source.settings;
    settings.enabled = false;
    return sources.set(source.id, settings);
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
