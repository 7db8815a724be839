#include "search/matcher.h"

#include <algorithm>

namespace tidings::search {
namespace {

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

// A part that knows by itself: words, values, phrases, ranges.
template <class Part>
concept IsLeaf = requires(Part& part) { part.matcher.documents_max(); };

std::uint64_t sum(const std::vector<Matcher>& parts, std::uint64_t (Matcher::*documents)() const) {
  std::uint64_t sum = 0;
  for (const Matcher& part : parts) sum += (part.*documents)();
  return sum;
}

}  // namespace

std::uint64_t Matcher::documents_max() const {
  const std::uint64_t all = view_->documents();
  return std::visit(
      Overloaded{
          [&](const All&) { return all; },
          [](const IsLeaf auto& leaf) { return leaf.matcher.documents_max(); },
          [](const And& all_of) { return all_of.parts.front().documents_max(); },
          [&](const Or& any) { return std::min(sum(any.parts, &Matcher::documents_max), all); },
          [&](const Not&) { return all; }},
      node_);
}

std::uint64_t Matcher::documents_read() const {
  constexpr auto kRead = &Matcher::documents_read;
  return std::visit(
      Overloaded{[](const All&) { return std::uint64_t{0}; },
                 [](const IsLeaf auto& leaf) { return leaf.matcher.documents_read(); },
                 [&](const And& all) { return sum(all.parts, kRead); },
                 [&](const Or& any) { return sum(any.parts, kRead); },
                 [&](const Not& without) { return sum(without.part, kRead); }},
      node_);
}

std::uint64_t Matcher::positions_read() const {
  constexpr auto kRead = &Matcher::positions_read;
  return std::visit(
      Overloaded{[](const All&) { return std::uint64_t{0}; },
                 [](const Phrase& phrase) { return phrase.matcher.documents_max(); },
                 [](const IsLeaf auto&) { return std::uint64_t{0}; },
                 [&](const And& all) { return std::min(sum(all.parts, kRead), documents_max()); },
                 [&](const Or& any) { return sum(any.parts, kRead); },
                 [&](const Not& without) { return sum(without.part, kRead); }},
      node_);
}

std::uint32_t Matcher::next(std::uint32_t document) {
  const auto next_of_all = [&](And& all) {
    std::uint32_t next = document;
    for (Matcher& part : all.parts) {
      if (next != kNoDocument) next = part.next(next);
    }
    return next;
  };
  const auto next_of_any = [&](Or& any) {
    std::uint32_t next = kNoDocument;
    for (Matcher& part : any.parts) next = std::min(next, part.next(document));
    return next;
  };
  return std::visit(Overloaded{[&](All&) { return document; },
                               [&](IsLeaf auto& leaf) { return leaf.matcher.next(document); },
                               next_of_all, next_of_any, [&](Not&) { return document; }},
                    node_);
}

void Matcher::fill(Window window, DocumentSet& set) {
  const auto fill_all_of = [&](And& all) {
    DocumentSet found(window);
    all.parts.front().fill(window, found);
    for (std::size_t i = 1; i < all.parts.size() && !found.empty(); ++i)
      all.parts[i].keep(window, found);
    set |= found;
  };
  const auto fill_not = [&](Not& without) {
    DocumentSet others(window), excluded(window);
    others.set_all(window.size());
    without.part.front().fill(window, excluded);
    others.remove(excluded);
    set |= others;
  };
  std::visit(Overloaded{[&](All&) { set.set_all(window.size()); },
                        [&](IsLeaf auto& leaf) { leaf.matcher.fill(window, set); }, fill_all_of,
                        [&](Or& any) {
                          for (Matcher& part : any.parts) part.fill(window, set);
                        },
                        fill_not},
             node_);
}

void Matcher::keep(Window window, DocumentSet& set) {
  const auto keep_all_of = [&](And& all) {
    for (Matcher& part : all.parts) {
      if (!set.empty()) part.keep(window, set);
    }
  };
  const auto keep_any_of = [&](Or&) {
    DocumentSet kept(window);
    fill(window, kept);
    set &= kept;
  };
  const auto keep_not = [&](Not& without) {
    DocumentSet excluded = set;
    without.part.front().keep(window, excluded);
    set.remove(excluded);
  };
  std::visit(Overloaded{[](All&) {}, [&](IsLeaf auto& leaf) { leaf.matcher.keep(window, set); },
                        keep_all_of, keep_any_of, keep_not},
             node_);
}

void Matcher::add_scored(bool is_required, std::vector<Scored>& scored) {
  std::visit(
      Overloaded{
          [](All&) {},
          [&](Words& word) { scored.push_back({&word.matcher, word.leaf, is_required}); },
          [](Value&) {},
          [&](Phrase& phrase) { scored.push_back({&phrase.matcher, phrase.leaf, is_required}); },
          [](Range&) {},
          [&](And& all) {
            for (Matcher& part : all.parts) part.add_scored(is_required, scored);
          },
          [&](Or& any) {
            for (Matcher& part : any.parts) part.add_scored(false, scored);
          },
          [](Not&) {}},
      node_);
}

std::vector<Matcher::Scored> Matcher::scored() {
  std::vector<Scored> scored;
  add_scored(true, scored);
  return scored;
}

bool Matcher::needs_scored() const {
  const auto needs = [](const Matcher& part) { return part.needs_scored(); };
  if (const And* all = std::get_if<And>(&node_)) return std::ranges::any_of(all->parts, needs);
  if (const Or* any = std::get_if<Or>(&node_)) return std::ranges::all_of(any->parts, needs);
  return is_words(*this) || is_phrase();
}

bool Matcher::is_any_of_words() const {
  const Or* any = std::get_if<Or>(&node_);
  return is_words(*this) || (any != nullptr && std::ranges::all_of(any->parts, is_words));
}

bool Matcher::is_all_of_words() const {
  const And* all = std::get_if<And>(&node_);
  return all != nullptr && std::ranges::all_of(all->parts, is_words);
}

bool Matcher::is_words(const Matcher& part) {
  return std::holds_alternative<Words>(part.node_);
}

}  // namespace tidings::search
