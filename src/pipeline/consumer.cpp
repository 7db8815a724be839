#include "pipeline/consumer.h"

#include <algorithm>

#include "core/log.h"
#include "core/thread_name.h"

namespace tidings::pipeline {
namespace {

// A store that is away, full or damaged says nothing about the events.
bool blames_the_events(ErrorKind kind) {
  return kind == ErrorKind::InvalidInput || kind == ErrorKind::NotFound ||
         kind == ErrorKind::Forbidden;
}

}  // namespace

ConsumerRunner::ConsumerRunner(Consumer& consumer, EventLog& log, Metrics& metrics,
                               ConsumerSettings settings)
    : consumer_(consumer),
      log_(log),
      settings_(settings),
      lag_events_(metrics.gauge("consumer_lag_events", "Events that the consumer has not read yet.",
                                {{"consumer", consumer.name()}})),
      events_total_(metrics.counter("consumer_events_total", "Events that took effect.",
                                    {{"consumer", consumer.name()}})),
      buried_total_(metrics.counter("dead_letters_total", "Events that were given up.",
                                    {{"consumer", consumer.name()}})),
      batch_size_(settings.batch_events_max) {}

Result<ConsumerRunner::Step> ConsumerRunner::step() {
  const EventSequence cursor = TRY(log_.cursor(consumer_.name()));
  const std::vector<Event> events = TRY(log_.read(cursor, batch_size_));
  publish_lag(events.empty() ? cursor : events.back().sequence);
  return events.empty() ? retry_redriven(cursor) : take_batch(cursor, events);
}

Result<ConsumerRunner::Step> ConsumerRunner::take_batch(EventSequence from,
                                                        std::span<const Event> events) {
  const CursorMove move{.consumer = consumer_.name(), .from = from, .to = events.back().sequence};
  Result<void> applied = consumer_.apply(events, move);
  if (!applied) return handle_fault(from, events, std::move(applied).error());
  events_total_.add(static_cast<std::int64_t>(events.size()));
  attempts_ = 0;
  batch_size_ = std::min(batch_size_ * 2, settings_.batch_events_max);
  return Step::Worked;
}

Result<ConsumerRunner::Step> ConsumerRunner::handle_fault(EventSequence from,
                                                          std::span<const Event> events,
                                                          Error error) {
  if (error.kind == ErrorKind::Conflict)
    return Step::Worked;  // Someone else was faster: read the cursor again.
  if (!blames_the_events(error.kind)) return error;
  if (events.size() > 1) {
    batch_size_ = events.size() / 2;
    return Step::Worked;
  }
  if (++attempts_ < settings_.attempts_max) return Step::Worked;

  const Event& event = events.front();
  log::error("event.buried", {{"consumer", consumer_.name()},
                              {"sequence", to_int(event.sequence)},
                              {"reason", error.message}});
  CursorMove move{.consumer = consumer_.name(), .from = from, .to = event.sequence};
  move.buried.push_back(DeadLetter{.event = event, .error = error.message, .attempts = attempts_});
  TRY(log_.advance(move));
  buried_total_.add();
  attempts_ = 0;
  return Step::Worked;
}

Result<ConsumerRunner::Step> ConsumerRunner::retry_redriven(EventSequence at) {
  constexpr std::size_t kLettersMax = 1000;
  const std::vector<DeadLetter> letters = TRY(log_.dead_letters(consumer_.name(), kLettersMax));
  const auto letter =
      std::find_if(letters.begin(), letters.end(), [](const auto& one) { return one.redriven; });
  if (letter == letters.end()) return rest(at);
  const CursorMove move{.consumer = consumer_.name(), .from = at, .to = at, .settled = letter->id};
  Result<void> applied = consumer_.apply({&letter->event, 1}, move);
  if (applied) {
    events_total_.add();
    return Step::Worked;
  }
  if (applied.error().kind == ErrorKind::Conflict) return Step::Worked;
  if (!blames_the_events(applied.error().kind)) return std::move(applied).error();
  TRY(log_.rebury(letter->id, applied.error().message));
  return Step::Worked;
}

Result<ConsumerRunner::Step> ConsumerRunner::rest(EventSequence at) {
  Result<void> rested = consumer_.rest(at);
  if (rested) return Step::Idle;
  if (rested.error().kind == ErrorKind::Conflict) return Step::Worked;
  return std::move(rested).error();
}

void ConsumerRunner::publish_lag(EventSequence cursor) {
  const Result<EventSequence> head = log_.head();
  if (head) lag_events_.set(static_cast<double>(to_int(*head) - to_int(cursor)));
}

void ConsumerRunner::run(const std::stop_token& stop, Signal& appended) {
  name_batch_thread("consumer");
  const std::stop_callback wake(stop, [&appended] { appended.notify(); });
  auto backoff = settings_.backoff_min;
  while (!stop.stop_requested()) {
    const std::uint64_t seen = appended.version();
    const Result<Step> done = step();
    if (stop.stop_requested()) return;  // what failed by being stopped is no news
    if (!done) {
      log::warn("consumer.waited",
                {{"consumer", consumer_.name()}, {"reason", done.error().message}});
      appended.wait_past(seen, backoff);
      backoff = std::min(backoff * 2, settings_.backoff_max);
      continue;
    }
    backoff = settings_.backoff_min;
    if (*done == Step::Idle) appended.wait_past(seen, settings_.poll_interval);
  }
}

}  // namespace tidings::pipeline
