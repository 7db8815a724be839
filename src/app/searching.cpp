#include "app/searching.h"

#include <utility>

#include "adapters/filesystem/index_files.h"
#include "app/story_settings.h"
#include "core/log.h"
#include "core/thread_name.h"

namespace tidings::app {
namespace {

constexpr int kMergeNiceLevels = 15;  // it has time

bool is_unreadable(const Error& error) {
  return error.kind == ErrorKind::Corrupt || error.kind == ErrorKind::InvalidInput;
}

}  // namespace

Result<std::unique_ptr<OpenIndex>> OpenIndex::open(const Settings& settings, IndexUse use) {
  std::unique_ptr<IndexFiles> files =
      TRY(filesystem::FilesystemIndexFiles::open((settings.data / "index").string()));
  const search::IndexSettings of_index{.is_read_only = use == IndexUse::Read};
  auto index = search::Index::open(*files, of_index);
  if (!index && use == IndexUse::Keep && is_unreadable(index.error())) {
    log::warn("search_index.begun_anew", {{"reason", index.error().message}});
    TRY(files->remove(search::kManifestName));
    index = search::Index::open(*files, of_index);
  }
  if (!index) return index.error();
  for (const search::IndexDamage& damage : (*index)->damage())
    log::warn("search_index.damaged", {{"reason", damage.reason},
                                       {"articles", damage.documents},
                                       {"remedy", "they are read from the store again"}});
  return std::unique_ptr<OpenIndex>(new OpenIndex(std::move(files), *std::move(index)));
}

Result<std::unique_ptr<Searching>> Searching::make(const Settings& settings,
                                                   const Runtime& runtime) {
  auto opened = TRY(OpenIndex::open(settings, IndexUse::Keep));
  auto families = TRY(story_settings(settings)).families;
  return std::unique_ptr<Searching>(new Searching(std::move(opened), std::move(families), runtime));
}

Searching::Searching(std::unique_ptr<OpenIndex> opened, stories::PublisherFamilies families,
                     const Runtime& runtime)
    : appended_(runtime.appended),
      opened_(std::move(opened)),
      families_(std::move(families)),
      indexing_(runtime.stores, opened_->index(), families_, runtime.metrics, runtime.clock) {}

Searching::~Searching() {
  for (std::jthread& thread : threads_) thread.request_stop();
}

void Searching::start() {
  threads_.emplace_back([this](const std::stop_token& stop) {
    name_batch_thread("index");
    indexing_.run(stop, appended_);
  });
  threads_.emplace_back([this](const std::stop_token& stop) {
    name_batch_thread("index_merge", kMergeNiceLevels);
    indexing_.run_merges(stop);
  });
}

}  // namespace tidings::app
