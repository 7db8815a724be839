// Feed lists in and out: OPML is what every feed reader can write and read.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/time.h"
#include "model/source.h"

namespace tidings::sources {

constexpr std::size_t kOpmlBytesMax = 20'000'000;
constexpr std::size_t kOpmlDepthMax = 32;  // outlines inside each other, the feed's own included
constexpr std::size_t kOpmlFeedsMax = 50'000;
constexpr std::size_t kOpmlProblemsMax = 100;

struct OpmlImport {
  std::vector<SourceSettings> sources;  // in the order of the file, each address once
  // What was passed over, one sentence each; the last one counts the rest beyond kOpmlProblemsMax.
  std::vector<std::string> problems;
};

// Reads OPML 1.x and 2.0 (http://opml.org/spec2.opml): nested outlines become folders, addresses
// are spelled as core/url.h does, of duplicates the first stays. Attribute names in any case;
// `feed:` addresses are read as http. Besides the standard attributes those that write_opml adds
// are read. UTF-8, UTF-16, UTF-32, Latin-1 and windows-1252. No DTD is read and no entity of its
// own is known. InvalidInput with a code: "too_large" (bytes, tags, feeds), "too_deep",
// "charset_unsupported", "not_opml", "malformed" (names the line).
Result<OpmlImport> read_opml(std::string_view bytes);

// OPML 2.0, UTF-8, folders in alphabetical order. read_opml gives the same settings back, as long
// as addresses are spelled by core/url.h and texts have no control characters or outer white space:
//   text, title       the title; tidings:title="feed" when it is the feed's own
//   xmlUrl, htmlUrl   addresses
//   language          BCP 47
//   category          topics, comma-separated; tidings:topics, one a line, where that cannot be
//   tidings:country   ISO 3166-1 alpha-2
//   tidings:enabled   "false", or absent
//   tidings:interval  seconds, where a person fixed it
std::string write_opml(std::span<const Source> sources, Time now);

}  // namespace tidings::sources
