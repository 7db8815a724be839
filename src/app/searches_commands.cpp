// Saved searches, by name.
#include <optional>
#include <string>

#include <fmt/format.h>

#include "app/commands.h"
#include "app/files.h"
#include "app/opened.h"
#include "core/json_writer.h"
#include "model/saved_search_json.h"
#include "query/canonical.h"
#include "query/parse.h"

namespace tidings::app {
namespace {

std::string line_of(const SavedSearch& search) {
  std::string line;
  JsonWriter json(line);
  write_saved_search(json, search);
  return line += '\n';
}

Result<std::string> name_of(const Arguments& arguments, std::string_view command) {
  if (arguments.words.empty()) return usage_error(fmt::format("{} takes a name", command));
  return arguments.words.front();
}

// The words after the name: what is asked.
std::string query_of(const Arguments& arguments) {
  std::string query;
  for (std::size_t i = 1; i < arguments.words.size(); ++i)
    query += (query.empty() ? "" : " ") + arguments.words[i];
  return query;
}

// Times such as 7d count from now, once and for all.
Result<void> ask(SavedSearchText& text, const std::string& query, Time now) {
  const Query parsed = query::canonical(TRY(query::parse_query(query, {.now = now})));
  text.query = query;
  text.canonical = query::to_string(parsed);
  return {};
}

Result<void> set_standing(SavedSearchText& text, const Arguments& arguments) {
  const auto standing = arguments.get("--standing");
  if (!standing) return {};
  if (*standing != "yes" && *standing != "no")
    return usage_error(fmt::format("--standing: '{}' is neither yes nor no", *standing));
  text.standing = *standing == "yes";
  return {};
}

Result<void> add(const Arguments& arguments) {
  SavedSearchText text{.name = TRY(name_of(arguments, "searches add"))};
  const std::string query = query_of(arguments);
  if (query.empty()) return usage_error("searches add takes a name and a query");
  TRY(set_standing(text, arguments));
  const auto opened = TRY(open(arguments, Installation::MustExist));
  TRY(ask(text, query, opened->clock.now()));
  return write_output(line_of(TRY(opened->stores->saved_searches().add(kLocalOwner, text))));
}

Result<void> set(const Arguments& arguments) {
  const std::string name = TRY(name_of(arguments, "searches set"));
  const auto opened = TRY(open(arguments, Installation::MustExist));
  SavedSearchStore& searches = opened->stores->saved_searches();
  const SavedSearch before = TRY(searches.named(kLocalOwner, name));
  SavedSearchText text = before.text;
  TRY(set_standing(text, arguments));
  text.name = arguments.get("--name").value_or(text.name);
  const std::string query = query_of(arguments);
  if (!query.empty()) TRY(ask(text, query, opened->clock.now()));
  return write_output(line_of(TRY(searches.set(before.id, text))));
}

Result<void> list(const Arguments& arguments) {
  const auto opened = TRY(open(arguments, Installation::MustExist));
  std::string out;
  for (const SavedSearch& search : TRY(opened->stores->saved_searches().list(kLocalOwner)))
    out += line_of(search);
  return write_output(out);
}

Result<void> remove(const Arguments& arguments) {
  const std::string name = TRY(name_of(arguments, "searches remove"));
  const auto opened = TRY(open(arguments, Installation::MustExist));
  SavedSearchStore& searches = opened->stores->saved_searches();
  return searches.remove(TRY(searches.named(kLocalOwner, name)).id);
}

std::string line_of(const SearchMatch& match, const ArticleSummary& article) {
  std::string line;
  JsonWriter json(line);
  json.begin_object();
  json.field("id", to_int(article.id));
  json.field_if("title", article.title);
  json.field_if("url", article.url);
  json.field("published", article.published);
  json.field("matched_at", match.at);
  json.end_object();
  return line += '\n';
}

Result<void> read(const Arguments& arguments) {
  const std::string name = TRY(name_of(arguments, "searches read"));
  const auto opened = TRY(open(arguments, Installation::MustExist));
  SavedSearchStore& searches = opened->stores->saved_searches();
  const SavedSearchId id = TRY(searches.named(kLocalOwner, name)).id;
  for (const SearchMatch& match : TRY(searches.matches(id, std::nullopt, kSearchMatchesMax))) {
    const auto article = TRY(opened->stores->articles().get_many({&match.article_id, 1}));
    if (!article.empty()) TRY(write_output(line_of(match, article.front())));
  }
  return searches.mark_read(id);
}

}  // namespace

int run_searches_add(const Arguments& arguments) {
  return report(add(arguments));
}
int run_searches_set(const Arguments& arguments) {
  return report(set(arguments));
}
int run_searches_list(const Arguments& arguments) {
  return report(list(arguments));
}
int run_searches_read(const Arguments& arguments) {
  return report(read(arguments));
}
int run_searches_remove(const Arguments& arguments) {
  return report(remove(arguments));
}

}  // namespace tidings::app
