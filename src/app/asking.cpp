#include "app/asking.h"

#include <chrono>
#include <utility>

#include "app/story_settings.h"
#include "core/log.h"

namespace tidings::app {
namespace {

constexpr pipeline::IndexingSettings kWithoutFlush{
    .analysis_wait_max = std::chrono::milliseconds(0), .is_written = false};

}  // namespace

Result<std::unique_ptr<Asking>> Asking::open(const Arguments& arguments) {
  log::set_level(log::Level::Warn);
  auto opened = TRY(app::open(arguments, Installation::MustExist));
  auto index = TRY(OpenIndex::open(opened->settings, IndexUse::Read));
  auto families = TRY(story_settings(opened->settings)).families;
  std::unique_ptr<Asking> asking(
      new Asking(std::move(opened), std::move(index), std::move(families)));
  TRY(asking->indexing_.catch_up());
  return asking;
}

Asking::Asking(std::unique_ptr<Opened> opened, std::unique_ptr<OpenIndex> index,
               stories::PublisherFamilies families)
    : opened_(std::move(opened)),
      index_(std::move(index)),
      families_(std::move(families)),
      indexing_(*opened_->stores, index_->index(), families_, metrics_, opened_->clock,
                kWithoutFlush) {}

}  // namespace tidings::app
