// Defines StoryStore: every adapter instantiates this suite.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tests/contract/contract.h"

namespace tidings::contract {

using testing::ElementsAre;
using testing::IsEmpty;

class StoryStoreContract : public StoresContract {
 protected:
  StoryStore& stories() { return under_test().stores().stories(); }

  ArticleId add(const std::string& name, SourceId source) {
    return ingest(source, {new_article(name, now())}).added.at(0);
  }
  ArticleId add(const std::string& name) {
    if (source_ == SourceId{}) source_ = add_source();
    return add(name, source_);
  }

  void analyze(ArticleId id, const std::string& topic) {
    AnalyzedArticle article{.article_id = id, .revision = 1, .analyzers = 1};
    article.analysis.topics = {{.code = topic, .label = "a label", .score = 0.5}};
    must(analyses().save({&article, 1}, nullptr));
  }

  static StoryId story_of(ArticleId id) { return StoryId(to_int(id)); }

  // Scores are of three digits or powers of two, which every adapter keeps exactly.
  StoryArticle place(ArticleId article, StoryId story) {
    return {
        .article_id = article,
        .story_id = story,
        .source_id = source_,
        .publisher = "example.org",
        .published = now(),
        .similarity = 0.5,
        .next_similarity = 0.25,
        .evidence = {{"trams", 0.375}, {"lisbon \"x\"", 0.125}},
        .copy_of = ArticleId(7),
        .copy_similarity = 0.75,
        .words = 120,
        .entities = {
            {.id = "e1", .text = "Ana Ruiz", .type = EntityType::Organization, .salience = 0.5}}};
  }

  Story story(StoryId id, std::int64_t articles = 1) {
    return {.id = id,
            .language = "en",
            .headline = "Trams run again",
            .headline_article = ArticleId(to_int(id)),
            .url = "https://example.org/trams",
            .image = "https://example.org/trams.jpg",
            .opened_at = now(),
            .updated_at = now(),
            .articles = articles,
            .copies = 1,
            .publishers = 2,
            .rank = {.publishers = 1.5, .velocity = 2, .topic = 0.5},
            .rank_key = now() + std::chrono::hours(6),
            .topics = {{.code = "medtop:15000000", .label = "sport", .score = 0.5}},
            .countries = {{.code = "PT", .score = 0.25}},
            .entities = {{.id = "e1", .text = "Ana Ruiz", .salience = 0.125}},
            .tones = {.negative = 1, .neutral = 2, .positive = 3, .score = -0.25}};
  }

  Result<void> apply(StoryStep step, const CursorMove* move = nullptr) {
    step.version = must(stories().state()).version;
    return stories().apply(step, move);
  }
  // A story of these articles, whose first opened it.
  StoryId tell(const std::vector<ArticleId>& ids) {
    const StoryId id = story_of(ids.front());
    StoryStep step;
    for (const ArticleId article : ids) step.placed.push_back(place(article, id));
    step.stories = {story(id, static_cast<std::int64_t>(ids.size()))};
    must(apply(step));
    return id;
  }

  // A story that was opened by an article of this name.
  StoryId tell(const std::string& name) { return tell({add(name)}); }

  // What both say says which of them writes it so.
  static StoryLink link(StoryId from, StoryId to, double score) {
    return {.story = to,
            .score = score,
            .evidence = {{.kind = FactKind::Place,
                          .text = "\"" + to_text(from) + "\"",
                          .other = "\"" + to_text(to) + "\"",
                          .weight = 1.125},
                         {.kind = FactKind::Number, .text = "214", .other = "214", .weight = 0.5}}};
  }
  // The links of `from` from here on, the strongest first.
  static LinksOfStory links_of(StoryId from, const std::vector<StoryId>& to) {
    LinksOfStory links{.story = from};
    double score = 0.9375;
    for (const StoryId id : to) {
      links.links.push_back(link(from, id, score));
      score /= 1.0625;
    }
    return links;
  }
  std::vector<StoryId> linked(StoryId id) {
    std::vector<StoryId> ids;
    for (const StoryLink& one : must(stories().links(id))) ids.push_back(one.story);
    return ids;
  }

