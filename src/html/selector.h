// CSS selectors over the tree: how people say which part of a page they mean.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "html/document.h"

namespace tidings::html {

inline constexpr std::size_t kSelectorBytesMax = 4096;
inline constexpr std::size_t kSelectorStepsMax = 64;   // compound selectors, nested ones included
inline constexpr std::size_t kSelectorNestingMax = 8;  // of :not() and :is()

struct SelectorProgram;

// A parsed selector list (Selectors Level 4): type and *, #id, .class, [attribute] with = ~= |= ^=
// $= *= and the flags i and s; descendants, >, + and ~; :not(), :is() and :where() with lists in
// them; :root, :empty, :first-child, :last-child, :only-child, :nth-child(), :nth-last-child() and
// the same of-type. Names of elements and attributes match in any case, classes, ids and values as
// written.
//
// Matching never backtracks: one pass over the nodes, in which each step of the selector is tried
// at most once per node. Its time is at most the size of the page times the size of the selector
// (times the logarithm of siblings, for the ...-of-type ones), whatever either holds.
// Immutable; safe to use from many threads.
class Selector {
 public:
  // InvalidInput names the place and what would be right.
  static Result<Selector> parse(std::string_view css);

  // What matches below `within`, in document order; the ancestors and siblings that a selector asks
  // for may stand outside. What templates hold is not part of the page, unless `within` is in one.
  std::vector<NodeId> find_all(const Document& document, NodeId within = 0) const;
  NodeId find_first(const Document& document, NodeId within = 0) const;  // kNoNode without one
  // Looks at `id`, its ancestors and what stands before (for some selectors also beside) them.
  bool matches(const Document& document, NodeId id) const;

  explicit Selector(std::shared_ptr<const SelectorProgram> program);

 private:
  std::shared_ptr<const SelectorProgram> program_;  // shared: never changes, copies are cheap
};

}  // namespace tidings::html
