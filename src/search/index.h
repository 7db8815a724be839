// The index: takes articles in the order of the event log, answers from snapshots, keeps what it
// has taken in files that appear all at once.
//
// What is new lies in small segments in memory until flush() writes them as one. A crash leaves the
// index as of the last flush, exactly: the cursor of the event log is in the same file that names
// the segments.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/mutex.h"
#include "core/result.h"
#include "ports/index_files.h"
#include "search/document_changes.h"
#include "search/indexed_article.h"
#include "search/manifest.h"
#include "search/segment_merger.h"
#include "search/snapshot.h"

namespace tidings::search {

struct ArticleStoryPlace {
  ArticleId article_id{};
  StoryPlace place;
};

// What some events come to. An article that is there already is replaced.
struct IndexStep {
  std::vector<IndexedArticle> articles;  // each once
  std::vector<ArticleId> removed;
  std::vector<ArticleStoryPlace> stories;  // of articles that are there; others are passed over
  EventSequence cursor{};                  // after it
  std::optional<ArticleId> filled_to;      // as in Manifest
};

struct IndexStatistics {
  std::uint64_t documents = 0;  // that are there
  std::uint64_t dead = 0;       // that are not, and still take room
  std::uint64_t segments = 0, memory_segments = 0;
  std::uint64_t memory_documents = 0;
  std::uint64_t file_bytes = 0, memory_bytes = 0;
  std::uint64_t terms = 0;  // summed over segments
  EventSequence cursor{};   // of what is answered from
  EventSequence durable_cursor{};
  bool is_filling = false;
};

// Of segments that could not be read: what they had is not there until it is given again.
struct IndexDamage {
  std::string reason;
  std::uint32_t documents = 0;
};

struct IndexSettings {
  // So many segments of about one size become one: more take longer to ask, fewer to keep.
  std::size_t merged_at_once = 4;
  std::uint32_t small_documents = 2'000;  // up to there sizes are taken for the same
  bool is_read_only = false;              // files are left alone: another process has them
};

// snapshot(), statistics() and set_listener() may be called from any thread; apply() and flush()
// from one, merge() from one more.
class Index {
 public:
  // Without a manifest an empty index. Corrupt or InvalidInput where the manifest cannot be read.
  // Damaged segments are left out, and told of. One that is only read is whole also while another
  // process writes and merges.
  static Result<std::unique_ptr<Index>> open(IndexFiles& files, IndexSettings settings = {});

  std::shared_ptr<const Snapshot> snapshot() const EXCLUDES(snapshot_mutex_);
  IndexStatistics statistics() const EXCLUDES(snapshot_mutex_);
  const std::vector<IndexDamage>& damage() const { return damage_; }
  // As of the last apply(); after open() the zero id where something was lost.
  std::optional<ArticleId> filled_to() EXCLUDES(write_mutex_);

  // Found from here on; durable after the next flush().
  void apply(const IndexStep& step) EXCLUDES(write_mutex_);
  // On failure everything is as before, and is still answered from memory.
  Result<void> flush() EXCLUDES(write_mutex_);
  // Makes one segment of some, where that is worth it: false where it is not.
  Result<bool> merge(const std::function<bool()>& is_stopped) EXCLUDES(write_mutex_);
  // Forgets everything, as if there had been no files. `cursor`: where it begins again.
  Result<void> clear(EventSequence cursor) EXCLUDES(write_mutex_);

  // Called each time after a snapshot that answers otherwise than the one before can be had, on the
  // thread that made it, which it must not hold up. When this returns the one before is not called
  // any more.
  void set_listener(std::function<void()> on_change) EXCLUDES(write_mutex_);

  std::optional<std::uint32_t> version_of(ArticleId id) const;  // SearchDocument::version
  // Of articles that are there, after `after` and up to `last`: ascending.
  std::vector<ArticleId> ids(ArticleId after, ArticleId last) const;

 private:
  // A document's place, for changes to it.
  struct Place {
    std::size_t view = 0;
    std::uint32_t document = 0;
  };
  Index(IndexFiles& files, IndexSettings settings) : files_(files), settings_(settings) {}

