#include "normalize/normalize.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "normalize/canonical_url.h"
#include "normalize/sanitize_document.h"

namespace tidings::normalize {
namespace {

using testing::ElementsAre;

Time at(std::string_view rfc3339) {
  return *parse_rfc3339(rfc3339);
}

const Time kNow = at("2026-11-23T18:30:00Z");

Source source() {
  return {.id = SourceId(7),
          .settings = {.url = "https://example.com/feed", .language = "de", .country = "DE"}};
}

Entry entry(std::string id, std::string url, std::string title) {
  return {.id = std::move(id), .url = std::move(url), .title = std::move(title)};
}

NewArticle only(Entry given, Feed feed = {}) {
  feed.entries = {std::move(given)};
  const NormalizedFeed normalized = normalize_feed(feed, source(), kNow);
  EXPECT_EQ(normalized.articles.size(), 1U);
  return normalized.articles.empty() ? NewArticle{} : normalized.articles.front();
}

std::vector<std::string> titles(const std::vector<Entry>& entries) {
  std::vector<std::string> all;
  for (const NewArticle& article : normalize_feed({.entries = entries}, source(), kNow).articles) {
    all.push_back(article.article.summary.title);
  }
  return all;
}

TEST(CanonicalUrl, GivesOneSpellingPerPage) {
  const struct {
    std::string_view why, given, expected;
  } cases[] = {
      {"as it should be", "https://example.com/a?b=c", "https://example.com/a?b=c"},
      {"case and port", "HTTPS://EXAMPLE.com:443/A", "https://example.com/A"},
      {"fragment", "https://example.com/a#comments", "https://example.com/a"},
      {"page in a fragment", "https://example.com/#!/a", "https://example.com/#!/a"},
      {"tracking", "https://example.com/a?utm_source=x&b=c&fbclid=y&UTM_Medium=z",
       "https://example.com/a?b=c"},
      {"only tracking", "https://example.com/a?gclid=x&mc_cid=y", "https://example.com/a"},
      {"not tracking", "https://example.com/a?ref=x&source=y",
       "https://example.com/a?ref=x&source=y"},
      {"order stays", "https://example.com/?z=1&a=2&z=3", "https://example.com/?z=1&a=2&z=3"},
      {"empty parameters", "https://example.com/?&a=1&&", "https://example.com/?a=1"},
      {"empty query", "https://example.com/?", "https://example.com/"},
      {"user", "https://u:p@example.com/", "https://example.com/"},
      {"name only", "https://example.com/?utm_source&a", "https://example.com/?a"},
  };
  for (const auto& c : cases) {
    const Result<std::string> url = canonical_url(c.given);
    ASSERT_TRUE(url) << c.why;
    EXPECT_EQ(*url, c.expected) << c.why;
    EXPECT_EQ(*canonical_url(*url), c.expected) << c.why << ": not idempotent";
  }
  for (const std::string_view bad : {"", "/a", "mailto:a@b", "http://"})
    EXPECT_FALSE(canonical_url(bad)) << bad;
}

TEST(WithoutTracking, LeavesTheRestAsItStands) {
  EXPECT_EQ(without_tracking("https://a/?utm_source=b&c=d#e"), "https://a/?c=d#e");
  EXPECT_EQ(without_tracking("https://a/?utm_source=b#e"), "https://a/#e");
  EXPECT_EQ(without_tracking("https://a/?c&&d=?#?utm_source=e"), "https://a/?c&&d=?#?utm_source=e");
  EXPECT_EQ(without_tracking("https://a/#?utm_source=b"), "https://a/#?utm_source=b");
}

TEST(NormalizeFeed, MakesAnArticle) {
  Feed feed{.title = "Feed", .url = "https://example.com/", .language = "en-us", .rights = "© All"};
  Entry given = entry("guid-1", "/a?utm_source=rss", "  A\n title ");
  given.summary_html = "<p>In <b>short</b></p>";
  given.content_html = "<p>At <i>length</i></p><img src='b.jpg'><script>x</script>";
  given.published = at("2026-11-23T10:00:00Z");
  given.updated = at("2026-11-23T11:00:00Z");
  given.authors = {{.name = " Jo\tDoe ", .email = "jo@example.com", .url = "javascript:x"}, {}};
  given.categories = {{.term = "x"}, {.term = "y", .label = "Why"}, {.term = "x"}, {}};
  given.enclosures = {{.url = "c.mp3", .type = "audio/mpeg", .length_bytes = 5},
                      {.url = "javascript:x"}};
  given.comments_url = "https://example.com/a#comments";

  const NewArticle made = only(given, feed);
  const ArticleSummary& summary = made.article.summary;
  EXPECT_EQ(summary.url, "https://example.com/a");
  EXPECT_EQ(summary.title, "A title");
  EXPECT_EQ(summary.summary, "In short");
  EXPECT_EQ(summary.language, "en-US");
  EXPECT_EQ(summary.country, "DE");
  EXPECT_THAT(summary.authors, ElementsAre(Person{.name = "Jo Doe", .email = "jo@example.com"}));
  EXPECT_THAT(summary.categories, ElementsAre("x", "Why"));
  EXPECT_EQ(summary.image, "https://example.com/b.jpg");
  EXPECT_EQ(summary.comments_url, "https://example.com/a#comments");
  EXPECT_EQ(summary.rights, "© All");
  EXPECT_EQ(summary.published, at("2026-11-23T10:00:00Z"));
  EXPECT_EQ(summary.updated, at("2026-11-23T11:00:00Z"));
  EXPECT_EQ(made.article.body.content_html,
            "<p>At <i>length</i></p><img src=\"https://example.com/b.jpg\">");
  EXPECT_EQ(made.article.body.text, "At length");
  EXPECT_THAT(made.article.body.enclosures,
              ElementsAre(Enclosure{
                  .url = "https://example.com/c.mp3", .type = "audio/mpeg", .length_bytes = 5}));
}

TEST(NormalizeFeed, TakesTimesOnlyWhenTheyCanBe) {
  const struct {
    std::string_view why;
    std::optional<Time> published, updated;
    Time expected_published;
    std::optional<Time> expected_updated;
  } cases[] = {
      {"published", at("2026-01-01T00:00:00Z"), {}, at("2026-01-01T00:00:00Z"), {}},
      {"only updated",
       {},
       at("2026-01-02T00:00:00Z"),
       at("2026-01-02T00:00:00Z"),
       at("2026-01-02T00:00:00Z")},
      {"none: it was there before we looked", {}, {}, kNow - std::chrono::hours(1), {}},
      {"in the future", at("2030-01-01T00:00:00Z"), at("2031-01-01T00:00:00Z"), kNow, kNow},
      {"the epoch", at("1970-01-01T00:00:00Z"), {}, kNow - std::chrono::hours(1), {}},
      {"before there was a web", at("1989-12-31T23:59:59Z"), at("2026-01-02T00:00:00Z"),
       at("2026-01-02T00:00:00Z"), at("2026-01-02T00:00:00Z")},
      {"old", at("1990-01-01T00:00:00Z"), {}, at("1990-01-01T00:00:00Z"), {}},
  };
  for (const auto& c : cases) {
    Entry given = entry("g", "https://a/", "t");
    given.published = c.published;
    given.updated = c.updated;
    const NewArticle made = only(given);
    EXPECT_EQ(made.article.summary.published, c.expected_published) << c.why;
    EXPECT_EQ(made.article.summary.updated, c.expected_updated) << c.why;
  }
}

TEST(NormalizeFeed, TellsACalendarFromAMistake) {
  const auto times_of = [](std::initializer_list<std::string_view> published) {
    Feed feed;
    for (const std::string_view time : published) {
      Entry given = entry(std::string(time), "https://a/" + std::string(time), "t");
      given.published = at(time);
      feed.entries.push_back(std::move(given));
    }
    return normalize_feed(feed, source(), kNow);
  };
  const NormalizedFeed calendar =
      times_of({"2031-01-01T00:00:00Z", "2031-01-02T00:00:00Z", "2026-01-01T00:00:00Z"});
  ASSERT_EQ(calendar.articles.size(), 3U);
  EXPECT_EQ(calendar.articles[0].article.summary.published, kNow);
  EXPECT_EQ(calendar.articles[0].article.summary.updated, at("2031-01-01T00:00:00Z"));
  EXPECT_EQ(calendar.articles[2].article.summary.updated, std::nullopt);

  const NormalizedFeed mistaken =
      times_of({"2031-01-01T00:00:00Z", "2026-01-02T00:00:00Z", "2026-01-01T00:00:00Z"});
  EXPECT_EQ(mistaken.articles[0].article.summary.published, kNow);
  EXPECT_EQ(mistaken.articles[0].article.summary.updated, std::nullopt);
}

TEST(SanitizeDocument, FindsThePictureWhereArticlesDo) {
  FeedDocument document;
  document.feed.entries = {
      {.url = "https://a.example/1", .content_html = "<p><img src='/i.png'></p>"},
      {.url = "https://a.example/2",
       .content_html = "<img src='/i.png'>",
       .image = "https://a.example/named.png"}};
  sanitize_document(document);
  EXPECT_EQ(document.feed.entries[0].image, "https://a.example/i.png");
  EXPECT_EQ(document.feed.entries[1].image, "https://a.example/named.png");
}

TEST(NormalizeFeed, FallsBackForLanguageTitleAndSummary) {
  Entry given = entry("g", "https://a/", "");
  given.language = "english";
  given.summary_html = "<p>" + std::string(40, 'a') + " " + std::string(40, 'b') + " " +
                       std::string(40, 'c') + "</p>";
  const NewArticle made = only(given, {.language = "??"});
  EXPECT_EQ(made.article.summary.language, "de") << "the settings of the source are the last word";
  EXPECT_EQ(made.article.summary.title, std::string(40, 'a') + " " + std::string(40, 'b') + "…");
  EXPECT_EQ(made.article.body.content_html, given.summary_html)
      << "a summary is better than nothing";
  EXPECT_EQ(only(entry("g", "https://a/b", "")).article.summary.title, "https://a/b");
}

TEST(NormalizeFeed, BoundsWhatIsLong) {
  Entry given = entry("g", "https://a/", "");
  for (int i = 0; i < 1000; ++i) given.title += "wörd ", given.content_html += "<p>längér text</p>";
  for (int i = 0; i < 200; ++i) {
    given.categories.push_back({.term = std::to_string(i) + std::string(1000, 'x')});
    given.authors.push_back({.name = std::to_string(i)});
    given.enclosures.push_back({.url = "https://a/" + std::to_string(i)});
  }
  const Article article = only(given).article;
  EXPECT_LE(article.summary.title.size(), kTitleBytesMax);
  EXPECT_TRUE(article.summary.title.ends_with("wörd…")) << article.summary.title;
  EXPECT_LE(article.summary.summary.size(), kSummaryBytesMax);
  EXPECT_TRUE(article.summary.summary.ends_with("…"));
  EXPECT_EQ(article.summary.categories.size(), kCategoriesMax);
  EXPECT_LE(article.summary.categories.front().size(), kNameBytesMax);
  EXPECT_EQ(article.summary.authors.size(), kAuthorsMax);
  EXPECT_EQ(article.body.enclosures.size(), kEnclosuresMax);
}

TEST(NormalizeFeed, CutsTextWithoutBlanksBetweenCharacters) {
  Entry given = entry("g", "https://a/", "t");
  for (int i = 0; i < 500; ++i) given.summary_html += "漢";
  const std::string summary = only(given).article.summary.summary;
  EXPECT_EQ(summary.size(), 165 * 3 + 3U);
  EXPECT_TRUE(summary.ends_with("漢…"));
}

TEST(NormalizeFeed, CleansControlCharacters) {
  EXPECT_EQ(only(entry("g", "https://a/",
                       "a\x01\xC2\x81"
                       "b\x7F\xFF"))
                .article.summary.title,
            "ab\uFFFD");
}

TEST(NormalizeFeed, PrefersTheImageThatTheEntryNames) {
  Entry given = entry("g", "https://a/", "t");
  given.content_html = "<img src='https://a/content.jpg'>";
  EXPECT_EQ(only(given).article.summary.image, "https://a/content.jpg");
  given.enclosures = {{.url = "https://a/x.mp3", .type = "audio/mpeg"},
                      {.url = "https://a/enclosed.PNG?w=5"}};
  EXPECT_EQ(only(given).article.summary.image, "https://a/enclosed.PNG?w=5");
  given.image = "https://a/named.jpg";
  EXPECT_EQ(only(given).article.summary.image, "https://a/named.jpg");
}

TEST(Identity, FollowsTheGuidWhateverElseChanges) {
  const Hash128 identity = only(entry("g", "https://a/1", "One")).identity;
  EXPECT_EQ(only(entry("g", "https://a/2", "Two")).identity, identity);
  EXPECT_EQ(only(entry(" g ", "", "Two")).identity, identity);
  EXPECT_NE(only(entry("h", "https://a/1", "One")).identity, identity);
  Feed feed{.entries = {entry("g", "https://a/1", "One")}};
  Source other = source();
  other.id = SourceId(8);
  EXPECT_NE(normalize_feed(feed, other, kNow).articles.front().identity, identity)
      << "guids are the source's own";
}

TEST(Identity, FallsBackToTheLinkThenToTitleAndDate) {
  const Hash128 by_link = only(entry("", "https://a/1?utm_source=x", "One")).identity;
  EXPECT_EQ(only(entry("0", "https://A/1", "Two")).identity, by_link);
  EXPECT_EQ(only(entry("null", "https://a/1#x", "")).identity, by_link);
  EXPECT_NE(only(entry("", "https://a/2", "One")).identity, by_link);

  Entry dated = entry("", "", "One");
  const Hash128 by_title = only(dated).identity;
  EXPECT_EQ(only(entry("", "", "One")).identity, by_title) << "the time of the fetch plays no part";
  dated.published = at("2026-01-01T00:00:00Z");
  EXPECT_NE(only(dated).identity, by_title);
}

TEST(Identity, DoesNotBelieveBadGuids) {
  const struct {
    std::string_view why;
    std::vector<Entry> entries;
    std::vector<std::string> expected;
  } cases[] = {
      {"one guid for all",
       {entry("g", "https://a/1", "A"), entry("g", "https://a/2", "B")},
       {"A", "B"}},
      {"one guid and one link for all",
       {entry("https://a/", "https://a/", "A"), entry("https://a/", "https://a/", "B"),
        entry("https://a/", "https://a/", "C")},
       {"A", "B", "C"}},
      {"one guid for all, no links", {entry("g", "", "A"), entry("g", "", "B")}, {"A", "B"}},
      {"a guid used twice by mistake",
       {entry("g", "https://a/1", "A"), entry("g", "https://a/2", "B"),
        entry("h", "https://a/3", "C")},
       {"A", "B", "C"}},
      {"guids that are categories",
       {entry("x", "https://a/1", "A"), entry("y", "https://a/2", "B"),
        entry("x", "https://a/3", "C"), entry("y", "https://a/4", "D")},
       {"A", "B", "C", "D"}},
      {"empty guids", {entry("", "https://a/1", "A"), entry("", "https://a/2", "B")}, {"A", "B"}},
      {"an edited title is one article",
       {entry("g", "https://a/1", "A"), entry("g", "https://a/1", "A!"),
        entry("h", "https://a/3", "C")},
       {"A", "C"}},
      {"a link that differs in a detail is one article",
       {entry("g", "https://a/1", "A"), entry("g", "https://a/1?x", "A"),
        entry("h", "https://a/3", "C")},
       {"A", "C"}},
  };
  for (const auto& c : cases) EXPECT_EQ(titles(c.entries), c.expected) << c.why;
}

TEST(Identity, StaysTheSameForLinksOfAFeedWithBadGuids) {
  const Feed today{.entries = {entry("g", "https://a/1", "A"), entry("g", "https://a/2", "B")}};
  const Feed tomorrow{.entries = {entry("g", "https://a/3", "C"), entry("g", "https://a/2", "B")}};
  EXPECT_EQ(normalize_feed(today, source(), kNow).articles[1].identity,
            normalize_feed(tomorrow, source(), kNow).articles[1].identity);
}

std::vector<Hash128> keys_of(const NewArticle& article) {
  std::vector<Hash128> keys = {article.identity};
  keys.insert(keys.end(), article.aliases.begin(), article.aliases.end());
  return keys;
}

// Whether the article of `title` has a key in both fetches that it would be found by.
bool is_known_again(const Feed& before, const Feed& after, std::string_view title) {
  std::vector<Hash128> stored;
  for (const NewArticle& article : normalize_feed(before, source(), kNow).articles) {
    if (article.article.summary.title != title) continue;
    stored = keys_of(article);
    stored.resize(std::min(stored.size(), std::size_t{2}));  // what stores keep
  }
  for (const NewArticle& article : normalize_feed(after, source(), kNow).articles) {
    if (article.article.summary.title != title) continue;
    for (const Hash128& key : keys_of(article)) {
      if (std::find(stored.begin(), stored.end(), key) != stored.end()) return true;
    }
  }
  return false;
}

TEST(Identity, DoesNotChangeItsMindBetweenFetches) {
  const auto on = [](Entry entry) {
    entry.published = at("2026-01-01T00:00:00Z");
    return entry;
  };
  const Feed good{.entries = {entry("g1", "https://a/1", "A"), entry("g2", "https://a/2", "B")}};
  Feed gone_bad = good;
  for (const std::string n : {"3", "4", "5", "6"}) {
    gone_bad.entries.push_back(entry(n < "5" ? "x" : "y", "https://a/" + n, "T" + n));
  }
  const struct {
    std::string_view why;
    Feed before, after;
  } cases[] = {
      {"others' guids are used twice", good, gone_bad},
      {"others' guids are no longer used twice", gone_bad, good},
      {"the other of a shared guid leaves",
       {.entries = {entry("x", "https://a/1", "A"), entry("x", "https://a/2", "B")}},
       {.entries = {entry("x", "https://a/1", "A")}}},
      {"the other of a shared guid and page leaves",
       {.entries = {on(entry("x", "https://a/1", "A")), on(entry("x", "https://a/1", "B")),
                    on(entry("y", "https://a/3", "C"))}},
       {.entries = {on(entry("x", "https://a/1", "A")), on(entry("y", "https://a/3", "C"))}}},
      {"guids change with each fetch",
       {.entries = {entry("1", "https://a/1", "A"), entry("2", "https://a/2", "B")}},
       {.entries = {entry("3", "https://a/1", "A"), entry("4", "https://a/2", "B")}}},
      {"the site moves to https",
       {.entries = {entry("", "http://a/1", "A")}},
       {.entries = {entry("", "https://a/1", "A")}}},
      {"links count their readers",
       {.entries = {entry("1", "https://a/1?utm_source=x", "A")}},
       {.entries = {entry("2", "https://a/1?utm_source=y&fbclid=z", "A")}}},
  };
  for (const auto& c : cases) EXPECT_TRUE(is_known_again(c.before, c.after, "A")) << c.why;
}

TEST(Identity, DoesNotTakeTheHomePageForAnArticle) {
  const struct {
    std::string_view why, link;
  } cases[] = {{"the site", "https://pod.example/show"},
               {"the site without TLS", "http://pod.example/show"},
               {"its root", "https://pod.example/"}};
  for (const auto& c : cases) {
    Feed yesterday{.url = "https://pod.example/show",
                   .entries = {entry("1", std::string(c.link), "Episode 1")}};
    Feed today{.url = "https://pod.example/show",
               .entries = {entry("2", std::string(c.link), "Episode 2")}};
    const auto before = keys_of(normalize_feed(yesterday, source(), kNow).articles.at(0));
    const auto after = keys_of(normalize_feed(today, source(), kNow).articles.at(0));
    for (const Hash128& key : before) {
      EXPECT_EQ(std::find(after.begin(), after.end(), key), after.end()) << c.why;
    }
  }
}

TEST(Identity, MergesEntriesThatShareAKey) {
  EXPECT_THAT(titles({entry("g", "https://a/1", "A"), entry("", "https://a/1", "A"),
                      entry("h", "https://a/2", "B")}),
              ElementsAre("A", "B"));
  EXPECT_THAT(titles({entry("g", "https://a/1", "A"), entry("h", "https://a/1", "A")}),
              ElementsAre("A", "A"))
      << "guids that differ speak for two";
}

TEST(NormalizeFeed, KeepsTheLatestOfDuplicatesInTheFirstPlace) {
  Entry first = entry("g", "https://a/1", "old");
  first.updated = at("2026-01-01T00:00:00Z");
  Entry latest = entry("g", "https://a/1", "new");
  latest.updated = at("2026-01-02T00:00:00Z");
  EXPECT_THAT(titles({first, entry("h", "https://a/2", "other"), latest}),
              ElementsAre("new", "other"));
  EXPECT_THAT(titles({latest, entry("h", "https://a/2", "other"), first}),
              ElementsAre("new", "other"));

  Entry longer = entry("g", "https://a/1", "old");
  longer.updated = first.updated;
  longer.content_html = "more";
  const NormalizedFeed normalized = normalize_feed({.entries = {first, longer}}, source(), kNow);
  ASSERT_EQ(normalized.articles.size(), 1U);
  EXPECT_EQ(normalized.articles.front().article.body.text, "more");
}

TEST(ContentHash, ChangesWithWhatAnEditChanges) {
  Entry given = entry("g", "https://a/1", "Title here");
  given.content_html = "<p>one two</p>";
  const std::uint64_t hash = only(given).content_hash;
  const auto with = [&](auto change) {
    Entry changed = given;
    change(changed);
    return only(changed).content_hash;
  };
  EXPECT_NE(with([](Entry& e) { e.title = "Title there"; }), hash);
  EXPECT_NE(with([](Entry& e) { e.url = "https://a/2"; }), hash);
  EXPECT_NE(with([](Entry& e) { e.content_html = "<p>one three</p>"; }), hash);
  EXPECT_EQ(with([](Entry& e) { e.content_html = "<p>one\n  two</p>\n"; }), hash);
  EXPECT_EQ(with([](Entry& e) { e.content_html = "<p class=x>one two</p><script>y</script>"; }),
            hash);
  EXPECT_EQ(with([](Entry& e) { e.updated = kNow; }), hash);
}

TEST(NormalizeFeed, RejectsOnlyWhatIsEmpty) {
  const NormalizedFeed normalized = normalize_feed(
      {.entries = {entry("g", "", ""), entry("", "https://a/", "A")}}, source(), kNow);
  EXPECT_EQ(normalized.articles.size(), 1U);
  EXPECT_THAT(normalized.rejected, ElementsAre("Entry 1 has neither title, link nor text."));
}

TEST(NormalizeFeed, TakesNoMoreThanABatch) {
  Feed feed;
  for (std::size_t i = 0; i <= kArticlesMax; ++i)
    feed.entries.push_back(entry(std::to_string(i), "", "t"));
  const NormalizedFeed normalized = normalize_feed(feed, source(), kNow);
  EXPECT_EQ(normalized.articles.size(), kArticlesMax);
  EXPECT_EQ(normalized.rejected.size(), 1U);
}

TEST(NormalizeFeed, UsesAPermalinkGuidAsAddress) {
  Entry given = entry("https://a/1", "", "t");
  EXPECT_EQ(only(given).article.summary.url, "");
  given.id_is_url = true;
  EXPECT_EQ(only(given).article.summary.url, "https://a/1");
}

TEST(SanitizeDocument, ReplacesTheHtmlOfEveryEntry) {
  FeedDocument document;
  document.feed.url = "https://example.com/x/";
  document.feed.entries = {
      {.summary_html = "<a href=b onclick=c>d</a>", .content_html = "<script>e</script>f"}};
  sanitize_document(document);
  EXPECT_EQ(document.feed.entries[0].summary_html,
            "<a href=\"https://example.com/x/b\" rel=\"noopener noreferrer nofollow\">d</a>");
  EXPECT_EQ(document.feed.entries[0].content_html, "f");
}

}  // namespace
}  // namespace tidings::normalize
