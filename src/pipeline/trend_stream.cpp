#include "pipeline/trend_stream.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <set>
#include <utility>

#include "analytics/trend_facts.h"
#include "core/packed_stream.h"

namespace tidings::pipeline {
namespace {

constexpr std::size_t kArticlesRead = 200;    // with their analyses in memory at once
constexpr std::size_t kWaitingMax = 5'000;    // the latest
constexpr std::chrono::hours kWaitingFor{2};  // what has no story by then will have none
constexpr std::size_t kPublisherBytesMax = 1'000;
constexpr std::int64_t kMicrosMost = 100'000'000'000'000'000;  // some 3,000 years
constexpr std::string_view kName = "tidings trend stream 1";

bool tells_of_a_story(const Event& event) {
  return event.kind == EventKind::StoryOpened || event.kind == EventKind::StoryUpdated;
}

// Of those that `is_wanted`, each once, ascending.
template <class Id, class IsWanted>
std::vector<Id> subjects(std::span<const Event> events, IsWanted&& is_wanted) {
  std::set<Id> found;
  for (const Event& event : events) {
    if (is_wanted(event)) found.insert(Id(event.subject));
  }
  return {found.begin(), found.end()};
}

}  // namespace

Result<void> TrendStream::follow(std::span<const Event> events) {
  while (!events.empty() && events.front().sequence <= followed_) events = events.subspan(1);
  if (events.empty()) return {};
  Articles articles = TRY(read_articles(events));
  const Places places = TRY(read_places(events, articles));
  for (const Event& event : events) {
    if (event.kind == EventKind::ArticleAnalyzed) add(event, articles);
    if (tells_of_a_story(event)) add_to_story(event, places);
  }
  followed_ = events.back().sequence;
  std::erase_if(waiting_,
                [&](const auto& one) { return one.second.came + kWaitingFor < trends_.now(); });
  while (waiting_.size() > kWaitingMax) waiting_.erase(waiting_.begin());
  return {};
}

// Without what was edited since: it is analyzed anew, and comes again.
Result<TrendStream::Articles> TrendStream::read_articles(std::span<const Event> events) {
  const auto ids = subjects<ArticleId>(
      events, [](const Event& event) { return event.kind == EventKind::ArticleAnalyzed; });
  Articles articles;
  for (std::size_t begin = 0; begin < ids.size(); begin += kArticlesRead) {
    const auto part = std::span(ids).subspan(begin, std::min(kArticlesRead, ids.size() - begin));
    const SearchDocuments::Read read = TRY(documents_.read(part, SearchDocuments::Texts::None));
    for (const SearchDocument& document : read.documents) {
      if (std::ranges::find(read.unanalyzed, document.id) != read.unanalyzed.end()) continue;
      articles.emplace(document.id, analytics::trend_article(document));
    }
  }
  return articles;
}

// Where those are now that wait, as far as the events tell of their stories.
Result<TrendStream::Places> TrendStream::read_places(std::span<const Event> events,
                                                     const Articles& articles) const {
  Places places;
  const auto told = subjects<StoryId>(events, tells_of_a_story);
  if (told.empty()) return places;
  std::set<ArticleId> ids;
  for (const auto& [id, one] : waiting_) ids.insert(id);
  for (const auto& [id, one] : articles) ids.insert(id);
  const std::vector<ArticleId> asked(ids.begin(), ids.end());
  std::map<StoryId, std::string> headlines;
  for (Story& story : TRY(stores_.stories().get_many(told)))
    headlines.emplace(story.id, std::move(story.headline));
  for (const StoryMark& mark : TRY(stores_.stories().marks(asked))) {
    const auto headline = headlines.find(mark.story_id);
    if (headline != headlines.end())
      places.emplace(mark.article_id, StoryOf{mark.story_id, headline->second});
  }
  return places;
}

void TrendStream::add(const Event& event, Articles& articles) {
  const auto found = articles.find(ArticleId(event.subject));
  if (found == articles.end()) return;
  analytics::TrendArticle& article = found->second;
  article.came = event.at;
  if (!trends_.add(article)) return;
  waiting_[article.id] = {
      .published = article.published, .came = article.came, .publisher = article.publisher};
}

void TrendStream::add_to_story(const Event& event, const Places& places) {
  for (const auto& [id, place] : places) {
    if (to_int(place.story) != event.subject) continue;
    const auto waiting = waiting_.find(id);
    if (waiting == waiting_.end()) continue;
    trends_.add_to_story({.id = id,
                          .published = waiting->second.published,
                          .came = event.at,
                          .publisher = waiting->second.publisher},
                         place.story, place.headline);
    waiting_.erase(waiting);
  }
}

std::string TrendStream::save() const {
  return pack_stream(kName, [&](ByteWriter& out) {
    out.add(to_int(followed_));
    out.add(static_cast<std::uint32_t>(waiting_.size()));
    for (const auto& [id, one] : waiting_) {
      out.add(to_int(id));
      out.add(to_micros(one.published));
      out.add(to_micros(one.came));
      out.add(std::string_view(one.publisher).substr(0, kPublisherBytesMax));
    }
    trends_.save(out);
  });
}

Result<void> TrendStream::restore(std::string_view bytes) {
  Kept kept = TRY(unpack_stream(bytes, kName, [&](ByteReader& in) { return restore_kept(in); }));
  followed_ = kept.followed;
  waiting_ = std::move(kept.waiting);
  trends_ = std::move(kept.trends);
  return {};
}

Result<TrendStream::Kept> TrendStream::restore_kept(ByteReader& in) const {
  const auto followed = TRY(in.number<std::int64_t>());
  if (followed < 0) return corrupt("no place in the log was kept");
  // In this order: they are read one after the other.
  return Kept{.followed = EventSequence(followed),
              .waiting = TRY(restore_waiting(in)),
              .trends = TRY(analytics::Trends::restore(in, settings_))};
}

Result<TrendStream::WaitingArticles> TrendStream::restore_waiting(ByteReader& in) {
  const auto count = TRY(in.number<std::uint32_t>());
  if (count > kWaitingMax) return corrupt("more articles wait for stories than may");
  WaitingArticles waiting;
  for (std::uint32_t i = 0; i < count; ++i) {
    const ArticleId id{TRY(in.number<std::int64_t>())};
    const auto published = TRY(in.number<std::int64_t>());
    const auto came = TRY(in.number<std::int64_t>());
    if (std::abs(published) > kMicrosMost || std::abs(came) > kMicrosMost)
      return corrupt("a time that cannot be was kept");
    waiting[id] = {.published = from_micros(published),
                   .came = from_micros(came),
                   .publisher = TRY(in.text())};
  }
  return waiting;
}

}  // namespace tidings::pipeline