  std::vector<StoryId> found(StoryQuery query) {
    std::vector<StoryId> ids;
    for (const Story& one : must(stories().find(query)).stories) ids.push_back(one.id);
    return ids;
  }

  std::vector<std::pair<EventKind, StoryId>> told(EventSequence after) {
    std::vector<std::pair<EventKind, StoryId>> events;
    for (const Event& event : all_events(after))
      events.emplace_back(event.kind, StoryId(event.subject));
    return events;
  }

  SourceId source_{};
};

TEST_P(StoryStoreContract, GivesBackStoriesAndPlaces) {
  const ArticleId a = add("a"), b = add("b");
  EXPECT_EQ(kind_of(stories().get(story_of(a))), ErrorKind::NotFound);
  const StoryId id = tell({a, b});
  EXPECT_EQ(must(stories().get(id)), story(id, 2));
  const std::vector<ArticleId> ids = {b, ArticleId(99), a};
  const auto placements = must(stories().placements(ids));
  ASSERT_EQ(placements.size(), 2u);
  EXPECT_EQ(placements[0].place, place(b, id));
  EXPECT_EQ(placements[0].story_articles, 2);
  const auto marks = must(stories().marks(ids));
  ASSERT_EQ(marks.size(), 2u);
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const StoryPlacement& whole = placements[i];
    EXPECT_EQ(marks[i], (StoryMark{.article_id = whole.place.article_id,
                                   .story_id = id,
                                   .copy_of = whole.place.copy_of,
                                   .story_articles = 2}));
  }
  const std::vector<StoryId> twice = {id, StoryId(99), id};
  EXPECT_THAT(must(stories().marks_in(twice)), ElementsAre(marks[1], marks[0])) << "a, b";
  EXPECT_THAT(must(stories().marks_in({})), IsEmpty());
  const std::vector<StoryId> both = {StoryId(99), id};
  const auto members = must(stories().members(both, 10));
  ASSERT_EQ(members.size(), 2u);
  EXPECT_THAT(members[0].members, IsEmpty());
  ASSERT_EQ(members[1].members.size(), 2u);
  EXPECT_EQ(members[1].members[0].article.title, "a");
  EXPECT_EQ(members[1].members[1].place, place(b, id));
  const auto newest = must(stories().members(both, 1));
  ASSERT_EQ(newest[1].members.size(), 1u);
  EXPECT_EQ(newest[1].members[0].article.title, "b");
  EXPECT_EQ(newest[1].articles, 2);
  EXPECT_EQ(must(stories().get_many(both)).size(), 1u);
}

TEST_P(StoryStoreContract, TellsOfEachStoryOnceAStep) {
  const ArticleId a = add("a"), b = add("b"), c = add("c");
  EventSequence before = must(events().head());
  const StoryId first = tell({a});
  const StoryId second = tell({b});
  EXPECT_THAT(told(before), ElementsAre(std::pair(EventKind::StoryOpened, first),
                                        std::pair(EventKind::StoryOpened, second)));
  const Event event = all_events(before)[0];
  EXPECT_EQ(event.language, "en");
  EXPECT_EQ(event.published, now());
  before = must(events().head());
  must(apply(
      {.merges = {{second, first}}, .placed = {place(c, first)}, .stories = {story(first, 3)}}));
  EXPECT_THAT(told(before), ElementsAre(std::pair(EventKind::StoryMerged, second),
                                        std::pair(EventKind::StoryUpdated, first)));
  before = must(events().head());
  must(apply({.removed = {a, b, c}, .gone = {first}}));
  EXPECT_THAT(told(before), ElementsAre(std::pair(EventKind::StoryRemoved, first)));
  EXPECT_THAT(must(stories().placements(std::vector<ArticleId>{a, b, c})), IsEmpty());
  EXPECT_EQ(must(stories().merged_into(second)), std::nullopt);
}

