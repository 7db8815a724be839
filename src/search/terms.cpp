#include "search/terms.h"

#include <algorithm>
#include <cstring>

#include "search/bit_packing.h"

namespace tidings::search {
namespace {

template <class Value>
Value read_at(std::string_view bytes, std::uint64_t offset) {
  Value value;
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}

}  // namespace

Terms::Terms(std::string_view part) : part_(part) {
  if (part.size() < sizeof(TermsEnd)) return;
  const std::uint64_t room = part.size() - sizeof(TermsEnd);
  const auto end = read_at<TermsEnd>(part, room);
  const std::uint64_t groups = (std::uint64_t{end.terms} + kGroupTerms - 1) / kGroupTerms;
  const bool is_sound = end.keys_begin <= room && end.groups_begin <= room &&
                        end.keys * sizeof(KeyEntry) <= room - end.keys_begin &&
                        groups * sizeof(std::uint32_t) <= room - end.groups_begin;
  if (is_sound) end_ = end;
}

const char* Terms::group(std::uint32_t number) const {
  const auto offset =
      read_at<std::uint32_t>(part_, end_.groups_begin + number * sizeof(std::uint32_t));
  return part_.data() + std::min<std::uint64_t>(offset, end_.keys_begin);
}

std::string_view Terms::first_term(std::uint32_t number) const {
  const char* at = group(number);
  read_varint(at, groups_end());
  read_varint(at, groups_end());
  const std::uint64_t size = read_varint(at, groups_end());
  return {at, std::min<std::uint64_t>(size, static_cast<std::uint64_t>(groups_end() - at))};
}

Terms::Walk::Walk(const Terms& terms, std::uint32_t group) : terms_(&terms) {
  number_ = group * kGroupTerms;
  if (!is_at_end()) read_group(group);
}

void Terms::Walk::read_group(std::uint32_t group) {
  at_ = terms_->group(group);
  term_.clear();
  record_ = {.offset = read_varint(at_, terms_->groups_end())};
  read_term();
}

void Terms::Walk::read_term() {
  const char* end = terms_->groups_end();
  const std::uint64_t shared = read_varint(at_, end);
  const std::uint64_t size =
      std::min<std::uint64_t>(read_varint(at_, end), static_cast<std::uint64_t>(end - at_));
  term_.resize(std::min<std::uint64_t>(shared, term_.size()));
  term_.append(at_, size);
  at_ += size;
  record_.documents = static_cast<std::uint32_t>(read_varint(at_, end));
  record_.offset += read_varint(at_, end);
  record_.languages = term_.starts_with(kWordKind) ? read_varint(at_, end) : 0;
}

void Terms::Walk::next() {
  ++number_;
  if (is_at_end()) return;
  if (number_ % kGroupTerms == 0) {
    read_group(number_ / kGroupTerms);
  } else {
    read_term();
  }
}

Terms::Walk Terms::walk_from(std::string_view term) const {
  std::uint32_t low = 0, high = groups();  // the last group that does not begin after it
  while (high - low > 1) {
    const std::uint32_t middle = low + (high - low) / 2;
    if (first_term(middle) <= term) {
      low = middle;
    } else {
      high = middle;
    }
  }
  Walk walk(*this, low);
  while (!walk.is_at_end() && walk.term() < term) walk.next();
  return walk;
}

std::optional<TermRecord> Terms::find(std::string_view term) const {
  const Walk walk = walk_from(term);
  if (walk.is_at_end() || walk.term() != term) return std::nullopt;
  return walk.record();
}

std::optional<Terms::Walk> Terms::at(std::uint32_t number) const {
  if (number >= size()) return std::nullopt;
  Walk walk(*this, number / kGroupTerms);
  while (walk.number() < number) walk.next();
  return walk;
}

KeyEntry Terms::key(std::uint32_t number) const {
  return read_at<KeyEntry>(part_, end_.keys_begin + number * sizeof(KeyEntry));
}

void Terms::find_key(std::uint32_t hash, std::vector<std::uint32_t>& terms) const {
  std::uint32_t low = 0, high = end_.keys;
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    if (key(middle).hash < hash) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  for (; low < end_.keys && key(low).hash == hash; ++low) terms.push_back(key(low).term);
}

}  // namespace tidings::search
