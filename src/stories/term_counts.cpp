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
  std::vector<TermTable::Slot> kept;
  for (const TermTable::Slot& slot : counts_.slots()) {
    if (slot.value >= std::max<std::uint32_t>(count_min, 1)) kept.push_back(slot);
  }
  std::sort(kept.begin(), kept.end(),
            [](const TermTable::Slot& a, const TermTable::Slot& b) { return a.term < b.term; });
  out.add(static_cast<std::uint32_t>(kept.size()));
  for (const TermTable::Slot& slot : kept) {
    out.add(slot.term);
    out.add(slot.value);
  }
}

Result<TermCounts> TermCounts::restore(ByteReader& in) {
  TermCounts counts;
  const auto languages = TRY(in.number<std::uint32_t>());
  for (std::uint32_t i = 0; i < languages; ++i) {
    const std::string language = TRY(in.text());
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

void TermCounts::add(std::uint32_t term, std::uint32_t count) {
  counts_.set(term, counts_.value(term) + count);
  if (counts_.size() > kTermsMax) fade();
}

void TermCounts::fade() {
  TermTable before(kTermsMax);
  std::swap(before, counts_);
  for (auto& [language, articles] : articles_) articles /= 2;
  for (const TermTable::Slot& slot : before.slots()) {
    if (slot.value >= 2) counts_.set(slot.term, slot.value / 2);
  }
}

}  // namespace tidings::stories
