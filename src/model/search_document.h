// An article as questions see it: what the index keeps, and standing queries are asked about.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/ids.h"
#include "core/time.h"

namespace tidings {

struct SearchEntity {
  std::string id;    // as in the analysis
  std::string text;  // its fullest form
  std::vector<std::string> aliases;
};

struct SearchDocument {
  ArticleId id{};
  std::uint32_t version = 0;  // another one: something of it changed
  SourceId source_id{};
  Time published{};
  std::string language;  // BCP 47; empty or "und": unknown
  std::string title;     // plain text
  std::string text;      // plain text
  std::vector<std::string> authors;
  std::string source_title;
  std::string publisher;  // the family; empty: unknown
  std::string country;    // of the source
  std::string url;
  std::vector<std::string> topics;  // codes, best first, without those above them
  std::vector<SearchEntity> entities;
  std::vector<std::string> places;       // names as the gazetteer has them
  std::vector<std::string> about;        // countries
  std::vector<std::string> keyphrases;   // best first
  std::optional<std::int8_t> sentiment;  // hundredths; absent: not analyzed
  StoryId story{};                       // 0: none yet
  std::int64_t story_size = 0;           // articles of its story
  ArticleId copy_of{};                   // 0: an original, as far as is known
};

}  // namespace tidings
