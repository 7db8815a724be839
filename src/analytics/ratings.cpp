#include "analytics/ratings.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "core/csv.h"
#include "core/strings.h"
#include "core/utf8.h"

namespace tidings::analytics {
namespace {

constexpr std::size_t kFaultsTold = 10;
constexpr std::array<std::string_view, 5> kBands = {"-1 to -0.6", "-0.6 to -0.2", "-0.2 to 0.2",
                                                    "0.2 to 0.6", "0.6 to 1"};
constexpr std::array<double, 4> kBandBegins = {-0.6, -0.2, 0.2, 0.6};

std::optional<double> number_in(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::size_t band_of(double number) {
  return static_cast<std::size_t>(std::ranges::upper_bound(kBandBegins, number) -
                                  kBandBegins.begin());
}

// Spreadsheets write what their country writes.
char separator_of(std::string_view csv) {
  const std::string_view first = csv.substr(0, csv.find_first_of("\r\n"));
  const std::size_t at = first.find_first_of(",;\t");
  return at == std::string_view::npos ? ',' : first[at];
}

// What cannot be a name; nothing where it can. What begins like a formula would be one in a
// spreadsheet that opens the table.
std::string_view fault_of_name(std::string_view name) {
  if (name.size() > kRatingNameBytesMax) return "is longer than 100 bytes";
  const bool has_control = std::ranges::any_of(
      name, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
  if (has_control) return "has control characters";
  if (!name.empty() && std::string_view("=+-@").find(name.front()) != std::string_view::npos)
    return "begins like a formula";
  return {};
}

// "https://www.BBC.co.uk/news" is "bbc.co.uk"; what is no address stays as it is.
std::string publisher_in(std::string_view written) {
  std::string_view name = trim(written);
  constexpr std::string_view kAfterScheme = "://";
  for (std::size_t at = name.find(kAfterScheme); at != name.npos; at = name.find(kAfterScheme))
    name.remove_prefix(at + kAfterScheme.size());
  name = trim(name);
  const bool is_domain = name.find('.') != std::string_view::npos &&
                         name.find_first_of(" \t") == std::string_view::npos;
  if (!is_domain) return std::string(name);
  std::string domain = to_lower(name.substr(0, name.find_first_of("/?#:")));
  while (domain.starts_with("www.")) domain.erase(0, 4);
  return domain;
}

class RatingsReader {
 public:
  Result<RatingTable> read(std::string_view csv) {
    if (!is_valid_utf8(csv))
      return invalid_input("the table is not UTF-8: save it as \"CSV UTF-8\"");
    const CsvLimits limits{.rows_max = kRatedPublishersMax + 1, .fields_max = kRatingScalesMax + 1};
    const std::vector<CsvRow> rows = TRY(read_csv(csv, separator_of(csv), limits));
    if (rows.empty())
      return invalid_input("the table is empty: its first line must be \"publisher,rating\"");
    read_header(rows.front());
    for (std::size_t i = 1; i < rows.size() && faults_.size() < kFaultsTold; ++i) read_row(rows[i]);
    if (!faults_.empty()) return invalid_input(join(faults_, "; "));
    if (table_.publishers.empty()) return invalid_input("the table rates no publisher");
    return std::move(table_);
  }

 private:
  struct Scale {
    std::size_t first_line = 0;  // with a rating
    bool is_numeric = false;
    std::set<std::string, std::less<>> names;
  };

  void fault(std::size_t line, std::string_view what) {
    if (faults_.size() < kFaultsTold) faults_.push_back(fmt::format("line {}: {}", line, what));
  }

  void read_header(const CsvRow& row) {
    const std::string first = to_lower(trim(row.fields.front()));
    if (first != "publisher" && first != "domain")
      fault(row.line, fmt::format("'{}' must be \"publisher\": the first line names the columns",
                                  row.fields.front()));
    if (row.fields.size() < 2)
      fault(row.line, "there is no column of ratings: name one, as in \"publisher,rating\"");
    for (std::size_t i = 1; i < row.fields.size(); ++i) add_scale(row.line, trim(row.fields[i]));
    scales_.resize(table_.scales.size());
  }
  void add_scale(std::size_t line, std::string_view name) {
    const std::string_view wrong = fault_of_name(name);
    if (!wrong.empty()) fault(line, fmt::format("the column '{}' {}", name, wrong));
    if (name.empty()) fault(line, "a column has no name: give it one, or take it out");
    if (std::ranges::find(table_.scales, name) != table_.scales.end())
      fault(line, fmt::format("the column '{}' is there twice: take one out", name));
    table_.scales.emplace_back(name);
  }

  void read_row(const CsvRow& row) {
    RatedPublisher rated{.publisher = publisher_in(row.fields.front())};
    const std::string_view wrong = fault_of_name(rated.publisher);
    if (rated.publisher.empty())
      return fault(row.line, "it has no publisher: write a domain, as in \"example.com\"");
    if (!wrong.empty())
      return fault(row.line, fmt::format("the publisher '{}' {}", rated.publisher, wrong));
    if (row.fields.size() > scales_.size() + 1)
      return fault(row.line, fmt::format("it has {} fields, the first line {}: quote what has a "
                                         "separator in it",
                                         row.fields.size(), scales_.size() + 1));
    const auto [known, is_new] = lines_.try_emplace(to_lower(rated.publisher), row.line);
    if (!is_new)
      return fault(row.line, fmt::format("'{}' is in line {} already: take one out",
                                         rated.publisher, known->second));
    for (std::size_t i = 0; i < scales_.size(); ++i) {
      const bool is_there = i + 1 < row.fields.size();
      rated.ratings.emplace_back(is_there ? trim(row.fields[i + 1]) : "");
      if (!rated.ratings.back().empty()) check_rating(row.line, i, rated.ratings.back());
    }
    table_.publishers.push_back(std::move(rated));
  }

  void check_rating(std::size_t line, std::size_t number, const std::string& rating) {
    Scale& scale = scales_[number];
    const std::optional<double> value = number_in(rating);
    const bool is_first = scale.first_line == 0;
    if (is_first) {
      scale.first_line = line;
      scale.is_numeric = value.has_value();
    }
    if (scale.is_numeric != value.has_value())
      return fault(line,
                   fmt::format("'{}' is {}, but line {} has {} in '{}': use numbers from -1 "
                               "to 1, or names",
                               rating, value ? "a number" : "a name", scale.first_line,
                               scale.is_numeric ? "a number" : "a name", table_.scales[number]));
    if (value && !(*value >= -1 && *value <= 1))
      return fault(line, fmt::format("{} is outside of -1 to 1: scale the numbers", rating));
    if (value) return;
    const std::string_view wrong = fault_of_name(rating);
    if (!wrong.empty()) return fault(line, fmt::format("the rating '{}' {}", rating, wrong));
    scale.names.insert(rating);
    if (scale.names.size() == kRatingNamesMax + 1)
      fault(line, fmt::format("'{}' has more than {} different ratings: use fewer, or numbers",
                              table_.scales[number], kRatingNamesMax));
  }

  RatingTable table_;
  std::vector<Scale> scales_;
  std::map<std::string, std::size_t> lines_;  // of publishers
  std::vector<std::string> faults_;
};

}  // namespace

Result<RatingTable> read_ratings(std::string_view csv) {
  return RatingsReader().read(csv);
}

std::string to_csv(const RatingTable& table) {
  std::string csv = "publisher";
  for (const std::string& scale : table.scales) append_csv_field(csv += ',', scale);
  csv += "\r\n";
  for (const RatedPublisher& one : table.publishers) {
    append_csv_field(csv, one.publisher);
    for (const std::string& rating : one.ratings) append_csv_field(csv += ',', rating);
    csv += "\r\n";
  }
  return csv;
}

RatingScale::RatingScale(const RatingTable& table, std::size_t scale, const FamilyOf& family_of) {
  for (const RatedPublisher& one : table.publishers) {
    const std::string& rating = one.ratings[scale];
    if (rating.empty()) continue;
    is_numeric_ = number_in(rating).has_value();
    if (is_numeric_) {
      ratings_.assign(kBands.begin(), kBands.end());
    } else if (std::ranges::find(ratings_, rating) == ratings_.end()) {
      ratings_.push_back(rating);
    }
    const bool is_domain = one.publisher.find('.') != std::string::npos;
    const std::string family = is_domain ? family_of(one.publisher) : one.publisher;
    add(family.empty() ? one.publisher : family, rating);
  }
  for (const auto& [publisher, rating] : by_publisher_) {
    if (rating.is_torn) torn_.push_back(publisher);
  }
}

void RatingScale::add(std::string_view publisher, const std::string& rating) {
  const double number = number_in(rating).value_or(0);
  const std::size_t place =
      is_numeric_
          ? band_of(number)
          : static_cast<std::size_t>(std::ranges::find(ratings_, rating) - ratings_.begin());
  const auto [known, is_new] = by_publisher_.try_emplace(
      to_lower(publisher), Rating{.text = rating, .number = number, .place = place});
  known->second.is_torn |= !is_new && known->second.text != rating;
}

const RatingScale::Rating* RatingScale::find(std::string_view publisher) const {
  const auto found = by_publisher_.find(to_lower(publisher));
  return found == by_publisher_.end() || found->second.is_torn ? nullptr : &found->second;
}

std::optional<std::size_t> RatingScale::rating_of(std::string_view publisher) const {
  const Rating* rating = find(publisher);
  return rating == nullptr ? std::nullopt : std::optional(rating->place);
}

std::optional<double> RatingScale::number_of(std::string_view publisher) const {
  const Rating* rating = is_numeric_ ? find(publisher) : nullptr;
  return rating == nullptr ? std::nullopt : std::optional(rating->number);
}

}  // namespace tidings::analytics
