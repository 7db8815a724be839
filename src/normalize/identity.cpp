#include "normalize/identity.h"

#include <algorithm>
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

// The entries that stand under one guid, or under one link.
struct Group {
  const IdentityInput* first = nullptr;
  std::unordered_set<std::string_view> titles;
  bool has_other_links = false;
  std::size_t entries = 0;

  void add(const IdentityInput& input) {
    if (first == nullptr) first = &input;
    if (input.url != first->url || input.url.empty()) has_other_links = entries > 0;
    titles.insert(input.title);
    ++entries;
  }
};
using Groups = std::unordered_map<std::string_view, Group>;

// Links may differ by a detail, and a title may be edited once; what has more than that in common
// with nothing but its guid is several articles.
bool is_ambiguous_guid(const Group& group, std::size_t entries_in_document) {
  constexpr std::size_t kTitlesOfAnEdit = 2;
  if (group.titles.size() < 2) return false;
  return group.has_other_links || group.titles.size() > kTitlesOfAnEdit ||
         group.entries == entries_in_document;
}

struct Report {
  Groups guids, links;
  bool are_guids_believed = true;
  std::size_t entries = 0;
};

Report inspect(std::span<const IdentityInput> entries) {
  constexpr std::size_t kAmbiguousMax = 1;  // one slip of an editor is forgiven
  Report report{.entries = entries.size()};
  for (const IdentityInput& input : entries) {
    if (says_something(input.entry->id)) report.guids[trim(input.entry->id)].add(input);
    if (!input.url.empty()) report.links[input.url].add(input);
  }
  const auto ambiguous = std::count_if(
      report.guids.begin(), report.guids.end(),
      [&](const auto& group) { return is_ambiguous_guid(group.second, entries.size()); });
  report.are_guids_believed = static_cast<std::size_t>(ambiguous) <= kAmbiguousMax;
  return report;
}

Hash128 hash_of(SourceId source_id, std::string_view kind, std::string_view value) {
  std::string key = to_text(source_id);
  key.append(1, '\0').append(kind).append(1, '\0').append(value);
  return hash128(key);
}

Hash128 identity_of(SourceId source_id, const IdentityInput& input, const Report& report) {
  const Entry& entry = *input.entry;
  const std::string_view guid = trim(entry.id);
  if (report.are_guids_believed && says_something(guid) &&
      !is_ambiguous_guid(report.guids.at(guid), report.entries)) {
    return hash_of(source_id, "guid", guid);
  }
  // One link for several titles is the home page, or an overview.
  if (!input.url.empty() && report.links.at(input.url).titles.size() == 1) {
    return hash_of(source_id, "url", input.url);
  }
  const std::optional<Time> date = entry.published ? entry.published : entry.updated;
  std::string key = entry.title.empty() ? input.text : input.title;
  if (date) key.append(1, '\0').append(std::to_string(to_micros(*date)));
  return hash_of(source_id, "title", key);
}

}  // namespace

std::vector<Hash128> identities(SourceId source_id, std::span<const IdentityInput> entries) {
  const Report report = inspect(entries);
  std::vector<Hash128> hashes;
  hashes.reserve(entries.size());
  for (const IdentityInput& input : entries)
    hashes.push_back(identity_of(source_id, input, report));
  return hashes;
}

}  // namespace tidings::normalize
