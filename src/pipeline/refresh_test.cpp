#include "pipeline/refresh.h"

#include <gtest/gtest.h>

#include "core/compression.h"
#include "pipeline/payload_pack.h"

namespace tidings::pipeline {
namespace {

const Time kNow = parse_rfc3339("2026-11-23T18:30:00Z").value();

constexpr std::string_view kFeed =
    R"xml(<rss version="2.0"><channel><title>Daily</title><link>https://example.org/</link><ttl>60</ttl>
       <item><title>One &amp; only</title><link>/1?utm_source=rss</link><guid isPermaLink="false">g1</guid>
         <pubDate>Mon, 23 Nov 2026 12:00:00 GMT</pubDate>
         <description>&lt;p onclick="x()"&gt;Text &lt;script&gt;bad()&lt;/script&gt;&lt;/p&gt;</description></item>
       <item><title>Two</title><link>/2</link><guid>g2</guid></item></channel></rss>)xml";

Source source() {
  Source source;
  source.id = SourceId(7);
  source.settings.url = "https://example.org/feed";
  source.settings.country = "HU";
  return source;
}

fetch::FetchResult page(std::string bytes) {
  return {.outcome = fetch::Page{.bytes = std::move(bytes),
                                 .content_type = "application/rss+xml",
                                 .url = "https://example.org/feed",
                                 .etag = "\"v1\"",
                                 .last_modified = "Mon, 23 Nov 2026 12:00:00 GMT",
                                 .permanent_url = "https://www.example.org/feed"}};
}

TEST(Refresh, TurnsAPageIntoArticlesAValidatorAndAPayload) {
  const Refreshed refreshed = refresh(source(), page(std::string(kFeed)), kNow, 1);
  EXPECT_EQ(refreshed.kind, RefreshKind::Parsed);
  ASSERT_EQ(refreshed.batch.articles.size(), 2u);
  const ArticleSummary& first = refreshed.batch.articles[0].article.summary;
  EXPECT_EQ(first.title, "One & only");
  EXPECT_EQ(first.url, "https://example.org/1");
  EXPECT_EQ(first.country, "HU");
  EXPECT_EQ(refreshed.batch.articles[0].article.body.content_html, "<p>Text </p>");
  EXPECT_EQ(refreshed.batch.articles[1].article.summary.published,
            parse_rfc3339("2026-11-23T11:59:59Z").value())
      << "no date, at first sight: below the one before";

  const SourceState& state = refreshed.batch.state;
  EXPECT_EQ(state.etag, "\"v1\"");
  EXPECT_EQ(state.last_succeeded_at, kNow);
  EXPECT_EQ(state.feed_title, "Daily");
  EXPECT_EQ(state.fetched_url, "") << "one answer is not enough to believe that it moved";
  EXPECT_EQ(state.record.move.url, "https://www.example.org/feed");
  EXPECT_EQ(state.record.fetches.size(), 1u);
  EXPECT_EQ(state.record.body_bytes, static_cast<std::int64_t>(kFeed.size()));
  EXPECT_GE(state.due_at, kNow + std::chrono::hours(1)) << "ttl is an hour";
  EXPECT_FALSE(state.problem);

  const std::vector<KeptPayload> payloads = payloads_in(refreshed.payload).value();
  ASSERT_EQ(payloads.size(), 1u);
  EXPECT_EQ(payloads[0].source, SourceId(7));
  EXPECT_EQ(payloads[0].received_at, kNow);
  EXPECT_EQ(decompress(payloads[0].frame, Compression::Zstd, 10'000).value(), kFeed);
  const Refreshed bare = refresh(source(), page(std::string(kFeed)), kNow, 1, {.keep_raw = false});
  EXPECT_EQ(bare.payload, "");
  EXPECT_EQ(bare.batch.articles.size(), refreshed.batch.articles.size());
}

TEST(Refresh, TellsWhichFeedsAPageNames) {
  const Refreshed refreshed =
      refresh(source(),
              page("<!doctype html><link rel=alternate type=application/rss+xml href=/rss>"
                   "<link rel=alternate type=application/rss+xml href=/comments/rss>"),
              kNow, 1);
  ASSERT_TRUE(refreshed.batch.state.problem);
  EXPECT_EQ(refreshed.batch.state.problem->error_class, "not_a_feed");
  EXPECT_EQ(refreshed.batch.state.problem->message,
            "The document is an HTML page, not a feed. The page names https://example.org/rss, "
            "https://example.org/comments/rss; `tidings feeds set ID --url URL` follows one of "
            "them.");
}

TEST(Refresh, SameBytesAreNotParsedAgain) {
  Source known = source();
  known.state = refresh(known, page(std::string(kFeed)), kNow, 1).batch.state;
  const Refreshed again = refresh(known, page(std::string(kFeed)), kNow + std::chrono::hours(2), 2);
  EXPECT_EQ(again.kind, RefreshKind::Unchanged);
  EXPECT_TRUE(again.batch.articles.empty());
  EXPECT_EQ(again.payload, "");
  EXPECT_EQ(again.batch.state.last_succeeded_at, kNow + std::chrono::hours(2));
}

TEST(Refresh, EntriesThatAreStoredAsTheyAreAreLeftOut) {
  Source known = source();
  const Refreshed first = refresh(known, page(std::string(kFeed)), kNow, 1);
  known.state = first.batch.state;
  std::string changed(kFeed);
  changed.replace(changed.find("<title>Two"), 10, "<title>2nd");
  const Refreshed again =
      refresh(known, page(changed), kNow + std::chrono::hours(2), 2, {}, first.entries);
  ASSERT_EQ(again.batch.articles.size(), 1u);
  EXPECT_EQ(again.batch.articles[0].article.summary.title, "2nd");
  EXPECT_EQ(again.batch.articles[0].identity, first.batch.articles[1].identity);
  EXPECT_EQ(again.entries_unchanged, 1u);
  EXPECT_EQ(again.entries.size(), 2u);
  EXPECT_EQ(refresh(known, page(changed), kNow, 2).batch.articles.size(), 2u)
      << "nothing is known of the last document";
}

TEST(Refresh, NotModifiedKeepsTheValidators) {
  Source known = source();
  known.state = refresh(known, page(std::string(kFeed)), kNow, 1).batch.state;
  const Time later = kNow + std::chrono::hours(2);
  const Refreshed again = refresh(known, {.outcome = fetch::NotModified{}}, later, 2);
  EXPECT_EQ(again.kind, RefreshKind::NotModified);
  EXPECT_EQ(again.batch.state.etag, "\"v1\"");
  EXPECT_GE(again.batch.state.due_at, later + std::chrono::hours(1))
      << "the feed's ttl still holds";
}

TEST(Refresh, AFailureCarriesItsReasonAndKeepsWhatWeKnow) {
  Source known = source();
  known.state = refresh(known, page(std::string(kFeed)), kNow, 1).batch.state;
  const fetch::FetchResult failed{
      .outcome = fetch::Failed{.problem = {"http_500", "The server answered 500.", kNow}}};
  const Refreshed first = refresh(known, failed, kNow + std::chrono::hours(2), 2);
  EXPECT_EQ(first.kind, RefreshKind::Failed);
  EXPECT_EQ(first.batch.state.failures, 1);
  EXPECT_EQ(first.batch.state.problem->error_class, "http_500");
  EXPECT_EQ(first.batch.state.etag, "\"v1\"");

  known.state = first.batch.state;
  const Refreshed second = refresh(known, failed, kNow + std::chrono::hours(9), 3);
  EXPECT_EQ(second.batch.state.failures, 2);
  EXPECT_EQ(second.batch.state.problem->since, first.batch.state.problem->since)
      << "the same trouble goes on";
  EXPECT_GT(second.batch.state.due_at - (kNow + std::chrono::hours(9)),
            first.batch.state.due_at - (kNow + std::chrono::hours(2)));

  known.state = second.batch.state;
  const Refreshed recovered =
      refresh(known, {.outcome = fetch::NotModified{}}, kNow + std::chrono::hours(20), 4);
  EXPECT_EQ(recovered.batch.state.failures, 0);
  EXPECT_FALSE(recovered.batch.state.problem);
}

TEST(Refresh, WhatIsNoFeedIsAProblemOfTheSource) {
  const Refreshed refreshed =
      refresh(source(), page("<html><body>Not here any more</body></html>"), kNow, 1);
  EXPECT_EQ(refreshed.kind, RefreshKind::Failed);
  EXPECT_EQ(refreshed.batch.state.problem->error_class, "not_a_feed");
  EXPECT_FALSE(refreshed.batch.state.problem->message.empty());
  EXPECT_EQ(refreshed.batch.state.etag, "")
      << "a validator for a page that was no feed would hide the next one";
  EXPECT_EQ(refreshed.payload, "");
}

TEST(Refresh, GoneEndsTheAsking) {
  const Refreshed refreshed = refresh(
      source(),
      {.outcome = fetch::Failed{.problem = {"http_410", "The feed is gone.", kNow}, .gone = true}},
      kNow, 1);
  EXPECT_TRUE(refreshed.batch.state.gone);
}

TEST(Refresh, APermanentRedirectIsDoubtedWhenItsTargetFails) {
  const std::string target = "https://www.example.org/feed";
  const struct {
    const char* why;
    std::string error_class;
    bool gone;
    int failures_until_doubted;
  } cases[] = {
      {"nothing is there", "http_404", false, 1},
      {"the target says that it is over, not the address we were given", "http_410", true, 1},
      {"the name is given up", "dns_failed", false, 1},
      {"a busy server is tried once more", "http_503", false, 2},
      {"so is a silent one", "timeout", false, 2},
      {"and one that serves something else", "not_a_feed", false, 2}};
  for (const auto& c : cases) {
    SCOPED_TRACE(c.why);
    Source moved = source();
    moved.state = refresh(moved, page(std::string(kFeed)), kNow, 1).batch.state;
    moved.state.fetched_url = target;
    ASSERT_EQ(moved.fetch_url(), target);
    const fetch::FetchResult failed{
        .outcome = fetch::Failed{.problem = {c.error_class, "It failed.", kNow}, .gone = c.gone}};
    for (int failure = 1; failure <= c.failures_until_doubted; ++failure) {
      EXPECT_EQ(moved.fetch_url(), target);
      moved.state = refresh(moved, failed, kNow + std::chrono::hours(failure), 2).batch.state;
    }
    EXPECT_EQ(moved.fetch_url(), moved.settings.url);
    EXPECT_EQ(moved.state.etag, "") << "the other address's";
    EXPECT_EQ(moved.state.last_modified, "");
    EXPECT_FALSE(moved.state.gone);
    EXPECT_EQ(moved.state.failures, c.failures_until_doubted);
    EXPECT_EQ(moved.state.problem->error_class, c.error_class);
    const SourceState asked_there =
        refresh(moved, failed, kNow + std::chrono::days(1), 3).batch.state;
    EXPECT_EQ(asked_there.gone, c.gone) << "the address itself is believed";
  }
}

TEST(Refresh, APermanentRedirectIsFollowedOnEvidence) {
  Source moved = source();
  for (const int hour : {0, 10, 20, 30}) {
    EXPECT_EQ(moved.fetch_url(), moved.settings.url);
    moved.state =
        refresh(moved, page(std::string(kFeed)), kNow + std::chrono::hours(hour), 1).batch.state;
  }
  EXPECT_EQ(moved.fetch_url(), "https://www.example.org/feed");
}

TEST(Refresh, APermanentRedirectToAnotherFeedIsNotBelieved) {
  const std::string self_link =
      R"(<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="self" href="https://www.example.org/feed"/>)";
  std::string feed(kFeed);
  feed.insert(feed.find("<link>"), self_link);
  Source moved = source();
  moved.state.feed_title = "Local news";
  EXPECT_EQ(refresh(moved, page(feed), kNow, 1).batch.state.fetched_url, "");
  moved.state.feed_title = "Daily";
  EXPECT_EQ(refresh(moved, page(feed), kNow, 1).batch.state.fetched_url,
            "https://www.example.org/feed");
}

TEST(Refresh, RetryAfterIsKept) {
  fetch::FetchResult busy{.outcome =
                              fetch::Failed{.problem = {"http_429", "Too many requests.", kNow}}};
  busy.hints.retry_after = kNow + std::chrono::hours(20);
  EXPECT_GE(refresh(source(), busy, kNow, 1).batch.state.due_at, kNow + std::chrono::hours(20));
}

}  // namespace
}  // namespace tidings::pipeline
