#include <algorithm>
#include <utility>

#include "adapters/memory/state.h"
#include "ports/store_rules.h"

namespace tidings::memory {
namespace {

SourceSettings stored(SourceSettings settings) {
  using memory::stored;
  for (std::string* text : {&settings.url, &settings.title, &settings.site_url, &settings.access}) {
    *text = stored(*text);
  }
  settings.language = stored_tag(settings.language);
  settings.country = stored_tag(settings.country);
  for (std::string& topic : settings.topics) topic = stored(topic);
  for (std::string& name : settings.folder) name = stored(name);
  for (ExtractRule& rule : settings.extract_rules) rule.selector = stored(rule.selector);
  return settings;
}

bool matches(const SourceSettings& settings, const SourceQuery& query) {
  if (!query.language.empty() && !language_matches(query.language, settings.language)) return false;
  if (!query.country.empty() && settings.country != query.country) return false;
  if (!query.topic.empty() && !std::ranges::count(settings.topics, query.topic)) return false;
  return !query.enabled || settings.enabled == *query.enabled;
}

void start_afresh(StoredSource& stored, Time now) {
  stored.lease_until = {};
  SourceState& state = stored.source.state;
  state.etag.clear();
  state.last_modified.clear();
  state.fetched_url.clear();
  state.ttl_minutes.reset();
  state.payload_hash = 0;
  state.failures = 0;
  state.problem.reset();
  state.gone = false;
  state.record = {};
  state.due_at = now;
}

bool is_schedulable(const Source& source) {
  return source.settings.enabled && !source.state.gone;
}

class MemorySourceStore final : public SourceStore {
 public:
  explicit MemorySourceStore(State& state) : state_(state) {}

  Result<std::vector<SourceAdded>> add(std::span<const SourceSettings> sources) override {
    MutexLock lock(state_.mutex);
    std::vector<SourceAdded> outcomes;
    for (const SourceSettings& given : sources) {
      SourceSettings settings = stored(given);
      const auto [known, is_new] = state_.sources_by_url.try_emplace(settings.url);
      if (is_new) {
        known->second = SourceId(state_.next_id());
        Source& source = state_.sources[known->second].source;
        source.id = known->second;
        source.added_at = state_.clock.now();
        source.settings = std::move(settings);
        source.state.due_at = source.added_at;
        state_.append(EventKind::SourceAdded, source.id);
      }
      outcomes.push_back({.id = known->second, .is_new = is_new});
    }
    return outcomes;
  }

  Result<void> set(SourceId id, const SourceSettings& given) override {
    MutexLock lock(state_.mutex);
    const auto found = state_.sources.find(id);
    if (found == state_.sources.end()) return missing(id);
    Source& source = found->second.source;
    SourceSettings settings = stored(given);
    if (source.settings == settings) return {};
    if (source.settings.url != settings.url) {
      if (!state_.sources_by_url.try_emplace(settings.url, id).second) {
        return Error{ErrorKind::Conflict, "another source has the address " + settings.url, {}};
      }
      state_.sources_by_url.erase(source.settings.url);
    }
    if (source.settings.url != settings.url || source.settings.access != settings.access)
      start_afresh(found->second, state_.clock.now());
    source.settings = std::move(settings);
    state_.append(EventKind::SourceChanged, id);
    return {};
  }

  Result<void> revive(SourceId id) override {
    MutexLock lock(state_.mutex);
    const auto found = state_.sources.find(id);
    if (found == state_.sources.end()) return missing(id);
    found->second.source.settings.enabled = true;
    start_afresh(found->second, state_.clock.now());
    state_.append(EventKind::SourceChanged, id);
    return {};
  }

  Result<bool> reseal_access(SourceId id, const std::string& before,
                             const std::string& sealed) override {
    MutexLock lock(state_.mutex);
    const auto found = state_.sources.find(id);
    if (found == state_.sources.end() || found->second.source.settings.access != before)
      return false;
    found->second.source.settings.access = sealed;
    return true;
  }

