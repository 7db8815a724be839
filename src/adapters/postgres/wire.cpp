#include "adapters/postgres/wire.h"

#include <bit>
#include <string_view>
#include <variant>

#include "core/check.h"

namespace tidings::postgres {
namespace {

static_assert(std::endian::native == std::endian::little);

// From pg_type: libpq has no names for them.
constexpr Oid kBytea = 17, kInt8 = 20, kInt4 = 23, kText = 25, kFloat8 = 701;

constexpr int kBinary = 1;

template <class T>
T from_big_endian(std::string_view bytes) {
  CHECK(bytes.size() == sizeof(T));
  T number;
  bytes.copy(reinterpret_cast<char*>(&number), sizeof number);
  if constexpr (sizeof number == 8) {
    return static_cast<T>(__builtin_bswap64(static_cast<std::uint64_t>(number)));
  } else {
    return static_cast<T>(__builtin_bswap32(static_cast<std::uint32_t>(number)));
  }
}

bool read_cell(Oid type, std::string_view bytes, sql::Rows& rows) {
  switch (type) {
    case kInt8:
      rows.add_integer(from_big_endian<std::int64_t>(bytes));
      return true;
    case kInt4:
      rows.add_integer(from_big_endian<std::int32_t>(bytes));
      return true;
    case kFloat8:
      rows.add_real(std::bit_cast<double>(from_big_endian<std::uint64_t>(bytes)));
      return true;
    case kText:
    case kBytea:
      rows.add_bytes(bytes);
      return true;
    default:
      return false;
  }
}

}  // namespace

WireParameters::WireParameters(std::span<const sql::Value> values)
    : formats_(values.size(), kBinary) {
  numbers_.reserve(values.size());
  values_.reserve(values.size());
  lengths_.reserve(values.size());
  const auto add_number = [this](std::uint64_t bits) {
    numbers_.push_back(__builtin_bswap64(bits));
    values_.push_back(reinterpret_cast<const char*>(&numbers_.back()));
    lengths_.push_back(sizeof bits);
  };
  const auto add_bytes = [this](std::string_view bytes) {
    values_.push_back(bytes.empty() ? "" : bytes.data());  // a null pointer would be NULL
    lengths_.push_back(static_cast<int>(bytes.size()));
  };
  for (const sql::Value& value : values) {
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
      add_number(static_cast<std::uint64_t>(*integer));
    } else if (const auto* real = std::get_if<double>(&value)) {
      add_number(std::bit_cast<std::uint64_t>(*real));
    } else if (const auto* text = std::get_if<std::string_view>(&value)) {
      add_bytes(*text);
    } else if (const auto* blob = std::get_if<sql::Blob>(&value)) {
      add_bytes(blob->bytes);
    } else {
      values_.push_back(nullptr);
      lengths_.push_back(0);
    }
  }
}

std::size_t WireParameters::bytes() const {
  std::size_t bytes = 0;
  for (const int length : lengths_) bytes += static_cast<std::size_t>(length);
  return bytes;
}

Oid type_of(const sql::Value& value) {
  constexpr Oid kTypes[] = {0, kInt8, kFloat8, kText, kBytea};  // in the order of sql::Value
  return kTypes[value.index()];
}

bool read_rows(const PGresult* result, sql::Rows& rows) {
  const int columns = PQnfields(result);
  rows.set_columns(static_cast<std::size_t>(columns));
  for (int row = 0; row < PQntuples(result); ++row) {
    for (int column = 0; column < columns; ++column) {
      if (PQgetisnull(result, row, column)) {
        rows.add_null();
        continue;
      }
      const std::string_view bytes(PQgetvalue(result, row, column),
                                   static_cast<std::size_t>(PQgetlength(result, row, column)));
      if (!read_cell(PQftype(result, column), bytes, rows)) return false;
    }
  }
  return true;
}

}  // namespace tidings::postgres
