#include "ports/concerning_sources.h"

#include <algorithm>
#include <utility>

namespace tidings {

Result<std::vector<Source>> find_concerning(const SourceStore& store, SourceQuery query,
                                            SourceConcern concern, Time now) {
  constexpr std::size_t kPageSources = 1000;
  const std::size_t wanted = std::clamp<std::size_t>(query.limit, 1, 10'000);
  query.limit = kPageSources;
  std::vector<Source> found;
  while (true) {
    std::vector<Source> page = TRY(store.find(query));
    const bool is_last = page.size() < kPageSources;
    if (!page.empty()) query.after = page.back().id;
    for (Source& source : page) {
      if (!has_concern(source, concern, now)) continue;
      found.push_back(std::move(source));
      if (found.size() == wanted) return found;
    }
    if (is_last) return found;
  }
}

}  // namespace tidings