TEST_P(StoryStoreContract, MergedStoriesLeadToWhatTheyBecame) {
  const ArticleId a = add("a"), b = add("b"), c = add("c"), d = add("d");
  const StoryId one = tell({a}), two = tell({b}), three = tell({c});
  must(apply({.merges = {{one, two}}, .stories = {story(two, 2)}}));
  EXPECT_EQ(must(stories().merged_into(one)), two);
  EXPECT_EQ(must(stories().merged_into(two)), std::nullopt);
  // One that was never told of leaves no trace.
  must(apply({.merges = {{two, three}, {story_of(d), three}},
              .placed = {place(d, three)},
              .stories = {story(three, 4)}}));
  EXPECT_EQ(must(stories().merged_into(one)), three);
  EXPECT_EQ(must(stories().merged_into(two)), three);
  EXPECT_EQ(must(stories().merged_into(story_of(d))), std::nullopt);
  EXPECT_EQ(kind_of(stories().get(one)), ErrorKind::NotFound);
  EXPECT_EQ(must(stories().members(std::vector<StoryId>{three}, 10))[0].members.size(), 4u);
  // A story that begins again is not sent away.
  must(apply({.placed = {place(a, one)}, .stories = {story(one)}}));
  EXPECT_EQ(must(stories().merged_into(one)), std::nullopt);
  // Also where both happen in one step.
  const EventSequence before = must(events().head());
  must(apply({.merges = {{one, three}},
              .placed = {place(b, one)},
              .stories = {story(one), story(three, 3)}}));
  EXPECT_EQ(must(stories().merged_into(one)), std::nullopt);
  EXPECT_EQ(must(stories().placements(std::vector{a}))[0].place.story_id, three);
  EXPECT_EQ(must(stories().placements(std::vector{b}))[0].place.story_id, one);
  EXPECT_THAT(told(before), ElementsAre(std::pair(EventKind::StoryUpdated, one),
                                        std::pair(EventKind::StoryUpdated, three)));
}

TEST_P(StoryStoreContract, GivesLinksFromBothSides) {
  const StoryId a = tell("a"), b = tell("b"), c = tell("c");
  EXPECT_THAT(must(stories().links(a)), IsEmpty());
  must(apply({.links = {{a, {link(a, b, 0.5), link(a, c, 0.75)}}}}));
  reopen();
  EXPECT_THAT(must(stories().links(a)), ElementsAre(link(a, c, 0.75), link(a, b, 0.5)));
  EXPECT_THAT(must(stories().links(b)), ElementsAre(link(b, a, 0.5)));
  // Its own word goes before what another says.
  must(apply({.links = {{b, {link(b, a, 0.625)}}, {c, {}}}}));
  EXPECT_THAT(must(stories().links(b)), ElementsAre(link(b, a, 0.625)));
  EXPECT_THAT(must(stories().links(a)), ElementsAre(link(a, c, 0.75), link(a, b, 0.5)));
  // What is said again is all there is to say.
  must(apply({.links = {{a, {link(a, b, 0.875)}}}}));
  EXPECT_THAT(must(stories().links(a)), ElementsAre(link(a, b, 0.875)));
  EXPECT_THAT(must(stories().links(c)), IsEmpty());
  EXPECT_THAT(must(stories().links(StoryId(99))), IsEmpty());
}

TEST_P(StoryStoreContract, LinksOnlyWhatIsThere) {
  const StoryId a = tell("a"), gone = tell("b"), c = story_of(add("c"));
  must(apply({.stories = {story(c)},
              .gone = {gone},
              .links = {links_of(a, {gone, StoryId(99), a, c}), links_of(gone, {a}),
                        links_of(StoryId(99), {a})}}));
  EXPECT_THAT(linked(a), ElementsAre(c));
  EXPECT_THAT(linked(gone), IsEmpty());
  EXPECT_THAT(linked(StoryId(99)), IsEmpty());
  // Neither comes back with the story.
  must(apply({.stories = {story(gone)}}));
  EXPECT_THAT(linked(gone), IsEmpty());
}

