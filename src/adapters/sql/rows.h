// What comes back from a statement: cells in one piece of memory, whatever the database.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/check.h"
#include "core/time.h"

namespace tidings::sql {

class Rows;

// One row, valid as long as its Rows.
class Row {
 public:
  bool is_null(std::size_t column) const;
  std::int64_t integer(std::size_t column) const;  // 0 for null
  double real(std::size_t column) const;
  std::string_view text(std::size_t column) const;  // text or blob; empty for null
  std::string string(std::size_t column) const { return std::string(text(column)); }
  Time time(std::size_t column) const { return from_micros(integer(column)); }

 private:
  friend class Rows;
  Row(const Rows& rows, std::size_t first) : rows_(rows), first_(first) {}
  const Rows& rows_;
  std::size_t first_;
};

class Rows {
 public:
  std::size_t size() const { return columns_ == 0 ? 0 : cells_.size() / columns_; }
  bool empty() const { return cells_.empty(); }
  Row operator[](std::size_t row) const {
    CHECK(row < size());
    return Row(*this, row * columns_);
  }
  std::int64_t affected() const { return affected_; }  // rows inserted, updated or deleted

  class Iterator {
   public:
    Iterator(const Rows& rows, std::size_t at) : rows_(&rows), at_(at) {}
    Row operator*() const { return (*rows_)[at_]; }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    bool operator==(const Iterator& other) const { return at_ == other.at_; }

   private:
    const Rows* rows_;
    std::size_t at_;
  };
  Iterator begin() const { return {*this, 0}; }
  Iterator end() const { return {*this, size()}; }

  // Drivers fill rows cell by cell.
  void set_columns(std::size_t columns) { columns_ = columns; }
  void add_null() { cells_.push_back({.kind = Kind::Null}); }
  void add_integer(std::int64_t number) { cells_.push_back({.kind = Kind::Integer, .a = number}); }
  void add_real(double number) {
    cells_.push_back({.kind = Kind::Real, .a = std::bit_cast<std::int64_t>(number)});
  }
  void add_bytes(std::string_view bytes) {
    cells_.push_back(
        {.kind = Kind::Bytes, .a = static_cast<std::int64_t>(bytes_.size()), .size = bytes.size()});
    bytes_.append(bytes);
  }
  void add_affected(std::int64_t rows) { affected_ += rows; }

 private:
  friend class Row;
  enum class Kind : std::uint8_t { Null, Integer, Real, Bytes };
  struct Cell {
    Kind kind = Kind::Null;
    std::int64_t a = 0;  // the number, the bits of the real, or where the bytes begin
    std::size_t size = 0;
  };

  std::size_t columns_ = 0;
  std::int64_t affected_ = 0;
  std::vector<Cell> cells_;
  std::string bytes_;
};

inline bool Row::is_null(std::size_t column) const {
  return rows_.cells_[first_ + column].kind == Rows::Kind::Null;
}
inline std::int64_t Row::integer(std::size_t column) const {
  return rows_.cells_[first_ + column].a;
}
inline double Row::real(std::size_t column) const {
  return std::bit_cast<double>(rows_.cells_[first_ + column].a);
}
inline std::string_view Row::text(std::size_t column) const {
  const Rows::Cell& cell = rows_.cells_[first_ + column];
  return std::string_view(rows_.bytes_).substr(static_cast<std::size_t>(cell.a), cell.size);
}

}  // namespace tidings::sql
