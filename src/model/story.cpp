#include "model/story.h"

namespace tidings {

std::string_view to_string(StoryCorrectionKind kind) {
  switch (kind) {
    case StoryCorrectionKind::Merge:
      return "merge";
    case StoryCorrectionKind::Split:
      return "split";
    case StoryCorrectionKind::Remove:
      return "remove";
  }
  return "unknown";
}

}  // namespace tidings