TEST_P(StoryStoreContract, LinksFollowMergers) {
  const StoryId a = tell("a"), b = tell("b"), c = tell("c"), d = tell("d"), e = tell("e");
  must(apply({.links = {links_of(a, {d}), links_of(b, {a, e}), links_of(c, {a}),
                        links_of(d, {a, b}), links_of(e, {c})}}));
  must(apply({.merges = {{a, b}}, .stories = {story(b, 2)}}));
  EXPECT_THAT(linked(a), IsEmpty());
  EXPECT_THAT(linked(b), ElementsAre(c, d, e)) << "its own links, and those to what it was";
  EXPECT_THAT(linked(c), ElementsAre(b, e));
  EXPECT_THAT(must(stories().links(d)), ElementsAre(link(d, b, 0.9375 / 1.0625)))
      << "it had one to it already";
  EXPECT_THAT(linked(e), ElementsAre(c, b));
  // All in one step: the links are of after the merger.
  must(apply({.merges = {{c, d}}, .stories = {story(d, 2)}, .links = {links_of(d, {c, e})}}));
  EXPECT_THAT(linked(d), ElementsAre(e));
  EXPECT_THAT(linked(e), ElementsAre(d, b));
}

TEST_P(StoryStoreContract, LinksGoWithTheirStories) {
  const StoryId a = tell("a"), b = tell("b"), c = tell("c");
  must(apply({.links = {links_of(a, {b, c}), links_of(b, {a}), links_of(c, {b})}}));
  must(apply({.gone = {b}}));
  EXPECT_THAT(linked(a), ElementsAre(c));
  EXPECT_THAT(linked(b), IsEmpty());
  EXPECT_THAT(linked(c), ElementsAre(a));
  const std::int64_t version = must(stories().state()).version;
  must(stories().begin_backfill(version, "stories"));
  while (must(stories().clear(version + 1, 1))) {
  }
  must(apply({.stories = {story(a), story(b), story(c)}}));
  EXPECT_THAT(linked(a), IsEmpty());
  EXPECT_THAT(linked(c), IsEmpty());
}

TEST_P(StoryStoreContract, LinksAreBounded) {
  const StoryId a = tell("a");
  std::vector<StoryId> others;
  for (int i = 0; i < 12; ++i) others.push_back(tell("other " + std::to_string(i)));
  StoryStep step{.links = {links_of(a, others)}};
  StoryLink& first = step.links[0].links[0];
  const std::string long_name = "a" + std::string(kLinkTextBytesMax - 2, 'b');
  first.evidence.assign(20, {.text = long_name + "ü", .other = std::string("\xff\0", 2)});
  step.links[0].links.push_back(link(a, others[0], 0.5));  // the first counts
  must(apply(step));
  const std::vector<StoryLink> links = must(stories().links(a));
  ASSERT_EQ(links.size(), kStoryLinksMax);
  EXPECT_EQ(links[0].story, others[0]);
  EXPECT_EQ(links[0].score, 0.9375);
  ASSERT_EQ(links[0].evidence.size(), kLinkEvidenceMax);
  EXPECT_EQ(links[0].evidence[11].text, long_name);
  EXPECT_EQ(links[0].evidence[11].other, "\uFFFD\uFFFD");
  EXPECT_EQ(links[7].story, others[7]);
  EXPECT_THAT(linked(others[8]), IsEmpty());
  // Others may have links to it without end.
  StoryStep back;
  for (const StoryId other : others) back.links.push_back({other, {link(other, a, 0.75)}});
  back.links[9].links[0].score = 0.875;
  must(apply(back));
  EXPECT_EQ(linked(a), (std::vector{others[0], others[1], others[9], others[2], others[3],
                                    others[8], others[10], others[11]}));
}

