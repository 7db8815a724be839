// Defines SavedSearchStore: every adapter instantiates this suite.
#pragma once

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "tests/contract/contract.h"

namespace tidings::contract {

class SavedSearchStoreContract : public StoresContract {
 protected:
  static SavedSearchText text(const std::string& name, const std::string& query = "word") {
    return {.name = name, .query = query, .canonical = query};
  }
  SavedSearchId add(const std::string& name) {
    return must(saved_searches().add(kLocalOwner, text(name))).id;
  }
  std::vector<ArticleId> add_articles(int count) {
    const SourceId source = add_source();
    std::vector<NewArticle> given;
    for (int i = 0; i < count; ++i) given.push_back(new_article("a" + std::to_string(i), now()));
    ingest(source, given);
    return must(articles().ids(ArticleId{}, static_cast<std::size_t>(count)));
  }
  Result<void> match(SavedSearchId search, std::vector<ArticleId> ids) {
    std::vector<SearchMatch> matches;
    for (const ArticleId id : ids) matches.push_back({.search_id = search, .article_id = id});
    const EventSequence from = must(events().cursor("standing"));
    const EventSequence to{to_int(from) + 1};
    return saved_searches().add_matches(matches, {.consumer = "standing", .from = from, .to = to});
  }
  std::vector<ArticleId> matching(SavedSearchId search, std::size_t limit = 1'000) {
    std::vector<ArticleId> ids;
    for (const SearchMatch& match : must(saved_searches().matches(search, std::nullopt, limit)))
      ids.push_back(match.article_id);
    return ids;
  }
  std::vector<EventKind> told_since(EventSequence after) {
    std::vector<EventKind> kinds;
    for (const Event& event : all_events(after)) kinds.push_back(event.kind);
    return kinds;
  }
};

TEST_P(SavedSearchStoreContract, KeepsWhatWasSaidAndTellsOfIt) {
  const SavedSearch added = must(saved_searches().add(kLocalOwner, text("Wahl", "wahl OR vote")));
  EXPECT_EQ(added.text, text("Wahl", "wahl OR vote"));
  EXPECT_EQ(added.created_at, now());
  EXPECT_EQ(added.unread, 0);
  clock().advance(std::chrono::hours(1));
  SavedSearchText changed = text("Wahlen", "wahl OR vote");
  changed.standing = false;
  EXPECT_EQ(must(saved_searches().set(added.id, changed)).changed_at, now());
  const SavedSearch read = must(saved_searches().get(added.id));
  EXPECT_EQ(read.text, changed);
  EXPECT_EQ(read.created_at, added.created_at);
  EXPECT_EQ(read, must(saved_searches().named(kLocalOwner, "Wahlen")));
  EXPECT_EQ(kind_of(saved_searches().named(kLocalOwner, "Wahl")), ErrorKind::NotFound);
  EXPECT_EQ(kind_of(saved_searches().named("other", "Wahlen")), ErrorKind::NotFound);
  must(saved_searches().remove(added.id));
  EXPECT_EQ(kind_of(saved_searches().get(added.id)), ErrorKind::NotFound);
  EXPECT_EQ(kind_of(saved_searches().remove(added.id)), ErrorKind::NotFound);
  EXPECT_EQ(kind_of(saved_searches().set(added.id, changed)), ErrorKind::NotFound);
  EXPECT_THAT(told_since(EventSequence{}),
              testing::ElementsAre(EventKind::SavedSearchChanged, EventKind::SavedSearchChanged,
                                   EventKind::SavedSearchRemoved));
  EXPECT_EQ(all_events().back().subject, to_int(added.id));
}

TEST_P(SavedSearchStoreContract, ListsByNameAndThoseThatStand) {
  const SavedSearchId b = add("b"), a = add("a"), umlaut = add("Ä");
  SavedSearchText resting = text("c");
  resting.standing = false;
  must(saved_searches().add(kLocalOwner, resting));
  const SavedSearchId other = must(saved_searches().add("other", text("a"))).id;
  std::vector<std::string> names;
  for (const SavedSearch& search : must(saved_searches().list(kLocalOwner)))
    names.push_back(search.text.name);
  EXPECT_THAT(names, testing::ElementsAre("a", "b", "c", "Ä"));
  std::vector<SavedSearchId> standing;
  for (const SavedSearch& search : must(saved_searches().standing())) standing.push_back(search.id);
  EXPECT_THAT(standing, testing::ElementsAre(b, a, umlaut, other));
}

TEST_P(SavedSearchStoreContract, ANameIsUniqueAndIsOne) {
  const SavedSearchId a = add("a");
  add("b");
  EXPECT_EQ(kind_of(saved_searches().add(kLocalOwner, text("a"))), ErrorKind::Conflict);
  EXPECT_EQ(kind_of(saved_searches().set(a, text("b"))), ErrorKind::Conflict);
  must(saved_searches().set(a, text("a", "other")));
  for (const std::string& name : {std::string(), std::string(" "), std::string("a\nb"),
                                  std::string("\xFF"), std::string(kSearchNameBytesMax + 1, 'x')})
    EXPECT_EQ(kind_of(saved_searches().add(kLocalOwner, text(name))), ErrorKind::InvalidInput);
  EXPECT_EQ(must(saved_searches().list(kLocalOwner)).size(), 2U);
}

TEST_P(SavedSearchStoreContract, AnArticleMatchesOnceAndCountsUntilSomebodyLooks) {
  const SavedSearchId a = add("a"), b = add("b");
  const std::vector<ArticleId> ids = add_articles(3);
  const EventSequence before = must(events().head());
  must(match(a, {ids[0], ids[2]}));
  must(match(a, {ids[2]}));
  EXPECT_THAT(matching(a), testing::ElementsAre(ids[2], ids[0]));
  EXPECT_THAT(matching(b), testing::IsEmpty());
  EXPECT_EQ(must(saved_searches().get(a)).unread, 2);
  EXPECT_EQ(must(saved_searches().get(a)).last_match_at, now());
  EXPECT_THAT(told_since(before), testing::ElementsAre(EventKind::SearchMatched));
  must(saved_searches().mark_read(a));
  must(match(a, {ids[1]}));
  EXPECT_EQ(must(saved_searches().get(a)).unread, 1);
  EXPECT_THAT(matching(a, 2), testing::ElementsAre(ids[2], ids[1]));
  const auto older = must(saved_searches().matches(a, ids[1], 10));
  ASSERT_EQ(older.size(), 1U);
  EXPECT_EQ(older[0], (SearchMatch{.search_id = a, .article_id = ids[0], .at = now()}));
}

TEST_P(SavedSearchStoreContract, MatchesAreTakenWithTheStepOrNotAtAll) {
  const SavedSearchId a = add("a");
  const std::vector<ArticleId> ids = add_articles(1);
  const std::vector<SearchMatch> matches = {{.search_id = a, .article_id = ids[0]}};
  const CursorMove late{.consumer = "standing", .from = EventSequence(5), .to = EventSequence(6)};
  EXPECT_EQ(kind_of(saved_searches().add_matches(matches, late)), ErrorKind::Conflict);
  EXPECT_THAT(matching(a), testing::IsEmpty());
  must(match(a, {ids[0]}));
  EXPECT_EQ(must(events().cursor("standing")), EventSequence(1));
}

TEST_P(SavedSearchStoreContract, WhatIsNotThereMatchesNothing) {
  const SavedSearchId a = add("a"), gone = add("gone");
  SavedSearchText resting = text("resting");
  resting.standing = false;
  const SavedSearchId rests = must(saved_searches().add(kLocalOwner, resting)).id;
  const std::vector<ArticleId> ids = add_articles(2);
  must(saved_searches().remove(gone));
  must(match(gone, ids));
  must(match(rests, ids));
  must(match(a, {ids[0], ids[1], ArticleId(to_int(ids[1]) + 1)}));
  EXPECT_THAT(matching(gone), testing::IsEmpty());
  EXPECT_THAT(matching(rests), testing::IsEmpty());
  EXPECT_THAT(matching(a), testing::ElementsAre(ids[1], ids[0]));
  must(articles().remove(ids[1]));
  EXPECT_THAT(matching(a), testing::ElementsAre(ids[0]));
}

TEST_P(SavedSearchStoreContract, AnotherMeaningForgetsMatchesAnotherNameDoesNot) {
  const SavedSearchId a = add("a");
  const std::vector<ArticleId> ids = add_articles(1);
  must(match(a, ids));
  EXPECT_EQ(must(saved_searches().set(a, text("renamed"))).unread, 1);
  EXPECT_THAT(matching(a), testing::ElementsAre(ids[0]));
  EXPECT_EQ(must(saved_searches().set(a, text("renamed", "other"))).unread, 0);
  EXPECT_THAT(matching(a), testing::IsEmpty());
}

TEST_P(SavedSearchStoreContract, TheNewestArticlesAreKept) {
  const SavedSearchId a = add("a");
  const std::vector<ArticleId> ids = add_articles(static_cast<int>(kSearchMatchesMax) + 10);
  must(match(a, {ids.begin() + 5, ids.end() - 2}));
  must(match(a, {ids.end() - 2, ids.end()}));
  const EventSequence before = must(events().head());
  must(match(a, {ids[0], ids[6]}));  // older than all that are kept: matched before, perhaps
  EXPECT_THAT(told_since(before), testing::IsEmpty());
  std::vector<ArticleId> newest(ids.end() - static_cast<std::ptrdiff_t>(kSearchMatchesMax),
                                ids.end());
  std::ranges::reverse(newest);
  EXPECT_EQ(matching(a), newest);
}

TEST_P(SavedSearchStoreContract, SurvivesReopening) {
  const SavedSearchId a = add("a");
  const std::vector<ArticleId> ids = add_articles(1);
  must(match(a, ids));
  const SavedSearch before = must(saved_searches().get(a));
  if (!reopen()) GTEST_SKIP() << "nothing outlives these stores";
  EXPECT_EQ(must(saved_searches().get(a)), before);
  EXPECT_THAT(matching(a), testing::ElementsAre(ids[0]));
}

}  // namespace tidings::contract
