// Writes the columns of a segment (columns_format.h), one after the other.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "search/columns_format.h"
#include "search/part_writer.h"

namespace tidings::search {

// What every document has.
struct DocumentFacts {
  std::int64_t id = 0;
  std::int64_t published = 0;  // microseconds
  std::uint32_t version = 0;
  std::uint16_t words = 0;
  std::uint8_t length_code = 0;
  std::uint8_t title_words = 0;
  std::int8_t sentiment = kNoSentiment;
  std::uint8_t language = 0;
  std::int64_t story = 0;
  std::uint32_t story_size = 0;
  std::int64_t copy_of = 0;
};

class ColumnsWriter {
 public:
  explicit ColumnsWriter(PartWriter& out) : out_(out) {}

  // First of all.
  void add_facts(std::span<const DocumentFacts> facts);

  // Then every named column, in their order. `names` ascend; `numbers` gives those of a document,
  // for a single column exactly one unless there are no names.
  template <class Numbers>
  void add_named(NamedColumn column, std::span<const std::string_view> names, Numbers&& numbers) {
    begin_named(names);
    if (is_list(column) && !names.empty()) {
      begin_list();
      std::uint32_t start = 0;
      for (std::uint32_t i = 0; i < end_.documents; ++i) {
        out_.append_number(start);
        start += static_cast<std::uint32_t>(numbers(i).size());
      }
      out_.append_number(start);
      out_.align();
    }
    begin_numbers();
    for (std::uint32_t i = 0; i < end_.documents; ++i) {
      for (const std::uint32_t number : numbers(i)) add_number(number);
    }
    out_.align();
  }

  void finish();

 private:
  template <class Member>
  std::uint64_t add_fact(std::span<const DocumentFacts> facts, Member member) {
    const std::uint64_t begin = out_.size();
    for (const DocumentFacts& one : facts) out_.append_number(one.*member);
    out_.align();
    return begin;
  }
  void add_order_of_ids(std::span<const DocumentFacts> facts);
  void begin_named(std::span<const std::string_view> names);
  void begin_list() { place_.back().starts = out_.size(); }
  void begin_numbers() { place_.back().numbers = out_.size(); }
  void add_number(std::uint32_t number);

  PartWriter& out_;
  ColumnsEnd end_;
  std::vector<NamedPlace> place_;
};

}  // namespace tidings::search
