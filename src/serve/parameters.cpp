#include "serve/parameters.h"

#include <algorithm>

#include "core/ids.h"
#include "core/locale_codes.h"
#include "core/strings.h"
#include "core/url.h"
#include "core/utf8.h"

namespace tidings::serve {
namespace {

constexpr std::size_t kTextBytesMax = 200;
constexpr std::size_t kQueryBytesMax = 4'096;
constexpr std::size_t kCursorBytesMax = 200;

std::string decoded(std::string_view text) {
  std::string blanks(text);
  std::replace(blanks.begin(), blanks.end(), '+', ' ');
  return percent_decode(blanks);
}

bool all_alphanumeric(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return is_alpha(c) || is_digit(c); });
}

// Case by RFC 5646 §2.1.1: language lower, script title, region upper.
std::optional<std::string> language_tag(std::string_view text) {
  std::string tag;
  for (const std::string_view part : split(text, '-')) {
    const bool primary = tag.empty();
    if (part.size() < (primary ? 2u : 1u) || part.size() > 8 || !all_alphanumeric(part)) {
      return std::nullopt;
    }
    std::string subtag = to_lower(part);
    const auto upper = [](char c) { return is_alpha(c) ? static_cast<char>(c & ~0x20) : c; };
    if (!primary && part.size() == 2)
      std::transform(subtag.begin(), subtag.end(), subtag.begin(), upper);
    if (!primary && part.size() == 4 && is_alpha(part[0])) subtag[0] = upper(subtag[0]);
    if (!primary) tag += '-';
    tag += subtag;
  }
  return tag.size() <= 35 ? std::optional(tag) : std::nullopt;
}

std::optional<std::string> country_code(std::string_view text) {
  if (text.size() != 2 || !is_alpha(text[0]) || !is_alpha(text[1])) return std::nullopt;
  std::string code(text);
  for (char& c : code) c = static_cast<char>(c & ~0x20);
  return is_country_code(code) ? std::optional(code) : std::nullopt;
}

std::optional<std::string> moment(std::string_view text) {
  std::optional<Time> time = parse_rfc3339(text);
  if (!time && text.size() == 10) time = parse_rfc3339(std::string(text) + "T00:00:00Z");
  return time ? std::optional(format_rfc3339(*time)) : std::nullopt;
}

// The one spelling of a value; empty for what stands for nothing (a default); nothing when wrong.
std::optional<std::string> canonical_value(const Parameter& parameter, std::string_view text) {
  switch (parameter.kind) {
    case ParameterKind::Id: {
      const std::optional<SourceId> id = parse_id<SourceId>(text);
      return id ? std::optional(to_text(*id)) : std::nullopt;
    }
    case ParameterKind::Limit: {
      const std::optional<long long> number = parse_int(text);
      if (!number || *number < 1 || *number > parameter.max) return std::nullopt;
      return *number == parameter.default_value ? std::string() : std::to_string(*number);
    }
    case ParameterKind::Sequence: {
      const std::optional<long long> number = parse_int(text);
      return number && *number >= 0 ? std::optional(std::to_string(*number)) : std::nullopt;
    }
    case ParameterKind::Language:
      return language_tag(text);
    case ParameterKind::Country:
      return country_code(text);
    case ParameterKind::Time:
      return moment(text);
    case ParameterKind::Flag:
      if (text == "1" || text == "true") return "true";
      if (text == "0" || text == "false") return "false";
      return std::nullopt;
    case ParameterKind::Text:
      return !text.empty() && text.size() <= kTextBytesMax && is_valid_utf8(text)
                 ? std::optional(std::string(text))
                 : std::nullopt;
    case ParameterKind::Query:
      return text.size() <= kQueryBytesMax && is_valid_utf8(text) ? std::optional(std::string(text))
                                                                  : std::nullopt;
    case ParameterKind::Cursor:
      return !text.empty() && text.size() <= kCursorBytesMax ? std::optional(std::string(text))
                                                             : std::nullopt;
  }
  return std::nullopt;
}

