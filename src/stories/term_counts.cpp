#include "stories/term_counts.h"

#include <algorithm>
#include <utility>

#include "core/check.h"
#include "stories/story_terms_model.h"

namespace tidings::stories {
TermCounts TermCounts::shipped() {
  ByteReader reader(models::stories_bin());
  Result<TermCounts> counts = restore(reader);
  CHECK(counts);
  return std::move(counts).value();
}

void TermCounts::save(ByteWriter& out, std::uint32_t count_min) const {
  out.add(static_cast<std::uint32_t>(articles_.size()));
  for (const auto& [language, articles] : articles_) {
    out.add(std::string_view(language));
    out.add(articles);
  }
  std::vector<Slot> kept;
  for (const Slot& slot : slots_) {
    if (slot.count >= std::max<std::uint32_t>(count_min, 1)) kept.push_back(slot);
  }
  std::sort(kept.begin(), kept.end(), [](const Slot& a, const Slot& b) { return a.term < b.term; });
  out.add(static_cast<std::uint32_t>(kept.size()));
  for (const Slot& slot : kept) {
    out.add(slot.term);
    out.add(slot.count);
  }
}

Result<TermCounts> TermCounts::restore(ByteReader& in) {
  TermCounts counts;
  const auto languages = TRY(in.number<std::uint32_t>());
  for (std::uint32_t i = 0; i < languages; ++i) {
    const std::string_view language = TRY(in.text());
    counts.articles(language) = TRY(in.number<double>());
  }
  const auto terms = TRY(in.number<std::uint32_t>());
  for (std::uint32_t i = 0; i < terms; ++i) {
    const auto term = TRY(in.number<std::uint32_t>());
    const auto count = TRY(in.number<std::uint32_t>());
    if (count == 0) return corrupt("a term that nobody has was kept");
    counts.add(term, count);
  }
  return counts;
}

double& TermCounts::articles(std::string_view language) {
  const auto found = articles_.find(language);
  return found != articles_.end() ? found->second : articles_[std::string(language)];
}

double TermCounts::articles(std::string_view language) const {
  const auto found = articles_.find(language);
  return found != articles_.end() ? std::max(found->second, 1.0) : 1;
}

// Where the term is, or the free slot where it would be.
std::size_t TermCounts::find(std::uint32_t term) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = (term * std::uint64_t{0x9E3779B97F4A7C15} >> 32) & mask;
  while (slots_[at].count > 0 && slots_[at].term != term) at = (at + 1) & mask;
  return at;
}

void TermCounts::add(std::uint32_t term, std::uint32_t count) {
  Slot& slot = slots_[find(term)];
  if (slot.count > 0) {
    slot.count += count;
    return;
  }
  slot = {.term = term, .count = count};
  if (++used_ > kTermsMax) fade();
  if (used_ * 2 > slots_.size()) grow();
}

std::uint32_t TermCounts::count(std::uint32_t term) const {
  return slots_[find(term)].count;
}

void TermCounts::grow() {
  std::vector<Slot> before(slots_.size() * 2);
  before.swap(slots_);
  for (const Slot& slot : before) {
    if (slot.count > 0) slots_[find(slot.term)] = slot;
  }
}

void TermCounts::fade() {
  std::vector<Slot> before(slots_.size());
  before.swap(slots_);
  used_ = 0;
  for (auto& [language, articles] : articles_) articles /= 2;
  for (const Slot& slot : before) {
    if (slot.count < 2) continue;
    slots_[find(slot.term)] = {.term = slot.term, .count = slot.count / 2};
    ++used_;
  }
}

}  // namespace tidings::stories
