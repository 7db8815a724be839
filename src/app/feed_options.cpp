#include "app/feed_options.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "app/commands.h"
#include "connectors/connector_address.h"
#include "core/locale_codes.h"
#include "core/strings.h"
#include "core/url.h"

namespace tidings::app {
namespace {

std::vector<std::string> folder_path(std::string_view text) {
  std::vector<std::string> path;
  for (const std::string_view part : split(text, '/')) {
    if (!trim(part).empty()) path.emplace_back(trim(part));
  }
  return path;
}

Result<std::string> read_language(const std::string& typed) {
  std::string language = tidy_language(typed);
  if (language.empty() && !typed.empty()) {
    return usage_error(
        fmt::format("--language takes a BCP 47 tag such as en or pt-BR, not '{}'", typed));
  }
  return language;
}

Result<std::string> read_country(const std::string& typed) {
  std::string country = typed;
  std::transform(country.begin(), country.end(), country.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  if (!country.empty() && !is_country_code(country)) {
    return usage_error(
        fmt::format("--country takes two letters (ISO 3166-1) such as DE, not '{}'", typed));
  }
  return country;
}

Result<std::optional<std::chrono::seconds>> read_interval(const std::string& typed) {
  const auto minutes = parse_int(typed);
  constexpr long long kDayMinutes = 24 * 60;
  if (!minutes || *minutes < 0 || *minutes > kDayMinutes)
    return usage_error("--interval takes minutes, 1 to 1440, or 0 to learn it from the feed");
  std::optional<std::chrono::seconds> interval;
  if (*minutes > 0) interval = std::chrono::minutes(*minutes);
  return interval;
}

Result<FullText> read_full_text(const std::string& typed) {
  const auto full_text = parse_full_text(typed);
  if (!full_text)
    return usage_error(fmt::format("--full-text takes off, on or automatic, not '{}'", typed));
  return *full_text;
}

// "none" takes away what was there.
Result<std::vector<ExtractRule>> read_extract_rules(std::span<const std::string> typed) {
  std::vector<ExtractRule> rules;
  if (typed.size() == 1 && typed[0] == "none") return rules;
  for (const std::string& text : typed) {
    const Result<ExtractRule> rule = parse_extract_rule(text);
    if (!rule) return usage_error("--extract: " + rule.error().message);
    rules.push_back(*rule);
  }
  return rules;
}

}  // namespace

namespace {

// folder:, mbox: and maildir: with a path of the machine that serves, which need not be this one.
Result<std::string> read_local_address(const std::string& typed) {
  const std::size_t colon = typed.find(':');
  const std::filesystem::path path = typed.substr(colon + 1);
  if (!path.is_absolute()) {
    return usage_error(fmt::format("'{}' takes the whole path, as in {}:/srv/news", typed,
                                   typed.substr(0, colon)));
  }
  std::string spelled = path.lexically_normal().string();
  if (spelled.size() > 1 && spelled.ends_with('/')) spelled.pop_back();
  return typed.substr(0, colon + 1) + spelled;
}

}  // namespace

Result<std::string> read_address(const std::string& typed) {
  if (kind_of(typed) == SourceKind::Api) {
    const Result<connectors::ConnectorAddress> api = connectors::parse_connector_address(typed);
    return api ? Result(api->to_string()) : usage_error(api.error().message);
  }
  if (kind_of(typed) != SourceKind::Feed) return read_local_address(typed);
  if (typed.starts_with('/') && !typed.starts_with("//")) {
    return usage_error(fmt::format(
        "'{0}' is a path: a folder of documents is folder:{0}, a mailbox maildir:{0} or mbox:{0}",
        typed));
  }
  const Result<Url> url = parse_url(typed);
  if (url) return url->to_string();
  const Result<Url> meant = parse_url("https://" + typed);
  const bool lacks_scheme = typed.find("://") == std::string::npos;
  return usage_error(lacks_scheme && meant ? fmt::format("{}; did you mean {}?",
                                                         url.error().message, meant->to_string())
                                           : url.error().message);
}

Result<std::string> address_option(const Arguments& arguments, std::string_view option) {
  const std::string typed = arguments.get(option).value_or("");
  if (typed.empty()) return typed;
  return with_context(read_address(typed), option);
}

Result<SourceSettings> with_options(SourceSettings settings, const Arguments& arguments) {
  if (const auto title = arguments.get("--title")) settings.title = *title;
  if (arguments.has("--site")) settings.site_url = TRY(address_option(arguments, "--site"));
  if (const auto language = arguments.get("--language"))
    settings.language = TRY(read_language(*language));
  if (const auto country = arguments.get("--country"))
    settings.country = TRY(read_country(*country));
  if (arguments.has("--topic")) {
    const auto topics = arguments.all("--topic");
    settings.topics.assign(topics.begin(), topics.end());
  }
  if (const auto folder = arguments.get("--folder")) settings.folder = folder_path(*folder);
  if (const auto url = arguments.get("--url"))
    settings.url = TRY(with_context(read_address(*url), "--url"));
  if (const auto interval = arguments.get("--interval"))
    settings.interval = TRY(read_interval(*interval));
  if (const auto full_text = arguments.get("--full-text"))
    settings.full_text = TRY(read_full_text(*full_text));
  if (arguments.has("--extract"))
    settings.extract_rules = TRY(read_extract_rules(arguments.all("--extract")));
  return settings;
}

Result<SourceQuery> source_query(const Arguments& arguments) {
  return SourceQuery{.language = TRY(read_language(arguments.get("--language").value_or(""))),
                     .country = TRY(read_country(arguments.get("--country").value_or(""))),
                     .topic = arguments.get("--topic").value_or("")};
}

}  // namespace tidings::app