std::string expectation(const Parameter& parameter) {
  switch (parameter.kind) {
    case ParameterKind::Id:
      return "a positive whole number";
    case ParameterKind::Limit:
      return "a whole number from 1 to " + std::to_string(parameter.max);
    case ParameterKind::Sequence:
      return "a whole number, 0 or more";
    case ParameterKind::Language:
      return "a BCP 47 language tag, as in 'de' or 'pt-BR'";
    case ParameterKind::Country:
      return "a country's ISO 3166-1 code of two letters, as in 'NG'";
    case ParameterKind::Time:
      return "an RFC 3339 time, as in '2026-11-23T18:30:00Z' (write '+' as %2B), or a date, as in "
             "'2026-11-23'";
    case ParameterKind::Flag:
      return "'true' or 'false', or '1' or '0'";
    case ParameterKind::Text:
      return "text of 1 to 200 bytes in UTF-8";
    case ParameterKind::Query:
      return "a query of at most 4,096 bytes in UTF-8";
    case ParameterKind::Cursor:
      return "the cursor that an earlier page gave as next_cursor";
  }
  return {};
}

Problem wrong(std::string_view code, std::string_view name, std::string detail) {
  return {.status = 400,
          .code = std::string(code),
          .title = code == "parameter_unknown" ? "This route does not know the query parameter"
                                               : "A query parameter is not right",
          .detail = std::move(detail),
          .parameter = repaired_utf8(name.substr(0, 100))};
}

Problem unknown(std::string_view name, std::span<const Parameter> accepted) {
  std::string detail = "There is no parameter '" + repaired_utf8(name.substr(0, 100)) + "' here. ";
  if (accepted.empty()) {
    detail += "This route takes none.";
  } else {
    detail += "This route takes:";
    for (const Parameter& parameter : accepted) {
      detail += &parameter == accepted.data() ? " " : ", ";
      detail += parameter.name;
    }
    detail += '.';
  }
  return wrong("parameter_unknown", name, std::move(detail));
}

}  // namespace

std::variant<Parameters, Problem> Parameters::parse(std::string_view query,
                                                    std::span<const Parameter> accepted) {
  Parameters parameters;
  std::vector<std::string_view> seen;
  for (const std::string_view pair : split(query, '&')) {
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    const std::string name = decoded(pair.substr(0, equals));
    const auto parameter = std::find_if(accepted.begin(), accepted.end(),
                                        [&](const Parameter& one) { return one.name == name; });
    if (parameter == accepted.end()) return unknown(name, accepted);
    if (std::find(seen.begin(), seen.end(), parameter->name) != seen.end()) {
      return wrong("parameter_repeated", name, "'" + name + "' may be given once.");
    }
    seen.push_back(parameter->name);
    const std::string given =
        equals == std::string_view::npos ? std::string() : decoded(pair.substr(equals + 1));
    std::optional<std::string> value = canonical_value(*parameter, given);
    if (!value) {
      return wrong("parameter_invalid", name,
                   "'" + name + "' must be " + expectation(*parameter) + ".");
    }
    if (!value->empty()) parameters.values_.emplace_back(parameter->name, *std::move(value));
  }
  std::sort(parameters.values_.begin(), parameters.values_.end());
  return parameters;
}

std::optional<std::string_view> Parameters::text(std::string_view name) const {
  for (const auto& [known, value] : values_) {
    if (known == name) return value;
  }
  return std::nullopt;
}

std::optional<std::int64_t> Parameters::number(std::string_view name) const {
  const auto value = text(name);
  if (!value) return std::nullopt;
  const auto number = parse_int(*value);
  return number ? std::optional<std::int64_t>(*number) : std::nullopt;
}

std::optional<Time> Parameters::time(std::string_view name) const {
  const auto value = text(name);
  return value ? parse_rfc3339(*value) : std::nullopt;
}

std::optional<bool> Parameters::flag(std::string_view name) const {
  const auto value = text(name);
  return value ? std::optional(*value == "true") : std::nullopt;
}

std::string Parameters::canonical(std::string_view without) const {
  std::string query;
  for (const auto& [name, value] : values_) {
    if (name == without) continue;
    if (!query.empty()) query += '&';
    query += name;
    query += '=';
    query += percent_encode(value);
  }
  return query;
}

}  // namespace tidings::serve
