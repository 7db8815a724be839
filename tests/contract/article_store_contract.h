// Defines ArticleStore: every adapter instantiates this suite.
#pragma once

#include <algorithm>
#include <limits>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "tests/contract/contract.h"

namespace tidings::contract {

class ArticleStoreContract : public StoresContract {
 protected:
  std::vector<std::string> find_titles(const ArticleQuery& query) {
    return titles(must(articles().find(query)).articles);
  }

  // Every page of the query, one after the other.
  std::vector<ArticleSummary> all_pages(ArticleQuery query) {
    std::vector<ArticleSummary> found;
    for (int page_count = 0; page_count < 1000; ++page_count) {
      const ArticlePage page = must(articles().find(query));
      found.insert(found.end(), page.articles.begin(), page.articles.end());
      if (!page.next) return found;
      query.after = page.next;
    }
    ADD_FAILURE() << "the pages do not end";
    return found;
  }

  std::int64_t article_count() { return must(articles().counts()).articles; }
};

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST_P(ArticleStoreContract, GivesBackWhatItTook) {
  const SourceId source = add_source();
  NewArticle given = new_article("first", now() - hours(3));
  ArticleSummary& summary = given.article.summary;
  summary.authors = {{.name = "Ada \"A.\" Lovelace", .email = "ada@example.org", .url = ""},
                     {.name = "", .email = "", .url = "https://example.org/b?c=\\d"}};
  summary.summary = "What it says, in short.";
  summary.language = "pt-BR";
  summary.country = "BR";
  summary.categories = {"Política", "", "a,b\n\x01\x1f", "東京"};
  summary.image = "https://example.org/i.jpg";
  summary.comments_url = "https://example.org/c";
  summary.rights = "CC BY 4.0";
  summary.updated = now() - hours(2) + std::chrono::microseconds(1);
  given.article.body.enclosures = {
      {.url = "https://example.org/a.mp3", .type = "audio/mpeg", .title = "T", .length_bytes = 0},
      {.url = "https://example.org/b.mp3", .type = "", .title = ""},
      {.url = "u", .length_bytes = std::numeric_limits<std::int64_t>::max()}};
  const IngestOutcome outcome = ingest(source, {given});
  ASSERT_THAT(outcome.added, SizeIs(1));
  EXPECT_THAT(outcome.edited, IsEmpty());
  EXPECT_EQ(outcome.known, 0u);
  EXPECT_FALSE(outcome.superseded);

  ArticleSummary expected = summary;
  expected.id = outcome.added[0];
  expected.source_id = source;
  expected.added_at = now();
  expected.revision = 1;
  const Article article = must(articles().get(outcome.added[0]));
  EXPECT_EQ(article.summary, expected);
  EXPECT_EQ(article.body, given.article.body);
  EXPECT_THAT(must(articles().find({})).articles, ElementsAre(expected));
  EXPECT_THAT(must(articles().get_many(outcome.added)), ElementsAre(expected));
}

TEST_P(ArticleStoreContract, GivesIdsInOrderBelow2To53) {
  const SourceId source = add_source();
  std::vector<NewArticle> given;
  for (int i = 0; i < 20; ++i) given.push_back(new_article("a" + std::to_string(i), now()));
  const IngestOutcome outcome = ingest(source, given);
  ASSERT_THAT(outcome.added, SizeIs(20));
  EXPECT_TRUE(std::ranges::is_sorted(outcome.added));
  for (std::size_t i = 0; i < 20; ++i) {
    EXPECT_EQ(must(articles().get(outcome.added[i])).summary.title, given[i].article.summary.title);
    EXPECT_LT(to_int(outcome.added[i]), std::int64_t{1} << 53);
  }
  clock().set(now() - hours(5));  // a clock that was set back must not repeat ids
  const IngestOutcome later = ingest(source, {new_article("later", now())});
  ASSERT_THAT(later.added, SizeIs(1));
  EXPECT_GT(later.added[0], outcome.added.back());
}

TEST_P(ArticleStoreContract, KnowsWhatItHasSeen) {
  const SourceId source = add_source();
  const NewArticle a = new_article("a", now()), b = new_article("b", now());
  ingest(source, {a});
  EXPECT_EQ(must(sources().get(source)).state.last_new_at, now());
  const IngestOutcome outcome = ingest(source, {a, b});
  EXPECT_THAT(outcome.added, SizeIs(1));
  EXPECT_EQ(outcome.known, 1u);
  const IngestOutcome again = ingest(source, {a, b});
  EXPECT_THAT(again.added, IsEmpty());
  EXPECT_EQ(again.known, 2u);
  EXPECT_EQ(article_count(), 2);
  EXPECT_EQ(to_int(must(events().head())), 3);  // the source and two articles
}

TEST_P(ArticleStoreContract, KeepsIdentitiesApartBySource) {
  const SourceId first = add_source("https://a.example/feed");
  const SourceId second = add_source("https://b.example/feed");
  EXPECT_THAT(ingest(first, {new_article("a", now())}).added, SizeIs(1));
  EXPECT_THAT(ingest(second, {new_article("a", now())}).added, SizeIs(1));
}

TEST_P(ArticleStoreContract, TakesTheLaterOfOneIdentityInABatchAsAnEdit) {
  const SourceId source = add_source();
  const NewArticle a = new_article("a", now());
  const IngestOutcome outcome = ingest(
      source, {a, new_article("b", now()), edited(a, "a2"), edited(a, "a2"), edited(a, "a3")});
  ASSERT_THAT(outcome.added, SizeIs(2));
  EXPECT_THAT(outcome.edited, ElementsAre(outcome.added[0], outcome.added[0]));
  EXPECT_EQ(outcome.known, 1u);
  const Article article = must(articles().get(outcome.added[0]));
  EXPECT_EQ(article.summary.title, "a3");
  EXPECT_EQ(article.summary.revision, 3);
  EXPECT_THAT(must(articles().revisions(outcome.added[0])), SizeIs(2));
}

TEST_P(ArticleStoreContract, KeepsIdAndTimesThroughAnEdit) {
  const SourceId source = add_source();
  const NewArticle a = new_article("a", now() - hours(1));
  const ArticleId id = ingest(source, {a}).added.at(0);
  const Time added_at = now();
  clock().advance(hours(2));
  NewArticle changed = edited(a, "a, corrected");
  changed.article.summary.published = now();
  changed.article.summary.updated = now();
  changed.article.summary.language = "fr";
  changed.article.summary.url = "https://example.org/elsewhere";
  const IngestOutcome outcome = ingest(source, {changed});
  EXPECT_THAT(outcome.edited, ElementsAre(id));
  EXPECT_THAT(outcome.added, IsEmpty());

  ArticleSummary expected = changed.article.summary;
  expected.id = id;
  expected.source_id = source;
  expected.added_at = added_at;
  expected.published = a.article.summary.published;
  expected.revision = 2;
  const Article article = must(articles().get(id));
  EXPECT_EQ(article.summary, expected);
  EXPECT_EQ(article.body, changed.article.body);
  EXPECT_THAT(find_titles({.language = "fr"}), ElementsAre("a, corrected"));

  const auto revisions = must(articles().revisions(id));
  ASSERT_THAT(revisions, SizeIs(1));
  EXPECT_EQ(revisions[0].revision, 1);
  EXPECT_EQ(revisions[0].replaced_at, now());
  EXPECT_EQ(revisions[0].title, "a");
  EXPECT_EQ(revisions[0].url, a.article.summary.url);
  EXPECT_EQ(revisions[0].content_html, a.article.body.content_html);
  EXPECT_EQ(article_count(), 1);
}

TEST_P(ArticleStoreContract, KeepsTheLastTenRevisions) {
  const SourceId source = add_source();
  const NewArticle a = new_article("a", now());
  const ArticleId id = ingest(source, {a}).added.at(0);
  EXPECT_THAT(must(articles().revisions(id)), IsEmpty());
  for (int i = 2; i <= 14; ++i) ingest(source, {edited(a, "form " + std::to_string(i))});
  const auto revisions = must(articles().revisions(id));
  ASSERT_THAT(revisions, SizeIs(10));
  EXPECT_EQ(revisions.front().revision, 13);
  EXPECT_EQ(revisions.front().title, "form 13");
  EXPECT_EQ(revisions.back().revision, 4);
  EXPECT_EQ(must(articles().get(id)).summary.revision, 14);
  EXPECT_EQ(kind_of(articles().revisions(ArticleId(1))), ErrorKind::NotFound);
}

TEST_P(ArticleStoreContract, KnowsAnArticleByAnyOfItsKeys) {
  const SourceId source = add_source();
  NewArticle a = new_article("a", now() - hours(1));
  a.aliases = {hash128("a's page")};
  const ArticleId id = ingest(source, {a}).added.at(0);
  NewArticle again = a;
  again.identity = hash128("another guid");
  EXPECT_EQ(ingest(source, {again}).known, 1u);

  again = edited(again, "a2");
  EXPECT_THAT(ingest(source, {again}).edited, ElementsAre(id));
  EXPECT_EQ(ingest(source, {again}).known, 1u);
  NewArticle by_new_guid = edited(again, "a3");
  by_new_guid.aliases.clear();
  EXPECT_THAT(ingest(source, {by_new_guid}).edited, ElementsAre(id)) << "the edit brought a key";
  must(articles().remove(id));
  again.identity = hash128("a third guid");
  EXPECT_EQ(ingest(source, {edited(again, "a4")}).known, 1u) << "deleted under every key";
}

TEST_P(ArticleStoreContract, TellsWhetherAnyKeyIsKnown) {
  const SourceId one = add_source("https://one.example/"), two = add_source("https://two.example/");
  NewArticle a = new_article("a", now() - hours(3));
  a.aliases = {hash128("a's page")};
  const IngestOutcome outcome = ingest(one, {a});
  const auto knows = [this](SourceId source, std::vector<std::string> names) {
    std::vector<Hash128> keys;
    for (const std::string& name : names) keys.push_back(hash128(name));
    return must(articles().knows_any(source, keys));
  };
  EXPECT_TRUE(knows(one, {"b", "a"}));
  EXPECT_TRUE(knows(one, {"a's page"}));
  EXPECT_FALSE(knows(one, {"b", "c"}));
  EXPECT_FALSE(knows(one, {}));
  EXPECT_FALSE(knows(two, {"a"})) << "a key is its source's";
  must(articles().remove(outcome.added.at(0)));
  EXPECT_TRUE(knows(one, {"a"})) << "what was deleted is remembered";
}

TEST_P(ArticleStoreContract, FindsByWeakKeysButRemembersTheTwoStrongest) {
  const SourceId source = add_source();
  NewArticle weak = new_article("a", now() - hours(1));
  weak.identity = hash128("title and date");
  ingest(source, {weak});
  NewArticle strong = weak;
  strong.identity = hash128("guid");
  strong.aliases = {hash128("page"), hash128("title and date")};
  EXPECT_EQ(ingest(source, {strong}).known, 1u);

  NewArticle b = new_article("b", now() - hours(1));
  b.aliases = {hash128("page of b"), hash128("title of b")};
  ingest(source, {b});
  b.identity = hash128("title of b");
  b.aliases.clear();
  EXPECT_THAT(ingest(source, {b}).added, SizeIs(1));
}

TEST_P(ArticleStoreContract, GivesManyWholeInTheOrderAskedFor) {
  const SourceId source = add_source();
  NewArticle bare = new_article("b", now());
  bare.article.body = {};
  const std::vector<ArticleId> added =
      ingest(source, {new_article("a", now()), bare, new_article("c", now())}).added;
  must(articles().remove(added.at(0)));
  const std::vector<ArticleId> asked = {added[2], added[0], added[1]};
  const std::vector<Article> whole = must(articles().get_whole(asked));
  ASSERT_THAT(whole, SizeIs(2));
  EXPECT_EQ(whole[0].summary.title, "c");
  EXPECT_EQ(whole[0].body.text, "c");
  EXPECT_EQ(whole[1].summary.title, "b");
  EXPECT_EQ(whole[1].body, ArticleBody{});
  EXPECT_TRUE(must(articles().get_whole({})).empty());
}

TEST_P(ArticleStoreContract, TakesNothingForAnEditThatSharesOnlyItsGuid) {
  const SourceId source = add_source();
  std::vector<ArticleId> ids;
  for (const std::string name : {"a", "b", "c"}) {
    clock().advance(hours(1));
    NewArticle article = new_article(name, now());
    article.identity = hash128("the guid of all");
    article.aliases = {hash128("page of " + name)};
    const IngestOutcome outcome = ingest(source, {article});
    ASSERT_THAT(outcome.added, SizeIs(1)) << name;
    ids.push_back(outcome.added[0]);
    EXPECT_EQ(ingest(source, {article}).known, 1u) << name;
    const NewArticle corrected = edited(article, name + ", corrected");
    EXPECT_THAT(ingest(source, {corrected}).edited, ElementsAre(ids.back())) << name;
  }
  EXPECT_EQ(titles(must(articles().get_many(ids))),
            (std::vector<std::string>{"a, corrected", "b, corrected", "c, corrected"}));
}

TEST_P(ArticleStoreContract, TakesNothingForAnEditThatSharesOnlyItsPage) {
  const SourceId source = add_source();
  NewArticle a = new_article("a", now() - hours(1)), b = new_article("b", now());
  a.aliases = b.aliases = {hash128("the page of all")};
  b.article.summary.url = a.article.summary.url;
  ingest(source, {a});
  EXPECT_THAT(ingest(source, {b}).added, SizeIs(1));
  EXPECT_EQ(ingest(source, {a, b}).known, 2u);
}

TEST_P(ArticleStoreContract, NeverKeepsAPublicationTimeOfTheFuture) {
  const SourceId source = add_source();
  const ArticleId id = ingest(source, {new_article("a", now() + hours(1))}).added.at(0);
  EXPECT_EQ(must(articles().get(id)).summary.published, now());
}

TEST_P(ArticleStoreContract, TakesTimesBefore1970) {
  const SourceId source = add_source();
  const Time old = *parse_rfc3339("1912-04-15T02:20:00.000001Z");
  const ArticleId id = ingest(source, {new_article("a", old)}).added.at(0);
  EXPECT_EQ(must(articles().get(id)).summary.published, old);
  EXPECT_THAT(find_titles({.until = old + seconds(1)}), ElementsAre("a"));
}

TEST_P(ArticleStoreContract, ListsNewestFirstAndTheLargerIdFirstAmongEqualTimes) {
  const SourceId source = add_source();
  const Time at = now() - hours(1);
  ingest(source, {new_article("middle 1", at), new_article("old", at - minutes(1)),
                  new_article("middle 2", at), new_article("new", at + minutes(1)),
                  new_article("middle 3", at)});
  EXPECT_THAT(find_titles({}), ElementsAre("new", "middle 3", "middle 2", "middle 1", "old"));
}

TEST_P(ArticleStoreContract, PagesNeitherRepeatNorSkip) {
  const SourceId source = add_source();
  std::vector<NewArticle> given;
  for (int i = 0; i < 53; ++i) {  // many share a time
    given.push_back(new_article("a" + std::to_string(i), now() - minutes(i % 4)));
  }
  ingest(source, given);
  const std::vector<ArticleSummary> whole = must(articles().find({.limit = 500})).articles;
  ASSERT_THAT(whole, SizeIs(53));
  for (const std::size_t limit : {1u, 2u, 7u, 52u, 53u, 54u}) {
    EXPECT_EQ(all_pages({.limit = limit}), whole) << "limit " << limit;
    EXPECT_EQ(all_pages({.source_id = source, .limit = limit}), whole) << "limit " << limit;
  }
  EXPECT_TRUE(must(articles().find({.limit = 52})).next);
  EXPECT_FALSE(must(articles().find({.limit = 53})).next);
}

TEST_P(ArticleStoreContract, PagesGoOnAfterAnArticleThatIsGone) {
  const SourceId source = add_source();
  ingest(source, {new_article("a", now() - minutes(3)), new_article("b", now() - minutes(2)),
                  new_article("c", now() - minutes(1))});
  const ArticlePage page = must(articles().find({.limit = 2}));
  ASSERT_TRUE(page.next);
  must(articles().remove(page.next->id));
  ingest(source, {new_article("newer", now())});
  EXPECT_THAT(find_titles({.after = page.next}), ElementsAre("a"));
}

TEST_P(ArticleStoreContract, MovesLimitsIntoTheirBounds) {
  const SourceId source = add_source();
  std::vector<NewArticle> given;
  for (int i = 0; i < 502; ++i) given.push_back(new_article("a" + std::to_string(i), now()));
  ingest(source, given);
  EXPECT_THAT(must(articles().find({.limit = 0})).articles, SizeIs(1));
  EXPECT_THAT(must(articles().find({.limit = 501})).articles, SizeIs(500));
}

TEST_P(ArticleStoreContract, FiltersByEveryCombination) {
  const SourceId sources_given[] = {add_source("https://a.example/"),
                                    add_source("https://b.example/")};
  const char* languages[] = {"pt", "pt-BR", "pt-PT", "p", "ptx", "en", ""};
  const char* countries[] = {"BR", "PT", ""};
  std::vector<IngestBatch> batches(2);
  int n = 0;
  for (const char* language : languages) {
    for (const char* country : countries) {
      for (int source = 0; source < 2; ++source) {
        NewArticle article = new_article("a" + std::to_string(n), now() - minutes(n % 9));
        article.article.summary.language = language;
        article.article.summary.country = country;
        batches[source].source_id = sources_given[source];
        batches[source].articles.push_back(article);
        ++n;
      }
    }
  }
  must(articles().ingest(batches));
  const std::vector<ArticleSummary> whole = must(articles().find({.limit = 500})).articles;
  ASSERT_THAT(whole, SizeIs(n));

  int combinations = 0;
  for (const bool by_source : {false, true}) {
    for (const std::string language : {"", "pt", "pt-BR", "en", "xx"}) {
      for (const std::string country : {"", "BR", "FR"}) {
        for (const bool by_since : {false, true}) {
          for (const bool by_until : {false, true}) {
            ArticleQuery query{.language = language, .country = country};
            if (by_source) query.source_id = sources_given[0];
            if (by_since) query.since = now() - minutes(6);
            if (by_until) query.until = now() - minutes(2);
            std::vector<ArticleSummary> expected;
            for (const ArticleSummary& a : whole) {
              const bool language_fits = language.empty() || a.language == language ||
                                         (language == "pt" && a.language.starts_with("pt-"));
              if (by_source && a.source_id != sources_given[0]) continue;
              if (!language_fits || (!country.empty() && a.country != country)) continue;
              if (by_since && a.published < *query.since) continue;
              if (by_until && a.published >= *query.until) continue;
              expected.push_back(a);
            }
            query.limit = 500;
            EXPECT_EQ(must(articles().find(query)).articles, expected);
            query.limit = 3;
            EXPECT_EQ(all_pages(query), expected);
            ++combinations;
          }
        }
      }
    }
  }
  EXPECT_EQ(combinations, 120);
}

TEST_P(ArticleStoreContract, IncludesSinceAndExcludesUntil) {
  const SourceId source = add_source();
  ingest(source, {new_article("a", now() - minutes(2)), new_article("b", now() - minutes(1))});
  EXPECT_THAT(find_titles({.since = now() - minutes(1)}), ElementsAre("b"));
  EXPECT_THAT(find_titles({.until = now() - minutes(1)}), ElementsAre("a"));
  EXPECT_THAT(find_titles({.since = now(), .until = now() - hours(1)}), IsEmpty());
}

TEST_P(ArticleStoreContract, GetsManyInTheOrderAsked) {
  const SourceId source = add_source();
  const auto ids =
      ingest(source, {new_article("a", now()), new_article("b", now()), new_article("c", now())})
          .added;
  ASSERT_THAT(ids, SizeIs(3));
  const std::vector<ArticleId> asked = {ids[2], ArticleId(7), ids[0], ids[2]};
  EXPECT_EQ(titles(must(articles().get_many(asked))), (std::vector<std::string>{"c", "a", "c"}));
  EXPECT_THAT(must(articles().get_many({})), IsEmpty());
}

TEST_P(ArticleStoreContract, GivesIdsAscendingPartByPart) {
  const SourceId source = add_source();
  const auto added =
      ingest(source, {new_article("a", now()), new_article("b", now()), new_article("c", now())})
          .added;
  must(articles().remove(added[1]));
  EXPECT_THAT(must(articles().ids(ArticleId{}, 1)), ElementsAre(added[0]));
  EXPECT_THAT(must(articles().ids(added[0], 10)), ElementsAre(added[2]));
  EXPECT_THAT(must(articles().ids(added[2], 10)), IsEmpty());
  EXPECT_THAT(must(articles().ids(ArticleId{}, 0)), SizeIs(1)) << "moved to a limit of 1";
}

TEST_P(ArticleStoreContract, DeletedStaysDeleted) {
  const SourceId source = add_source();
  const NewArticle a = new_article("a", now());
  const ArticleId id = ingest(source, {a}).added.at(0);
  ingest(source, {edited(a, "a2")});
  must(articles().remove(id));
  EXPECT_EQ(kind_of(articles().get(id)), ErrorKind::NotFound);
  EXPECT_EQ(kind_of(articles().revisions(id)), ErrorKind::NotFound);
  EXPECT_EQ(kind_of(articles().remove(id)), ErrorKind::NotFound);
  EXPECT_THAT(find_titles({}), IsEmpty());
  EXPECT_EQ(article_count(), 0);

  const IngestOutcome outcome = ingest(source, {a, edited(a, "a3")});
  EXPECT_THAT(outcome.added, IsEmpty());
  EXPECT_THAT(outcome.edited, IsEmpty());
  EXPECT_EQ(outcome.known, 2u);
  EXPECT_THAT(find_titles({}), IsEmpty());
}

TEST_P(ArticleStoreContract, StoresNothingOfARemovedSource) {
  const SourceId gone = add_source("https://a.example/"), there = add_source("https://b.example/");
  ingest(gone, {new_article("old", now())});
  must(sources().remove(gone));
  const EventSequence head = must(events().head());
  const std::vector<IngestBatch> batches = {
      {.source_id = gone, .articles = {new_article("a", now())}},
      {.source_id = there, .articles = {new_article("b", now())}}};
  const auto outcomes = must(articles().ingest(batches));
  ASSERT_THAT(outcomes, SizeIs(2));
  EXPECT_TRUE(outcomes[0].superseded);
  EXPECT_THAT(outcomes[0].added, IsEmpty());
  EXPECT_FALSE(outcomes[1].superseded);
  EXPECT_THAT(outcomes[1].added, SizeIs(1));
  EXPECT_THAT(find_titles({.source_id = gone}), ElementsAre("old"));  // what it had brought stays
  EXPECT_EQ(to_int(must(events().head())), to_int(head) + 1);
}

TEST_P(ArticleStoreContract, StoresNothingFromAnAddressThatTheSourceNoLongerHas) {
  const SourceId source = add_source("https://old.example/");
  SourceSettings settings = must(sources().get(source)).settings;
  settings.url = "https://new.example/";
  must(sources().set(source, settings));
  const EventSequence head = must(events().head());
  std::vector<IngestBatch> batches = {{.source_id = source,
                                       .source_url = "https://old.example/",
                                       .articles = {new_article("old", now())},
                                       .state = {.etag = "old"}}};
  // Claimed again, with the new address, while the old one was still being fetched.
  EXPECT_THAT(must(sources().claim_due(now(), 10, "here", now() + hours(1))), SizeIs(1));
  EXPECT_TRUE(must(articles().ingest(batches))[0].superseded);
  const std::vector<Source> again = must(sources().claim_due(now(), 10, "here", now() + hours(1)));
  ASSERT_THAT(again, SizeIs(1)) << "the lease stood";
  EXPECT_EQ(again[0].settings.url, "https://new.example/");
  EXPECT_EQ(must(sources().get(source)).state.etag, "");
  EXPECT_EQ(article_count(), 0);
  EXPECT_EQ(must(events().head()), head);

  batches[0].source_url = settings.url;
  batches[0].state.etag = "new";
  EXPECT_FALSE(must(articles().ingest(batches))[0].superseded);
  EXPECT_EQ(must(sources().get(source)).state.etag, "new");
  EXPECT_EQ(article_count(), 1);
}

TEST_P(ArticleStoreContract, WhatIsPushedLeavesTheSourceAsItIs) {
  const SourceId source = add_source("https://a.example/");
  ingest(source, {}, {.etag = "\"x\"", .due_at = now()});
  EXPECT_THAT(must(sources().claim_due(now(), 10, "here", now() + hours(1))), SizeIs(1));
  const Source before = must(sources().get(source));
  const std::vector<IngestBatch> batches = {{.source_id = source,
                                             .source_url = "https://a.example/",
                                             .articles = {new_article("pushed", now())},
                                             .state = {.etag = "other", .failures = 3},
                                             .is_pushed = true}};
  EXPECT_THAT(must(articles().ingest(batches))[0].added, SizeIs(1));
  EXPECT_EQ(must(articles().ingest(batches))[0].known, 1u) << "a replay";
  EXPECT_EQ(must(sources().get(source)).state, before.state);
  EXPECT_THAT(must(sources().claim_due(now(), 10, "there", now() + hours(1))), IsEmpty())
      << "the lease stands";
  EXPECT_THAT(find_titles({.source_id = source}), ElementsAre("pushed"));
}

TEST_P(ArticleStoreContract, TakesSeveralBatchesOfOneSource) {
  const SourceId source = add_source();
  const NewArticle a = new_article("a", now());
  const std::vector<IngestBatch> batches = {
      {.source_id = source, .articles = {a}, .state = {.etag = "first"}},
      {.source_id = source,
       .articles = {edited(a, "a2"), new_article("b", now())},
       .state = {.etag = "second"}}};
  const auto outcomes = must(articles().ingest(batches));
  ASSERT_THAT(outcomes, SizeIs(2));
  EXPECT_THAT(outcomes[0].added, SizeIs(1));
  EXPECT_EQ(outcomes[1].edited, outcomes[0].added);
  EXPECT_THAT(outcomes[1].added, SizeIs(1));
  EXPECT_EQ(must(sources().get(source)).state.etag, "second");
}

TEST_P(ArticleStoreContract, TakesNothing) {
  EXPECT_THAT(must(articles().ingest({})), IsEmpty());
  const SourceId source = add_source();
  const IngestOutcome outcome = ingest(source, {});
  EXPECT_THAT(outcome.added, IsEmpty());
  EXPECT_EQ(to_int(must(events().head())), 1);
}

TEST_P(ArticleStoreContract, WritesOneEventPerChange) {
  const SourceId source = add_source();
  NewArticle a = new_article("a", now() - hours(1));
  a.article.summary.language = "de-AT";
  const ArticleId id = ingest(source, {a}).added.at(0);
  clock().advance(minutes(1));
  NewArticle changed = edited(a, "a2");
  changed.article.summary.language = "de";
  ingest(source, {changed});
  clock().advance(minutes(1));
  must(articles().remove(id));
  const auto log = all_events(EventSequence(1));
  ASSERT_THAT(log, SizeIs(3));
  const Event expected{.sequence = EventSequence(2),
                       .kind = EventKind::ArticleAdded,
                       .at = now() - minutes(2),
                       .subject = to_int(id),
                       .source_id = source,
                       .language = "de-AT",
                       .published = a.article.summary.published};
  EXPECT_EQ(log[0], expected);
  EXPECT_EQ(log[1].kind, EventKind::ArticleEdited);
  EXPECT_EQ(log[1].language, "de");
  EXPECT_EQ(log[1].subject, to_int(id));
  EXPECT_EQ(log[1].published, a.article.summary.published);
  EXPECT_EQ(log[2].kind, EventKind::ArticleDeleted);
  EXPECT_EQ(log[2].at, now());
  EXPECT_EQ(log[2].source_id, source);
}

TEST_P(ArticleStoreContract, KeepsHardTexts) {
  using namespace std::string_literals;
  const SourceId source = add_source();
  NewArticle a = new_article("a", now());
  a.article.summary.title = "nul \0 bad \xFF end"s;
  a.article.summary.summary = "عربى 漢字 \U0001F600 ' \" \\ % _ $1 ?1"s;
  a.article.summary.categories = {"x\0y"s, "\xC3"s};
  a.article.summary.authors = {{.name = "\xE2\x82"s}};
  a.article.body.content_html = "body \0 \xFF"s;
  a.article.body.text = std::string(100, '\0');
  const ArticleId id = ingest(source, {a}).added.at(0);
  const Article article = must(articles().get(id));
  EXPECT_EQ(article.summary.title, "nul \uFFFD bad \uFFFD end");
  EXPECT_EQ(article.summary.summary, a.article.summary.summary);
  EXPECT_THAT(article.summary.categories, ElementsAre("x\uFFFDy", "\uFFFD"));
  EXPECT_EQ(article.summary.authors.at(0).name, "\uFFFD");
  EXPECT_EQ(article.body, a.article.body);
}

TEST_P(ArticleStoreContract, DropsLanguagesAndCountriesThatAreNone) {
  const SourceId source = add_source();
  NewArticle a = new_article("a", now());
  a.article.summary.language = std::string(65, 'x');
  a.article.summary.country = std::string(100'000, 'y');
  const ArticleId id = ingest(source, {a}).added.at(0);
  const Article article = must(articles().get(id));
  EXPECT_EQ(article.summary.language, "");
  EXPECT_EQ(article.summary.country, "");
  EXPECT_EQ(all_events(EventSequence(1)).at(0).language, "");
}

TEST_P(ArticleStoreContract, KeepsLongTexts) {
  const SourceId source = add_source();
  NewArticle a = new_article("a", now());
  std::string noise;
  for (std::uint64_t i = 0; noise.size() < 3'000'000; ++i)
    noise += std::to_string(hash64(std::to_string(i)));
  a.article.body.content_html = noise;
  a.article.body.text = std::string(15'000'000, 'x');
  a.article.summary.title = noise.substr(0, 100'000);
  a.article.summary.categories.assign(1000, "a category");
  const ArticleId id = ingest(source, {a}).added.at(0);
  const Article article = must(articles().get(id));
  EXPECT_TRUE(article.body == a.article.body);
  EXPECT_EQ(article.summary.title, a.article.summary.title);
  EXPECT_EQ(article.summary.categories, a.article.summary.categories);
}

TEST_P(ArticleStoreContract, TakesTenThousandArticlesAtOnce) {
  const SourceId source = add_source();
  std::vector<NewArticle> given;
  for (int i = 0; i < 10'000; ++i) {
    given.push_back(new_article("a" + std::to_string(i), now() - seconds(i)));
  }
  EXPECT_THAT(ingest(source, given).added, SizeIs(10'000));
  EXPECT_EQ(article_count(), 10'000);
  EXPECT_EQ(ingest(source, given).known, 10'000u);
  EXPECT_EQ(to_int(must(events().head())), 10'001);
}

TEST_P(ArticleStoreContract, DropsBodiesByAgeButNotWhatIsKept) {
  const SourceId source = add_source();
  const auto old = ingest(source, {new_article("old", now()), new_article("kept", now())}).added;
  ASSERT_THAT(old, SizeIs(2));
  must(articles().set_kept(old[1], true));
  clock().advance(hours(24));
  const ArticleId recent = ingest(source, {new_article("recent", now())}).added.at(0);
  const RetentionRequest request{.bodies_before = now()};
  RetentionOutcome outcome = must(articles().apply_retention(request));
  EXPECT_EQ(outcome.bodies_removed, 1);
  EXPECT_EQ(outcome.articles_removed, 0);
  EXPECT_EQ(must(articles().get(old[0])).body, ArticleBody{});
  EXPECT_EQ(must(articles().get(old[0])).summary.title, "old");
  EXPECT_EQ(must(articles().get(old[1])).body.text, "kept");
  EXPECT_EQ(must(articles().get(recent)).body.text, "recent");
  EXPECT_EQ(must(articles().apply_retention(request)).bodies_removed, 0);
}

TEST_P(ArticleStoreContract, AnEditBringsADroppedBodyBack) {
  const SourceId source = add_source();
  const NewArticle a = new_article("a", now());
  const ArticleId id = ingest(source, {a}).added.at(0);
  clock().advance(hours(1));
  EXPECT_EQ(must(articles().apply_retention({.bodies_before = now()})).bodies_removed, 1);
  ingest(source, {edited(a, "a2")});
  EXPECT_EQ(must(articles().get(id)).body.text, "a2");
  const auto revisions = must(articles().revisions(id));
  ASSERT_THAT(revisions, SizeIs(1));
  EXPECT_EQ(revisions[0].content_html, "");
  EXPECT_EQ(must(articles().apply_retention({.bodies_before = now() + hours(1)})).bodies_removed,
            1);
}

TEST_P(ArticleStoreContract, RemovesArticlesByAgeOldestFirst) {
  const SourceId source = add_source();
  std::vector<NewArticle> given;
  for (int i = 0; i < 5; ++i) given.push_back(new_article("old" + std::to_string(i), now()));
  const auto ids = ingest(source, given).added;
  ASSERT_THAT(ids, SizeIs(5));
  must(articles().set_kept(ids[1], true));
  clock().advance(hours(24));
  ingest(source, {new_article("recent", now() - hours(48))});  // published long ago, added now
  RetentionRequest request{.articles_before = now(), .rows_max = 3};
  EXPECT_EQ(must(articles().apply_retention(request)).articles_removed, 3);
  EXPECT_EQ(titles(must(articles().get_many(ids))), (std::vector<std::string>{"old1", "old4"}));
  EXPECT_EQ(must(articles().apply_retention(request)).articles_removed, 1);
  EXPECT_EQ(must(articles().apply_retention(request)).articles_removed, 0);
  EXPECT_THAT(find_titles({}), ElementsAre("old1", "recent"));
  EXPECT_EQ(ingest(source, given).known, 5u);  // they stay away
  const auto log = all_events();
  EXPECT_EQ(std::ranges::count(log, EventKind::ArticleDeleted, &Event::kind), 4);
  must(articles().set_kept(ids[1], false));
  EXPECT_EQ(must(articles().apply_retention(request)).articles_removed, 1);
}

TEST_P(ArticleStoreContract, RemovesArticlesAboveACount) {
  const SourceId source = add_source();
  std::vector<NewArticle> given;
  for (int i = 0; i < 6; ++i) given.push_back(new_article("a" + std::to_string(i), now()));
  const auto ids = ingest(source, given).added;
  ASSERT_THAT(ids, SizeIs(6));
  must(articles().set_kept(ids[0], true));
  EXPECT_EQ(must(articles().apply_retention({.articles_max = 6})).articles_removed, 0);
  EXPECT_EQ(must(articles().apply_retention({.articles_max = 3})).articles_removed, 3);
  EXPECT_EQ(titles(must(articles().get_many(ids))), (std::vector<std::string>{"a0", "a4", "a5"}));
  EXPECT_EQ(must(articles().apply_retention({.articles_max = 0})).articles_removed, 2);
  EXPECT_EQ(must(articles().apply_retention({.articles_max = 0})).articles_removed, 0);
  EXPECT_EQ(article_count(), 1);
}

TEST_P(ArticleStoreContract, DropsBodiesAboveABound) {
  const SourceId source = add_source();
  std::vector<NewArticle> given;
  for (int i = 0; i < 6; ++i) {
    NewArticle a = new_article("a" + std::to_string(i), now());
    a.article.body.content_html.clear();  // what does not compress takes what it takes
    for (int n = 0; a.article.body.content_html.size() < 10'000; ++n) {
      const Hash128 bytes = hash128(std::to_string(i) + ":" + std::to_string(n));
      a.article.body.content_html.append(bytes.begin(), bytes.end());
    }
    given.push_back(a);
  }
  const auto ids = ingest(source, given).added;
  ASSERT_THAT(ids, SizeIs(6));
  must(articles().set_kept(ids[0], true));
  const std::int64_t all = must(articles().counts()).body_bytes;
  EXPECT_GT(all, 60'000);
  EXPECT_LT(all, 65'000);
  EXPECT_EQ(must(articles().apply_retention({.body_bytes_max = all})).bodies_removed, 0);
  EXPECT_EQ(must(articles().apply_retention({.body_bytes_max = 35'000})).bodies_removed, 3);
  EXPECT_LE(must(articles().counts()).body_bytes, 35'000);
  for (std::size_t i = 0; i < 6; ++i) {
    const bool stays = i == 0 || i >= 4;
    EXPECT_EQ(must(articles().get(ids[i])).body.content_html.empty(), !stays) << i;
  }
  EXPECT_EQ(must(articles().apply_retention({.articles_max = 3})).articles_removed, 3);
  EXPECT_EQ(must(articles().apply_retention({.body_bytes_max = 25'000})).bodies_removed, 1);
  EXPECT_EQ(must(articles().apply_retention({.body_bytes_max = 15'000})).bodies_removed, 1);
  EXPECT_EQ(must(articles().apply_retention({.body_bytes_max = 5'000})).bodies_removed, 0);
  EXPECT_EQ(must(articles().apply_retention({})).bodies_removed, 0);
}

TEST_P(ArticleStoreContract, DropsTheBodiesOfRevisionsWithTheBody) {
  const SourceId source = add_source();
  const auto incompressible = [](NewArticle article) {
    std::string& html = article.article.body.content_html;
    for (int n = 0; html.size() < 10'000; ++n) {
      const Hash128 bytes = hash128(article.article.summary.title + std::to_string(n));
      html.append(bytes.begin(), bytes.end());
    }
    return article;
  };
  const NewArticle a = incompressible(new_article("a", now()));
  const ArticleId id = ingest(source, {a}).added.at(0);
  for (int i = 0; i < 3; ++i) {
    ingest(source, {incompressible(edited(a, "a" + std::to_string(i)))});
  }
  ingest(source, {incompressible(new_article("b", now()))});
  EXPECT_EQ(must(articles().apply_retention({.body_bytes_max = 55'000})).bodies_removed, 0);
  EXPECT_EQ(must(articles().apply_retention({.body_bytes_max = 45'000})).bodies_removed, 1);
  const auto revisions = must(articles().revisions(id));
  ASSERT_THAT(revisions, SizeIs(3));
  for (const ArticleRevision& revision : revisions) EXPECT_EQ(revision.content_html, "");
  EXPECT_EQ(must(articles().apply_retention({.body_bytes_max = 11'000})).bodies_removed, 0)
      << "what went is counted no longer";
}

TEST_P(ArticleStoreContract, KeepsNothingForMissingArticles) {
  EXPECT_EQ(kind_of(articles().get(ArticleId(5))), ErrorKind::NotFound);
  EXPECT_EQ(kind_of(articles().set_kept(ArticleId(5), true)), ErrorKind::NotFound);
  EXPECT_EQ(kind_of(articles().remove(ArticleId(5))), ErrorKind::NotFound);
}

TEST_P(ArticleStoreContract, Counts) {
  EXPECT_EQ(article_count(), 0);
  const SourceId a = add_source("https://a.example/"), b = add_source("https://b.example/");
  add_source("https://c.example/");
  const SourceProblem problem{.error_class = "timeout", .message = "No answer.", .since = now()};
  ingest(a, {new_article("a", now())}, {.problem = problem});
  ingest(b, {new_article("b", now())}, {.problem = problem, .gone = true});
  const ArticleCounts counts = must(articles().counts());
  EXPECT_EQ(counts.articles, 2);
  EXPECT_EQ(counts.sources, 3);
  EXPECT_EQ(counts.sources_failing, 1);
}

TEST_P(ArticleStoreContract, KeepsEverythingThroughAReopening) {
  const SourceId source = add_source();
  const NewArticle a = new_article("a", now());
  const auto ids = ingest(source, {a, new_article("b", now()), new_article("c", now())}).added;
  ASSERT_THAT(ids, SizeIs(3));
  ingest(source, {edited(a, "a2")});
  must(articles().remove(ids[1]));
  must(articles().set_kept(ids[2], true));
  const Article before = must(articles().get(ids[0]));
  if (!reopen()) return;  // nothing outlives this store
  const Article after = must(articles().get(ids[0]));
  EXPECT_EQ(after.summary, before.summary);
  EXPECT_EQ(after.body, before.body);
  EXPECT_THAT(must(articles().revisions(ids[0])), SizeIs(1));
  EXPECT_EQ(article_count(), 2);
  EXPECT_EQ(ingest(source, {edited(a, "a2"), new_article("b", now())}).known, 2u);
  EXPECT_EQ(must(articles().apply_retention({.articles_max = 0})).articles_removed, 1);
  const auto later = ingest(source, {new_article("d", now())}).added;
  ASSERT_THAT(later, SizeIs(1));
  EXPECT_GT(later[0], ids[2]);
}

TEST_P(ArticleStoreContract, IsSafeToCallFromManyThreads) {
  constexpr int kWriters = 4, kRounds = 15;
  std::vector<SourceId> source_ids;
  for (int w = 0; w < kWriters; ++w) {
    source_ids.push_back(add_source("https://" + std::to_string(w) + ".example/"));
  }
  {
    std::vector<std::jthread> threads;
    for (int w = 0; w < kWriters; ++w) {
      threads.emplace_back([&, w] {
        for (int round = 0; round < kRounds; ++round) {
          const std::string name = std::to_string(w) + "-" + std::to_string(round);
          // Two threads bring each source the same articles: one of them adds it.
          for (const int offset : {0, 1}) {
            ingest(
                source_ids[static_cast<std::size_t>((w + offset) % kWriters)],
                {new_article("shared " + std::to_string(round), now()), new_article(name, now())});
          }
        }
      });
    }
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) {
        const auto page = must(articles().find({.limit = 500})).articles;
        for (const ArticleSummary& article : page) EXPECT_FALSE(article.title.empty());
        must(articles().counts());
      }
    });
  }
  EXPECT_EQ(article_count(), kWriters * kRounds * 3);
  const auto log = all_events();
  ASSERT_THAT(log, SizeIs(kWriters + kWriters * kRounds * 3));
  std::set<std::int64_t> subjects;
  for (std::size_t i = 0; i < log.size(); ++i) {
    EXPECT_EQ(to_int(log[i].sequence), static_cast<std::int64_t>(i) + 1);
    subjects.insert(log[i].subject);
  }
  EXPECT_EQ(subjects.size(), log.size());
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(ArticleStoreContract);

}  // namespace tidings::contract
