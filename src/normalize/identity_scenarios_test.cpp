// What becomes of a feed over time: documents one after the other, through normalize and a store.
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "adapters/memory/memory_stores.h"
#include "normalize/normalize.h"

namespace tidings::normalize {
namespace {

// A line of a feed. `day` is of November 2026; 0: no date.
struct Line {
  std::string guid, link, title, text;
  int day = 0;
};

struct Step {
  std::vector<Line> lines;
  std::size_t added, edited, known;
  std::string site = "https://a.example/";
};

struct Scenario {
  std::string why;
  std::vector<Step> steps;
};

Feed feed_of(const Step& step) {
  Feed feed{.url = step.site};
  for (const Line& line : step.lines) {
    Entry entry{.id = line.guid, .url = line.link, .title = line.title, .content_html = line.text};
    if (line.day != 0)
      entry.published = Time(std::chrono::sys_days(std::chrono::year(2026) / 11 / line.day));
    feed.entries.push_back(std::move(entry));
  }
  return feed;
}

void play(const Scenario& scenario) {
  ManualClock clock(*parse_rfc3339("2026-11-25T12:00:00Z"));
  memory::MemoryStores stores(clock);
  const std::vector<SourceSettings> settings = {{.url = "https://a.example/feed"}};
  const auto followed = stores.sources().add(settings);
  ASSERT_TRUE(followed);
  Source source{.id = followed->front().id, .settings = settings[0]};
  int number = 0;
  for (const Step& step : scenario.steps) {
    SCOPED_TRACE(scenario.why + ", document " + std::to_string(++number));
    IngestBatch batch{.source_id = source.id,
                      .articles = normalize_feed(feed_of(step), source, clock.now()).articles};
    const auto outcome = stores.articles().ingest({&batch, 1});
    ASSERT_TRUE(outcome);
    EXPECT_EQ(outcome->front().added.size(), step.added) << "added";
    EXPECT_EQ(outcome->front().edited.size(), step.edited) << "edited";
    EXPECT_EQ(outcome->front().known, step.known) << "known";
    source.state.last_succeeded_at = clock.now();
    clock.advance(std::chrono::hours(1));
  }
}

const Line kOne{"g1", "https://a.example/1", "Quake hits the coast", "One quake.", 20};
const Line kTwo{"g2", "https://a.example/2", "Budget passes at last", "Two votes.", 21};

Line with(Line line, std::string Line::* member, const std::string& value) {
  line.*member = value;
  return line;
}
Line guid(Line line, const std::string& value) {
  return with(std::move(line), &Line::guid, value);
}
Line link(Line line, const std::string& value) {
  return with(std::move(line), &Line::link, value);
}
Line title(Line line, const std::string& value) {
  return with(std::move(line), &Line::title, value);
}
Line text(Line line, const std::string& value) {
  return with(std::move(line), &Line::text, value);
}
Line day(Line line, int value) {
  line.day = value;
  return line;
}

TEST(Scenarios, MakeNothingNewOfWhatIsOld) {
  const Scenario scenarios[] = {
      {"nothing happens", {{{kOne, kTwo}, 2, 0, 0}, {{kOne, kTwo}, 0, 0, 2}}},
      {"guids change with each fetch",
       {{{kOne, kTwo}, 2, 0, 0},
        {{guid(kOne, "x"), guid(kTwo, "y")}, 0, 0, 2},
        {{guid(kOne, "z"), guid(kTwo, "w")}, 0, 0, 2}}},
      {"guids are links that count their readers",
       {{{guid(kOne, "https://a.example/1?utm_source=x")}, 1, 0, 0},
        {{guid(kOne, "https://a.example/1?utm_source=y&fbclid=z")}, 0, 0, 1}}},
      {"only such guids",
       {{{link(guid(kOne, "http://a.example/1?utm_source=x"), "")}, 1, 0, 0},
        {{link(guid(kOne, "https://www.a.example/1/?utm_source=y"), "")}, 0, 0, 1}}},
      {"the site moves to https",
       {{{guid(link(kOne, "http://a.example/1"), "")}, 1, 0, 0}, {{guid(kOne, "")}, 0, 0, 1}}},
      {"and to www, with a slash",
       {{{guid(kOne, "")}, 1, 0, 0},
        {{guid(link(kOne, "https://www.a.example/1/"), "")}, 0, 0, 1}}},
      {"links count their readers",
       {{{guid(link(kOne, "https://a.example/1?utm_source=x"), "")}, 1, 0, 0},
        {{guid(link(kOne, "https://a.example/1?mc_cid=y"), "")}, 0, 0, 1}}},
      {"AMP pages",
       {{{guid(kOne, "")}, 1, 0, 0},
        {{guid(link(kOne, "https://amp.a.example/1/amp/"), "")}, 0, 0, 1}}},
      {"session ids",
       {{{guid(link(kOne, "https://a.example/1?PHPSESSID=1"), "")}, 1, 0, 0},
        {{guid(link(kOne, "https://a.example/1?PHPSESSID=2"), "")}, 0, 0, 1}}},
      {"the site moves to another host",
       {{{guid(kOne, ""), guid(kTwo, "")}, 2, 0, 0},
        {{guid(link(kOne, "https://b.example/1"), ""), guid(link(kTwo, "https://b.example/2"), "")},
         0,
         0,
         2,
         "https://b.example/"}}},
      {"with guids that are links",
       {{{guid(kOne, "https://a.example/?p=1")}, 1, 0, 0},
        {{guid(link(kOne, "https://b.example/1"), "https://b.example/?p=1")}, 0, 0, 1}}},
      {"a proxy counts clicks no more",
       {{{link(kOne, "https://feedproxy.example/~r/a/~3/x")}, 1, 0, 0},
        {{kOne}, 0, 1, 0},
        {{kOne}, 0, 0, 1}}},
      {"guids are places in the list",
       {{{guid(kOne, "1")}, 1, 0, 0},
        {{guid(kTwo, "1"), guid(kOne, "2")}, 1, 0, 1},
        {{guid(kTwo, "1"), guid(kOne, "2")}, 0, 0, 2}}},
      {"places in a list that links to the home page, without dates",
       {{{day(link(guid(kOne, "1"), "https://a.example/"), 0)}, 1, 0, 0},
        {{day(link(guid(kTwo, "1"), "https://a.example/"), 0),
          day(link(guid(kOne, "2"), "https://a.example/"), 0)},
         1,
         0,
         1}}},
      {"two sites with the same path come and go",
       {{{guid(link(kOne, "https://b.example/p"), ""), guid(link(kTwo, "https://c.example/p"), "")},
         2,
         0,
         0},
        {{guid(link(kOne, "https://b.example/p"), "")}, 0, 0, 1},
        {{guid(link(kOne, "https://b.example/p"), ""), guid(link(kTwo, "https://c.example/p"), "")},
         0,
         0,
         2}}},
  };
  for (const Scenario& scenario : scenarios) play(scenario);
}

TEST(Scenarios, NeverMergeWhatIsSeveral) {
  const Scenario scenarios[] = {
      {"one guid for ever, a new link and date",
       {{{guid(kOne, "g")}, 1, 0, 0}, {{guid(kTwo, "g")}, 1, 0, 0}}},
      {"one guid and one date for ever",
       {{{day(guid(kOne, "g"), 1)}, 1, 0, 0}, {{day(guid(kTwo, "g"), 1)}, 1, 0, 0}}},
      {"one guid for ever, all link to the home page",
       {{{link(guid(kOne, "g"), "https://a.example/")}, 1, 0, 0},
        {{link(guid(kTwo, "g"), "https://a.example/")}, 1, 0, 0}}},
      {"the same without dates",
       {{{day(link(guid(kOne, "g"), "https://a.example/"), 0)}, 1, 0, 0},
        {{day(link(guid(kTwo, "g"), "https://a.example/"), 0)}, 1, 0, 0}}},
      {"one guid for all of a document",
       {{{guid(kOne, "g"), guid(kTwo, "g")}, 2, 0, 0},
        {{guid(kOne, "g"), guid(kTwo, "g")}, 0, 0, 2}}},
      {"episodes that link to the home page",
       {{{link(kOne, "https://a.example/")}, 1, 0, 0},
        {{link(kTwo, "https://a.example/"), link(kOne, "https://a.example/")}, 1, 0, 1}}},
      {"one page with several guids",
       {{{link(kOne, "https://a.example/live"), link(kTwo, "https://a.example/live")}, 2, 0, 0},
        {{link(kOne, "https://a.example/live"), link(kTwo, "https://a.example/live")}, 0, 0, 2}}},
      {"parts of one page",
       {{{guid(kOne, "https://a.example/live#1"), guid(kTwo, "https://a.example/live#2")},
         2,
         0,
         0}}},
      {"two sites of an aggregator with the same path",
       {{{guid(link(kOne, "https://b.example/p"), "")}, 1, 0, 0},
        {{guid(link(kTwo, "https://c.example/p"), "")}, 1, 0, 0}}},
      {"titles of every week",
       {{{title(kOne, "Weekly notes")}, 1, 0, 0}, {{title(kTwo, "Weekly notes")}, 1, 0, 0}}},
  };
  for (const Scenario& scenario : scenarios) play(scenario);
}

TEST(Scenarios, KnowAnEditFromWhatChangesByItself) {
  const auto edit = [](const Line& changed, std::size_t edited) {
    return std::vector<Step>{{{kOne}, 1, 0, 0}, {{changed}, 0, edited, 1 - edited}};
  };
  const auto text_edit = [](const std::string& before, const std::string& after,
                            std::size_t edited) {
    return std::vector<Step>{{{text(kOne, before)}, 1, 0, 0},
                             {{text(kOne, after)}, 0, edited, 1 - edited}};
  };
  const Scenario scenarios[] = {
      {"a title", edit(title(kOne, "Quake hits the coast, 5 dead"), 1)},
      {"a title and its address",
       edit(link(title(kOne, "Quake hits coast, 5 dead"), "https://a.example/1-5-dead"), 1)},
      {"a word", edit(text(kOne, "One big quake."), 1)},
      {"a number", text_edit("5 people died.", "6 people died.", 1)},
      {"an image", text_edit("x<img src='/a.jpg'>", "x<img src='/b.jpg'>", 1)},
      {"a date", edit(day(kOne, 22), 0)},
      {"blanks", text_edit("<p>One quake.</p>", "<p>One\n  quake.</p>\n", 0)},
      {"markup",
       text_edit("<p><b>One</b> quake.</p>", "<div><strong>One</strong> quake.</div>", 0)},
      {"the order of attributes",
       text_edit("x<img src='/a.jpg' alt='b'>", "x<img alt='b' src='/a.jpg'>", 0)},
      {"a signature", text_edit("x<img src='/a.jpg?sig=1'>", "x<img src='/a.jpg?sig=2'>", 0)},
      {"the size of an image",
       text_edit("x<img src='/a-300x200.jpg'>", "x<img src='/a-1024x768.jpg'>", 0)},
      {"the host of an image", text_edit("x<img src='https://c1.example/a.jpg'>",
                                         "x<img src='https://c2.example/a.jpg'>", 0)},
      {"an advertisement",
       text_edit("x<a href='https://ads.example/1'><img src='https://ads.example/1.gif'></a>",
                 "x<a href='https://ads.example/2'><img src='https://ads.example/2.gif'></a>", 0)},
      {"where a link leads",
       text_edit("<a href='/a?utm_source=x'>x</a>", "<a href='/a?utm_source=y'>x</a>", 0)},
      {"comments", text_edit("x <p>12 comments</p>", "x <p>13 comments</p>", 0)},
      {"points and comments", text_edit("<p>Points: 57</p><p># Comments: 12</p>",
                                        "<p>Points: 60</p><p># Comments: 31</p>", 0)},
  };
  for (const Scenario& scenario : scenarios) play(scenario);
}

TEST(Scenarios, KeepTheHistoryOfAnEdit) {
  play({"edited twice, then back as it was",
        {{{kOne}, 1, 0, 0},
         {{text(kOne, "Two quakes.")}, 0, 1, 0},
         {{text(kOne, "Three quakes.")}, 0, 1, 0},
         {{kOne}, 0, 1, 0}}});
}

}  // namespace
}  // namespace tidings::normalize
