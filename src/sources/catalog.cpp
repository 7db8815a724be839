#include "sources/catalog.h"

#include <utility>

#include "sources/catalog_embedded.h"
#include "sources/opml.h"

namespace tidings::sources {

Result<std::vector<SourceSettings>> starter_catalog() {
  OpmlImport imported =
      TRY(with_context(read_opml(embedded::starter_catalog_opml), "starter catalogue"));
  if (!imported.problems.empty()) {
    return corrupt("starter catalogue: " + imported.problems.front());
  }
  return std::move(imported.sources);
}

}  // namespace tidings::sources
