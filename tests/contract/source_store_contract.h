// Defines SourceStore: every adapter instantiates this suite.
#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "tests/contract/contract.h"

namespace tidings::contract {

class SourceStoreContract : public StoresContract {
 protected:
  std::vector<SourceId> add_sources(int count) {
    std::vector<SourceSettings> settings;
    for (int i = 0; i < count; ++i) {
      settings.push_back({.url = "https://" + std::to_string(i) + ".example/feed"});
    }
    std::vector<SourceId> ids;
    for (const SourceAdded& added : must(sources().add(settings))) ids.push_back(added.id);
    return ids;
  }

  std::vector<SourceId> claim(std::size_t limit, const std::string& owner = "one") {
    const auto lease_until = now() + std::chrono::minutes(5);
    return ids_of(must(sources().claim_due(now(), limit, owner, lease_until)));
  }

  static std::vector<SourceId> ids_of(const std::vector<Source>& found) {
    std::vector<SourceId> ids;
    for (const Source& source : found) ids.push_back(source.id);
    return ids;
  }

  std::vector<SourceId> find_ids(const SourceQuery& query) {
    return ids_of(must(sources().find(query)));
  }

  SourceRecord some_record() {
    SourceRecord record;
    record.add({.at = std::chrono::floor<std::chrono::seconds>(now()),
                .outcome = FetchOutcome::NothingNew});
    record.body_bytes = 30'000;
    record.quiet.hours = 3;
    return record;
  }

