#include "serve/response_cache.h"

#include <gtest/gtest.h>

#include <thread>

#include "serve/cache_tags.h"

namespace tidings::serve {
namespace {

const SystemClock kAnyTime;

std::shared_ptr<const CachedResponse> response(std::string body) {
  return std::make_shared<const CachedResponse>(CachedResponse{
      .full = make_response(200, {}, std::move(body)), .not_modified = make_response(304, {}, {})});
}

std::string body_of(ResponseCache& cache, std::string_view target) {
  const auto found = cache.find(target, Encoding::Identity);
  return found ? found->full->body : "";
}

TEST(ResponseCache, KeepsAnswersApartByTargetAndEncoding) {
  ResponseCache cache(1 << 20, kAnyTime);
  cache.store("/a", Encoding::Identity, response("a"), {}, cache.generation());
  cache.store("/a", Encoding::Gzip, response("zipped"), {}, cache.generation());
  EXPECT_EQ(body_of(cache, "/a"), "a");
  EXPECT_EQ(cache.find("/a", Encoding::Gzip)->full->body, "zipped");
  EXPECT_EQ(cache.find("/a", Encoding::Brotli), nullptr);
  EXPECT_EQ(body_of(cache, "/b"), "");
}

TEST(ResponseCache, DropsWhatATagMakesWrongAndNothingElse) {
  ResponseCache cache(1 << 20, kAnyTime);
  const CacheTag one = make_tag("one"), two = make_tag("two");
  cache.store("/1", Encoding::Identity, response("1"), std::array{one}, cache.generation());
  cache.store("/2", Encoding::Identity, response("2"), std::array{two}, cache.generation());
  cache.store("/12", Encoding::Identity, response("12"), std::array{one, two}, cache.generation());
  cache.invalidate(std::array{one});
  EXPECT_EQ(body_of(cache, "/1"), "");
  EXPECT_EQ(body_of(cache, "/2"), "2");
  EXPECT_EQ(body_of(cache, "/12"), "");
}

TEST(ResponseCache, NeverGivesOutWhatWasReadBeforeAnEventAndStoredAfterIt) {
  ResponseCache cache(1 << 20, kAnyTime);
  const CacheTag tag = make_tag("list");
  const std::uint64_t before = cache.generation();
  cache.invalidate(std::array{tag});
  cache.store("/old", Encoding::Identity, response("old"), std::array{tag}, before);
  EXPECT_EQ(body_of(cache, "/old"), "");
  cache.store("/new", Encoding::Identity, response("new"), std::array{tag}, cache.generation());
  cache.store("/new", Encoding::Identity, response("old"), std::array{tag}, before);
  EXPECT_EQ(body_of(cache, "/new"), "new");
}

TEST(ResponseCache, GivesOutWhatMovesWithTheClockUntilItsTimeIsOver) {
  ManualClock clock{*parse_rfc3339("2026-11-23T12:00:00Z")};
  ResponseCache cache(1 << 20, clock);
  const auto store = [&](std::string_view target, std::optional<Time> until) {
    cache.store(target, Encoding::Identity, response("kept"), {}, cache.generation(), until);
  };
  store("/last-7d", clock.now() + std::chrono::minutes(1));
  store("/march", std::nullopt);
  clock.advance(std::chrono::seconds(59));
  EXPECT_EQ(body_of(cache, "/last-7d"), "kept");
  clock.advance(std::chrono::seconds(1));
  EXPECT_EQ(body_of(cache, "/last-7d"), "");
  EXPECT_EQ(body_of(cache, "/march"), "kept");
}

TEST(ResponseCache, DoesNotKeepLongerWhatAClockThatWasSetBackMadeYoung) {
  ManualClock clock{*parse_rfc3339("2026-11-23T12:00:00Z")};
  ResponseCache cache(1 << 20, clock);
  cache.store("/last-7d", Encoding::Identity, response("kept"), {}, cache.generation(),
              clock.now() + std::chrono::minutes(1));
  clock.advance(-std::chrono::hours(1));
  EXPECT_EQ(body_of(cache, "/last-7d"), "");
}

TEST(ResponseCache, StaysWithinItsBytesAndKeepsWhatIsUsed) {
  constexpr std::size_t kBytes = 256 * 1024;
  ResponseCache cache(kBytes, kAnyTime);
  cache.store("/kept", Encoding::Identity, response("kept"), {}, cache.generation());
  for (int i = 0; i < 1000; ++i) {
    cache.store("/" + std::to_string(i), Encoding::Identity, response(std::string(1000, 'x')), {},
                cache.generation());
    EXPECT_LE(cache.size_bytes(), kBytes);
    EXPECT_EQ(body_of(cache, "/kept"), "kept");
  }
  EXPECT_EQ(body_of(cache, "/0"), "");
  EXPECT_GT(cache.size_bytes(), kBytes / 2);
}

TEST(ResponseCache, DoesNotKeepWhatWouldPushEverythingElseOut) {
  ResponseCache cache(256 * 1024, kAnyTime);
  cache.store("/huge", Encoding::Identity, response(std::string(64 * 1024, 'x')), {},
              cache.generation());
  EXPECT_EQ(body_of(cache, "/huge"), "");
  EXPECT_EQ(cache.size_bytes(), 0u);
}

TEST(ResponseCache, HoldsWhileManyReadStoreAndInvalidate) {
  ResponseCache cache(1 << 20, kAnyTime);
  const CacheTag tag = make_tag("shared");
  std::atomic<int> truth{0};
  std::atomic<bool> done{false};
  std::vector<std::jthread> threads;
  for (int i = 0; i < 2; ++i) {
    threads.emplace_back([&] {
      while (!done) {
        const int settled = truth;  // events up to here have been told
        if (const auto found = cache.find("/x", Encoding::Identity)) {
          EXPECT_GE(std::stoi(found->full->body), settled);
          continue;
        }
        const std::uint64_t generation = cache.generation();
        const int read = truth + 1;  // data are written before the event is told
        cache.store("/x", Encoding::Identity, response(std::to_string(read)), std::array{tag},
                    generation);
      }
    });
  }
  for (int i = 0; i < 2000; ++i) {
    cache.invalidate(std::array{tag});
    ++truth;
  }
  done = true;
}

std::vector<CacheTag> tags_of(const ArticleQuery& query) {
  return list_tags(query, {});
}

TEST(CacheTags, AnArticleMarksTheListsThatCouldShowItAndNoOthers) {
  const Event added{.kind = EventKind::ArticleAdded,
                    .subject = 100,
                    .source_id = SourceId(7),
                    .language = "pt-BR"};
  const std::string country = "BR";
  struct Case {
    std::string why;
    ArticleQuery query;
    bool expected;
  };
  const std::vector<Case> cases = {
      {"everything", {}, true},
      {"its source", {.source_id = SourceId(7)}, true},
      {"another source", {.source_id = SourceId(8)}, false},
      {"its source in another language", {.source_id = SourceId(7), .language = "de"}, true},
      {"its language", {.language = "pt-BR"}, true},
      {"its primary language", {.language = "pt"}, true},
      {"another region", {.language = "pt-PT"}, false},
      {"another language", {.language = "de"}, false},
      {"its country", {.country = "BR"}, true},
      {"another country", {.country = "PT"}, false},
      {"language and country", {.language = "pt", .country = "BR"}, true},
      {"its language in another country", {.language = "pt", .country = "PT"}, false},
  };
  for (const auto& [why, query, expected] : cases) {
    ResponseCache cache(1 << 20, kAnyTime);
    cache.store("/x", Encoding::Identity, response("x"), tags_of(query), cache.generation());
    cache.invalidate(event_tags(added, &country));
    EXPECT_EQ(body_of(cache, "/x").empty(), expected) << why;
  }
}

TEST(CacheTags, AnEditMarksTheListsThatShowTheArticleWhateverTheirFilter) {
  const Event edited{
      .kind = EventKind::ArticleEdited, .subject = 100, .source_id = SourceId(7), .language = "en"};
  const std::string country = "GB";
  ArticleSummary shown;
  shown.id = ArticleId(100);
  ResponseCache cache(1 << 20, kAnyTime);
  // It was German before the edit.
  cache.store("/de", Encoding::Identity, response("de"),
              list_tags({.language = "de"}, std::array{shown}), cache.generation());
  cache.store("/fr", Encoding::Identity, response("fr"), tags_of({.language = "fr"}),
              cache.generation());
  cache.store("/100", Encoding::Identity, response("100"), std::array{article_tag(ArticleId(100))},
              cache.generation());
  cache.invalidate(event_tags(edited, &country));
  EXPECT_EQ(body_of(cache, "/de"), "");
  EXPECT_EQ(body_of(cache, "/fr"), "fr");
  EXPECT_EQ(body_of(cache, "/100"), "");
}

TEST(CacheTags, AnArticleOfAnUnknownCountryMarksEveryList) {
  const Event added{.kind = EventKind::ArticleAdded, .subject = 1, .source_id = SourceId(7)};
  ResponseCache cache(1 << 20, kAnyTime);
  cache.store("/x", Encoding::Identity, response("x"), tags_of({.country = "DE"}),
              cache.generation());
  cache.invalidate(event_tags(added, nullptr));
  EXPECT_EQ(body_of(cache, "/x"), "");
}

TEST(CacheTags, ASourceThatChangesMarksListsBecauseTheyShowItsTitle) {
  ResponseCache cache(1 << 20, kAnyTime);
  cache.store("/x", Encoding::Identity, response("x"), tags_of({}), cache.generation());
  cache.invalidate(
      event_tags({.kind = EventKind::SourceFailed, .source_id = SourceId(7)}, nullptr));
  EXPECT_EQ(body_of(cache, "/x"), "x");
  cache.invalidate(
      event_tags({.kind = EventKind::SourceChanged, .source_id = SourceId(7)}, nullptr));
  EXPECT_EQ(body_of(cache, "/x"), "");
}

}  // namespace
}  // namespace tidings::serve
