// Feed files of a folder, each to be published under a domain of its own.
#pragma once

#include <string>
#include <vector>

#include "core/result.h"

namespace tidings::publisher {

struct FeedFile {
  std::string host;   // <slug>.test, unique
  std::string title;  // the path below the folder
  std::string content_type;
  std::string body;
  bool fragment = false;  // under 2 KB or without a date: a test's document, nothing to read
};

// Every file below `folder`, at most 100,000 of at most 20 MB, that looks like a feed: XML by its
// first 4 KiB, JSON by its version, which may stand anywhere; by path. NotFound when there is no
// such folder.
Result<std::vector<FeedFile>> read_feed_folder(const std::string& folder);

}  // namespace tidings::publisher
