#include "normalize/identity.h"

#include <cstddef>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "core/strings.h"

namespace tidings::normalize {
namespace {

bool says_something(std::string_view guid) {
  const std::string lower = to_lower(trim(guid));
  for (const std::string_view nothing :
       {"", "0", "-1", "-", "null", "nil", "none", "undefined", "false", "n/a"}) {
    if (lower == nothing) return false;
  }
  return true;
}

// An address as it is compared: sites move from http to https and stay what they are.
std::string with_https(std::string_view url) {
  return url.starts_with("http://") ? "https" + std::string(url.substr(4)) : std::string(url);
}

std::string_view guid_of(const IdentityInput& input) {
  const std::string_view guid = trim(input.entry->id);
  return says_something(guid) ? guid : std::string_view();
}

std::optional<Time> date_of(const Entry& entry) {
  return entry.published ? entry.published : entry.updated;
}

std::string title_and_date(const IdentityInput& input) {
  std::string key = input.entry->title.empty() ? input.text : input.title;
  if (const std::optional<Time> date = date_of(*input.entry))
    key.append(1, '\0').append(std::to_string(to_micros(*date)));
  return key;
}

// The entries that stand under one guid, under one link, or under one title and date.
struct Group {
  const IdentityInput* first = nullptr;
  std::string_view guid;
  std::unordered_set<std::string_view> titles;
  bool has_other_links = false;
  bool has_other_guids = false;
  std::size_t entries = 0;

  void add(const IdentityInput& input) {
    if (first == nullptr) first = &input;
    if (input.url != first->url || input.url.empty()) has_other_links = entries > 0;
    if (guid.empty()) guid = guid_of(input);
    if (!guid_of(input).empty() && guid_of(input) != guid) has_other_guids = true;
    titles.insert(input.title);
    ++entries;
  }
};
using Groups = std::unordered_map<std::string, Group>;

// Links may differ by a detail, and a title may be edited once; what has more than that in common
// with nothing but its guid is several articles.
bool is_ambiguous_guid(const Group& group, std::size_t entries_in_document) {
  constexpr std::size_t kTitlesOfAnEdit = 2;
  if (group.titles.size() < 2) return false;
  return group.has_other_links || group.titles.size() > kTitlesOfAnEdit ||
         group.entries == entries_in_document;
}

struct Report {
  Groups guids, links, titles;
  std::unordered_set<std::string> home_pages;
  std::size_t entries = 0;
};

Report inspect(std::span<const IdentityInput> entries, std::span<const std::string> home_pages) {
  Report report{.entries = entries.size()};
  for (const std::string& page : home_pages) report.home_pages.insert(with_https(page));
  for (const IdentityInput& input : entries) {
    if (!guid_of(input).empty()) report.guids[std::string(guid_of(input))].add(input);
    if (!input.url.empty()) report.links[with_https(input.url)].add(input);
    report.titles[title_and_date(input)].add(input);
  }
  return report;
}

Hash128 hash_of(SourceId source_id, std::string_view kind, std::string_view value) {
  std::string key = to_text(source_id);
  key.append(1, '\0').append(kind).append(1, '\0').append(value);
  return hash128(key);
}

std::vector<Hash128> keys_of(SourceId source_id, const IdentityInput& input, const Report& report) {
  std::vector<Hash128> keys;
  const std::string guid(guid_of(input));
  const bool has_guid = !guid.empty() && !is_ambiguous_guid(report.guids.at(guid), report.entries);
  if (has_guid) keys.push_back(hash_of(source_id, "guid", guid));

  const std::string url = with_https(input.url);
  // One link for several titles is an overview.
  const bool has_url = !url.empty() && !report.home_pages.contains(url) &&
                       report.links.at(url).titles.size() == 1 &&
                       !report.links.at(url).has_other_guids;
  if (has_url) keys.push_back(hash_of(source_id, "url", url));
  // Articles were known by the address as it was written once.
  if (has_url && input.url != url) keys.push_back(hash_of(source_id, "url", input.url));

  const std::string title = title_and_date(input);
  const Group& titles = report.titles.at(title);
  const bool has_title =
      date_of(*input.entry) && !titles.has_other_guids && !titles.has_other_links;
  if (keys.empty() || has_title) keys.push_back(hash_of(source_id, "title", title));
  return keys;
}

}  // namespace

std::vector<std::vector<Hash128>> identities(SourceId source_id,
                                             std::span<const IdentityInput> entries,
                                             std::span<const std::string> home_pages) {
  const Report report = inspect(entries, home_pages);
  std::vector<std::vector<Hash128>> keys;
  keys.reserve(entries.size());
  for (const IdentityInput& input : entries) keys.push_back(keys_of(source_id, input, report));
  return keys;
}

}  // namespace tidings::normalize