TEST_P(StoryStoreContract, TellsOfWhoIsLinkedAnew) {
  const StoryId a = tell("a"), b = tell("b"), c = tell("c");
  EventSequence before = must(events().head());
  must(apply({.stories = {story(b)}, .links = {links_of(b, {a})}}));
  EXPECT_THAT(told(before), ElementsAre(std::pair(EventKind::StoryUpdated, b),
                                        std::pair(EventKind::StoryUpdated, a)));
  // It knew: this says the same from the other side.
  before = must(events().head());
  must(apply({.stories = {story(a)}, .links = {links_of(a, {b})}}));
  EXPECT_THAT(told(before), ElementsAre(std::pair(EventKind::StoryUpdated, a)));
  before = must(events().head());
  must(apply({.stories = {story(a)}, .links = {links_of(a, {c, b}), links_of(StoryId(99), {b})}}));
  EXPECT_THAT(told(before), ElementsAre(std::pair(EventKind::StoryUpdated, a),
                                        std::pair(EventKind::StoryUpdated, c)));
  const Event event = all_events(before)[1];
  EXPECT_EQ(event.language, "en");
  EXPECT_EQ(event.published, now());
  before = must(events().head());
  must(apply({.links = {links_of(a, {})}}));
  EXPECT_THAT(told(before), ElementsAre(std::pair(EventKind::StoryUpdated, a)));
}

TEST_P(StoryStoreContract, IsAllOrNothing) {
  const ArticleId a = add("a");
  StoryStep step{.placed = {place(a, story_of(a))}, .stories = {story(story_of(a))}};
  const CursorMove move{.consumer = "stories", .to = EventSequence(2)};
  step.version = 5;
  EXPECT_EQ(kind_of(stories().apply(step, &move)), ErrorKind::Conflict);
  const CursorMove late{.consumer = "stories", .from = EventSequence(1), .to = EventSequence(2)};
  EXPECT_EQ(kind_of(apply(step, &late)), ErrorKind::Conflict);
  EXPECT_EQ(must(stories().state()), StoryState{});
  EXPECT_EQ(must(events().cursor("stories")), EventSequence(0));
  EXPECT_THAT(found({}), IsEmpty());
  must(apply(step, &move));
  EXPECT_EQ(must(stories().state()).version, 1);
  EXPECT_EQ(must(events().cursor("stories")), EventSequence(2));
}

TEST_P(StoryStoreContract, KeepsTheJournalUntilACheckpoint) {
  const std::string bytes("\0\xff journal", 10);
  must(apply({.journal = bytes, .journal_articles = 3}));
  must(apply({}));
  must(apply({.journal = "two", .journal_articles = 1}));
  reopen();
  const StoryState before = must(stories().state());
  EXPECT_EQ(before, (StoryState{.version = 3, .journal_bytes = 13, .journal_articles = 4}));
  const auto journal = must(stories().journal(0, 10));
  ASSERT_EQ(journal.size(), 2u);
  EXPECT_EQ(journal[0].version, 1);
  EXPECT_EQ(journal[0].content, bytes);
  EXPECT_EQ(journal[1].version, 3);
  EXPECT_EQ(must(stories().journal(1, 10)).size(), 1u);
  EXPECT_EQ(kind_of(stories().set_checkpoint("stories/9", 9)), ErrorKind::Conflict);
  must(stories().set_checkpoint("stories/2", 2));
  EXPECT_EQ(
      must(stories().state()),
      (StoryState{
          .version = 3, .checkpoint = "stories/2", .checkpoint_version = 2, .journal_bytes = 3}));
  EXPECT_EQ(must(stories().journal(0, 10)).size(), 1u);
  EXPECT_EQ(kind_of(stories().set_checkpoint("stories/1", 1)), ErrorKind::Conflict);
}

