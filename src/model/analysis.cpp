#include "model/analysis.h"

namespace tidings {

std::string_view to_string(Tone tone) {
  switch (tone) {
    case Tone::Negative:
      return "negative";
    case Tone::Neutral:
      return "neutral";
    case Tone::Positive:
      return "positive";
  }
  return "neutral";
}

std::string_view to_string(EntityType type) {
  switch (type) {
    case EntityType::Person:
      return "person";
    case EntityType::Organization:
      return "organization";
    case EntityType::Place:
      return "place";
    case EntityType::Product:
      return "product";
    case EntityType::Event:
      return "event";
  }
  return "person";
}

}  // namespace tidings
