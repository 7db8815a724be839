// Any bytes: no crash, the caps hold, and what is read survives being written and read again.
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/check.h"
#include "core/utf8.h"
#include "sources/opml.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tidings;
  const Result<sources::OpmlImport> first =
      sources::read_opml({reinterpret_cast<const char*>(data), size});
  if (!first) return 0;
  CHECK(first->problems.size() <= sources::kOpmlProblemsMax);

  std::vector<Source> listed;
  for (const SourceSettings& settings : first->sources) {
    CHECK(is_valid_utf8(settings.title));
    CHECK(settings.folder.size() < sources::kOpmlDepthMax);
    listed.push_back({.settings = settings});
  }
  const Result<sources::OpmlImport> second =
      sources::read_opml(sources::write_opml(listed, Time{}));
  CHECK(second && second->problems.empty());
  CHECK(second->sources.size() == first->sources.size());
  for (const SourceSettings& settings : second->sources) {
    bool is_known = false;
    for (const SourceSettings& before : first->sources) is_known = is_known || before == settings;
    CHECK(is_known);
  }
  return 0;
}
