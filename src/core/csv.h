// Tables as people keep them: comma-separated values (RFC 4180), also with semicolons or tabs.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace tidings {

struct CsvRow {
  std::size_t line = 0;  // where it begins: 1 is the first
  std::vector<std::string> fields;
};

struct CsvLimits {
  std::size_t rows_max = 100'000;
  std::size_t fields_max = 100;  // of a row
};

// Rows without a field that has anything in it are left out; a byte order mark is passed over.
// InvalidInput names the line: a quote that is never closed, text after a closed one, too much.
Result<std::vector<CsvRow>> read_csv(std::string_view text, char separator, CsvLimits limits = {});

// "a b", "\"a, b\"": one field, quoted where it must be.
void append_csv_field(std::string& out, std::string_view field, char separator = ',');

}  // namespace tidings
