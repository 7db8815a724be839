// How the index gets to its files, and how its segments become fewer.
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "core/log.h"
#include "search/index.h"

namespace tidings::search {
namespace {

// So many files of changes become one.
constexpr std::size_t kChangesFilesMax = 32;

std::string changes_name(std::uint64_t number) {
  return std::to_string(number) + ".changes";
}

// Of two changes to one document the later counts: it says all.
std::vector<DocumentChange> last_of_each(std::span<const DocumentChange> changes) {
  std::map<std::pair<std::uint64_t, std::uint32_t>, const DocumentChange*> last;
  for (const DocumentChange& one : changes) last[{one.segment, one.document}] = &one;
  std::vector<DocumentChange> kept;
  kept.reserve(last.size());
  for (const auto& [place, change] : last) kept.push_back(*change);
  return kept;
}

bool never() {
  return false;
}

}  // namespace

Result<Index::Written> Index::write_segment(std::uint64_t number,
                                            std::span<const SegmentView> inputs, DocumentMaps& maps,
                                            const std::function<bool()>& is_stopped) const {
  SegmentOutput output = TRY(SegmentOutput::to_files(files_, number));
  const bool is_as_it_was = inputs.size() == 1 && !inputs.front().dead && !inputs.front().stories;
  if (is_as_it_was) {
    output.copy(inputs.front().segment->bytes());
  } else {
    maps = merge_segments(inputs, output, is_stopped);
  }
  const SegmentSeals seals = TRY(output.finish());
  auto segment = std::make_shared<const Segment>(TRY(SegmentBytes::open(files_, number, seals)));
  const std::uint32_t documents = segment->documents();
  return Written{.view = {.segment = std::move(segment), .number = number},
                 .entry = {.number = number, .documents = documents, .seals = seals}};
}

Result<void> Index::flush() {
  const MutexLock lock(write_mutex_);
  const bool is_durable = cursor_ == durable_.cursor && filled_to_ == durable_.filled_to;
  if (is_durable && files() == views_.size() && changed_.empty()) return {};
  return commit(nullptr);
}

Result<void> Index::commit(Merged* merged) {
  Result<void> done = write_commit(merged);
  remove_unnamed_files();  // after a failure too: on a full disk what was begun is in the way
  if (done) publish();
  return done;
}

// One manifest: what lay in memory as a segment, what a merge made instead of what it was made of,
// and what changed in the others.
Result<void> Index::write_commit(Merged* merged) {
  if (settings_.is_read_only)
    return Error{ErrorKind::Forbidden, "this index is for reading alone", {}};
  const std::span<const SegmentView> memory = std::span(views_).subspan(files());
  std::vector<SegmentView> views(views_.begin(),
                                 views_.begin() + static_cast<std::ptrdiff_t>(files()));
  Manifest manifest = durable_;
  std::vector<DocumentChange> changes = last_of_each(changed_);
  if (merged != nullptr) {
    carry_over(*merged);
    std::set<std::uint64_t> gone;
    for (const SegmentView& input : merged->inputs) gone.insert(input.number);
    const auto is_gone = [&](const auto& one) { return gone.contains(one.number); };
    std::erase_if(views, is_gone);
    std::erase_if(manifest.segments, is_gone);
    std::erase_if(changes, [&](const DocumentChange& one) { return gone.contains(one.segment); });
    views.push_back(merged->written.view);
    manifest.segments.push_back(merged->written.entry);
    const std::vector<DocumentChange> carried = all_changes(std::span(views).last(1));
    changes.insert(changes.end(), carried.begin(), carried.end());
  }
  if (!memory.empty()) {
    DocumentMaps maps;
    const Written written = TRY(write_segment(next_number_++, memory, maps, never));
    views.push_back(written.view);
    manifest.segments.push_back(written.entry);
  }
  if (manifest.changes.size() >= kChangesFilesMax) {
    manifest.changes.clear();
    changes = all_changes(views);
  }
  TRY(write_changes(changes, manifest));
  manifest.cursor = cursor_;
  manifest.filled_to = filled_to_;
  manifest.next_number = next_number_;
  TRY(replace_manifest(manifest));
  durable_ = std::move(manifest);
  views_ = std::move(views);
  changed_.clear();
  return {};
}

Result<void> Index::replace_manifest(const Manifest& manifest) {
  is_durable_known_ = false;
  TRY(files_.replace(kManifestName, encode(manifest)));
  is_durable_known_ = true;
  return {};
}

Result<void> Index::write_changes(const std::vector<DocumentChange>& changes, Manifest& manifest) {
  if (changes.empty()) return {};
  const std::uint64_t number = next_number_++;
  const std::string bytes = encode(changes);
  const std::unique_ptr<IndexFileWriter> file = TRY(files_.create(changes_name(number)));
  TRY(file->append(bytes));
  TRY(file->finish());
  manifest.changes.push_back({.number = number, .seal = seal_of(bytes)});
  return {};
}

std::vector<DocumentChange> Index::all_changes(std::span<const SegmentView> views) const {
  std::vector<DocumentChange> changes;
  for (const SegmentView& view : views) {
    if (!view.dead && !view.stories) continue;
    for (std::uint32_t document = 0; document < view.documents(); ++document) {
      const DocumentChange change = change_of(view, document);
      if (change.has_place || change.is_dead) changes.push_back(change);
    }
  }
  return changes;
}

// Segments of about one size, or one that is dead for the most part.
std::vector<SegmentView> Index::mergeable() const {
  std::map<std::uint32_t, std::vector<SegmentView>> by_size;
  for (const SegmentView& view : std::span(views_).first(files())) {
    if (view.living() * 2 < view.documents()) return {view};
    std::uint32_t size = 0;
    for (std::uint64_t limit = settings_.small_documents; limit < view.living();
         limit *= settings_.merged_at_once)
      ++size;
    by_size[size].push_back(view);
  }
  for (auto& [size, views] : by_size) {
    if (views.size() >= settings_.merged_at_once) return std::move(views);
  }
  return {};
}

std::optional<Index::Merged> Index::begin_merge() {
  const MutexLock lock(write_mutex_);
  Merged merged{.inputs = mergeable()};
  if (merged.inputs.empty()) return std::nullopt;
  merged.number = merging_ = next_number_++;
  return merged;
}

Result<bool> Index::merge(const std::function<bool()>& is_stopped) {
  std::optional<Merged> merged = begin_merge();
  if (!merged) return false;
  Result<Written> written = write_segment(merged->number, merged->inputs, merged->maps, is_stopped);
  return end_merge(std::move(written), *merged, is_stopped());
}

bool Index::has_all(std::span<const SegmentView> inputs) const {
  std::set<std::uint64_t> numbers;
  for (const SegmentView& view : views_) numbers.insert(view.number);
  return std::ranges::all_of(
      inputs, [&](const SegmentView& input) { return numbers.contains(input.number); });
}

Result<bool> Index::end_merge(Result<Written> written, Merged& merged, bool is_stopped) {
  const MutexLock lock(write_mutex_);
  merging_ = 0;
  if (is_stopped || !written) remove_unnamed_files();
  if (is_stopped) return false;
  if (!has_all(merged.inputs)) {  // everything was forgotten meanwhile
    remove_unnamed_files();
    return false;
  }
  merged.written = TRY(std::move(written));
  TRY(commit(&merged));
  return true;
}

// What happened to the inputs while they were being merged.
void Index::carry_over(Merged& merged) const {
  for (std::size_t i = 0; i < merged.inputs.size(); ++i) {
    const SegmentView& before = merged.inputs[i];
    const auto now = std::ranges::find(views_, before.number, &SegmentView::number);
    if (now == views_.end() || (now->dead == before.dead && now->stories == before.stories))
      continue;
    SegmentView& output = merged.written.view;
    for (std::uint32_t document = 0; document < before.documents(); ++document) {
      const std::uint32_t place = merged.maps[i][document];
      if (place == kNoDocument) continue;
      if (now->is_dead(document)) output.kill(place);
      const StoryPlace* story = now->stories ? now->stories->find(document) : nullptr;
      if (story != nullptr && *story != before.story(document)) output.set_story(place, *story);
    }
  }
}

Result<void> Index::clear(EventSequence cursor) {
  const MutexLock lock(write_mutex_);
  Manifest manifest{.cursor = cursor, .next_number = next_number_};
  TRY(replace_manifest(manifest));
  durable_ = std::move(manifest);
  views_.clear();
  has_changed_ = true;
  changed_.clear();
  damage_.clear();
  cursor_ = cursor;
  filled_to_ = ArticleId{};
  remove_unnamed_files();
  publish();
  return {};
}

// Left behind by a crash, a failed step, or a merge. What cannot be removed now can be later.
void Index::remove_unnamed_files() {
  if (settings_.is_read_only || !is_durable_known_) return;
  std::set<std::string> named = {std::string(kManifestName)};
  for (const SegmentEntry& entry : durable_.segments) {
    for (std::size_t i = 0; i < kParts; ++i)
      named.insert(part_name(entry.number, static_cast<Part>(i)));
  }
  for (const ChangesEntry& entry : durable_.changes) named.insert(changes_name(entry.number));
  const Result<std::vector<std::string>> files = files_.list();
  if (!files) return;
  for (const std::string& name : *files) {
    const bool is_being_written = merging_ != 0 && name.starts_with(std::to_string(merging_) + ".");
    if (is_being_written || named.contains(name)) continue;
    const Result<void> removed = files_.remove(name);
    if (!removed) log::warn("search_index.not_removed", {{"file", name}});
  }
}

}  // namespace tidings::search
