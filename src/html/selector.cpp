#include "html/selector.h"

#include <algorithm>
#include <map>
#include <utility>

#include "core/strings.h"
#include "html/selector_program.h"

namespace tidings::html {
namespace {

using Match = AttributeTest::Match;
using StepSet = std::uint64_t;

bool equal_case_insensitive(char a, char lower) {
  return to_lower(a) == lower;
}

bool value_matches(std::string_view value, const AttributeTest& test) {
  const std::string_view wanted = test.value;
  const auto same = [&test](std::string_view a, std::string_view b) {
    return test.ignores_case ? iequals(a, b) : a == b;
  };
  switch (test.match) {
    case Match::Exists:
      return true;
    case Match::Equals:
      return same(value, wanted);
    case Match::Dashed:
      return same(value.substr(0, wanted.size()), wanted) &&
             (value.size() == wanted.size() || value[wanted.size()] == '-');
    case Match::Prefix:
      return !wanted.empty() && same(value.substr(0, wanted.size()), wanted);
    case Match::Suffix:
      return !wanted.empty() && value.size() >= wanted.size() &&
             same(value.substr(value.size() - wanted.size()), wanted);
    case Match::Substring:
      if (wanted.empty()) return false;
      if (!test.ignores_case) return value.find(wanted) != std::string_view::npos;
      return std::search(value.begin(), value.end(), wanted.begin(), wanted.end(),
                         equal_case_insensitive) != value.end();
    case Match::Word:
      break;
  }
  for (std::size_t at = 0; at < value.size();) {
    while (at < value.size() && is_space(value[at])) ++at;
    const std::size_t begin = at;
    while (at < value.size() && !is_space(value[at])) ++at;
    if (at > begin && same(value.substr(begin, at - begin), wanted)) return true;
  }
  return false;
}

bool attribute_matches(const Node& node, const AttributeTest& test) {
  const auto found = std::find_if(
      node.attributes.begin(), node.attributes.end(), [&test](const Attribute& candidate) {
        return candidate.name == test.name || iequals(candidate.name, test.name);
      });
  return found != node.attributes.end() && value_matches(found->value, test);
}

// Among its siblings that are elements, from 1.
struct Position {
  std::int64_t index = 0, index_from_end = 0;
  std::int64_t type_index = 0, type_index_from_end = 0;
};

bool position_matches(const Position& position, const PositionTest& test) {
  const std::int64_t index =
      test.of_type ? (test.from_end ? position.type_index_from_end : position.type_index)
                   : (test.from_end ? position.index_from_end : position.index);
  const std::int64_t distance = index - test.b;
  if (test.a == 0) return distance == 0;
  return distance % test.a == 0 && distance / test.a >= 0;
}

// Positions of all elements below one parent, in their order. A map and no hash table: names are
// the page's to choose.
std::vector<Position> positions_below(const Document& document, NodeId parent, bool by_type) {
  std::vector<Position> positions;
  std::map<std::string_view, std::int64_t> counts;
  std::vector<std::string_view> names;
  for (NodeId id = first_child(document, parent); id != kNoNode; id = document[id].next_sibling) {
    if (document[id].kind != NodeKind::Element) continue;
    names.push_back(document[id].name);
    positions.push_back({.index = static_cast<std::int64_t>(names.size())});
    if (by_type) positions.back().type_index = ++counts[names.back()];
  }
  for (std::size_t i = 0; i < positions.size(); ++i) {
    positions[i].index_from_end = static_cast<std::int64_t>(positions.size() - i);
    if (by_type) positions[i].type_index_from_end = counts[names[i]] - positions[i].type_index + 1;
  }
  return positions;
}

bool is_empty_element(const Document& document, NodeId id) {
  for (NodeId child = first_child(document, id); child != kNoNode;
       child = document[child].next_sibling) {
    if (document[child].kind != NodeKind::Comment) return false;
  }
  return true;
}

// The steps that are reached at each node, from the root down: a step is reached where its compound
// matches and the step before it was reached where its combinator looks.
class Walk {
 public:
  Walk(const Document& document, const SelectorProgram& program)
      : document_(document), program_(program) {
    enter(document.root(), 0);
  }

  // Calls `found(id)` for what matches below `within`, until it returns false.
  template <class Found>
  void below(NodeId within, const Found& found) {
    descend_to(within);
    if (within != document_.root()) visit_and_enter(within);
    const NodeId end = document_[within].end;
    for (NodeId id = within + 1; id < end;) {
      const Node& node = document_[id];
      while (levels_.back().parent != node.parent) levels_.pop_back();
      if (node.kind != NodeKind::Element) {
        ++id;
        continue;
      }
      const StepSet reached = visit(id);
      if ((reached & program_.accepting) != 0 && !found(id)) return;
      if (node.tag == Tag::Template) {
        id = node.end;
        continue;
      }
      if (node.end > id + 1) enter(id, reached);
      ++id;
    }
  }

