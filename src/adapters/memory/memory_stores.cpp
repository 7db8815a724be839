#include "adapters/memory/memory_stores.h"

#include <algorithm>
#include <chrono>

#include "adapters/memory/state.h"
#include "ports/store_rules.h"

namespace tidings::memory {

MemoryStores::MemoryStores(const Clock& clock)
    : state_(std::make_unique<State>(clock)),
      articles_(make_article_store(*state_)),
      analyses_(make_analysis_store(*state_)),
      sources_(make_source_store(*state_)),
      events_(make_event_log(*state_)),
      rollups_(make_rollup_store(*state_)),
      pages_(make_page_store(*state_)),
      secrets_(make_secret_store(*state_)),
      pushes_(make_push_store(*state_)),
      stories_(make_story_store(*state_)),
      saved_searches_(make_saved_search_store(*state_)),
      ratings_(make_rating_store(*state_)),
      trends_(make_trend_store(*state_)) {}

MemoryStores::~MemoryStores() = default;

std::int64_t State::next_id() {
  using std::chrono::milliseconds;
  const auto now = std::chrono::floor<milliseconds>(clock.now()).time_since_epoch();
  last_id = next_id_after(last_id, now.count());
  return last_id;
}

void State::append(EventKind kind, const ArticleSummary& article) {
  append(kind, {.subject = to_int(article.id),
                .source_id = article.source_id,
                .language = article.language,
                .published = article.published});
}

void State::append(EventKind kind, SourceId source) {
  append(kind, Event{.subject = to_int(source), .source_id = source});
}

void State::append(EventKind kind, const Event& about) {
  head = EventSequence(to_int(head) + 1);
  Event& event = events.emplace_back(about);
  event.sequence = head;
  event.kind = kind;
  event.at = clock.now();
}

bool State::has_terms(ArticleId id, const std::vector<std::string>& terms) const {
  if (terms.empty()) return true;
  const auto found = analyses.find(id);
  if (found == analyses.end()) return false;
  return std::ranges::all_of(terms, [&](const std::string& term) {
    return std::ranges::binary_search(found->second.terms, term);
  });
}

std::string stored(std::string_view text) {
  std::string buffer;
  return std::string(storable_text(text, buffer));
}

std::string stored_tag(std::string_view tag) {
  std::string buffer;
  return std::string(storable_tag(tag, buffer));
}

}  // namespace tidings::memory
