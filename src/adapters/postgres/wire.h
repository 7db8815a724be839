// Values as PostgreSQL's binary format has them: integers and doubles big-endian, texts and blobs
// as they are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <libpq-fe.h>

#include "adapters/sql/rows.h"
#include "adapters/sql/value.h"

namespace tidings::postgres {

// One list of parameters in the arrays that libpq asks for. Borrows what the values borrow.
class WireParameters {
 public:
  explicit WireParameters(std::span<const sql::Value> values);

  int count() const { return static_cast<int>(values_.size()); }
  const char* const* values() const { return values_.data(); }
  const int* lengths() const { return lengths_.data(); }
  const int* formats() const { return formats_.data(); }
  std::size_t bytes() const;

 private:
  std::vector<std::uint64_t> numbers_;  // big-endian; sized once, so that it never moves
  std::vector<const char*> values_;
  std::vector<int> lengths_;
  std::vector<int> formats_;
};

// The type of a parameter; 0 lets the server find out (NULL).
Oid type_of(const sql::Value& value);

// Adds the rows of a binary result. False when a column has a type that the repository does not
// use.
bool read_rows(const PGresult* result, sql::Rows& rows);

}  // namespace tidings::postgres
