#include "pipeline/trends.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analytics/current_trends.h"
#include "core/log.h"

namespace tidings::pipeline {
namespace {

constexpr std::size_t kEventsAPart = 1'000;
constexpr std::size_t kPartsAtOnce = 5;  // then the runner may stop
constexpr std::chrono::hours kBehindMax{1};
constexpr std::chrono::minutes kListAgeMax{5};  // of one that did not change
// An event is written a moment after its time.
constexpr std::chrono::seconds kEventsComeWithin{5};
constexpr std::string_view kCheckpointPrefix = "trends/";

std::string checkpoint_key(EventSequence cursor) {
  return fmt::format("{}checkpoint-{:016}", kCheckpointPrefix, to_int(cursor));
}

Error being_restored() {
  return {ErrorKind::Conflict, "the counts of trends are being restored", {}};
}

// Damaged, or not there: nothing that waiting could mend.
bool is_lost(const Error& error) {
  return error.kind == ErrorKind::Corrupt || error.kind == ErrorKind::NotFound ||
         error.kind == ErrorKind::InvalidInput;
}

Time minute_of(Time time) {
  return std::chrono::floor<std::chrono::minutes>(time);
}

}  // namespace

TrendsConsumer::TrendsConsumer(Stores& stores, ObjectStore& objects,
                               const stories::PublisherFamilies& families, Metrics& metrics,
                               const Clock& clock, const TrendsSettings& settings)
    : stores_(stores),
      objects_(objects),
      families_(families),
      clock_(clock),
      settings_(settings),
      rose_(metrics.counter("trends_rose_total", "Trends that began and were told of.")),
      checkpoints_(metrics.counter("trend_checkpoints_total",
                                   "Checkpoints of the counts of trends that were kept.")),
      rising_(metrics.gauge("trends_rising", "Trends that rise now.")),
      keys_(metrics.gauge("trend_keys", "Keys that are counted by themselves.")) {}

Result<void> TrendsConsumer::apply(std::span<const Event> events, const CursorMove& move) {
  TRY(keep_up(move.from));
  TRY(stream_->follow(events));
  keys_.set(static_cast<double>(stream_->trends().counts().keys()));
  TRY(commit(TRY(look()), move));
  checkpoint_where_due();
  return {};
}

// Whole minutes only: those that go by are told from the articles, too, when they are read again.
Result<void> TrendsConsumer::rest(EventSequence at) {
  TRY(keep_up(at));
  const Time minute = minute_of(clock_.now() - kEventsComeWithin);
  if (stream_->trends().now() == Time{} || minute <= stream_->trends().now()) return {};
  stream_->advance(minute);
  const auto step = TRY(look());
  if (step && (list_->trends != step->trends || list_->is_warm != step->is_warm))
    TRY(commit(step, {.consumer = name_, .from = at, .to = at}));
  looked_at_ = minute;
  checkpoint_where_due();
  return {};
}

Result<void> TrendsConsumer::load() {
  const TrendCheckpoint kept = TRY(stores_.trends().checkpoint());
  stream_.emplace(stores_, families_, settings_.trends);
  replayed_ = 0;
  if (!kept.key.empty()) {
    const Result<std::string> bytes = objects_.get(kept.key);
    const Result<void> restored = bytes ? stream_->restore(*bytes) : bytes.error();
    if (!restored) {
      stream_.reset();
      if (!is_lost(restored.error())) return restored.error();
      log::error("trends.checkpoint_lost",
                 {{"checkpoint", kept.key},
                  {"reason", restored.error().message},
                  {"remedy", "what is usual is counted anew from the event log"}});
      TRY(begin_anew());
    }
  }
  checkpoint_articles_ = stream_->articles();
  checkpoint_cursor_ = stream_->followed();
  checkpoint_at_ = clock_.now();
  return {};
}

Result<void> TrendsConsumer::begin_anew() {
  const std::int64_t cursor = to_int(TRY(stores_.events().cursor(name_)));
  const auto most = static_cast<std::int64_t>(settings_.events_replayed_max);
  stream_.emplace(stores_, families_, settings_.trends);
  stream_->go_on_after(EventSequence(std::max<std::int64_t>(cursor - most, 0)));
  return {};
}

// Follows what was read before a restart, or by another process.
Result<void> TrendsConsumer::keep_up(EventSequence cursor) {
  if (!stream_) TRY(load());
  for (std::size_t part = 0; stream_->followed() < cursor; ++part) {
    if (part == kPartsAtOnce) {
      checkpoint_where_due();
      return being_restored();
    }
    TRY(follow_part(cursor));
  }
  if (replayed_ > 0)
    log::info("trends.restored", {{"replayed", replayed_},
                                  {"articles", stream_->articles()},
                                  {"keys", stream_->trends().counts().keys()}});
  replayed_ = 0;
  return {};
}

Result<void> TrendsConsumer::follow_part(EventSequence cursor) {
  std::vector<Event> events = TRY(stores_.events().read(stream_->followed(), kEventsAPart));
  std::erase_if(events, [&](const Event& event) { return event.sequence > cursor; });
  TRY(stream_->follow(events));
  replayed_ += static_cast<std::int64_t>(events.size());
  if (events.empty()) stream_->go_on_after(cursor);  // retention took them
  return {};
}

bool TrendsConsumer::is_due() const {
  const Time now = stream_->trends().now();
  return now != Time{} && minute_of(now) > looked_at_ && clock_.now() - now < kBehindMax;
}

Result<std::optional<TrendStep>> TrendsConsumer::look() {
  if (!is_due()) return std::optional<TrendStep>();
  if (!list_) list_ = TRY(stores_.trends().list());
  const analytics::Trends& trends = stream_->trends();
  analytics::TrendChanges changes =
      analytics::follow_trends(list_->trends, trends.rising(kCurrentTrendsMax), trends.now());
  const bool is_same = changes.trends == list_->trends && trends.is_warm() == list_->is_warm &&
                       trends.now() - list_->as_of < kListAgeMax;
  if (is_same) {
    looked_at_ = minute_of(trends.now());
    return std::optional<TrendStep>();
  }
  return std::optional(TrendStep{.version = list_->version,
                                 .since = trends.counts().since(),
                                 .as_of = trends.now(),
                                 .is_warm = trends.is_warm(),
                                 .trends = std::move(changes.trends),
                                 .over = std::move(changes.over)});
}

Result<void> TrendsConsumer::commit(const std::optional<TrendStep>& step, const CursorMove& move) {
  if (!step) return stores_.events().advance(move);
  Result<TrendList> kept = stores_.trends().replace(*step, move);
  if (!kept) {
    list_.reset();
    return kept.error();
  }
  rose_.add(std::ranges::count_if(
      step->trends, [](const CurrentTrend& one) { return one.id == TrendId{} && one.is_told; }));
  rising_.set(static_cast<double>(
      std::ranges::count_if(kept->trends, [](const CurrentTrend& one) { return !one.ended_at; })));
  list_ = *std::move(kept);
  looked_at_ = minute_of(step->as_of);
  return {};
}

void TrendsConsumer::checkpoint_where_due() {
  const std::int64_t articles = stream_->articles() - checkpoint_articles_;
  const bool is_late = clock_.now() - checkpoint_at_ >= settings_.checkpoint_interval;
  if (articles < settings_.checkpoint_articles && (articles == 0 || !is_late)) return;
  const Result<void> kept = checkpoint();
  if (!kept) log::warn("trends.checkpoint_failed", {{"reason", kept.error().message}});
}

Result<void> TrendsConsumer::checkpoint() {
  if (!stream_ || stream_->followed() == checkpoint_cursor_) return {};
  const EventSequence cursor = stream_->followed();
  checkpoint_articles_ = stream_->articles();  // also where it fails: it is tried again later
  checkpoint_at_ = clock_.now();
  const Object object{.key = checkpoint_key(cursor), .bytes = stream_->save()};
  TRY(objects_.put({&object, 1}));
  Result<void> kept = stores_.trends().set_checkpoint({.key = object.key, .cursor = cursor});
  if (!kept) {
    if (kept.error().kind == ErrorKind::Conflict) return objects_.remove(object.key);
    return kept;
  }
  checkpoint_cursor_ = cursor;
  checkpoints_.add();
  // Those before it, also what a crash left.
  const ObjectPage page = TRY(objects_.list(kCheckpointPrefix, "", 1'000));
  for (const ObjectInfo& one : page.objects) {
    if (one.key < object.key) TRY(objects_.remove(one.key));
  }
  return {};
}

}  // namespace tidings::pipeline
