#include "stories/members.h"

#include <algorithm>
#include <cmath>

namespace tidings::stories {
namespace {

constexpr float kWhole = 65'535;

}  // namespace

std::vector<Term> Member::vector() const {
  std::vector<Term> found;
  found.reserve(count);
  for (std::size_t i = 0; i < count; ++i)
    found.push_back({.term = terms[i], .weight = static_cast<float>(weights[i]) / kWhole});
  return found;
}

std::uint64_t Members::add(std::int64_t article, std::uint64_t before,
                           std::span<const Term> vector) {
  std::vector<Term> kept(vector.begin(), vector.end());
  keep_weightiest(kept, Member::kTermsMax);
  make_room(next_);
  Member& member = ring_[next_ % kArticlesMax];
  member = {.article = article, .before = before};
  for (const Term& term : kept) {
    member.terms[member.count] = term.term;
    member.weights[member.count++] =
        static_cast<std::uint16_t>(std::lround(std::clamp(term.weight, 0.0F, 1.0F) * kWhole));
  }
  return next_++;
}

void Members::make_room(std::uint64_t number) {
  const std::size_t wanted = std::min<std::uint64_t>(number + 1, kArticlesMax);
  if (wanted > ring_.size())
    ring_.resize(std::min(std::max(wanted, ring_.size() * 2), kArticlesMax));
}

std::vector<std::uint64_t> Members::of(std::uint64_t newest) const {
  std::vector<std::uint64_t> numbers;
  for (std::uint64_t number = newest; is_held(number) && numbers.size() < kOfStoryMax;
       number = at(number).before)
    numbers.push_back(number);
  std::reverse(numbers.begin(), numbers.end());
  return numbers;
}

std::uint64_t Members::link(std::span<const std::uint64_t> numbers) {
  std::uint64_t before = 0;
  for (const std::uint64_t number : numbers.last(std::min(numbers.size(), kOfStoryMax))) {
    ring_[number % kArticlesMax].before = before;
    before = number;
  }
  return before;
}

void Members::save(std::uint64_t newest, ByteWriter& out) const {
  const std::vector<std::uint64_t> numbers = of(newest);
  out.add(static_cast<std::uint32_t>(numbers.size()));
  for (const std::uint64_t number : numbers) {
    const Member& member = at(number);
    out.add(number);
    out.add(member.article);
    out.add(member.count);
    for (std::size_t i = 0; i < member.count; ++i) {
      out.add(member.terms[i]);
      out.add(member.weights[i]);
    }
  }
}

Result<void> Members::restore(ByteReader& in) {
  next_ = TRY(in.number<std::uint64_t>());
  if (next_ == 0) return corrupt("the articles of stories are numbered from 1");
  return {};
}

Result<std::uint64_t> Members::restore_story(ByteReader& in) {
  const auto count = TRY(in.number<std::uint32_t>());
  if (count > kOfStoryMax) return corrupt("more articles of a story were kept than are");
  std::uint64_t newest = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto number = TRY(in.number<std::uint64_t>());
    if (!is_held(number) || number <= newest)
      return corrupt("the articles of a story are not in order");
    Member member{.article = TRY(in.number<std::int64_t>()), .before = newest};
    member.count = TRY(in.number<std::uint32_t>());
    if (member.count > Member::kTermsMax) return corrupt("an article of a story has many terms");
    for (std::uint32_t term = 0; term < member.count; ++term) {
      member.terms[term] = TRY(in.number<std::uint32_t>());
      member.weights[term] = TRY(in.number<std::uint16_t>());
      if (term > 0 && member.terms[term - 1] >= member.terms[term])
        return corrupt("the terms of an article are not in order");
    }
    make_room(next_ - 1);
    ring_[number % kArticlesMax] = member;
    newest = number;
  }
  return newest;
}

}  // namespace tidings::stories