TEST_P(StoryStoreContract, BeginsAnewFromTheHeadOfTheLog) {
  const ArticleId a = add("a"), b = add("b");
  analyze(a, "medtop:15000000");
  analyze(b, "medtop:15000000");
  const StoryId id = tell({a});
  must(apply({.journal = "kept", .journal_articles = 1}));
  EXPECT_EQ(kind_of(stories().begin_backfill(7, "stories")), ErrorKind::Conflict);
  const std::int64_t version = must(stories().state()).version;
  must(stories().begin_backfill(version, "stories"));
  EXPECT_EQ(must(events().cursor("stories")), must(events().head()));
  EXPECT_EQ(must(stories().state()), (StoryState{.version = version + 1,
                                                 .checkpoint_version = version + 1,
                                                 .backfilled_to = ArticleId{}}));
  EXPECT_THAT(must(stories().journal(0, 10)), IsEmpty());
  const EventSequence before = must(events().head());
  EXPECT_EQ(kind_of(stories().clear(version, 10)), ErrorKind::Conflict);
  EXPECT_TRUE(must(stories().clear(version + 1, 10)));
  EXPECT_FALSE(must(stories().clear(version + 1, 10)));
  EXPECT_THAT(told(before), ElementsAre(std::pair(EventKind::StoryRemoved, id)));
  EXPECT_THAT(must(stories().analyzed(ArticleId{}, 10)), ElementsAre(a, b));
  EXPECT_THAT(must(stories().analyzed(a, 10)), ElementsAre(b));
  EXPECT_EQ(must(stories().count_analyzed(ArticleId{})), 2);
  must(apply({.backfilled_to = b}));
  EXPECT_EQ(must(stories().state()).backfilled_to, b);
  must(stories().end_backfill(version + 2));
  EXPECT_EQ(must(stories().state()).backfilled_to, std::nullopt);
}

TEST_P(StoryStoreContract, OneAtATimeTakesTheStepsOfABackfill) {
  const Time soon = now() + std::chrono::seconds(10);
  EXPECT_TRUE(must(stories().claim_backfill("a", now(), soon)));
  EXPECT_FALSE(must(stories().claim_backfill("b", now(), soon)));
  EXPECT_TRUE(must(stories().claim_backfill("a", now(), soon)));
  EXPECT_TRUE(must(stories().claim_backfill("b", soon, soon + std::chrono::seconds(10))));
  EXPECT_FALSE(must(stories().claim_backfill("a", soon, soon)));
}

TEST_P(StoryStoreContract, ListsInEachOrderWithoutRepeating) {
  std::vector<StoryId> ids;
  StoryStep step;
  for (const char* name : {"a", "b", "c"}) {
    const ArticleId article = add(name);
    ids.push_back(story_of(article));
    step.placed.push_back(place(article, ids.back()));
    step.stories.push_back(story(ids.back()));
  }
  step.stories[0].rank_key = now() + std::chrono::hours(9);
  step.stories[1].updated_at = now() + std::chrono::hours(1);
  step.stories[2].articles = 5;
  step.stories[2].publishers = 1;
  step.stories[1].language = "de";
  must(apply(step));
  EXPECT_THAT(found({}), ElementsAre(ids[0], ids[2], ids[1]));
  EXPECT_THAT(found({.sort = StorySort::Newest}), ElementsAre(ids[1], ids[2], ids[0]));
  EXPECT_THAT(found({.sort = StorySort::Size}), ElementsAre(ids[2], ids[1], ids[0]));
  EXPECT_THAT(found({.publishers_min = 2}), ElementsAre(ids[0], ids[1]));
  EXPECT_THAT(found({.language = "de"}), ElementsAre(ids[1]));
  EXPECT_THAT(found({.since = now() + std::chrono::minutes(1)}), ElementsAre(ids[1]));
  EXPECT_THAT(found({.until = now() + std::chrono::minutes(1)}), ElementsAre(ids[0], ids[2]));
  for (const StorySort sort : {StorySort::Rank, StorySort::Newest, StorySort::Size}) {
    StoryQuery query{.sort = sort, .limit = 1};
    std::vector<StoryId> paged;
    do {
      const StoryPage page = must(stories().find(query));
      ASSERT_EQ(page.stories.size(), 1u);
      paged.push_back(page.stories[0].id);
      query.after = page.next;
    } while (query.after && paged.size() < 9);
    EXPECT_EQ(paged, found({.sort = sort}));
  }
}

