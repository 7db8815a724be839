#include "parse/name_scopes.h"

#include <algorithm>
#include <cstring>

#include "core/strings.h"

namespace tidings::parse {
namespace {

constexpr std::size_t kBindingsMax = 256;  // at a time; each costs every later look-up
constexpr std::size_t kNone = std::string_view::npos;

std::size_t slot_of(std::string_view name) {
  std::uint64_t head = 0, tail = 0;
  std::memcpy(&head, name.data(), std::min<std::size_t>(name.size(), 8));
  const std::size_t tail_size = std::min<std::size_t>(name.size(), 8);
  std::memcpy(&tail, name.data() + name.size() - tail_size, tail_size);
  return static_cast<std::size_t>(((head ^ (tail << 1) ^ name.size()) * 0x9E3779B97F4A7C15ULL) >>
                                  57);
}

}  // namespace

void NameScopes::declare(std::string_view prefix, std::string_view uri) {
  // xmlns:media="" declares nothing: the habitual meaning stays.
  if (!prefix.empty() && trim(uri).empty()) return;
  Namespace space = namespace_of_uri(uri);
  // A known prefix with an address that nobody knows is most likely a misspelled address.
  if (space == Namespace::Unknown) space = namespace_of_prefix(prefix);
  // Elements without prefix in a namespace that nobody knows are most likely plain RSS.
  bind(prefix, prefix.empty() && space == Namespace::Unknown ? Namespace::Rss : space);
}

void NameScopes::force_default(Namespace space) {
  bind({}, space);
}

void NameScopes::bind(std::string_view prefix, Namespace space) {
  if (bindings_.size() >= kBindingsMax || space_of(prefix) == space) return;
  bindings_.push_back({std::string(prefix), space, generation_});
  generation_ = ++generations_;
}

void NameScopes::leave(std::size_t mark) {
  if (bindings_.size() <= mark) return;
  generation_ = bindings_[mark].outer_generation;
  bindings_.resize(mark);
}

Namespace NameScopes::space_of(std::string_view prefix) const {
  for (auto binding = bindings_.rbegin(); binding != bindings_.rend(); ++binding) {
    if (binding->prefix == prefix) return binding->space;
  }
  return prefix.empty() ? Namespace::Rss : namespace_of_prefix(prefix);
}

Name NameScopes::look_up(std::string_view qualified_name) const {
  const std::size_t colon = qualified_name.find(':');
  Name name;
  name.space = space_of(colon == kNone ? std::string_view() : qualified_name.substr(0, colon));
  name.tag = tag_of(name.space, colon == kNone ? qualified_name : qualified_name.substr(colon + 1));
  return name;
}

Name NameScopes::resolve(std::string_view qualified_name) {
  if (qualified_name.size() > sizeof Slot::name) return look_up(qualified_name);
  Slot& slot = slots_[slot_of(qualified_name)];
  if (slot.generation == generation_ && slot.size == qualified_name.size() &&
      std::memcmp(slot.name, qualified_name.data(), slot.size) == 0) {
    return slot.meaning;
  }
  slot.meaning = look_up(qualified_name);
  slot.generation = generation_;
  slot.size = static_cast<std::uint8_t>(qualified_name.size());
  std::memcpy(slot.name, qualified_name.data(), slot.size);
  return slot.meaning;
}

}  // namespace tidings::parse
