#include "normalize/identity.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "core/page_address.h"
#include "core/strings.h"
#include "normalize/canonical_url.h"

namespace tidings::normalize {
namespace {

bool says_something(std::string_view guid) {
  constexpr std::size_t kNothingMax = 9;
  guid = trim(guid);
  if (guid.size() > kNothingMax) return true;
  for (const std::string_view nothing :
       {"", "0", "-1", "-", "null", "nil", "none", "undefined", "false", "n/a"}) {
    if (iequals(guid, nothing)) return false;
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

// Places in a list: what stands there changes.
bool is_counter(std::string_view guid) {
  constexpr std::size_t kDigitsMax = 4;
  return guid.size() <= kDigitsMax && std::all_of(guid.begin(), guid.end(), is_digit);
}

// Fragments tell entries of one page apart, so they stay.
PageAddress page_of_guid(std::string_view guid) {
  const bool is_address = istarts_with(guid, "http://") || istarts_with(guid, "https://");
  return is_address ? page_address(without_tracking(std::string(guid)))
                    : PageAddress{.path = std::string(guid)};
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

// What an entry can be known by, worked out once.
struct Names {
  const IdentityInput* input = nullptr;
  std::string_view guid;  // empty where it says nothing
  PageAddress guid_page, page;
  std::string title_and_date;
};

Names names_of(const IdentityInput& input) {
  const std::string_view guid = guid_of(input);
  return {.input = &input,
          .guid = guid,
          .guid_page = page_of_guid(guid),
          .page = page_address(input.url),
          .title_and_date = title_and_date(input)};
}

// The entries that stand under one guid, under one link, or under one title and date.
struct Group {
  const IdentityInput* first = nullptr;
  std::string_view guid;
  std::unordered_set<std::string_view> titles;
  bool has_other_links = false;
  bool has_other_guids = false;
  std::size_t entries = 0;

  void add(const Names& names) {
    const IdentityInput& input = *names.input;
    if (first == nullptr) first = &input;
    if (input.url != first->url || input.url.empty()) has_other_links = entries > 0;
    if (guid.empty()) guid = names.guid;
    if (!names.guid.empty() && names.guid != guid) has_other_guids = true;
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

// Pages by their path alone, where no second host of the document has the same.
class Pages {
 public:
  void add(const PageAddress& page) {
    const auto [known, is_new] = hosts_.try_emplace(page.path, page.host);
    if (!is_new && known->second != page.host) shared_.insert(page.path);
  }

  bool goes_without_host(const PageAddress& page) const {
    return !page.path.empty() && !shared_.contains(page.path);
  }

  std::string spelled(const PageAddress& page) const {
    return goes_without_host(page) ? page.path : page.to_string();
  }

 private:
  std::unordered_map<std::string, std::string> hosts_;
  std::unordered_set<std::string> shared_;
};

struct Report {
  Groups guids, links, titles;
  Pages guid_pages, link_pages;
  std::unordered_set<std::string> home_pages;
  std::size_t entries = 0;
};

Report inspect(std::span<const Names> entries, std::span<const std::string> home_pages) {
  Report report{.entries = entries.size()};
  for (const std::string& page : home_pages)
    report.home_pages.insert(page_address(page).to_string());
  for (const Names& names : entries) {
    report.guid_pages.add(names.guid_page);
    report.link_pages.add(names.page);
  }
  for (const Names& names : entries) {
    if (!names.guid.empty()) report.guids[report.guid_pages.spelled(names.guid_page)].add(names);
    if (!names.input->url.empty()) report.links[report.link_pages.spelled(names.page)].add(names);
    report.titles[names.title_and_date].add(names);
  }
  return report;
}

// Collects the keys of one entry.
class Keys {
 public:
  explicit Keys(SourceId source_id) : prefix_(to_text(source_id)) {}

  void add(std::string_view kind, std::string_view value) {
    std::string text = prefix_;
    text.append(1, '\0').append(kind).append(1, '\0').append(value);
    const Hash128 key = hash128(text);
    if (std::find(identity_.keys.begin(), identity_.keys.end(), key) == identity_.keys.end())
      identity_.keys.push_back(key);
  }

  // What follows is asked for, but tells nothing apart.
  void end_own() { identity_.own_keys = identity_.keys.size(); }
  void set_own_address(bool has) { identity_.has_own_address = has; }
  bool empty() const { return identity_.keys.empty(); }
  Identity take() && { return std::move(identity_); }

 private:
  std::string prefix_;
  Identity identity_;
};

Identity identity_of(SourceId source_id, const Names& names, const Report& report) {
  Keys keys(source_id);
  const IdentityInput& input = *names.input;
  const std::string_view guid = names.guid;
  const PageAddress &guid_page = names.guid_page, &page = names.page;
  const std::string guid_spelled = report.guid_pages.spelled(guid_page);
  const bool has_guid =
      !guid.empty() && !is_ambiguous_guid(report.guids.at(guid_spelled), report.entries);
  if (has_guid) keys.add("guid", guid_spelled);

  // One link for several titles is an overview.
  const std::string spelled = report.link_pages.spelled(page);
  const bool has_url = !input.url.empty() && !report.home_pages.contains(page.to_string()) &&
                       report.links.at(spelled).titles.size() == 1 &&
                       !report.links.at(spelled).has_other_guids;
  if (has_url) keys.add("url", spelled);
  keys.set_own_address(has_url);

  const Group& titles = report.titles.at(names.title_and_date);
  const bool is_own_title = !titles.has_other_guids && !titles.has_other_links;
  const bool stands_for_guid = !has_url && is_counter(guid) && titles.entries == 1;
  if (keys.empty() || (is_own_title && date_of(*input.entry)) || stands_for_guid)
    keys.add("title", names.title_and_date);
  keys.end_own();

  // Stores know articles by these: from documents with other neighbors, and from before pages were
  // compared without their host.
  if (has_guid) keys.add("guid", guid_page.path.empty() ? guid : guid_page.path);
  if (has_guid) keys.add("guid", guid);
  if (has_url && !page.path.empty()) keys.add("url", page.path);
  if (has_url) keys.add("url", with_https(input.url));
  if (has_url) keys.add("url", input.url);
  return std::move(keys).take();
}

}  // namespace

std::vector<Identity> identities(SourceId source_id, std::span<const IdentityInput> entries,
                                 std::span<const std::string> home_pages) {
  std::vector<Names> named;
  named.reserve(entries.size());
  for (const IdentityInput& input : entries) named.push_back(names_of(input));
  const Report report = inspect(named, home_pages);
  std::vector<Identity> all;
  all.reserve(entries.size());
  for (const Names& names : named) all.push_back(identity_of(source_id, names, report));
  return all;
}

}  // namespace tidings::normalize
