#include "search/index.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "search/segment_builder.h"

namespace tidings::search {
namespace {

// Who keeps the index replaces the manifest and then removes files, maybe between our reading of
// the one and of the others.
constexpr int kReadingsMax = 10;

bool never() {
  return false;
}

// Empty when there is none.
Result<std::string> manifest_bytes(const IndexFiles& files) {
  const Result<std::unique_ptr<IndexFile>> file = files.open(kManifestName);
  if (file) return std::string((*file)->bytes());
  if (file.error().kind == ErrorKind::NotFound) return std::string();
  return file.error();
}

}  // namespace

Result<std::unique_ptr<Index>> Index::open(IndexFiles& files, IndexSettings settings) {
  for (int reading = 1;; ++reading) {
    const std::string manifest = TRY(manifest_bytes(files));
    auto index = TRY(of_manifest(manifest, files, settings));
    const bool is_whole = !settings.is_read_only || index->damage().empty();
    if (is_whole || reading == kReadingsMax) return index;
    if (manifest == TRY(manifest_bytes(files))) return index;
  }
}

Result<std::unique_ptr<Index>> Index::of_manifest(std::string_view manifest, IndexFiles& files,
                                                  IndexSettings settings) {
  std::unique_ptr<Index> index(new Index(files, settings));
  const MutexLock lock(index->write_mutex_);
  if (!manifest.empty()) TRY(index->load(TRY(decode_manifest(manifest))));
  index->remove_unnamed_files();
  index->publish();
  return index;
}

Result<void> Index::load(const Manifest& manifest) {
  durable_ = manifest;
  durable_.segments.clear();
  for (const SegmentEntry& entry : manifest.segments) {
    Result<SegmentBytes> bytes = SegmentBytes::open(files_, entry.number, entry.seals);
    if (!bytes && bytes.error().kind == ErrorKind::Unavailable) return bytes.error();
    if (!bytes) {
      damage_.push_back({bytes.error().message, entry.documents});
      continue;
    }
    durable_.segments.push_back(entry);
    views_.push_back(
        {.segment = std::make_shared<const Segment>(*std::move(bytes)), .number = entry.number});
  }
  durable_.changes.clear();
  for (const ChangesEntry& entry : manifest.changes) {
    const Result<void> loaded = load_changes(entry);
    if (!loaded && loaded.error().kind == ErrorKind::Unavailable) return loaded;
    if (loaded) {
      durable_.changes.push_back(entry);
    } else {
      leave_out_before(entry.number, loaded.error().message);
    }
  }
  changed_.clear();
  // What was lost is to be read from the store again.
  if (!damage_.empty()) durable_.filled_to = ArticleId{};
  cursor_ = durable_.cursor;
  filled_to_ = durable_.filled_to;
  next_number_ = durable_.next_number;
  return {};
}

Result<void> Index::load_changes(const ChangesEntry& entry) {
  const std::string name = std::to_string(entry.number) + ".changes";
  const std::unique_ptr<IndexFile> file = TRY(files_.open(name));
  if (seal_of(file->bytes()) != entry.seal)
    return corrupt(name + ": not the bytes that were written (checksum)");
  for (const DocumentChange& change : TRY(decode_changes(file->bytes()))) {
    const auto view = std::ranges::find(views_, change.segment, &SegmentView::number);
    if (view == views_.end() || change.document >= view->documents()) continue;
    const Place place{.view = static_cast<std::size_t>(view - views_.begin()),
                      .document = change.document};
    if (change.has_place) set_story(place, change.place);
    if (change.is_dead) kill(place);
  }
  return {};
}

// Nobody knows any more which documents died in them: served they would come back to life.
void Index::leave_out_before(std::uint64_t number, std::string reason) {
  IndexDamage damage{.reason = std::move(reason)};
  for (const SegmentView& view : views_)
    damage.documents += view.number < number ? view.living() : 0;
  const auto is_before = [&](const auto& one) { return one.number < number; };
  std::erase_if(views_, is_before);
  std::erase_if(durable_.segments, is_before);
  damage_.push_back(std::move(damage));
}

std::shared_ptr<const Snapshot> Index::snapshot() const {
  const MutexLock lock(snapshot_mutex_);
  return snapshot_;
}

IndexStatistics Index::statistics() const {
  const MutexLock lock(snapshot_mutex_);
  return statistics_;
}

std::optional<std::uint32_t> Index::version_of(ArticleId id) const {
  const std::shared_ptr<const Snapshot> now = snapshot();
  for (const SegmentView& view : now->segments) {
    const auto document = view.segment->columns().find(to_int(id));
    if (document && !view.is_dead(*document)) return view.segment->columns().version(*document);
  }
  return std::nullopt;
}

std::vector<ArticleId> Index::ids(ArticleId after, ArticleId last) const {
  const std::shared_ptr<const Snapshot> now = snapshot();
  std::vector<ArticleId> ids;
  for (const SegmentView& view : now->segments) {
    for (const std::uint32_t document :
         view.segment->columns().between(to_int(after), to_int(last))) {
      if (!view.is_dead(document)) ids.push_back(ArticleId(view.segment->columns().id(document)));
    }
  }
  std::ranges::sort(ids);
  return ids;
}

std::optional<Index::Place> Index::find(ArticleId id) const {
  for (std::size_t i = views_.size(); i > 0; --i) {
    const SegmentView& view = views_[i - 1];
    const auto document = view.segment->columns().find(to_int(id));
    if (document && !view.is_dead(*document)) return Place{i - 1, *document};
  }
  return std::nullopt;
}

// What a segment's file is to be told of.
void Index::remember(const Place& place) {
  const SegmentView& view = views_[place.view];
  if (view.number == 0) return;
  changed_.push_back(change_of(view, place.document));
}

void Index::set_listener(std::function<void()> on_change) {
  const MutexLock lock(write_mutex_);
  on_change_ = std::move(on_change);
}

void Index::kill(const Place& place) {
  has_changed_ = true;
  views_[place.view].kill(place.document);
  remember(place);
}

void Index::set_story(const Place& place, StoryPlace story) {
  has_changed_ = true;
  views_[place.view].set_story(place.document, story);
  remember(place);
}

void Index::apply(const IndexStep& step) {
  const MutexLock lock(write_mutex_);
  for (const ArticleId id : step.removed) {
    if (const auto place = find(id)) kill(*place);
  }
  for (const IndexedArticle& article : step.articles) {
    const auto place = find(article.document.id);
    if (place) kill(*place);
  }
  if (!step.articles.empty()) add_segment(step.articles);
  for (const ArticleStoryPlace& one : step.stories) {
    const auto place = find(one.article_id);
    if (place && views_[place->view].story(place->document) != one.place)
      set_story(*place, one.place);
  }
  cursor_ = step.cursor;
  filled_to_ = step.filled_to;
  publish();
}

void Index::add_segment(std::span<const IndexedArticle> articles) {
  has_changed_ = true;
  SegmentBuilder builder;
  for (const IndexedArticle& article : articles)
    builder.add(article.document, article.words, article.values);
  SegmentOutput output = SegmentOutput::in_memory();
  builder.write(output);
  views_.push_back(
      {.segment = std::make_shared<const Segment>(SegmentBytes::of_memory(std::move(output)))});
  merge_memory_when_due();
}

// A few of one size become one: few are asked, and an article is written a few times only.
void Index::merge_memory_when_due() {
  const auto size_class = [](const SegmentView& view) {
    return std::bit_width(std::uint32_t{view.documents()}) / 2;
  };
  for (std::size_t last = views_.size() - 1;; last = views_.size() - 1) {
    std::size_t first = last;
    while (first > files() && size_class(views_[first - 1]) <= size_class(views_[last])) --first;
    if (last - first + 1 < settings_.merged_at_once) return;
    merge_memory(first);
  }
}

void Index::merge_memory(std::size_t first) {
  SegmentOutput output = SegmentOutput::in_memory();
  merge_segments(std::span(views_).subspan(first), output, never);
  views_.resize(first);
  views_.push_back(
      {.segment = std::make_shared<const Segment>(SegmentBytes::of_memory(std::move(output)))});
}

std::size_t Index::files() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(views_, [](const SegmentView& view) { return view.number != 0; }));
}

