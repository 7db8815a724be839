// The API over stores in memory with made-up articles: what the engine costs without a database,
// and a page to look at without a network. tidings_serve_sample [--port N] [--articles N]
// [--trickle]
#include <signal.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <string>
#include <thread>

#include <fmt/format.h>

#include "adapters/memory/memory_stores.h"
#include "core/hash.h"
#include "core/strings.h"
#include "serve/api_server.h"
#include "tests/support/search_of_stores.h"

namespace tidings {
namespace {

struct Sample {
  std::string_view source, language, country, title, summary;
};

constexpr Sample kSamples[] = {
    {"The Harbour Gazette", "en", "GB",
     "Ferries return to the northern islands after nine days of gales",
     "The first boats left before dawn with mail, medicine and forty impatient passengers; the "
     "harbour master expects a normal timetable by the weekend."},
    {"Der Morgenbote", "de", "DE",
     "Stadtrat beschließt neues Radwegenetz entlang der alten Hafenbahn",
     "Nach langer Debatte stimmten alle Fraktionen zu. Der erste Abschnitt soll im Frühjahr "
     "eröffnet werden."},
    {"Folha do Vale", "pt-BR", "BR", "Chuva devolve o nível dos reservatórios à média histórica",
     "Depois de três anos de seca, a companhia de água suspende o racionamento em doze cidades."},
    {"النشرة اليومية", "ar", "MA", "افتتاح مكتبة عامة جديدة في قلب المدينة القديمة",
     "تضم المكتبة أكثر من ستين ألف كتاب وقاعات للقراءة مفتوحة للجميع طوال أيام الأسبوع."},
    {"Le Courrier des Alpes", "fr", "FR",
     "Un refuge de montagne produit désormais toute son électricité",
     "Panneaux, petite turbine et sobriété : à 2 400 mètres, l'hiver s'est passé sans "
     "hélicoptère."},
    {"Savanna Science", "en", "KE", "A short note on how weaver birds share the work of a roof",
     ""},
};

void add_articles(Stores& stores, const std::vector<SourceId>& sources, int first, int count,
                  Time newest, std::chrono::seconds apart) {
  constexpr int kSources = std::size(kSamples);
  for (int source = 0; source < kSources; ++source) {
    IngestBatch batch{.source_id = sources[static_cast<std::size_t>(source)]};
    const Sample& sample = kSamples[source];
    for (int i = first; i < first + count; ++i) {
      if (i % kSources != source) continue;
      NewArticle article;
      article.article.summary = {.url = fmt::format("https://site{}.example/{}", source, i),
                                 .title = std::string(sample.title),
                                 .summary = std::string(sample.summary),
                                 .language = std::string(sample.language),
                                 .country = std::string(sample.country),
                                 .published = newest - (i - first) * apart};
      article.identity = hash128(std::to_string(i));
      batch.articles.push_back(std::move(article));
    }
    if (!stores.articles().ingest(std::span(&batch, 1))) std::abort();
  }
}

std::vector<SourceId> add_sources(Stores& stores) {
  std::vector<SourceId> ids;
  for (const Sample& sample : kSamples) {
    const SourceSettings settings{.url = fmt::format("https://feeds.example/{}", ids.size()),
                                  .title = std::string(sample.source),
                                  .language = std::string(sample.language),
                                  .country = std::string(sample.country)};
    const auto added = stores.sources().add(std::array{settings});
    if (!added) std::abort();
    ids.push_back((*added)[0].id);
  }
  return ids;
}

void count_hours(Stores& stores) {
  std::vector<HourlyCount> counts;
  for (const Sample& sample : kSamples) {
    counts.push_back({.hour = std::chrono::floor<std::chrono::hours>(SystemClock().now()),
                      .source_id = SourceId(1),
                      .language = std::string(sample.language),
                      .articles = 1});
  }
  const auto head = stores.events().head();
  if (!head || !stores.rollups().apply({.arrived = counts}, {.consumer = "sample", .to = *head}))
    std::abort();
}

int run(int port, int articles, bool trickle) {
  sigset_t signals;
  ::sigemptyset(&signals);
  ::sigaddset(&signals, SIGTERM);
  ::sigaddset(&signals, SIGINT);
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  const SystemClock clock;
  memory::MemoryStores stores(clock);
  Metrics metrics;
  const std::vector<SourceId> sources = add_sources(stores);
  add_articles(stores, sources, 0, articles, clock.now(), std::chrono::seconds(97));
  count_hours(stores);
  tests::SearchOfStores search(stores, clock);
  search.catch_up();
  serve::ServeSettings settings;
  settings.http.port = static_cast<std::uint16_t>(port);
  auto server =
      serve::ApiServer::start(settings, {.articles = stores.articles(),
                                         .analyses = stores.analyses(),
                                         .stories = stores.stories(),
                                         .sources = stores.sources(),
                                         .events = stores.events(),
                                         .rollups = stores.rollups(),
                                         .search = search.answers(),
                                         .saved_searches = stores.saved_searches(),
                                         .ratings = stores.ratings(),
                                         .families = stories::PublisherFamilies::shipped(),
                                         .trends = stores.trends(),
                                         .metrics = metrics,
                                         .clock = clock});
  if (!server) {
    std::cerr << server.error().message << "\n";
    return 1;
  }
  std::cout << "http://127.0.0.1:" << (*server)->port() << std::endl;
  int next = articles;
  timespec second{.tv_sec = 1, .tv_nsec = 0};
  while (::sigtimedwait(&signals, nullptr, &second) < 0) {
    if (!trickle) continue;
    add_articles(stores, sources, next++, 1, clock.now(), std::chrono::seconds(1));
    if (const auto events = stores.events().read((*server)->position(), 1000)) {
      (*server)->on_events(*events);
    }
  }
  (*server)->drain(std::chrono::seconds(5));
  return 0;
}

}  // namespace
}  // namespace tidings

int main(int argc, char** argv) {
  int port = 0, articles = 1000;
  bool trickle = false;
  for (int i = 1; i < argc; ++i) {
    const std::string_view flag = argv[i];
    const long long value = i + 1 < argc ? tidings::parse_int(argv[i + 1]).value_or(-1) : -1;
    if (flag == "--trickle")
      trickle = true;
    else if (flag == "--port" && value >= 0)
      port = static_cast<int>(value), ++i;
    else if (flag == "--articles" && value >= 0)
      articles = static_cast<int>(value), ++i;
    else {
      std::cerr << "usage: tidings_serve_sample [--port N] [--articles N] [--trickle]\n";
      return 2;
    }
  }
  return tidings::run(port, articles, trickle);
}
