// /api/v1/live: what happens, told to readers as Server-Sent Events while it happens.
#pragma once

#include <atomic>
#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/mutex.h"
#include "ports/article_store.h"
#include "ports/event_log.h"
#include "ports/story_store.h"
#include "ports/trend_store.h"
#include "serve/http_server.h"
#include "serve/source_directory.h"

namespace tidings::serve {

struct LiveLimits {
  std::size_t readers_max = 1'000;
  std::size_t replay_max = 500;  // events that a reader who comes back is sent
  std::size_t burst_max = 200;   // events at once; beyond, readers are told to read the lists again
};

// Each event is "event: <kind>", "id: <sequence>" and one line of JSON: the article's summary, the
// story or the trend, or what is known of one that is gone. A reader who names the last id that it
// saw is sent what it missed; when that is more than replay_max, or no longer in the log, it is
// sent "event: reset" with the id to go on from, and has to read the lists again. Safe to call from
// many threads.
class LiveHub {
 public:
  LiveHub(const LiveLimits& limits, const ArticleStore& articles, const StoryStore& stories,
          const TrendStore& trends, const EventLog& events, SourceDirectory& sources,
          const Clock& clock, EventSequence position);

  // Whether one more may join. Asked on the loop, before the stream begins.
  bool has_room() EXCLUDES(mutex_);

  // Sends what was missed and then everything new. Reads the log: on a worker.
  void join(std::shared_ptr<Stream> stream, std::optional<EventSequence> last_seen)
      EXCLUDES(mutex_);

  // One thread at a time, in order. Events that were published before are passed over; where some
  // are missing, or too many come at once, readers are sent a reset instead.
  void publish(std::span<const Event> events) EXCLUDES(mutex_);

  EventSequence position() const { return position_; }
  std::size_t readers() const EXCLUDES(mutex_);
  void clear() EXCLUDES(mutex_);  // lets every stream go

  static constexpr std::string_view kHeartbeat = ": still here\n\n";

 private:
  using Subjects = std::unordered_map<std::int64_t, std::string>;  // as JSON
  using Message = std::shared_ptr<const std::string>;  // shared: one copy for all readers
  struct Reader {
    std::shared_ptr<Stream> stream;  // shared with the connection
    EventSequence last_sent;
  };

  // Messages in the order of `events`.
  std::vector<Message> messages_of(std::span<const Event> events) const;
  // By subject, as far as they can be read.
  Subjects article_texts(std::span<const Event> events) const;
  Subjects story_texts(std::span<const Event> events) const;
  Subjects trend_texts(std::span<const Event> events) const;
  void publish_reset(EventSequence upto) EXCLUDES(mutex_);
  // Adds the reader when the log was read up to where publishing is.
  bool try_add(const std::shared_ptr<Stream>& stream, EventSequence last_sent) EXCLUDES(mutex_);
  bool can_replay_from(EventSequence last_seen) const;

  const LiveLimits limits_;
  const ArticleStore& articles_;
  const StoryStore& stories_;
  const TrendStore& trends_;
  const EventLog& events_;
  SourceDirectory& sources_;
  const Clock& clock_;
  std::atomic<EventSequence> position_;
  mutable Mutex mutex_;
  std::vector<Reader> readers_ GUARDED_BY(mutex_);
};

}  // namespace tidings::serve