  static Result<std::unique_ptr<Index>> of_manifest(std::string_view manifest, IndexFiles& files,
                                                    IndexSettings settings);
  Result<void> load(const Manifest& manifest) REQUIRES(write_mutex_);
  Result<void> load_changes(const ChangesEntry& entry) REQUIRES(write_mutex_);
  void leave_out_before(std::uint64_t number, std::string reason) REQUIRES(write_mutex_);
  std::optional<Place> find(ArticleId id) const REQUIRES(write_mutex_);
  void kill(const Place& place) REQUIRES(write_mutex_);
  void set_story(const Place& place, StoryPlace story) REQUIRES(write_mutex_);
  void remember(const Place& place) REQUIRES(write_mutex_);
  void add_segment(std::span<const IndexedArticle> articles) REQUIRES(write_mutex_);
  void merge_memory_when_due() REQUIRES(write_mutex_);
  void merge_memory(std::size_t first) REQUIRES(write_mutex_);
  void publish() REQUIRES(write_mutex_) EXCLUDES(snapshot_mutex_);

  // A segment that was just written: its files count once a manifest names them.
  struct Written {
    SegmentView view;
    SegmentEntry entry;
  };
  // What a merge made of segments that are to go.
  struct Merged {
    std::uint64_t number = 0;
    std::vector<SegmentView> inputs;  // as they were when it began
    DocumentMaps maps;
    Written written;
  };
  Result<Written> write_segment(std::uint64_t number, std::span<const SegmentView> inputs,
                                DocumentMaps& maps, const std::function<bool()>& is_stopped) const;
  std::vector<SegmentView> mergeable() const REQUIRES(write_mutex_);
  bool has_all(std::span<const SegmentView> inputs) const REQUIRES(write_mutex_);
  void carry_over(Merged& merged) const REQUIRES(write_mutex_);
  std::optional<Merged> begin_merge() EXCLUDES(write_mutex_);
  Result<bool> end_merge(Result<Written> written, Merged& merged, bool is_stopped)
      EXCLUDES(write_mutex_);
  Result<void> commit(Merged* merged) REQUIRES(write_mutex_);
  Result<void> write_commit(Merged* merged) REQUIRES(write_mutex_);
  Result<void> replace_manifest(const Manifest& manifest) REQUIRES(write_mutex_);
  Result<void> write_changes(const std::vector<DocumentChange>& changes, Manifest& manifest)
      REQUIRES(write_mutex_);
  std::vector<DocumentChange> all_changes(std::span<const SegmentView> views) const;
  std::size_t files() const REQUIRES(write_mutex_);  // how many views are
  void remove_unnamed_files() REQUIRES(write_mutex_);

  IndexFiles& files_;
  const IndexSettings settings_;
  std::vector<IndexDamage> damage_;

  Mutex write_mutex_;
  std::vector<SegmentView> views_ GUARDED_BY(write_mutex_);  // files first, then memory; by age
  std::vector<DocumentChange> changed_ GUARDED_BY(write_mutex_);  // in files, since the last flush
  Manifest durable_ GUARDED_BY(write_mutex_);
  bool is_durable_known_ GUARDED_BY(write_mutex_) = true;  // else the disk may have a later one
  std::function<void()> on_change_ GUARDED_BY(write_mutex_);
  bool has_changed_ GUARDED_BY(write_mutex_) = false;  // since the last snapshot
  EventSequence cursor_ GUARDED_BY(write_mutex_){};
  std::optional<ArticleId> filled_to_ GUARDED_BY(write_mutex_) = ArticleId{};
  std::uint64_t next_number_ GUARDED_BY(write_mutex_) = 1;
  std::uint64_t merging_ GUARDED_BY(write_mutex_) = 0;  // the number of a merge's output; 0: none

  mutable Mutex snapshot_mutex_;
  std::shared_ptr<const Snapshot> snapshot_ GUARDED_BY(snapshot_mutex_);
  IndexStatistics statistics_ GUARDED_BY(snapshot_mutex_);
};

}  // namespace tidings::search
