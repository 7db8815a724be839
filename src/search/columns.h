// Reads the columns of a segment (columns_format.h). Bytes that nobody wrote so give wrong values,
// never a read outside of them.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "search/columns_format.h"

namespace tidings::search {

// Borrows the bytes; safe to use from many threads.
class NamesOfColumn {
 public:
  std::uint32_t size() const { return names_; }
  std::string_view text(std::uint32_t number) const;
  std::optional<std::uint32_t> find(std::string_view text) const;

 private:
  friend class Columns;
  const char* starts_ = nullptr;
  std::string_view texts_;
  std::uint32_t names_ = 0;
};

// Numbers of one column.
class NumberColumn {
 public:
  const NamesOfColumn& names() const { return names_; }
  // Of a single column; 0 also where there are no names.
  std::uint32_t at(std::uint32_t document) const { return number(document); }
  // Of a list: calls `each` with every number of the document.
  template <class Each>
  void each(std::uint32_t document, Each&& each) const {
    if (starts_ == nullptr) return;
    const std::uint32_t begin = start(document), end = start(document + 1);
    for (std::uint32_t i = begin; i < end && i - begin < kListedMax && i < count_; ++i)
      each(number(i));
  }
  bool is_list() const { return is_list_; }

 private:
  friend class Columns;
  std::uint32_t start(std::uint32_t index) const {
    std::uint32_t value;
    std::memcpy(&value, starts_ + index * sizeof value, sizeof value);
    return value;
  }
  std::uint32_t number(std::uint32_t index) const {
    std::uint32_t value = 0;
    switch (width_) {
      case 1:
        value = static_cast<unsigned char>(numbers_[index]);
        break;
      case 2:
        value = load<std::uint16_t>(index);
        break;
      case 4:
        value = load<std::uint32_t>(index);
        break;
      default:
        break;
    }
    return value < names_.size() ? value : 0;
  }
  template <class Value>
  Value load(std::uint32_t index) const {
    Value value;
    std::memcpy(&value, numbers_ + index * sizeof value, sizeof value);
    return value;
  }

  NamesOfColumn names_;
  const char* starts_ = nullptr;  // of lists
  const char* numbers_ = nullptr;
  std::uint64_t count_ = 0;
  std::uint32_t width_ = 0;
  bool is_list_ = false;
};

class Columns {
 public:
  Columns() = default;
  // Without documents where the bytes are not what they should be.
  explicit Columns(std::string_view part);

  std::uint32_t documents() const { return end_.documents; }
  double mean_words() const;  // 1 at least, as LengthNorms takes it
  std::uint64_t words_total() const { return end_.words_total; }

  std::int64_t id(std::uint32_t document) const { return ids_[document]; }
  std::int64_t published(std::uint32_t document) const { return published_[document]; }
  std::uint32_t version(std::uint32_t document) const {
    return versions_.empty() ? 0 : versions_[document];
  }
  std::span<const std::int64_t> ids() const { return ids_; }
  std::span<const std::int64_t> published() const { return published_; }
  std::span<const std::uint8_t> length_codes() const { return length_codes_; }
  std::span<const std::uint8_t> title_words() const { return title_words_; }
  std::span<const std::uint16_t> words() const { return words_; }
  std::span<const std::int8_t> sentiments() const { return sentiments_; }
  std::span<const std::uint8_t> languages() const { return languages_; }
  const NumberColumn& named(NamedColumn column) const {
    return named_[static_cast<std::size_t>(column)];
  }

  // Of a document when it was indexed; 0: none.
  std::int64_t story(std::uint32_t document) const {
    return stories_.empty() ? 0 : stories_[document];
  }
  std::uint32_t story_size(std::uint32_t document) const {
    return story_sizes_.empty() ? 0 : story_sizes_[document];
  }
  std::int64_t copy_of(std::uint32_t document) const {
    return copies_of_.empty() ? 0 : copies_of_[document];
  }
  std::optional<std::uint32_t> find(std::int64_t id) const;
  // Documents whose ids are after `after` and up to `last`, in the order of their ids.
  std::vector<std::uint32_t> between(std::int64_t after, std::int64_t last) const;

  // The first document that was published before the time.
  std::uint32_t first_before(std::int64_t time) const;

 private:
  std::uint32_t by_id(std::uint32_t place) const;  // a document, of the place in that order
  std::uint32_t first_of(std::int64_t id) const;   // the first such place that is not before it
  template <class Value>
  bool set(std::span<const Value>& column, std::string_view part, std::uint64_t begin);
  bool set(NumberColumn& column, std::string_view part, const NamedPlace& place, bool is_list);

  ColumnsEnd end_;
  std::span<const std::int64_t> ids_, published_, stories_, copies_of_;
  std::span<const std::uint32_t> by_id_, versions_, story_sizes_;
  std::span<const std::uint8_t> length_codes_, title_words_, languages_;
  std::span<const std::uint16_t> words_;
  std::span<const std::int8_t> sentiments_;
  std::array<NumberColumn, kNamedColumns> named_;
};

}  // namespace tidings::search
