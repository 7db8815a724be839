#include "query/word_query.h"

#include <algorithm>
#include <string>

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "core/strings.h"
#include "core/utf8.h"
#include "query/cut_words.h"
#include "query/names.h"
#include "text/fold.h"
#include "text/search_keys.h"
#include "text/unspaced_words.h"

namespace tidings::query {
namespace {

// A run with its signs read.
struct Run {
  std::string_view text;
  QueryKind kind = QueryKind::Word;  // of the last word
  bool is_exact = false;
  bool is_one_word = false;  // {…}
};

// Takes a sign, of either width, from the front or the back.
bool take_front(std::string_view& text, char sign, std::string_view wide) {
  const std::size_t size = text.starts_with(sign) ? 1 : text.starts_with(wide) ? wide.size() : 0;
  text.remove_prefix(size);
  return size > 0;
}
bool take_back(std::string_view& text, char sign, std::string_view wide) {
  const std::size_t size = text.ends_with(sign) ? 1 : text.ends_with(wide) ? wide.size() : 0;
  text.remove_suffix(size);
  return size > 0;
}

bool has_star(std::string_view text) {
  return text.find('*') != std::string_view::npos || text.find("＊") != std::string_view::npos;
}

Result<Run> run_of(std::string_view written) {
  Run run{.text = written};
  run.is_exact = take_front(run.text, '=', "＝");
  if (take_back(run.text, '*', "＊")) {
    run.kind = QueryKind::Prefix;
  } else if (take_back(run.text, '~', "～")) {
    run.kind = QueryKind::Fuzzy;
  }
  if (run.is_exact && run.kind != QueryKind::Word)
    return invalid_input("a word is looked for exactly (=word) or in many forms (word*, word~)");
  if (run.text.size() > 2 && run.text.starts_with('{') && run.text.ends_with('}')) {
    run.is_one_word = true;
    run.text = run.text.substr(1, run.text.size() - 2);
  }
  if (has_star(run.text)) return invalid_input("a star stands at the end of a word: elect*");
  return run;
}

// A character of theirs says as much as three letters.
bool has_short_words(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  return text::is_unspaced_script(c) ||
         uscript_getScript(static_cast<UChar32>(c), &status) == USCRIPT_HANGUL;
}

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

Result<Query> expanded(std::string_view word, QueryKind kind, QueryField field) {
  constexpr std::size_t kPrefixLettersMin = 3;
  constexpr std::size_t kFuzzyLettersMin = 4;
  constexpr std::size_t kFuzzyLettersMax = 60;
  const std::string folded = text::fold(word);
  const std::size_t letters = count_characters(folded);
  std::size_t at = 0;
  if (kind == QueryKind::Prefix && letters < kPrefixLettersMin &&
      !has_short_words(next_code_point(folded, at)))
    return invalid_input(
        fmt::format("\"{}*\" is too short: three letters at least stand before the star", word));
  if (kind == QueryKind::Fuzzy && (letters < kFuzzyLettersMin || letters > kFuzzyLettersMax))
    return invalid_input(fmt::format(
        "\"{}~\": words with a tilde have four letters at least, and sixty at most", word));
  return Query{.kind = kind, .field = field, .text = folded};
}

Result<std::vector<WordList>> words_of(const Run& run, std::string_view language) {
  if (!run.is_one_word) return cut_words(run.text, language);
  std::string form = text::search_form(run.text);
  if (!can_be_word(form)) return invalid_input("one word stands in braces: {o'brien}");
  return std::vector<WordList>{{std::move(form)}};
}

// The way of number `way` of each run; those that have fewer have the last of theirs.
Result<std::vector<Query>> words_of_way(const std::vector<Run>& runs,
                                        const std::vector<std::vector<WordList>>& lists,
                                        std::size_t way, const WordOptions& options) {
  std::vector<Query> words;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const WordList& list = lists[i][std::min(way, lists[i].size() - 1)];
    for (const std::string& word : list) {
      const bool is_expanded = runs[i].kind != QueryKind::Word && &word == &list.back();
      words.push_back(is_expanded ? TRY(expanded(word, runs[i].kind, options.field))
                                  : Query{.kind = QueryKind::Word,
                                          .field = options.field,
                                          .exact = options.is_exact || runs[i].is_exact,
                                          .text = word});
    }
    if (list.empty() && runs[i].kind != QueryKind::Word)
      return invalid_input("a word stands before a star or a tilde: elect*, climte~");
  }
  return words;
}

Query one_after_the_other(std::vector<Query> words, QueryField field) {
  if (words.size() == 1) return std::move(words.front());
  return {.kind = QueryKind::Phrase, .field = field, .parts = std::move(words)};
}

Result<WordWays> ways_of(const std::vector<Run>& runs, const WordOptions& options) {
  std::vector<std::vector<WordList>> lists;
  lists.reserve(runs.size());
  std::size_t ways = 1;
  for (const Run& run : runs) {
    lists.push_back(TRY(words_of(run, options.language)));
    ways = std::max(ways, lists.back().size());
  }
  WordWays found;
  for (std::size_t way = 0; way < ways; ++way) {
    std::vector<Query> words = TRY(words_of_way(runs, lists, way, options));
    if (words.empty()) continue;
    Query query = one_after_the_other(std::move(words), options.field);
    if (std::ranges::find(found.ways, query) == found.ways.end())
      found.ways.push_back(std::move(query));
  }
  return found;
}

}  // namespace

Result<WordWays> bare_words(std::string_view written, const WordOptions& options) {
  return ways_of({TRY(run_of(written))}, options);
}

Result<WordWays> quoted_words(std::string_view written, const WordOptions& options) {
  std::vector<Run> runs;
  for (std::size_t at = 0; at < written.size();) {
    std::size_t end = at;
    std::size_t next = at;
    while (next < written.size()) {
      end = next;
      if (u_isUWhiteSpace(static_cast<UChar32>(next_code_point(written, next))) != 0) break;
      end = next;
    }
    if (end > at) runs.push_back(TRY(run_of(written.substr(at, end - at))));
    at = next;
  }
  return ways_of(runs, options);
}

}  // namespace tidings::query
