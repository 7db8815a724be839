#include "model/source.h"

namespace tidings {

SourceHealth health(const Source& source) {
  if (source.state.gone) return SourceHealth::Gone;
  if (!source.settings.enabled) return SourceHealth::Disabled;
  if (source.state.problem) return SourceHealth::Failing;
  return source.state.last_succeeded_at ? SourceHealth::Ok : SourceHealth::New;
}

std::string Source::title() const {
  if (!settings.title.empty()) return settings.title;
  if (!state.feed_title.empty()) return state.feed_title;
  std::string_view address = settings.url;
  for (const std::string_view common : {"https://", "http://", "www."}) {
    if (address.starts_with(common)) address.remove_prefix(common.size());
  }
  if (address.ends_with('/')) address.remove_suffix(1);
  return std::string(address);
}

std::string_view to_string(SourceHealth health) {
  switch (health) {
    case SourceHealth::New:
      return "new";
    case SourceHealth::Ok:
      return "ok";
    case SourceHealth::Failing:
      return "failing";
    case SourceHealth::Gone:
      return "gone";
    case SourceHealth::Disabled:
      return "disabled";
  }
  return "unknown";
}

}  // namespace tidings
