// Which namespace each prefix means at this place of the document, and what a qualified name means
// by it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "parse/names.h"

namespace tidings::parse {

// Names are looked up once per set of declarations: a feed says "media:thumbnail" a thousand times.
class NameScopes {
 public:
  // Prefix empty: the default namespace. Holds until leave() with the mark taken before.
  void declare(std::string_view prefix, std::string_view uri);
  // Whatever the document declares: elements without prefix are of this namespace.
  void force_default(Namespace space);

  std::size_t mark() const { return bindings_.size(); }
  void leave(std::size_t mark);

  Name resolve(std::string_view qualified_name);

 private:
  struct Binding {
    std::string prefix;
    Namespace space;
    std::uint32_t outer_generation;
  };
  struct Slot {
    char name[32];
    std::uint8_t size = 0;
    std::uint32_t generation = 0;
    Name meaning;
  };

  void bind(std::string_view prefix, Namespace space);
  Namespace space_of(std::string_view prefix) const;
  Name look_up(std::string_view qualified_name) const;

  std::vector<Binding> bindings_;
  std::uint32_t generation_ = 1;
  std::uint32_t generations_ = 1;
  std::array<Slot, 128> slots_{};
};

}  // namespace tidings::parse
