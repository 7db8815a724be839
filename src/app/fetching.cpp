#include "app/fetching.h"

#include <utility>

#include "app/connector_files.h"
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

Fetching::Fetching(std::unique_ptr<HttpClient> http, const Settings& settings,
                   const Runtime& runtime)
    : http_(std::move(http)),
      transfers_(*http_, runtime.metrics, runtime.clock, transfer_settings(settings)),
      refresher_({.sources = runtime.stores.sources(),
                  .articles = runtime.stores.articles(),
                  .objects = runtime.objects,
                  .transfers = transfers_,
                  .apis = api_access(settings, runtime.stores.secrets(), runtime.sealer),
                  .local = {.files = &files_, .converter = &converter_},
                  .sealer = &runtime.sealer,
                  .trust = &trust_},
                 runtime.appended, runtime.metrics, runtime.clock, refresh_settings(settings)),
      pages_({.pages = runtime.stores.pages(),
              .articles = runtime.stores.articles(),
              .sources = runtime.stores.sources(),
              .objects = runtime.objects,
              .transfers = transfers_,
              .sealer = &runtime.sealer},
             runtime.appended, runtime.metrics, runtime.clock, page_settings(settings)) {
  if (has_websub(settings)) pushing_.emplace(runtime, transfers_, trust_, settings);
}

Result<std::unique_ptr<Fetching>> Fetching::make(const Settings& settings, const Runtime& runtime) {
  std::unique_ptr<HttpClient> http = TRY(open_http(settings));
  return std::unique_ptr<Fetching>(new Fetching(std::move(http), settings, runtime));
}

void Fetching::start() {
  refreshing_ = std::jthread([this](const std::stop_token& stop) { refresher_.run(stop); });
  reading_ = std::jthread([this](const std::stop_token& stop) { pages_.run(stop); });
  if (pushing_) pushing_->start();
}

void Fetching::request_stop() {
  refreshing_.request_stop();
  reading_.request_stop();
  if (pushing_) pushing_->request_stop();
}

void Fetching::join() {
  if (pushing_) pushing_->join();
  if (refreshing_.joinable()) refreshing_.join();
  if (reading_.joinable()) reading_.join();
}

void Fetching::on_events(std::span<const Event> events) {
  for (const Event& event : events) {
    if (event.kind == EventKind::SourceAdded || event.kind == EventKind::SourceChanged)
      refresher_.wake();
    if (pushing_ &&
        (event.kind == EventKind::SourceChanged || event.kind == EventKind::SourceRemoved))
      pushing_->wake();
    if (event.kind == EventKind::ArticleAdded || event.kind == EventKind::ArticleEdited)
      pages_.wake();
  }
}

}  // namespace tidings::app
