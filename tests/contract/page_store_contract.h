// Defines PageStore: every adapter instantiates this suite.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tests/contract/contract.h"

namespace tidings::contract {

class PageStoreContract : public StoresContract {
 protected:
  static NewArticle wanting(NewArticle article) {
    article.wants_page = true;
    return article;
  }

  // An article that wants its page.
  ArticleId add_wanting(const std::string& name) {
    if (source_ == SourceId{}) source_ = add_source();
    return ingest(source_, {wanting(new_article(name, now()))}).added.at(0);
  }

  std::vector<PageJob> claim(std::size_t limit = 10, const std::string& owner = "one") {
    return must(pages().claim_due(now(), limit, owner, now() + std::chrono::minutes(5)));
  }

  // The article with what its page said.
  Article read_page(ArticleId id) {
    Article article = must(articles().get(id));
    article.summary.image = "https://example.org/image.jpg";
    article.summary.published = now() - std::chrono::hours(99);
    article.body = {.content_html = "<p>The whole story.</p>", .text = "The whole story."};
    return article;
  }

  SourceId source_{};
};

TEST_P(PageStoreContract, AnArticleThatWantsItsPageLeavesAJob) {
  const ArticleId id = add_wanting("a");
  ingest(source_, {new_article("b", now())});
  EXPECT_EQ(must(pages().count()), 1);
  EXPECT_EQ(must(pages().next_due()), now());
  const std::vector<PageJob> jobs = claim();
  ASSERT_EQ(jobs.size(), 1u);
  EXPECT_EQ(jobs[0].article_id, id);
  EXPECT_EQ(jobs[0].source_id, source_);
  EXPECT_EQ(jobs[0].url, "https://example.org/a");
  EXPECT_EQ(jobs[0].attempts, 0);
}

TEST_P(PageStoreContract, AnArticleWithoutAnAddressLeavesNone) {
  NewArticle article = wanting(new_article("a", now()));
  article.article.summary.url.clear();
  ingest(add_source(), {article});
  EXPECT_EQ(must(pages().count()), 0);
  EXPECT_EQ(must(pages().next_due()), std::nullopt);
}

TEST_P(PageStoreContract, AClaimIsALeaseThatEnds) {
  add_wanting("a");
  add_wanting("b");
  EXPECT_EQ(claim(1).size(), 1u);
  EXPECT_EQ(claim(10, "two").size(), 1u);
  EXPECT_TRUE(claim().empty());
  EXPECT_EQ(must(pages().next_due()), std::nullopt);
  must(pages().release("two"));
  EXPECT_EQ(claim().size(), 1u);
  clock().advance(std::chrono::minutes(6));
  EXPECT_EQ(claim().size(), 2u);
}

TEST_P(PageStoreContract, APageCompletesItsArticle) {
  const ArticleId id = add_wanting("a");
  claim();
  const Article before = must(articles().get(id));
  const EventSequence seen = must(events().head());
  clock().advance(std::chrono::minutes(1));
  must(pages().complete(read_page(id)));
  const Article after = must(articles().get(id));
  EXPECT_EQ(after.body.text, "The whole story.");
  EXPECT_EQ(after.summary.image, "https://example.org/image.jpg");
  EXPECT_EQ(after.summary.published, before.summary.published);
  EXPECT_EQ(after.summary.revision, 1);
  EXPECT_TRUE(must(articles().revisions(id)).empty());
  EXPECT_EQ(must(pages().count()), 0);
  const std::vector<Event> said = all_events(seen);
  ASSERT_EQ(said.size(), 1u);
  EXPECT_EQ(said[0].kind, EventKind::ArticleCompleted);
  EXPECT_EQ(said[0].subject, to_int(id));
}

TEST_P(PageStoreContract, TheFeedsNextTellingOfACompletedArticleIsKnown) {
  const ArticleId id = add_wanting("a");
  must(pages().complete(read_page(id)));
  const IngestOutcome again = ingest(source_, {wanting(new_article("a", now()))});
  EXPECT_EQ(again.known, 1u);
  EXPECT_EQ(must(articles().get(id)).body.text, "The whole story.");
  EXPECT_EQ(must(pages().count()), 0);
}

TEST_P(PageStoreContract, AnEditMeanwhileIsNotOverwritten) {
  const ArticleId id = add_wanting("a");
  claim();
  const Article page = read_page(id);
  ingest(source_, {wanting(edited(new_article("a", now()), "A, corrected"))});
  EXPECT_EQ(kind_of(pages().complete(page)), ErrorKind::Conflict);
  EXPECT_EQ(must(articles().get(id)).summary.title, "A, corrected");
  must(pages().put_off(id, now()));
  EXPECT_EQ(claim().size(), 1u);
}

TEST_P(PageStoreContract, AnArticleThatIsGoneTakesItsJobAlong) {
  const ArticleId id = add_wanting("a");
  const Article page = read_page(id);
  must(articles().remove(id));
  EXPECT_EQ(must(pages().count()), 0);
  EXPECT_EQ(kind_of(pages().complete(page)), ErrorKind::NotFound);
}

TEST_P(PageStoreContract, AFailureIsCountedAndAWaitIsNot) {
  const ArticleId id = add_wanting("a");
  claim();
  must(pages().postpone(id, now() + std::chrono::minutes(1)));
  EXPECT_TRUE(claim().empty());
  clock().advance(std::chrono::minutes(1));
  ASSERT_EQ(claim().size(), 1u);
  must(pages().put_off(id, now()));
  const std::vector<PageJob> jobs = claim();
  ASSERT_EQ(jobs.size(), 1u);
  EXPECT_EQ(jobs[0].attempts, 1);
  must(pages().give_up(id));
  EXPECT_EQ(must(pages().count()), 0);
  must(pages().give_up(id));
  must(pages().postpone(id, now()));
}

TEST_P(PageStoreContract, JobsOutliveTheProgram) {
  add_wanting("a");
  if (!reopen()) GTEST_SKIP() << "nothing outlives this store";
  EXPECT_EQ(must(pages().count()), 1);
}

}  // namespace tidings::contract
