#include "serve/live.h"

#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

#include "core/json_writer.h"
#include "core/log.h"
#include "serve/article_json.h"
#include "serve/story_json.h"
#include "serve/trend_json.h"

namespace tidings::serve {
namespace {

constexpr std::string_view kHello = "retry: 2000\n\n";
constexpr int kJoinAttemptsMax = 100;  // each reads further; publishing cannot outrun it for long

std::string message(std::string_view kind, EventSequence id, std::string_view data) {
  return fmt::format("event: {}\nid: {}\ndata: {}\n\n", kind, to_int(id), data);
}

bool is_about_article(const Event& event) {
  return event.kind == EventKind::ArticleAdded || event.kind == EventKind::ArticleEdited ||
         event.kind == EventKind::ArticleCompleted || event.kind == EventKind::ArticleAnalyzed;
}

bool is_about_story(const Event& event) {
  return event.kind == EventKind::StoryOpened || event.kind == EventKind::StoryUpdated;
}

std::string subject_json(const Event& event) {
  std::string data;
  JsonWriter json(data);
  json.begin_object();
  if (event.subject != 0) json.field("id", event.subject);
  if (event.kind == EventKind::ArticleDeleted) json.field("source_id", to_int(event.source_id));
  json.end_object();
  return data;
}

}  // namespace

LiveHub::LiveHub(const LiveLimits& limits, const ArticleStore& articles, const StoryStore& stories,
                 const TrendStore& trends, const EventLog& events, SourceDirectory& sources,
                 const Clock& clock, EventSequence position)
    : limits_(limits),
      articles_(articles),
      stories_(stories),
      trends_(trends),
      events_(events),
      sources_(sources),
      clock_(clock),
      position_(position) {}

bool LiveHub::has_room() {
  MutexLock lock(mutex_);
  std::erase_if(readers_, [](const Reader& reader) { return !reader.stream->open(); });
  return readers_.size() < limits_.readers_max;
}

void LiveHub::join(std::shared_ptr<Stream> stream, std::optional<EventSequence> last_seen) {
  stream->send(std::make_shared<const std::string>(kHello));
  EventSequence last_sent = last_seen.value_or(position());
  if (last_seen && !can_replay_from(*last_seen)) {
    last_sent = position();
    stream->send(std::make_shared<const std::string>(message("reset", last_sent, "{}")));
  }
  for (int attempt = 0; attempt < kJoinAttemptsMax && stream->open(); ++attempt) {
    if (try_add(stream, last_sent)) return;
    const Result<std::vector<Event>> missed = events_.read(last_sent, limits_.replay_max);
    if (!missed || missed->empty()) break;
    for (Message& one : messages_of(*missed)) stream->send(std::move(one));
    last_sent = missed->back().sequence;
  }
  // The log cannot be read now: go on from here, and say that something was left out.
  if (!stream->open()) return;
  MutexLock lock(mutex_);
  stream->send(std::make_shared<const std::string>(message("reset", position(), "{}")));
  readers_.push_back({std::move(stream), position()});
}

bool LiveHub::can_replay_from(EventSequence last_seen) const {
  const Result<EventSequence> head = events_.head();
  const Result<EventSequence> oldest = events_.oldest();
  return head && oldest && last_seen <= *head && to_int(last_seen) + 1 >= to_int(*oldest) &&
         to_int(*head) - to_int(last_seen) <= static_cast<std::int64_t>(limits_.replay_max);
}

bool LiveHub::try_add(const std::shared_ptr<Stream>& stream, EventSequence last_sent) {
  MutexLock lock(mutex_);
  if (last_sent < position()) return false;
  readers_.push_back({stream, last_sent});
  return true;
}

void LiveHub::publish(std::span<const Event> events) {
  while (!events.empty() && events.front().sequence <= position()) events = events.subspan(1);
  if (events.empty()) return;
  const EventSequence last = events.back().sequence;
  const bool complete = to_int(events.front().sequence) == to_int(position()) + 1;
  if (!complete || events.size() > limits_.burst_max || readers() == 0) return publish_reset(last);

  // Read outside the lock: who joins meanwhile is added at the position before these events and
  // gets them below.
  const std::vector<Message> messages = messages_of(events);
  MutexLock lock(mutex_);
  position_ = last;
  for (Reader& reader : readers_) {
    for (std::size_t i = 0; i < events.size(); ++i) {
      if (events[i].sequence > reader.last_sent && !reader.stream->send(messages[i])) break;
    }
    reader.last_sent = std::max(reader.last_sent, last);
  }
  std::erase_if(readers_, [](const Reader& reader) { return !reader.stream->open(); });
}

void LiveHub::publish_reset(EventSequence upto) {
  MutexLock lock(mutex_);
  position_ = upto;
  if (readers_.empty()) return;
  const auto reset = std::make_shared<const std::string>(message("reset", upto, "{}"));
  for (Reader& reader : readers_) {
    if (reader.last_sent >= upto) continue;
    reader.stream->send(reset);
    reader.last_sent = upto;
  }
  std::erase_if(readers_, [](const Reader& reader) { return !reader.stream->open(); });
}

std::vector<LiveHub::Message> LiveHub::messages_of(std::span<const Event> events) const {
  const Subjects articles = article_texts(events), stories = story_texts(events),
                 trends = trend_texts(events);
  const auto data_of = [&](const Event& event) {
    const bool is_trend = event.kind == EventKind::TrendRose;
    const Subjects& subjects = is_about_story(event) ? stories : is_trend ? trends : articles;
    const bool has_text = is_about_article(event) || is_about_story(event) || is_trend;
    const auto text = has_text ? subjects.find(event.subject) : subjects.end();
    return text != subjects.end() ? text->second : subject_json(event);
  };
  std::vector<Message> messages;
  for (const Event& event : events) {
    messages.push_back(std::make_shared<const std::string>(
        message(to_string(event.kind), event.sequence, data_of(event))));
  }
  return messages;
}

// What cannot be read: readers still learn that something happened, and which one to ask for.
LiveHub::Subjects LiveHub::article_texts(std::span<const Event> events) const {
  std::vector<ArticleId> ids;
  for (const Event& event : events) {
    if (is_about_article(event)) ids.push_back(ArticleId(event.subject));
  }
  Subjects texts;
  if (ids.empty()) return texts;
  const Result<std::vector<ArticleSummary>> articles = articles_.get_many(ids);
  const Result<StoryPlaces> places =
      articles ? StoryPlaces::of(stories_, *articles) : articles.error();
  if (!places) {
    log::warn("live.summaries_missing", {{"reason", places.error().message}});
    return texts;
  }
  for (const ArticleSummary& article : *articles) {
    std::string data;
    JsonWriter json(data);
    if (write_summary(json, article, sources_, *places))
      texts.emplace(to_int(article.id), std::move(data));
  }
  return texts;
}

LiveHub::Subjects LiveHub::story_texts(std::span<const Event> events) const {
  std::vector<StoryId> ids;
  for (const Event& event : events) {
    if (is_about_story(event)) ids.push_back(StoryId(event.subject));
  }
  Subjects texts;
  if (ids.empty()) return texts;
  const Result<std::vector<Story>> stories = stories_.get_many(ids);
  if (!stories) {
    log::warn("live.summaries_missing", {{"reason", stories.error().message}});
    return texts;
  }
  for (const Story& story : *stories) {
    std::string data;
    JsonWriter json(data);
    json.begin_object();
    write_story_fields(json, story, clock_.now());
    json.end_object();
    texts.emplace(to_int(story.id), std::move(data));
  }
  return texts;
}

// One that is over by now is not there any more.
LiveHub::Subjects LiveHub::trend_texts(std::span<const Event> events) const {
  Subjects texts;
  for (const Event& event : events) {
    if (event.kind != EventKind::TrendRose) continue;
    const Result<CurrentTrend> kept = trends_.get(TrendId(event.subject));
    const Result<TrendNames> names =
        kept ? TrendNames::of({&kept->trend, 1}, articles_, stories_) : kept.error();
    if (!names) continue;
    std::string data;
    JsonWriter json(data);
    json.begin_object();
    write_trend_fields(json, {.id = kept->id, .trend = kept->trend, .until = std::nullopt}, *names);
    json.end_object();
    texts.emplace(event.subject, std::move(data));
  }
  return texts;
}

std::size_t LiveHub::readers() const {
  MutexLock lock(mutex_);
  return readers_.size();
}

void LiveHub::clear() {
  MutexLock lock(mutex_);
  readers_.clear();
}

}  // namespace tidings::serve
