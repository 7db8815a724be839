// An article to analyze as a line of JSON.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/time.h"
#include "model/analysis.h"

namespace tidings::analyze {

// {"id","title","text","url","published","publisher","language"}, all but id optional; what queries
// may ask for besides: "authors", "topics", "entities", "places", "about" (lists of texts),
// "source", "country", "sentiment" (from -1 to 1); for measuring also "targets":[[start,end]],
// "mentions":[[start,end]], "summary_words":N. Unknown members are passed over, null is as if
// absent.
struct ArticleLine {
  std::string id_json;  // as it stood: a text or a number
  std::string title, text, url, publisher, language;
  std::optional<Time> published;  // a date as feeds write it, or Unix time (text/date.h)
  std::vector<std::string> categories;
  std::vector<std::string> authors, topics, entities, places, about;
  std::string source, country;
  std::optional<double> sentiment;
  std::vector<TextSpan> targets, mentions;
  std::optional<std::int32_t> summary_words;
};

// Reads line after line without allocating a parser for each.
class ArticleLineReader {
 public:
  ArticleLineReader();
  ~ArticleLineReader();

  // InvalidInput that names the member that is amiss. Bytes that are not UTF-8, and
  // escapes of half a surrogate pair, become U+FFFD.
  Result<ArticleLine> read(std::string_view line);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace tidings::analyze
