#include "search/columns.h"

#include <algorithm>
#include <functional>

namespace tidings::search {
namespace {

// Whether `count` values of `width` bytes lie in the part from `begin` on.
bool lies_in(std::string_view part, std::uint64_t begin, std::uint64_t count, std::uint64_t width) {
  return begin <= part.size() && (width == 0 || count <= (part.size() - begin) / width);
}

// Whether the starts of texts ascend within them, so that all of them together are no more than
// their bytes.
bool are_parts_of(std::string_view starts, std::uint32_t texts, std::uint64_t bytes) {
  std::uint32_t before = 0;
  for (std::uint64_t i = 0; i <= texts; ++i) {
    std::uint32_t start;
    std::memcpy(&start, starts.data() + i * sizeof start, sizeof start);
    if (start < before || start > bytes) return false;
    before = start;
  }
  return true;
}

}  // namespace

std::string_view NamesOfColumn::text(std::uint32_t number) const {
  if (number >= names_) return {};
  std::array<std::uint32_t, 2> range;
  std::memcpy(range.data(), starts_ + number * sizeof(std::uint32_t), sizeof range);
  if (range[0] > range[1] || range[1] > texts_.size()) return {};
  return texts_.substr(range[0], range[1] - range[0]);
}

std::optional<std::uint32_t> NamesOfColumn::find(std::string_view wanted) const {
  std::uint32_t low = 0, high = names_;
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    if (text(middle) < wanted) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low == names_ || text(low) != wanted) return std::nullopt;
  return low;
}

template <class Value>
bool Columns::set(std::span<const Value>& column, std::string_view part, std::uint64_t begin) {
  if (begin % sizeof(Value) != 0 || !lies_in(part, begin, end_.documents, sizeof(Value)))
    return false;
  column = {reinterpret_cast<const Value*>(part.data() + begin), end_.documents};
  return true;
}

bool Columns::set(NumberColumn& column, std::string_view part, const NamedPlace& place,
                  bool is_list) {
  const std::uint64_t starts = std::uint64_t{place.names} + 1;
  if (!lies_in(part, place.texts, starts, sizeof(std::uint32_t))) return false;
  const std::uint64_t texts = place.texts + starts * sizeof(std::uint32_t);
  if (!lies_in(part, texts, place.text_bytes, 1)) return false;
  if (!are_parts_of(part.substr(place.texts), place.names, place.text_bytes)) return false;
  column.names_.starts_ = part.data() + place.texts;
  column.names_.texts_ = part.substr(texts, place.text_bytes);
  column.names_.names_ = place.names;
  if (place.width > 4 || place.width == 3) return false;
  if (!lies_in(part, place.numbers, place.number_count, place.width)) return false;
  column.numbers_ = part.data() + place.numbers;
  column.width_ = place.width;
  column.count_ = place.number_count;
  column.is_list_ = is_list;
  if (is_list) {
    if (place.starts == 0) return true;
    if (!lies_in(part, place.starts, std::uint64_t{end_.documents} + 1, sizeof(std::uint32_t)))
      return false;
    column.starts_ = part.data() + place.starts;
    return true;
  }
  return place.number_count >= end_.documents || place.width == 0;
}

Columns::Columns(std::string_view part) {
  if (part.size() < sizeof end_) return;
  std::memcpy(&end_, part.data() + part.size() - sizeof end_, sizeof end_);
  bool is_sound = end_.version == kColumnsVersion && set(ids_, part, end_.ids) &&
                  set(published_, part, end_.published) &&
                  set(length_codes_, part, end_.length_codes) &&
                  set(title_words_, part, end_.title_words) && set(words_, part, end_.words) &&
                  set(sentiments_, part, end_.sentiments) && set(languages_, part, end_.languages);
  if (end_.by_id != 0) is_sound = is_sound && set(by_id_, part, end_.by_id);
  if (end_.versions != 0) is_sound = is_sound && set(versions_, part, end_.versions);
  if (end_.stories != 0)
    is_sound =
        is_sound && set(stories_, part, end_.stories) && set(story_sizes_, part, end_.story_sizes);
  if (end_.copies_of != 0) is_sound = is_sound && set(copies_of_, part, end_.copies_of);
  is_sound = is_sound && lies_in(part, end_.named, kNamedColumns, sizeof(NamedPlace));
  for (std::size_t i = 0; is_sound && i < kNamedColumns; ++i) {
    NamedPlace place;
    std::memcpy(&place, part.data() + end_.named + i * sizeof place, sizeof place);
    is_sound = set(named_[i], part, place, is_list(static_cast<NamedColumn>(i)));
  }
  if (!is_sound) *this = Columns();
}

double Columns::mean_words() const {
  if (end_.documents == 0) return 1;
  const double mean = static_cast<double>(end_.words_total) / static_cast<double>(end_.documents);
  return std::max(mean, 1.0);
}

std::uint32_t Columns::by_id(std::uint32_t place) const {
  if (by_id_.empty()) return documents() - 1 - place;
  return std::min(by_id_[place], documents() - 1);
}

std::uint32_t Columns::first_of(std::int64_t id) const {
  std::uint32_t low = 0, high = documents();
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    if (ids_[by_id(middle)] < id) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

std::optional<std::uint32_t> Columns::find(std::int64_t wanted) const {
  // Most often what is looked for is new.
  if (documents() == 0 || ids_[by_id(documents() - 1)] < wanted) return std::nullopt;
  const std::uint32_t place = first_of(wanted);
  if (place == documents() || ids_[by_id(place)] != wanted) return std::nullopt;
  return by_id(place);
}

std::vector<std::uint32_t> Columns::between(std::int64_t after, std::int64_t last) const {
  std::vector<std::uint32_t> found;
  for (std::uint32_t place = first_of(after + 1); place < documents() && ids_[by_id(place)] <= last;
       ++place)
    found.push_back(by_id(place));
  return found;
}

std::uint32_t Columns::first_before(std::int64_t time) const {
  const auto found = std::ranges::lower_bound(published_, time - 1, std::greater<>());
  return static_cast<std::uint32_t>(found - published_.begin());
}

}  // namespace tidings::search
