#include "core/csv.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace tidings {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

class CsvReader {
 public:
  CsvReader(std::string_view text, char separator) : text_(text), separator_(separator) {}

  bool is_at_end() const { return at_ >= text_.size(); }

  Result<CsvRow> row(std::size_t fields_max) {
    CsvRow row{.line = line_};
    while (true) {
      if (row.fields.size() >= fields_max)
        return invalid_input(fmt::format("line {} has more than {} fields", row.line, fields_max));
      row.fields.push_back(TRY(is_next('"') ? quoted() : plain()));
      if (is_next(separator_)) {
        ++at_;
        continue;
      }
      end_line();
      return row;
    }
  }

 private:
  bool is_next(char c) const { return at_ < text_.size() && text_[at_] == c; }
  bool is_at_line_end() const { return is_at_end() || is_next('\n') || is_next('\r'); }

  std::string plain() {
    const std::size_t begin = at_;
    while (!is_at_line_end() && !is_next(separator_)) ++at_;
    return std::string(text_.substr(begin, at_ - begin));
  }

  Result<std::string> quoted() {
    const std::size_t begun_at = line_;
    std::string field;
    bool is_closed = false;
    for (++at_; !is_at_end() && !is_closed; ++at_) {
      if (!is_next('"')) {
        line_ += is_next('\n') ? 1 : 0;
        field += text_[at_];
      } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
        field += text_[++at_];
      } else {
        is_closed = true;
      }
    }
    if (!is_closed)
      return invalid_input(
          fmt::format("line {} opens a quote that is never closed: close it, or write \"\" for a "
                      "quote",
                      begun_at));
    if (!is_at_line_end() && !is_next(separator_))
      return invalid_input(fmt::format(
          "line {} goes on after a closed quote: put the whole field into quotes", line_));
    return field;
  }

  // LF, CR LF or CR.
  void end_line() {
    if (is_at_end()) return;
    const bool is_pair = is_next('\r') && at_ + 1 < text_.size() && text_[at_ + 1] == '\n';
    at_ += is_pair ? 2 : 1;
    ++line_;
  }

  std::string_view text_;
  char separator_;
  std::size_t at_ = 0, line_ = 1;
};

}  // namespace

Result<std::vector<CsvRow>> read_csv(std::string_view text, char separator, CsvLimits limits) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  std::vector<CsvRow> rows;
  CsvReader reader(text, separator);
  while (!reader.is_at_end()) {
    CsvRow row = TRY(reader.row(limits.fields_max));
    const bool is_blank =
        std::ranges::all_of(row.fields, [](const std::string& field) { return field.empty(); });
    if (is_blank) continue;
    if (rows.size() >= limits.rows_max)
      return invalid_input(fmt::format("there are more than {} rows", limits.rows_max));
    rows.push_back(std::move(row));
  }
  return rows;
}

void append_csv_field(std::string& out, std::string_view field, char separator) {
  const bool is_plain = field.find_first_of("\"\r\n") == std::string_view::npos &&
                        field.find(separator) == std::string_view::npos;
  if (is_plain) {
    out += field;
    return;
  }
  out += '"';
  for (const char c : field) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

}  // namespace tidings