std::optional<ArticleId> Index::filled_to() {
  const MutexLock lock(write_mutex_);
  return filled_to_;
}

void Index::publish() {
  auto next = std::make_shared<Snapshot>();
  IndexStatistics statistics{.cursor = cursor_, .durable_cursor = durable_.cursor};
  std::uint64_t words = 0, documents = 0;
  for (const SegmentView& view : views_) {
    if (view.documents() == 0) continue;
    next->segments.push_back(view);
    next->documents += view.living();
    words += view.segment->columns().words_total();
    documents += view.documents();
    const bool is_file = view.number != 0;
    statistics.dead += view.documents() - view.living();
    statistics.segments += 1;
    statistics.memory_segments += is_file ? 0 : 1;
    statistics.memory_documents += is_file ? 0 : view.living();
    (is_file ? statistics.file_bytes : statistics.memory_bytes) += view.segment->bytes().size();
    statistics.terms += view.segment->terms().size();
  }
  statistics.documents = next->documents;
  statistics.is_filling = filled_to_.has_value();
  next->cursor = cursor_;
  next->mean_words =
      documents == 0 ? 1 : static_cast<double>(words) / static_cast<double>(documents);
  std::ranges::sort(next->segments, std::greater<>(),
                    [](const SegmentView& view) { return view.segment->columns().published(0); });
  {
    const MutexLock lock(snapshot_mutex_);
    // Dead articles that are gone change what words weigh.
    has_changed_ |= statistics.dead != statistics_.dead;
    snapshot_ = std::move(next);
    statistics_ = statistics;
  }
  // After the snapshot: who hears of it finds it.
  if (std::exchange(has_changed_, false) && on_change_) on_change_();
}

}  // namespace tidings::search
