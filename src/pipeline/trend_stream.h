// What trends are counted from: articles that were analyzed and what became of them, in the order
// of the log.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analytics/trends.h"
#include "core/result.h"
#include "pipeline/search_documents.h"
#include "ports/stores.h"
#include "stories/publishers.h"

namespace tidings::pipeline {

// One thread.
class TrendStream {
 public:
  TrendStream(Stores& stores, const stories::PublisherFamilies& families,
              const analytics::TrendSettings& settings)
      : stores_(stores), documents_(stores, families), settings_(settings), trends_(settings) {}

  // Events up to here were followed; it goes on after them.
  EventSequence followed() const { return followed_; }
  void go_on_after(EventSequence event) { followed_ = event; }
  // Those among them that it did not follow yet. On failure none was followed.
  Result<void> follow(std::span<const Event> events);
  void advance(Time now) { trends_.advance(now); }

  const analytics::Trends& trends() const { return trends_; }
  std::int64_t articles() const { return static_cast<std::int64_t>(trends_.counts().added()); }

  // With where it is in the log.
  std::string save() const;
  // Corrupt where save() did not make it, or with other limits; nothing is changed then.
  Result<void> restore(std::string_view bytes);

 private:
  // Was counted, and may be of a story that is not known yet.
  struct Waiting {
    Time published{};
    Time came{};
    std::string publisher;
  };
  struct StoryOf {
    StoryId story{};
    std::string headline;
  };
  using WaitingArticles = std::map<ArticleId, Waiting>;
  struct Kept {
    EventSequence followed{};
    WaitingArticles waiting;
    analytics::Trends trends;
  };
  using Articles = std::map<ArticleId, analytics::TrendArticle>;
  using Places = std::map<ArticleId, StoryOf>;

  Result<Articles> read_articles(std::span<const Event> events);
  Result<Places> read_places(std::span<const Event> events, const Articles& articles) const;
  void add(const Event& event, Articles& articles);
  void add_to_story(const Event& event, const Places& places);
  Result<Kept> restore_kept(ByteReader& in) const;
  static Result<WaitingArticles> restore_waiting(ByteReader& in);

  Stores& stores_;
  SearchDocuments documents_;
  const analytics::TrendSettings settings_;
  analytics::Trends trends_;
  EventSequence followed_{};
  WaitingArticles waiting_;
};

}  // namespace tidings::pipeline
