// Asks the search index, and looks after it.
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "app/asking.h"
#include "app/commands.h"
#include "app/data_lock.h"
#include "app/files.h"
#include "app/opened.h"
#include "app/progress.h"
#include "app/searching.h"
#include "app/stop_signals.h"
#include "app/story_settings.h"
#include "core/json_writer.h"
#include "core/log.h"
#include "core/strings.h"
#include "core/thread_name.h"
#include "query/canonical.h"
#include "query/parse.h"
#include "search/highlight.h"
#include "serve/explanation_json.h"

namespace tidings::app {
namespace {

Result<SearchSort> sort_named(const std::string& name) {
  const auto sort = parse_search_sort(name);
  if (sort) return *sort;
  return usage_error(fmt::format("'{}' is neither relevance, newest nor oldest", name));
}

Result<SearchRequest> request_of(const Arguments& arguments, Time now) {
  std::string written;
  for (const std::string& word : arguments.words) written += (written.empty() ? "" : " ") + word;
  SearchRequest request{.query = query::canonical(TRY(query::parse_query(written, {.now = now}))),
                        .sort = TRY(sort_named(arguments.get("--sort").value_or("relevance"))),
                        .per_story = !arguments.has("--all"),
                        .explain = arguments.has("--explain"),
                        .now = now};
  if (const auto limit = arguments.get("--limit")) {
    const auto number = parse_int(*limit);
    if (!number || *number < 1 || *number > static_cast<long long>(kSearchDepthMax))
      return usage_error(
          fmt::format("--limit: '{}' is not a number from 1 to {}", *limit, kSearchDepthMax));
    request.limit = static_cast<std::size_t>(*number);
  }
  return request;
}

std::string line_of(const SearchHit& hit, const Article& article,
                    search::Highlighter& highlighter) {
  std::string line;
  JsonWriter json(line);
  json.begin_object();
  json.field("id", to_int(hit.article_id));
  if (hit.score > 0) json.field("score", hit.score);
  json.field("title", article.summary.title);
  json.field_if("url", article.summary.url);
  json.field("published", article.summary.published);
  json.field_if("language", article.summary.language);
  if (hit.story_id != StoryId{}) {
    json.field("story_id", to_int(hit.story_id));
    json.field("story_articles", hit.story_size);
  }
  const std::string& text = article.body.text.empty() ? article.summary.summary : article.body.text;
  json.field_if("snippet",
                highlighter.mark(article.summary.title, text, article.summary.language).snippet);
  if (hit.explanation) serve::write_explanation(json, *hit.explanation);
  json.end_object();
  return line += '\n';
}

Result<void> search(const Arguments& arguments) {
  const SystemClock clock;
  if (arguments.words.empty()) return usage_error("say what to look for");
  const SearchRequest request = TRY(request_of(arguments, clock.now()));
  const auto asking = TRY(Asking::open(arguments));
  const SearchAnswer answer = TRY(asking->answers().search(request));
  std::vector<ArticleId> ids;
  ids.reserve(answer.hits.size());
  for (const SearchHit& hit : answer.hits) ids.push_back(hit.article_id);
  std::unordered_map<std::int64_t, Article> articles;
  for (Article& one : TRY(asking->opened().stores->articles().get_whole(ids)))
    articles.emplace(to_int(one.summary.id), std::move(one));
  search::Highlighter highlighter(request.query);
  for (const SearchHit& hit : answer.hits) {
    const auto article = articles.find(to_int(hit.article_id));
    if (article != articles.end()) TRY(write_output(line_of(hit, article->second, highlighter)));
  }
  for (const std::string& note : answer.notes) write_error("tidings: " + note + "\n");
  write_error(fmt::format("tidings: {}{} {}\n", answer.count.is_exact ? "" : "about ",
                          with_commas(static_cast<std::int64_t>(answer.count.articles)),
                          answer.count.articles == 1 ? "article matches" : "articles match"));
  return {};
}

// What the store has and the index has not, and the other way round.
struct Differences {
  std::int64_t articles = 0, missing = 0, outdated = 0, gone = 0;
};

Result<Differences> compare(Asking& asking, const StopSignals& signals) {
  constexpr std::size_t kPart = 200;
  Stores& stores = *asking.opened().stores;
  pipeline::SearchDocuments documents(stores, stories::PublisherFamilies::shipped());
  Differences found;
  Progress progress(TRY(stores.articles().counts()).articles);
  for (ArticleId after{}; !signals.wait_for(std::chrono::milliseconds(0));) {
    const std::vector<ArticleId> ids = TRY(stores.articles().ids(after, kPart));
    if (ids.empty()) break;
    for (const SearchDocument& document : TRY(documents.read(ids)).documents) {
      ++found.articles;
      const auto version = asking.index().version_of(document.id);
      if (!version) {
        ++found.missing;
      } else if (*version != document.version) {
        ++found.outdated;
      }
    }
    after = ids.back();
    progress.tell(found.articles);
  }
  progress.end();
  const auto indexed = static_cast<std::int64_t>(asking.index().snapshot()->documents);
  found.gone = indexed + found.missing - found.articles;
  return found;
}

Result<void> check(const Arguments& arguments) {
  const StopSignals signals;
  const auto asking = TRY(Asking::open(arguments));
  const auto& damage = asking->index().damage();
  for (const search::IndexDamage& one : damage)
    write_error(fmt::format("tidings: {}; {} articles were in it\n", one.reason, one.documents));
  const Differences found = TRY(compare(*asking, signals));
  const SearchStatistics statistics = TRY(asking->answers().statistics());
  std::string line;
  JsonWriter json(line);
  json.begin_object();
  json.field("articles", found.articles);
  json.field("indexed", statistics.articles);
  json.field("missing", found.missing);
  json.field("outdated", found.outdated);
  json.field("gone", found.gone);
  json.field("damaged_segments", damage.size());
  json.field("segments", statistics.segments - statistics.memory_segments);
  json.field("bytes", statistics.file_bytes);
  json.field("cursor", to_int(statistics.durable_cursor));
  json.end_object();
  TRY(write_output(line + '\n'));
  if (found.missing + found.outdated + found.gone == 0 && damage.empty()) return {};
  return corrupt(
      "the index differs from the store; a starting server mends what is damaged, `tidings index "
      "rebuild` makes all of it anew");
}

Result<void> rebuild(const Arguments& arguments) {
  const StopSignals signals;
  const auto opened = TRY(open(arguments, Installation::MustExist));
  const DataLock lock = TRY(with_context(DataLock::take(opened->settings.data),
                                         "the index is rebuilt while no server runs"));
  const auto index = TRY(OpenIndex::open(opened->settings, IndexUse::Keep));
  const stories::PublisherFamilies families = TRY(story_settings(opened->settings)).families;
  name_batch_thread("index");
  TRY(index->index().clear(EventSequence{}));
  Metrics metrics;
  pipeline::Indexing indexing(
      *opened->stores, index->index(), families, metrics, opened->clock,
      {.analysis_wait_max = std::chrono::milliseconds(0), .flush_articles = 20'000});
  Progress progress(TRY(opened->stores->articles().counts()).articles);
  while (TRY(indexing.step()) == pipeline::Indexing::Step::Worked) {
    if (signals.wait_for(std::chrono::milliseconds(0)))
      return unavailable("stopped; a starting server goes on with it");
    progress.tell(static_cast<std::int64_t>(index->index().snapshot()->documents));
  }
  TRY(index->index().flush());
  while (
      TRY(index->index().merge([&] { return signals.wait_for(std::chrono::milliseconds(0)); }))) {
  }
  progress.end();
  return write_output(fmt::format("{{\"indexed\":{}}}\n", index->index().snapshot()->documents));
}

}  // namespace

int run_search(const Arguments& arguments) {
  return report(search(arguments));
}
int run_index_check(const Arguments& arguments) {
  return report(check(arguments));
}
int run_index_rebuild(const Arguments& arguments) {
  return report(rebuild(arguments));
}

}  // namespace tidings::app
