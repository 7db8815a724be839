#include "model/source.h"

namespace tidings {

SourceHealth health(const Source& source) {
  if (source.state.gone) return SourceHealth::Gone;
  if (!source.settings.enabled) return SourceHealth::Disabled;
  if (source.state.problem) return SourceHealth::Failing;
  return source.state.last_succeeded_at ? SourceHealth::Ok : SourceHealth::New;
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