  bool is_accepted(NodeId id) {
    if (document_[id].kind != NodeKind::Element) return false;
    descend_to(id);
    return (visit(id) & program_.accepting) != 0;
  }

 private:
  struct Level {
    NodeId parent;
    StepSet parent_reached;
    StepSet ancestors_reached;  // by the parent or what is above it
    StepSet previous_reached = 0;
    StepSet earlier_reached = 0;  // by any sibling before
    std::size_t count = 0;        // of elements that were visited
    std::vector<Position> positions;
  };

  void enter(NodeId parent, StepSet reached) {
    const StepSet above = levels_.empty() ? 0 : levels_.back().ancestors_reached;
    levels_.push_back(
        {.parent = parent, .parent_reached = reached, .ancestors_reached = above | reached});
    if (program_.needs_positions) {
      levels_.back().positions = positions_below(document_, parent, program_.needs_type_positions);
    }
  }

  void visit_and_enter(NodeId id) {
    const StepSet reached = document_[id].kind == NodeKind::Element ? visit(id) : 0;
    enter(id, reached);
  }

  // Visits the ancestors of `id` and everything that stands before one of them or it.
  void descend_to(NodeId id) {
    std::vector<NodeId> path;
    for (NodeId at = id; at != document_.root(); at = document_[at].parent) path.push_back(at);
    for (std::size_t i = path.size(); i-- > 0;) {
      for (NodeId at = levels_.back().parent + 1; at != path[i]; at = document_[at].next_sibling) {
        if (document_[at].kind == NodeKind::Element) visit(at);
      }
      if (i > 0) visit_and_enter(path[i]);
    }
  }

  StepSet visit(NodeId id) {
    Level& level = levels_.back();
    const Position* position = level.positions.empty() ? nullptr : &level.positions[level.count];
    ++level.count;
    StepSet reached = 0;
    for (std::size_t i = 0; i < program_.steps.size(); ++i) {
      const SelectorStep& step = program_.steps[i];
      if (is_open(step.combinator, i, level) && compound_matches(step, id, position, reached))
        reached |= StepSet{1} << i;
    }
    level.previous_reached = reached;
    level.earlier_reached |= reached;
    return reached;
  }

  static bool is_open(Combinator combinator, std::size_t step, const Level& level) {
    const auto has = [step](StepSet set) { return ((set >> (step - 1)) & 1) != 0; };
    switch (combinator) {
      case Combinator::Begin:
        return true;
      case Combinator::Descendant:
        return has(level.ancestors_reached);
      case Combinator::Child:
        return has(level.parent_reached);
      case Combinator::NextSibling:
        return has(level.previous_reached);
      case Combinator::SubsequentSibling:
        return has(level.earlier_reached);
    }
    return false;
  }

  bool compound_matches(const SelectorStep& step, NodeId id, const Position* position,
                        StepSet reached) const {
    const Node& node = document_[id];
    if (!step.name.empty() && node.name != step.name &&
        (node.space == Space::Html || !iequals(node.name, step.name))) {
      return false;
    }
    if (step.is_root && document_[node.parent].kind != NodeKind::Document) return false;
    return std::all_of(
               step.attributes.begin(), step.attributes.end(),
               [&node](const AttributeTest& test) { return attribute_matches(node, test); }) &&
           std::all_of(step.positions.begin(), step.positions.end(),
                       [position](const PositionTest& test) {
                         return position_matches(*position, test);
                       }) &&
           std::all_of(step.nested.begin(), step.nested.end(),
                       [reached](const NestedTest& test) {
                         return ((reached & test.any_of) != 0) != test.negated;
                       }) &&
           (!step.is_empty || is_empty_element(document_, id));
  }

  const Document& document_;
  const SelectorProgram& program_;
  std::vector<Level> levels_;
};

}  // namespace

Selector::Selector(std::shared_ptr<const SelectorProgram> program) : program_(std::move(program)) {}

Result<Selector> Selector::parse(std::string_view css) {
  return Selector(std::make_shared<const SelectorProgram>(TRY(compile_selector(css))));
}

std::vector<NodeId> Selector::find_all(const Document& document, NodeId within) const {
  std::vector<NodeId> found;
  Walk(document, *program_).below(within, [&found](NodeId id) {
    found.push_back(id);
    return true;
  });
  return found;
}

NodeId Selector::find_first(const Document& document, NodeId within) const {
  NodeId first = kNoNode;
  Walk(document, *program_).below(within, [&first](NodeId id) {
    first = id;
    return false;
  });
  return first;
}

bool Selector::matches(const Document& document, NodeId id) const {
  return Walk(document, *program_).is_accepted(id);
}

}  // namespace tidings::html