TEST_P(StoryStoreContract, FindsByWhatAQuarterOfTheArticlesAre) {
  const SourceId other = add_source("https://other.example/feed");
  std::vector<ArticleId> sport, mixed;
  for (const char* name : {"a", "b"}) sport.push_back(add(name));
  for (const char* name : {"c", "d", "e", "f", "g"}) mixed.push_back(add(name));
  mixed.push_back(add("h", other));
  for (const ArticleId id : sport) analyze(id, "medtop:15000000");
  analyze(mixed[0], "medtop:15000000");
  const StoryId about_sport = tell(sport), of_all_kinds = tell(mixed);
  const std::string term = topic_term("medtop:15000000");
  EXPECT_THAT(found({.terms = {term}}), ElementsAre(about_sport));
  analyze(mixed[1], "medtop:15000000");
  EXPECT_THAT(found({.terms = {term}}), ElementsAre(of_all_kinds, about_sport));
  EXPECT_THAT(found({.terms = {term}, .limit = 1}), ElementsAre(of_all_kinds));
  EXPECT_THAT(found({.terms = {term, tone_term(Tone::Negative)}}), IsEmpty());
  EXPECT_THAT(found({.source_id = source_}), ElementsAre(of_all_kinds, about_sport));
  EXPECT_THAT(found({.source_id = other}), IsEmpty());
  EXPECT_THAT(found({.terms = {term}, .source_id = source_, .publishers_min = 3}), IsEmpty());
  const ArticlePage page = must(articles().find({.story_id = about_sport}));
  EXPECT_EQ(titles(page.articles), (std::vector<std::string>{"b", "a"}));
  EXPECT_EQ(titles(must(articles().find({.story_id = of_all_kinds, .terms = {term}})).articles),
            (std::vector<std::string>{"d", "c"}));
}

TEST_P(StoryStoreContract, MembersThatWereDeletedAreNotShown) {
  const ArticleId a = add("a"), b = add("b");
  const StoryId id = tell({a, b});
  must(articles().remove(a));
  const auto members = must(stories().members(std::vector<StoryId>{id}, 10));
  ASSERT_EQ(members[0].members.size(), 1u);
  EXPECT_EQ(members[0].members[0].place.article_id, b);
  // The consumer learns where it was.
  EXPECT_EQ(must(stories().placements(std::vector<ArticleId>{a})).size(), 1u);
}

TEST_P(StoryStoreContract, KeepsCorrectionsAndTellsOfThem) {
  EXPECT_EQ(kind_of(stories().correction(StoryCorrectionId(7))), ErrorKind::NotFound);
  StoryCorrection correction{.kind = StoryCorrectionKind::Split,
                             .story = StoryId(3),
                             .other = StoryId(4),
                             .articles = {ArticleId(5), ArticleId(6)}};
  const EventSequence before = must(events().head());
  const StoryCorrectionId id = must(stories().correct(correction));
  correction.id = id;
  correction.at = now();
  EXPECT_EQ(must(stories().correction(id)), correction);
  EXPECT_THAT(must(stories().corrections()), ElementsAre(correction));
  EXPECT_THAT(told(before), ElementsAre(std::pair(EventKind::StoryCorrected, StoryId(to_int(id)))));
}

}  // namespace tidings::contract
