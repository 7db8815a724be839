#include "app/fetching.h"

#include <utility>

#include "app/wiring.h"

namespace tidings::app {
namespace {

pipeline::TransferSettings transfer_settings(const Settings& settings) {
  pipeline::TransferSettings transfers = settings.transfers;
  transfers.answer_bytes_max = settings.fetch.limits.body_bytes_max;
  return transfers;
}

pipeline::RefreshSettings refresh_settings(const Settings& settings) {
  pipeline::RefreshSettings refresh = settings.refresh;
  refresh.owner = node_name(settings);
  refresh.fetch = settings.fetch;
  return refresh;
}

pipeline::PageReaderSettings page_settings(const Settings& settings) {
  pipeline::PageReaderSettings pages = settings.pages;
  pages.owner = node_name(settings);
  pages.keep_raw = settings.refresh.commit.keep_raw;
  pages.fetch = settings.fetch;
  return pages;
}

}  // namespace

Fetching::Fetching(std::unique_ptr<HttpClient> http, const Settings& settings, Stores& stores,
                   ObjectStore& objects, Sealer& sealer, Signal& appended, Metrics& metrics,
                   const Clock& clock)
    : http_(std::move(http)),
      transfers_(*http_, metrics, clock, transfer_settings(settings)),
      refresher_({.sources = stores.sources(),
                  .articles = stores.articles(),
                  .objects = objects,
                  .transfers = transfers_,
                  .local = {.files = &files_, .converter = &converter_},
                  .sealer = &sealer},
                 appended, metrics, clock, refresh_settings(settings)),
      pages_({.pages = stores.pages(),
              .articles = stores.articles(),
              .sources = stores.sources(),
              .objects = objects,
              .transfers = transfers_},
             appended, metrics, clock, page_settings(settings)) {}

Result<std::unique_ptr<Fetching>> Fetching::make(const Settings& settings, Stores& stores,
                                                 ObjectStore& objects, Sealer& sealer,
                                                 Signal& appended, Metrics& metrics,
                                                 const Clock& clock) {
  std::unique_ptr<HttpClient> http = TRY(open_http(settings));
  return std::unique_ptr<Fetching>(
      new Fetching(std::move(http), settings, stores, objects, sealer, appended, metrics, clock));
}

void Fetching::start() {
  refreshing_ = std::jthread([this](const std::stop_token& stop) { refresher_.run(stop); });
  reading_ = std::jthread([this](const std::stop_token& stop) { pages_.run(stop); });
}

void Fetching::request_stop() {
  refreshing_.request_stop();
  reading_.request_stop();
}

void Fetching::join() {
  if (refreshing_.joinable()) refreshing_.join();
  if (reading_.joinable()) reading_.join();
}

void Fetching::on_events(std::span<const Event> events) {
  for (const Event& event : events) {
    if (event.kind == EventKind::SourceAdded || event.kind == EventKind::SourceChanged)
      refresher_.wake();
    if (event.kind == EventKind::ArticleAdded || event.kind == EventKind::ArticleEdited)
      pages_.wake();
  }
}

}  // namespace tidings::app
