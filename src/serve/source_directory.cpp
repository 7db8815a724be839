#include "serve/source_directory.h"

namespace tidings::serve {

Result<SourceLabel> SourceDirectory::label(SourceId id) {
  std::uint64_t forgotten_before = 0;
  {
    MutexLock lock(mutex_);
    const auto entry = entries_.find(to_int(id));
    if (entry != entries_.end() && !entry->second.title_is_stale) return entry->second.label;
    forgotten_before = forgotten_;
  }
  return load(id, forgotten_before);
}

Result<std::string> SourceDirectory::country(SourceId id) {
  std::uint64_t forgotten_before = 0;
  {
    MutexLock lock(mutex_);
    const auto entry = entries_.find(to_int(id));
    if (entry != entries_.end()) return entry->second.label.country;
    forgotten_before = forgotten_;
  }
  return TRY(load(id, forgotten_before)).country;
}

Result<SourceLabel> SourceDirectory::load(SourceId id, std::uint64_t forgotten_before) {
  Entry entry;
  if (Result<Source> source = sources_.get(id); source) {
    entry.label = {.title = source->title(),
                   .site_url = source->settings.site_url,
                   .country = source->settings.country};
    entry.title_is_learned = source->settings.title.empty();
  } else if (source.error().kind != ErrorKind::NotFound) {
    return std::move(source).error();
  }
  MutexLock lock(mutex_);
  // Read before an event that forgot it, or one like it: good for this answer, not for the next.
  if (forgotten_ != forgotten_before) return entry.label;
  if (entries_.size() >= kEntriesMax) entries_.clear();
  entries_.insert_or_assign(to_int(id), entry);
  return entry.label;
}

void SourceDirectory::forget_all() {
  MutexLock lock(mutex_);
  ++forgotten_;
  entries_.clear();
}

void SourceDirectory::on_event(const Event& event) {
  MutexLock lock(mutex_);
  const auto entry = entries_.find(to_int(event.source_id));
  switch (event.kind) {
    case EventKind::SourceAdded:
    case EventKind::SourceChanged:
    case EventKind::SourceRemoved:
      ++forgotten_;
      if (entry != entries_.end()) entries_.erase(entry);
      return;
    case EventKind::ArticleAdded:
      // A title that the feed gave came with this refresh, or changed with it.
      if (entry == entries_.end() || entry->second.title_is_learned) ++forgotten_;
      if (entry != entries_.end()) entry->second.title_is_stale = entry->second.title_is_learned;
      return;
    default:
      return;
  }
}

}  // namespace tidings::serve
