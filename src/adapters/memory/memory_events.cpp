#include <algorithm>
#include <utility>

#include "adapters/memory/state.h"

namespace tidings::memory {

Result<void> State::advance(const CursorMove& move) {
  if (move.to < move.from) return invalid_input("a cursor never moves backwards");
  const auto at = cursors.find(move.consumer);
  if ((at == cursors.end() ? EventSequence{} : at->second) != move.from) {
    return Error{ErrorKind::Conflict, "the cursor of " + move.consumer + " is elsewhere", {}};
  }
  if (move.settled) {
    const auto letter = dead_letters.find(*move.settled);
    if (letter == dead_letters.end() || letter->second.consumer != move.consumer) {
      return Error{ErrorKind::Conflict, "the dead letter was settled by another", {}};
    }
    dead_letters.erase(letter);
  }
  cursors[move.consumer] = move.to;
  for (const DeadLetter& buried : move.buried) {
    const DeadLetterId id{next_id()};
    DeadLetter& letter = dead_letters[id] = buried;
    letter.id = id;
    letter.consumer = move.consumer;
    letter.error = stored(buried.error);
    letter.buried_at = clock.now();
    letter.redriven = false;
  }
  return {};
}

namespace {

class MemoryEventLog final : public EventLog {
 public:
  explicit MemoryEventLog(State& state) : state_(state) {}

  Result<std::vector<Event>> read(EventSequence after, std::size_t limit) const override {
    MutexLock lock(state_.mutex);
    limit = std::clamp<std::size_t>(limit, 1, 10'000);
    auto at = std::ranges::upper_bound(state_.events, after, {}, &Event::sequence);
    std::vector<Event> events;
    for (; at != state_.events.end() && events.size() < limit; ++at) events.push_back(*at);
    return events;
  }

  Result<EventSequence> head() const override {
    MutexLock lock(state_.mutex);
    return state_.head;
  }

  Result<EventSequence> oldest() const override {
    MutexLock lock(state_.mutex);
    if (state_.events.empty()) return EventSequence(to_int(state_.head) + 1);
    return state_.events.front().sequence;
  }

  Result<EventSequence> cursor(const std::string& consumer) const override {
    MutexLock lock(state_.mutex);
    const auto at = state_.cursors.find(consumer);
    return at == state_.cursors.end() ? EventSequence{} : at->second;
  }

  Result<void> advance(const CursorMove& move) override {
    MutexLock lock(state_.mutex);
    return state_.advance(move);
  }

  Result<std::vector<DeadLetter>> dead_letters(const std::string& consumer,
                                               std::size_t limit) const override {
    MutexLock lock(state_.mutex);
    std::vector<DeadLetter> letters;
    for (const auto& [id, letter] : state_.dead_letters) {
      if (consumer.empty() || letter.consumer == consumer) letters.push_back(letter);
    }
    std::ranges::sort(letters, {}, [](const DeadLetter& letter) {
      return std::pair(!letter.redriven, letter.id);
    });
    if (letters.size() > limit) letters.resize(limit);
    return letters;
  }

  Result<std::size_t> redrive(const std::string& consumer,
                              std::span<const DeadLetterId> ids) override {
    MutexLock lock(state_.mutex);
    std::size_t marked = 0;
    for (auto& [id, letter] : state_.dead_letters) {
      if (!consumer.empty() && letter.consumer != consumer) continue;
      if (!ids.empty() && !std::ranges::count(ids, id)) continue;
      if (!std::exchange(letter.redriven, true)) ++marked;
    }
    return marked;
  }

  Result<void> rebury(DeadLetterId id, const std::string& error) override {
    MutexLock lock(state_.mutex);
    const auto found = state_.dead_letters.find(id);
    if (found == state_.dead_letters.end()) {
      return not_found("dead letter " + to_text(id) + " is not there");
    }
    DeadLetter& letter = found->second;
    letter.error = stored(error);
    letter.attempts += 1;
    letter.buried_at = state_.clock.now();
    letter.redriven = false;
    return {};
  }

  Result<std::size_t> trim(Time before, std::size_t rows_max) override {
    MutexLock lock(state_.mutex);
    std::size_t removed = 0;
    if (state_.cursors.empty()) return removed;
    const EventSequence read_by_all =
        std::ranges::min_element(state_.cursors, {}, [](const auto& c) {
          return c.second;
        })->second;
    while (removed < rows_max && !state_.events.empty() && state_.events.front().at < before &&
           state_.events.front().sequence <= read_by_all) {
      state_.events.pop_front();
      ++removed;
    }
    return removed;
  }

 private:
  State& state_;
};

}  // namespace

std::unique_ptr<EventLog> make_event_log(State& state) {
  return std::make_unique<MemoryEventLog>(state);
}

}  // namespace tidings::memory
