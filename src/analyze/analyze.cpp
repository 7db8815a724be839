#include "analyze/analyze.h"

#include <algorithm>

#include "analyze/document.h"
#include "analyze/keyphrases.h"
#include "analyze/summary.h"
#include "core/utf8.h"

namespace tidings::analyze {
namespace {

// Title, newline, text: as the offsets of an analysis count. Each byte that is not UTF-8 becomes a
// blank, so that they count the same afterwards.
std::string joined(const Article& article, const Limits& limits) {
  std::string whole;
  whole.reserve(article.title.size() + 1 + article.text.size());
  whole.append(article.title).append(1, '\n').append(article.text);
  if (whole.size() > limits.text_bytes_max) whole.resize(limits.text_bytes_max);
  if (!is_valid_utf8(whole)) blank_invalid_utf8(whole);
  return whole;
}

}  // namespace

Analysis analyze(const Article& article, const Limits& limits) {
  const std::string whole = joined(article, limits);
  const std::size_t title_end = std::min(article.title.size(), whole.size());
  Analysis analysis;
  Document document{.segments = text::segment(whole, article.language, title_end),
                    .title_end = static_cast<std::uint32_t>(title_end),
                    .language = std::string(article.language)};
  analysis.keyphrases = keyphrases(document);
  analysis.summary = summary(document, article.summary_words);
  analysis.sentences = static_cast<std::int32_t>(document.segments.sentences().size());
  analysis.words = static_cast<std::int32_t>(document.segments.words().size());
  return analysis;
}

}  // namespace tidings::analyze
