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

std::string_view to_string(FactKind kind) {
  switch (kind) {
    case FactKind::Person:
      return "person";
    case FactKind::Organization:
      return "organization";
    case FactKind::Thing:
      return "thing";
    case FactKind::Place:
      return "place";
    case FactKind::Name:
      return "name";
    case FactKind::Number:
      return "number";
    case FactKind::Date:
      return "date";
  }
  return "";
}

}  // namespace tidings