  // What a person would call a full set of settings.
  static SourceSettings full_settings() {
    return {.url = "https://example.org/feed?a=1&b=%20",
            .title = "Überall \"news\"",
            .site_url = "https://example.org/",
            .language = "pt-BR",
            .country = "BR",
            .topics = {"politics", "a,b", "東京"},
            .folder = {"News", "Brasil \\ Sul"},
            .enabled = false,
            .interval = std::chrono::seconds(900),
            .full_text = FullText::Automatic,
            .extract_rules = {{ExtractRule::Field::Content, "div.a > p"},
                              {ExtractRule::Field::Remove, "[href=\"x=y\"]"}},
            .access = "sealed"};
  }
};

using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST_P(SourceStoreContract, GivesBackWhatItTook) {
  const std::vector<SourceSettings> given = {full_settings(), {.url = "https://b.example/"}};
  const auto added = must(sources().add(given));
  ASSERT_THAT(added, SizeIs(2));
  EXPECT_TRUE(added[0].is_new);
  EXPECT_LT(added[0].id, added[1].id);
  const Source source = must(sources().get(added[0].id));
  EXPECT_EQ(source.id, added[0].id);
  EXPECT_EQ(source.settings, given[0]);
  EXPECT_EQ(source.added_at, now());
  EXPECT_EQ(source.state, SourceState{.due_at = now()});
  EXPECT_EQ(must(sources().get(added[1].id)).settings, given[1]);
  EXPECT_EQ(must(sources().find_by_url(given[0].url)).id, added[0].id);
  EXPECT_EQ(kind_of(sources().find_by_url("https://example.org/")), ErrorKind::NotFound);
  EXPECT_EQ(kind_of(sources().get(SourceId(3))), ErrorKind::NotFound);
}

TEST_P(SourceStoreContract, KnowsAddressesItHas) {
  const SourceId first = add_source("https://a.example/");
  const std::vector<SourceSettings> given = {{.url = "https://a.example/", .title = "other"},
                                             {.url = "https://b.example/"},
                                             {.url = "https://b.example/", .title = "again"}};
  const auto added = must(sources().add(given));
  ASSERT_THAT(added, SizeIs(3));
  EXPECT_EQ(added[0].id, first);
  EXPECT_FALSE(added[0].is_new);
  EXPECT_TRUE(added[1].is_new);
  EXPECT_EQ(added[2].id, added[1].id);
  EXPECT_FALSE(added[2].is_new);
  EXPECT_EQ(must(sources().get(first)).settings.title, "");
  EXPECT_EQ(must(sources().get(added[1].id)).settings.title, "");
  EXPECT_EQ(to_int(must(events().head())), 2);
}

TEST_P(SourceStoreContract, TakesLongAddresses) {
  std::string noise;  // does not compress
  for (int i = 0; noise.size() < 8'000; ++i) noise += std::to_string(hash64(std::to_string(i)));
  const SourceId first = add_source("https://a.example/" + noise);
  EXPECT_EQ(must(sources().get(first)).settings.url, "https://a.example/" + noise);
  EXPECT_EQ(add_source("https://a.example/" + noise), first);
  EXPECT_NE(add_source("https://a.example/" + noise + "x"), first);
  EXPECT_EQ(must(sources().find_by_url("https://a.example/" + noise)).id, first);
}

TEST_P(SourceStoreContract, TakesTenThousandAtOnce) {
  const auto ids = add_sources(10'000);
  ASSERT_THAT(ids, SizeIs(10'000));
  EXPECT_EQ(find_ids({.limit = 10'000}), ids);
  EXPECT_EQ(must(articles().counts()).sources, 10'000);
  EXPECT_THAT(claim(10'001), SizeIs(10'000));
}

TEST_P(SourceStoreContract, SavesTheStateWithTheArticles) {
  const SourceId source = add_source();
  const SourceState state{
      .etag = "W/\"x\"",
      .last_modified = "Mon, 23 Nov 2026 18:30:00 GMT",
      .payload_hash = 0xFFFF'FFFF'FFFF'FFF0U,
      .due_at = now() + hours(1),
      .last_fetched_at = now(),
      .last_succeeded_at = now() - hours(1),
      .last_new_at = now() - hours(2),
      .failures = 3,
      .problem = SourceProblem{.error_class = "timeout", .message = "No „answer“.", .since = now()},
      .gone = true,
      .articles_per_day = 12.75,
      .ttl_minutes = 90,
      .fetched_url = "https://example.org/moved",
      .feed_title = "The feed's own",
      .hubs = {"https://hub.example/", "https://hub2.example/"},
      .record = some_record()};
  ingest(source, {}, state);
  EXPECT_EQ(must(sources().get(source)).state, state);
  ingest(source, {}, {});
  EXPECT_EQ(must(sources().get(source)).state, SourceState{});
}

TEST_P(SourceStoreContract, ARecordSaysWhatAFetchBrought) {
  const SourceId source = add_source();
  const NewArticle article = new_article("a", now());
  ingest(source, {article}, {.record = some_record()});
  EXPECT_EQ(must(sources().get(source)).state.record.changes_total, 1);
  ingest(source, {article}, {.record = some_record()});
  const SourceRecord record = must(sources().get(source)).state.record;
  EXPECT_EQ(record.changes_total, 0);
  EXPECT_EQ(record.fetches.back().outcome, FetchOutcome::NothingNew);
}

TEST_P(SourceStoreContract, ChangesSettings) {
  const SourceId source = add_source("https://example.org/feed?a=1&b=%20");
  const SourceState state{.etag = "e", .due_at = now() + hours(1), .last_succeeded_at = now()};
  ingest(source, {}, state);
  must(sources().set(source, full_settings()));
  EXPECT_EQ(must(sources().get(source)).settings, full_settings());
  EXPECT_EQ(must(sources().get(source)).state, state);
  EXPECT_THAT(find_ids({.topic = "politics"}), ElementsAre(source));
  SourceSettings fewer = full_settings();
  fewer.topics = {"東京"};
  fewer.interval.reset();
  must(sources().set(source, fewer));
  EXPECT_EQ(must(sources().get(source)).settings, fewer);
  EXPECT_THAT(find_ids({.topic = "politics"}), IsEmpty());
  EXPECT_EQ(kind_of(sources().set(SourceId(5), fewer)), ErrorKind::NotFound);
}

TEST_P(SourceStoreContract, ANewAddressStartsAfresh) {
  const SourceId source = add_source("https://a.example/");
  add_source("https://taken.example/");
  ingest(source, {},
         {.etag = "e",
          .last_modified = "m",
          .payload_hash = 7,
          .due_at = now() + hours(9),
          .last_succeeded_at = now(),
          .failures = 4,
          .problem = SourceProblem{.error_class = "http_410"},
          .gone = true,
          .articles_per_day = 2,
          .ttl_minutes = 60,
          .fetched_url = "https://old.example/",
          .feed_title = "Title"});
  EXPECT_EQ(kind_of(sources().set(source, {.url = "https://taken.example/"})), ErrorKind::Conflict);
  EXPECT_EQ(must(sources().get(source)).state.etag, "e");
  must(sources().set(source, {.url = "https://new.example/"}));
  const SourceState expected{
      .due_at = now(), .last_succeeded_at = now(), .articles_per_day = 2, .feed_title = "Title"};
  EXPECT_EQ(must(sources().get(source)).state, expected);
  EXPECT_EQ(kind_of(sources().find_by_url("https://a.example/")), ErrorKind::NotFound);
  EXPECT_EQ(must(sources().find_by_url("https://new.example/")).id, source);
  EXPECT_NE(add_source("https://a.example/"), source);
}

TEST_P(SourceStoreContract, RevivesASourceAtItsOwnAddress) {
  const SourceSettings settings = full_settings();  // not enabled
  const SourceId source = must(sources().add(std::span(&settings, 1)))[0].id;
  const auto revived_state = [&] {
    return SourceState{
        .due_at = now(), .last_succeeded_at = now(), .articles_per_day = 2, .feed_title = "Title"};
  };
  for (const bool gone : {true, false}) {
    SCOPED_TRACE(gone ? "gone" : "failing");
    ingest(source, {},
           {.etag = "e",
            .payload_hash = 7,
            .due_at = now() + hours(9),
            .last_succeeded_at = now(),
            .failures = 4,
            .problem = SourceProblem{.error_class = "http_410"},
            .gone = gone,
            .articles_per_day = 2,
            .fetched_url = "https://moved.example/",
            .feed_title = "Title"});
    EXPECT_THAT(claim(10), IsEmpty());
    must(sources().revive(source));
    EXPECT_EQ(must(sources().get(source)).state, revived_state());
    SourceSettings enabled = settings;
    enabled.enabled = true;
    EXPECT_EQ(must(sources().get(source)).settings, enabled);
    EXPECT_THAT(find_ids({.topic = "politics", .enabled = true}), ElementsAre(source));
    EXPECT_EQ(all_events().back().kind, EventKind::SourceChanged);
    EXPECT_THAT(claim(10), ElementsAre(source));
  }
  EXPECT_EQ(kind_of(sources().revive(SourceId(5))), ErrorKind::NotFound);
}

TEST_P(SourceStoreContract, RemovesSources) {
  const SourceId source = add_source("https://a.example/");
  must(sources().remove(source));
  EXPECT_EQ(kind_of(sources().get(source)), ErrorKind::NotFound);
  EXPECT_EQ(kind_of(sources().remove(source)), ErrorKind::NotFound);
  EXPECT_THAT(find_ids({}), IsEmpty());
  EXPECT_THAT(claim(10), IsEmpty());
  const SourceId again = add_source("https://a.example/");
  EXPECT_GT(again, source);
}

TEST_P(SourceStoreContract, WritesOneEventPerChange) {
  const SourceId source = add_source("https://a.example/");
  must(sources().set(source, {.url = "https://a.example/", .title = "new"}));
  must(sources().set(source, {.url = "https://a.example/", .title = "new"}));  // no change
  ingest(source, {}, {.problem = SourceProblem{.error_class = "timeout"}});
  ingest(source, {}, {.problem = SourceProblem{.error_class = "http_500"}});
  ingest(source, {}, {.last_succeeded_at = now()});
  ingest(source, {}, {.gone = true});
  must(sources().remove(source));
  const auto log = all_events();
  std::vector<EventKind> kinds;
  for (const Event& event : log) {
    kinds.push_back(event.kind);
    EXPECT_EQ(event.subject, to_int(source));
    EXPECT_EQ(event.source_id, source);
    EXPECT_EQ(event.at, now());
  }
  EXPECT_THAT(kinds, ElementsAre(EventKind::SourceAdded, EventKind::SourceChanged,
                                 EventKind::SourceFailed, EventKind::SourceRecovered,
                                 EventKind::SourceFailed, EventKind::SourceRemoved));
}

TEST_P(SourceStoreContract, FindsByFilterInPages) {
  std::vector<SourceSettings> given;
  const char* languages[] = {"pt", "pt-BR", "en", "p"};
  for (int i = 0; i < 24; ++i) {
    given.push_back({.url = "https://" + std::to_string(i) + ".example/",
                     .language = languages[i % 4],
                     .country = i % 3 == 0 ? "BR" : "PT",
                     .topics = i % 2 == 0 ? std::vector<std::string>{"sport", "sport"}
                                          : std::vector<std::string>{"arts", "sport2"},
                     .enabled = i % 5 != 0});
  }
  const auto added = must(sources().add(given));
  ASSERT_THAT(added, SizeIs(24));
  const auto expected = [&](auto fits) {
    std::vector<SourceId> ids;
    for (std::size_t i = 0; i < 24; ++i) {
      if (fits(static_cast<int>(i))) ids.push_back(added[i].id);
    }
    return ids;
  };
  EXPECT_EQ(find_ids({}), expected([](int) { return true; }));
  EXPECT_EQ(find_ids({.language = "pt"}), expected([](int i) { return i % 4 < 2; }));
  EXPECT_EQ(find_ids({.language = "pt-BR"}), expected([](int i) { return i % 4 == 1; }));
  EXPECT_EQ(find_ids({.country = "BR"}), expected([](int i) { return i % 3 == 0; }));
  EXPECT_EQ(find_ids({.topic = "sport"}), expected([](int i) { return i % 2 == 0; }));
  EXPECT_EQ(find_ids({.topic = "spor"}), expected([](int) { return false; }));
  EXPECT_EQ(find_ids({.enabled = false}), expected([](int i) { return i % 5 == 0; }));
  EXPECT_EQ(find_ids({.language = "pt", .country = "PT", .topic = "sport", .enabled = true}),
            expected([](int i) { return i % 4 == 0 && i % 3 != 0 && i % 5 != 0; }));
  std::vector<SourceId> paged;
  SourceQuery query{.topic = "sport", .limit = 5};
  for (auto ids = find_ids(query); !ids.empty(); ids = find_ids(query)) {
    EXPECT_LE(ids.size(), 5u);
    paged.insert(paged.end(), ids.begin(), ids.end());
    query.after = ids.back();
  }
  EXPECT_EQ(paged, find_ids({.topic = "sport"}));
  EXPECT_THAT(find_ids({.limit = 0}), SizeIs(1));
}

TEST_P(SourceStoreContract, AnotherAccessStartsAfresh) {
  const SourceId id = add_source("https://a.example/");
  const SourceState state{.etag = "\"x\"",
                          .payload_hash = 7,
                          .due_at = now() + hours(1),
                          .failures = 2,
                          .problem = SourceProblem{.error_class = "http_401", .since = now()},
                          .feed_title = "A"};
  ingest(id, {new_article("kept", now())}, state);
  SourceSettings settings = must(sources().get(id)).settings;
  settings.access = "header X-Key\nsealed v1";
  must(sources().set(id, settings));
  const Source source = must(sources().get(id));
  EXPECT_EQ(source.settings, settings);
  EXPECT_EQ(source.state.etag, "");
  EXPECT_EQ(source.state.payload_hash, 0u);
  EXPECT_EQ(source.state.problem, std::nullopt);
  EXPECT_EQ(source.state.feed_title, "A");
  EXPECT_THAT(claim(1), ElementsAre(id));
  EXPECT_EQ(must(articles().counts()).articles, 1);
  // What was asked for without it is not stored.
  const std::vector<IngestBatch> batches = {
      {.source_id = id, .source_url = settings.url, .state = state}};
  EXPECT_TRUE(must(articles().ingest(batches))[0].superseded);
  EXPECT_EQ(must(sources().get(id)).state.etag, "");
}

TEST_P(SourceStoreContract, ANewEnvelopeChangesNothingElse) {
  const SourceId id = add_source("https://a.example/");
  SourceSettings settings = must(sources().get(id)).settings;
  settings.access = "envelope 1";
  must(sources().set(id, settings));
  ingest(id, {}, {.etag = "\"x\"", .due_at = now() + hours(1)});
  const EventSequence head = must(events().head());
  EXPECT_TRUE(must(sources().reseal_access(id, "envelope 1", "envelope 2")));
  EXPECT_FALSE(must(sources().reseal_access(id, "envelope 1", "envelope 3")));
  EXPECT_FALSE(must(sources().reseal_access(SourceId(4), "envelope 1", "envelope 3")));
  const Source source = must(sources().get(id));
  EXPECT_EQ(source.settings.access, "envelope 2");
  EXPECT_EQ(source.state.etag, "\"x\"");
  EXPECT_EQ(must(events().head()), head);
}

TEST_P(SourceStoreContract, ClaimsWhatIsDueEarliestFirst) {
  const auto ids = add_sources(4);
  ingest(ids[0], {}, {.due_at = now() + minutes(3)});
  ingest(ids[1], {}, {.due_at = now() + minutes(1)});
  ingest(ids[2], {}, {.due_at = now() + minutes(2)});
  ingest(ids[3], {}, {.due_at = now() + minutes(2)});
  EXPECT_THAT(claim(10), IsEmpty());
  EXPECT_EQ(must(sources().next_due()), now() + minutes(1));
  clock().advance(minutes(2));
  EXPECT_THAT(claim(2), ElementsAre(ids[1], ids[2]));
  EXPECT_THAT(claim(2), ElementsAre(ids[3]));
  EXPECT_EQ(must(sources().next_due()), now() + minutes(1));
  clock().advance(minutes(1));
  EXPECT_THAT(claim(0), IsEmpty());
  EXPECT_THAT(claim(1), ElementsAre(ids[0]));
  EXPECT_EQ(must(sources().next_due()), std::nullopt);
}

TEST_P(SourceStoreContract, ClaimsWholeSources) {
  SourceSettings settings = full_settings();
  settings.enabled = true;
  const std::vector<SourceSettings> given = {settings};
  const auto added = must(sources().add(given));
  ASSERT_THAT(added, SizeIs(1));
  const SourceState state{.etag = "e", .due_at = now(), .failures = 2, .hubs = {"h"}};
  ingest(added[0].id, {}, state);
  const auto claimed = must(sources().claim_due(now(), 1, "one", now() + minutes(1)));
  ASSERT_THAT(claimed, SizeIs(1));
  EXPECT_EQ(claimed[0].settings, settings);
  EXPECT_EQ(claimed[0].state, state);
}

TEST_P(SourceStoreContract, PassesOverDisabledAndGoneSources) {
  const auto ids = add_sources(3);
  must(sources().set(ids[0], {.url = "https://0.example/feed", .enabled = false}));
  ingest(ids[1], {}, {.due_at = now(), .gone = true});
  must(sources().make_due({}, now()));
  EXPECT_THAT(claim(10), ElementsAre(ids[2]));
  EXPECT_EQ(must(sources().next_due()), std::nullopt);
  must(sources().set(ids[0], {.url = "https://0.example/feed", .enabled = true}));
  must(sources().set(ids[1], {.url = "https://revived.example/feed"}));
  EXPECT_THAT(claim(10), ElementsAre(ids[0], ids[1]));
}

TEST_P(SourceStoreContract, ALeaseEndsByTimeByIngestOrByRelease) {
  const auto ids = add_sources(3);
  EXPECT_THAT(claim(1, "one"), ElementsAre(ids[0]));
  EXPECT_THAT(claim(1, "two"), ElementsAre(ids[1]));
  EXPECT_THAT(claim(1, "one"), ElementsAre(ids[2]));
  EXPECT_THAT(claim(10, "three"), IsEmpty());
  ingest(ids[0], {}, {.due_at = now()});
  EXPECT_THAT(claim(10, "three"), ElementsAre(ids[0]));
  must(sources().release("one"));
  EXPECT_THAT(claim(10, "four"), ElementsAre(ids[2]));
  must(sources().release("nobody"));
  EXPECT_THAT(claim(10, "five"), IsEmpty());
  clock().advance(minutes(5));
  EXPECT_EQ(must(sources().next_due()), now() - minutes(5));
  EXPECT_THAT(claim(10, "five"), ElementsAre(ids[0], ids[1], ids[2]));
}

TEST_P(SourceStoreContract, MakesSourcesDue) {
  const auto ids = add_sources(3);
  const Time later = now() + hours(5);
  for (const SourceId id : ids) ingest(id, {}, {.due_at = later});
  const std::vector<SourceId> some = {ids[2], SourceId(4)};
  must(sources().make_due(some, now()));
  EXPECT_THAT(claim(10), ElementsAre(ids[2]));
  must(sources().make_due({}, now() + minutes(1)));
  EXPECT_EQ(must(sources().get(ids[0])).state.due_at, now() + minutes(1));
  EXPECT_EQ(must(sources().get(ids[2])).state.due_at, now());  // was earlier already
}

TEST_P(SourceStoreContract, TwoOwnersNeverClaimTheSame) {
  const auto ids = add_sources(300);
  std::vector<std::vector<SourceId>> claimed(4);
  {
    std::vector<std::jthread> threads;
    for (std::size_t t = 0; t < claimed.size(); ++t) {
      threads.emplace_back([&, t] {
        while (true) {
          const auto found = claim(7, "owner " + std::to_string(t));
          if (found.empty()) return;
          claimed[t].insert(claimed[t].end(), found.begin(), found.end());
        }
      });
    }
  }
  std::vector<SourceId> together;
  for (const auto& some : claimed) together.insert(together.end(), some.begin(), some.end());
  std::ranges::sort(together);
  EXPECT_EQ(together, ids);
}

TEST_P(SourceStoreContract, KeepsEverythingThroughAReopening) {
  const std::vector<SourceSettings> given = {full_settings(), {.url = "https://b.example/"}};
  const auto added = must(sources().add(given));
  ASSERT_THAT(added, SizeIs(2));
  EXPECT_THAT(claim(1), ElementsAre(added[1].id));
  const Source before = must(sources().get(added[0].id));
  if (!reopen()) return;  // nothing outlives this store
  const Source after = must(sources().get(added[0].id));
  EXPECT_EQ(after.settings, before.settings);
  EXPECT_EQ(after.state, before.state);
  EXPECT_EQ(after.added_at, before.added_at);
  EXPECT_THAT(find_ids({.topic = "東京"}), ElementsAre(added[0].id));
  EXPECT_THAT(claim(1), IsEmpty());  // the lease as well
  must(sources().release("one"));
  EXPECT_THAT(claim(1), ElementsAre(added[1].id));
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(SourceStoreContract);

}  // namespace tidings::contract
