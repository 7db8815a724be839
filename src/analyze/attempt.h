// An analyzer that fails on an article costs that article's field, not the article, and not the
// batch.
#pragma once

#include <exception>
#include <string>
#include <string_view>
#include <vector>

namespace tidings::analyze {

// Calls `find`, which finds one field of an analysis. If it throws (memory is short, or it has a
// fault of our own), the field is what it was before, provided that `find` assigns it last, and its
// name is added to `failed`.
template <class Find>
void attempt(std::string_view field, std::vector<std::string>& failed, Find&& find) {
  try {
    find();
  } catch (const std::exception&) {
    failed.emplace_back(field);
  }
}

}  // namespace tidings::analyze
