// A question that somebody keeps, and whether it stands: then new articles are matched against it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/ids.h"
#include "core/time.h"

namespace tidings {

// Everything is this owner's until there are accounts.
inline constexpr const char* kLocalOwner = "local";

// What a person says of a saved search.
struct SavedSearchText {
  std::string name;
  std::string query;      // as written
  std::string canonical;  // query::to_string() of what it means; times in it are absolute
  bool standing = true;
  friend bool operator==(const SavedSearchText&, const SavedSearchText&) = default;
};

struct SavedSearch {
  SavedSearchId id{};
  std::string owner;
  SavedSearchText text;
  Time created_at{};
  Time changed_at{};
  std::int64_t unread = 0;  // matches since somebody looked last
  std::optional<Time> last_match_at;
  friend bool operator==(const SavedSearch&, const SavedSearch&) = default;
};

// That an article matches a saved search.
struct SearchMatch {
  SavedSearchId search_id{};
  ArticleId article_id{};
  Time at{};  // when it was found
  friend bool operator==(const SearchMatch&, const SearchMatch&) = default;
};

}  // namespace tidings