  Result<void> remove(SourceId id) override {
    MutexLock lock(state_.mutex);
    const auto found = state_.sources.find(id);
    if (found == state_.sources.end()) return missing(id);
    state_.sources_by_url.erase(found->second.source.settings.url);
    state_.sources.erase(found);
    state_.append(EventKind::SourceRemoved, id);
    return {};
  }

  Result<Source> get(SourceId id) const override {
    MutexLock lock(state_.mutex);
    const auto found = state_.sources.find(id);
    if (found == state_.sources.end()) return missing(id);
    return found->second.source;
  }

  Result<Source> find_by_url(const std::string& url) const override {
    MutexLock lock(state_.mutex);
    const auto found = state_.sources_by_url.find(url);
    if (found == state_.sources_by_url.end()) return not_found("no source has the address " + url);
    return state_.sources.at(found->second).source;
  }

  Result<std::vector<Source>> find(const SourceQuery& query) const override {
    MutexLock lock(state_.mutex);
    const std::size_t limit = std::clamp<std::size_t>(query.limit, 1, 10'000);
    std::vector<Source> sources;
    auto at = query.after ? state_.sources.upper_bound(*query.after) : state_.sources.begin();
    for (; at != state_.sources.end() && sources.size() < limit; ++at) {
      if (matches(at->second.source.settings, query)) sources.push_back(at->second.source);
    }
    return sources;
  }

  Result<std::vector<Source>> claim_due(Time now, std::size_t limit, const std::string& owner,
                                        Time lease_until) override {
    MutexLock lock(state_.mutex);
    std::vector<std::pair<Time, SourceId>> due;
    for (const auto& [id, kept] : state_.sources) {
      const Time due_at = kept.source.state.due_at;
      if (!is_schedulable(kept.source) || due_at > now || kept.lease_until > now) continue;
      due.emplace_back(due_at, id);
    }
    std::ranges::sort(due);
    if (due.size() > limit) due.resize(limit);
    std::vector<Source> claimed;
    for (const auto& [due_at, id] : due) {
      StoredSource& kept = state_.sources.at(id);
      kept.lease_owner = owner;
      kept.lease_until = lease_until;
      claimed.push_back(kept.source);
    }
    return claimed;
  }

  Result<void> release(const std::string& owner) override {
    MutexLock lock(state_.mutex);
    for (auto& [id, kept] : state_.sources) {
      if (kept.lease_owner != owner) continue;
      kept.lease_owner.clear();
      kept.lease_until = {};
    }
    return {};
  }

  Result<std::optional<Time>> next_due() const override {
    MutexLock lock(state_.mutex);
    const Time now = state_.clock.now();
    std::optional<Time> next;
    for (const auto& [id, kept] : state_.sources) {
      if (!is_schedulable(kept.source) || kept.lease_until > now) continue;
      if (!next || kept.source.state.due_at < *next) next = kept.source.state.due_at;
    }
    return next;
  }

  Result<void> make_due(std::span<const SourceId> ids, Time now) override {
    MutexLock lock(state_.mutex);
    const auto advance = [now](StoredSource& kept) {
      kept.source.state.due_at = std::min(kept.source.state.due_at, now);
    };
    if (ids.empty()) {
      for (auto& [id, kept] : state_.sources) advance(kept);
    }
    for (const SourceId id : ids) {
      if (const auto found = state_.sources.find(id); found != state_.sources.end()) {
        advance(found->second);
      }
    }
    return {};
  }

 private:
  static Error missing(SourceId id) { return not_found("source " + to_text(id) + " is not there"); }

  State& state_;
};

}  // namespace

std::unique_ptr<SourceStore> make_source_store(State& state) {
  return std::make_unique<MemorySourceStore>(state);
}

}  // namespace tidings::memory
