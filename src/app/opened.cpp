#include "app/opened.h"

#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "app/settings_options.h"
#include "app/wiring.h"
#include "core/url.h"

namespace tidings::app {

Result<std::unique_ptr<Opened>> open(const Arguments& arguments, Installation installation) {
  auto opened = std::make_unique<Opened>();
  opened->settings = TRY(settings_from(arguments));
  if (installation == Installation::MustExist) TRY(check_installation(opened->settings));
  opened->stores = TRY(open_stores(opened->settings, opened->clock));
  return opened;
}

Result<Source> find_source(const SourceStore& sources, const std::string& name) {
  const auto id = parse_id<SourceId>(name);
  Result<Source> found = id ? sources.get(*id) : sources.find_by_url(name);
  if (found || found.error().kind != ErrorKind::NotFound) return found;
  const Result<Url> url = parse_url(name);
  if (url) found = sources.find_by_url(url->to_string());
  if (found || found.error().kind != ErrorKind::NotFound) return found;
  return not_found(
      fmt::format("no feed has the id or address {}; `tidings feeds list` shows them", name));
}

Result<std::vector<Source>> all_sources(const SourceStore& store, SourceQuery query) {
  constexpr std::size_t kPageSources = 1000;
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

}  // namespace tidings::app
