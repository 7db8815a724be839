// The forms in a segment that a word of a query means.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "model/query.h"
#include "search/segment.h"
#include "search/word_matcher.h"
#include "text/search_keys.h"

namespace tidings::search {

// Of one word in one segment: those in the most documents; the others are left out.
inline constexpr std::size_t kExpansionMax = 1'000;

// A Word, Prefix or Fuzzy. What it means is worked out once for all segments. For one thread.
class Expansion {
 public:
  explicit Expansion(const Query& word) : word_(word) {}

  std::vector<FormPlace> forms(const Segment& segment);
  // After forms(): whether it left some out.
  bool is_cut_short() const { return is_cut_short_; }
  bool may_be_cut_short() const { return word_.kind != QueryKind::Word; }

 private:
  std::vector<FormPlace> exact(const Segment& segment) const;
  std::vector<FormPlace> by_keys(const Segment& segment);
  std::vector<FormPlace> by_walk(const Segment& segment);
  const std::vector<std::string>& keys(text::SearchLanguage language);
  std::uint64_t languages_of(const std::string& form, std::uint64_t languages);

  const Query& word_;
  std::array<std::optional<std::vector<std::string>>, text::kSearchLanguages> keys_;
  bool is_cut_short_ = false;
};

// Calls `each` with (folded, form, record) of the words whose folded form begins so; at most
// `terms_max` terms are looked at.
using FoldedVisitor =
    std::function<void(std::string_view folded, std::string_view form, const TermRecord& record)>;
void each_folded(const Terms& terms, std::string_view begin, std::size_t terms_max,
                 const FoldedVisitor& each);

}  // namespace tidings::search
