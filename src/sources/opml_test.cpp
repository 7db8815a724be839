#include "sources/opml.h"

#include <chrono>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tidings::sources {
namespace {

using std::string_literals::operator""s;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr Time kNow = std::chrono::sys_days(std::chrono::year(2026) / 3 / 14);

std::string opml(const std::string& body) {
  return "<?xml version=\"1.0\"?>\n<opml version=\"2.0\"><head/><body>" + body + "</body></opml>";
}

std::vector<SourceSettings> read_sources(const std::string& bytes) {
  Result<OpmlImport> imported = read_opml(bytes);
  if (!imported) {
    ADD_FAILURE() << imported.error().message << "\n" << bytes.substr(0, 500);
    return {};
  }
  EXPECT_THAT(imported->problems, IsEmpty());
  return std::move(imported->sources);
}

std::vector<Source> as_sources(const std::vector<SourceSettings>& settings) {
  std::vector<Source> sources;
  for (const SourceSettings& one : settings) sources.push_back({.settings = one});
  return sources;
}

TEST(ReadOpml, ReadsOutlinesAsTheyComeInTheWild) {
  const struct {
    const char* why;
    std::string given;
    SourceSettings expected;
  } cases[] = {
      {"the usual one",
       R"(<outline type="rss" text="A" title="B" xmlUrl="https://a.test/f" htmlUrl="https://a.test"/>)",
       {.url = "https://a.test/f", .title = "B", .site_url = "https://a.test/"}},
      {"text alone",
       R"(<outline text="A" xmlUrl="https://a.test/f"/>)",
       {.url = "https://a.test/f", .title = "A"}},
      {"no type, no title", R"(<outline xmlUrl="https://a.test/f"/>)", {.url = "https://a.test/f"}},
      {"names in any case",
       R"(<OUTLINE TEXT="A" xmlurl="https://a.test/f" HTMLURL="http://a.test/"/>)",
       {.url = "https://a.test/f", .title = "A", .site_url = "http://a.test/"}},
      {"OPML 1.x with url",
       R"(<outline type="rss" text="A" url="https://a.test/f"/>)",
       {.url = "https://a.test/f", .title = "A"}},
      {"the feed scheme", R"(<outline xmlUrl="feed://a.test/f"/>)", {.url = "http://a.test/f"}},
      {"the feed scheme in front",
       R"(<outline xmlUrl="feed:https://a.test/f"/>)",
       {.url = "https://a.test/f"}},
      {"addresses get one spelling",
       R"(<outline xmlUrl=" HTTPS://A.Test:443/x/../f "/>)",
       {.url = "https://a.test/f"}},
      {"a bare ampersand",
       R"(<outline text="A & B" xmlUrl="https://a.test/f?a=1&b=2"/>)",
       {.url = "https://a.test/f?a=1&b=2", .title = "A & B"}},
      {"language tags",
       R"(<outline xmlUrl="https://a.test/f" language="pt_BR"/>)",
       {.url = "https://a.test/f", .language = "pt-BR"}},
      {"no language at all",
       R"(<outline xmlUrl="https://a.test/f" language="unknown language"/>)",
       {.url = "https://a.test/f"}},
      {"categories",
       R"(<outline xmlUrl="https://a.test/f" category="/news/world, sport,,sport"/>)",
       {.url = "https://a.test/f", .topics = {"news/world", "sport"}}},
      {"country",
       R"(<outline xmlUrl="https://a.test/f" country="de"/>)",
       {.url = "https://a.test/f", .country = "DE"}},
      {"a country that is none",
       R"(<outline xmlUrl="https://a.test/f" country="Germany"/>)",
       {.url = "https://a.test/f"}},
      {"white space and controls in a title",
       "<outline xmlUrl=\"https://a.test/f\" title=\" A&#10;&#9;B&#7; \"/>",
       {.url = "https://a.test/f", .title = "A B"}},
      {"an interval beyond a day is a day",
       R"(<outline xmlUrl="https://a.test/f" tidings:interval="999999999"/>)",
       {.url = "https://a.test/f", .interval = std::chrono::hours(24)}},
      {"an interval that is none",
       R"(<outline xmlUrl="https://a.test/f" tidings:interval="-5"/>)",
       {.url = "https://a.test/f"}},
  };
  for (const auto& [why, given, expected] : cases) {
    EXPECT_THAT(read_sources(opml(given)), ElementsAre(expected)) << why;
  }
}

TEST(ReadOpml, KeepsNestedFolders) {
  const std::vector<SourceSettings> sources = read_sources(opml(R"(
      <outline xmlUrl="https://a.test/1"/>
      <outline text="News">
        <outline xmlUrl="https://a.test/2"/>
        <outline title="Germany" text="ignored"><outline xmlUrl="https://a.test/3"/></outline>
        <outline text=""><outline xmlUrl="https://a.test/4"/></outline>
      </outline>
      <outline xmlUrl="https://a.test/5"><outline xmlUrl="https://a.test/6"/></outline>
      <outline text="Empty"/>
      <outline type="link" text="Link" url="https://a.test/list.opml"/>)"));
  std::vector<std::vector<std::string>> folders;
  for (const SourceSettings& source : sources) folders.push_back(source.folder);
  EXPECT_THAT(folders, ElementsAre(IsEmpty(), ElementsAre("News"), ElementsAre("News", "Germany"),
                                   ElementsAre("News"), IsEmpty(), IsEmpty()));
}

TEST(ReadOpml, CollapsesDuplicatesToTheFirst) {
  EXPECT_THAT(read_sources(opml(R"(<outline text="A" xmlUrl="https://a.test/f"/>
                                   <outline text="B" xmlUrl="https://A.test:443/f"/>)")),
              ElementsAre(SourceSettings{.url = "https://a.test/f", .title = "A"}));
}

TEST(ReadOpml, PassesOverBadAddressesAndSaysWhich) {
  const Result<OpmlImport> imported = read_opml(opml(R"x(<outline xmlUrl="https://a.test/f"/>
      <outline xmlUrl="javascript:alert(1)"/><outline xmlUrl="file:///etc/passwd"/>)x"));
  ASSERT_TRUE(imported);
  EXPECT_THAT(imported->sources, SizeIs(1));
  EXPECT_THAT(imported->problems,
              ElementsAre(HasSubstr("javascript:alert(1)"), HasSubstr("file:///etc/passwd")));
}

TEST(ReadOpml, BoundsTheProblemsItNames) {
  std::string body;
  for (int i = 0; i < 500; ++i) body += "<outline xmlUrl=\"nowhere\"/>";
  const Result<OpmlImport> imported = read_opml(opml(body));
  ASSERT_TRUE(imported);
  ASSERT_THAT(imported->problems, SizeIs(kOpmlProblemsMax));
  EXPECT_EQ(imported->problems.back(), "and 401 more");
}

TEST(ReadOpml, ReadsTheCharsetsThatReadersWrite) {
  const std::string wide_source =
      "<opml><body><outline text='\xE9' xmlUrl='http://a.test/'/></body></opml>";
  std::string little, big, utf32 = "\xFF\xFE\0\0"s;
  for (const char c : wide_source) {
    little += c;
    little += '\0';
    big += '\0';
    big += c;
    utf32 += c;
    utf32 += "\0\0\0"s;
  }
  const std::string body =
      "<opml><body><outline text=\"%\" xmlUrl=\"http://a.test/\"/></body></opml>";
  const auto with = [&body](const std::string& start, const std::string& title) {
    return start + std::string(body).replace(body.find('%'), 1, title);
  };
  const struct {
    const char* why;
    std::string given;
    std::string expected;
  } cases[] = {
      {"UTF-8 without saying so", with("", "\xC3\xA9"), "é"},
      {"a byte order mark", with("\xEF\xBB\xBF<?xml version='1.0'?>", "\xC3\xA9"), "é"},
      {"white space before the declaration", with("\n <?xml version='1.0'?>", "\xC3\xA9"), "é"},
      {"declared Latin-1", with("<?xml version='1.0' encoding='ISO-8859-1'?>", "\xE9"), "é"},
      {"declared windows-1252", with("<?xml version='1.0' encoding=\"Windows-1252\"?>", "\x93"),
       "“"},
      {"undeclared and no UTF-8", with("<?xml version='1.0'?>", "\xE9"), "é"},
      {"declared UTF-8 with one bad byte", with("<?xml version='1.0' encoding='UTF-8'?>", "a\xFFz"),
       "a\xEF\xBF\xBDz"},
      {"declared UTF-16, saved as UTF-8",
       with("<?xml version='1.0' encoding='utf-16'?>", "\xC3\xA9"), "é"},
      {"another charset, but all ASCII", with("<?xml version='1.0' encoding='koi8-r'?>", "e"), "e"},
      {"UTF-16, little end first", "\xFF\xFE" + little, "é"},
      {"UTF-16, big end first", "\xFE\xFF" + big, "é"},
      {"UTF-16 without its mark", little, "é"},
      {"UTF-32", utf32, "é"},
  };
  for (const auto& [why, given, expected] : cases) {
    const std::vector<SourceSettings> sources = read_sources(given);
    ASSERT_THAT(sources, SizeIs(1)) << why;
    EXPECT_EQ(sources[0].title, expected) << why;
  }
}

TEST(ReadOpml, RefusesWhatItCannotReadWithAReason) {
  std::string deep, feeds;
  for (int i = 0; i < 40; ++i) deep += "<outline text='x'>";
  for (int i = 0; i < 40; ++i) deep += "</outline>";
  for (std::size_t i = 0; i <= kOpmlFeedsMax; ++i) {
    feeds += "<outline xmlUrl='http://a.test/" + std::to_string(i) + "'/>";
  }
  std::string abyss;
  for (int i = 0; i < 400'000; ++i) abyss += "<outline text=''>";
  for (int i = 0; i < 400'000; ++i) abyss += "</outline>";
  std::string tags;
  for (int i = 0; i < 3'000'000; ++i) tags += "<a/>";

  const struct {
    const char* why;
    std::string given;
    const char* expected_code;
    const char* expected_text;
  } cases[] = {
      {"nothing", "", "malformed", "line 1"},
      {"no XML", "hello", "malformed", "line 1"},
      {"a feed", "<rss><channel/></rss>", "not_opml", "no OPML"},
      {"cut off", "<opml>\n<body>\n<outline text='x", "malformed", "line 3"},
      {"a charset that we do not know",
       "<?xml version='1.0' encoding='koi8-r'?><opml><body><outline text='\xE9'/></body></opml>",
       "charset_unsupported", "koi8-r"},
      {"too deep", opml(deep), "too_deep", "32"},
      {"400,000 deep", opml(abyss), "too_deep", "32"},
      {"too many feeds", opml(feeds), "too_large", "50000"},
      {"a flood of tags", opml(tags), "too_large", "elements"},
      {"too many bytes", std::string(kOpmlBytesMax + 1, ' '), "too_large", "20000000"},
  };
  for (const auto& [why, given, expected_code, expected_text] : cases) {
    const Result<OpmlImport> imported = read_opml(given);
    ASSERT_FALSE(imported) << why;
    EXPECT_EQ(imported.error().kind, ErrorKind::InvalidInput) << why;
    EXPECT_EQ(imported.error().code, expected_code) << why;
    EXPECT_THAT(imported.error().message, HasSubstr(expected_text)) << why;
  }
}

TEST(ReadOpml, KnowsNoEntitiesOfTheFile) {
  const std::vector<SourceSettings> sources = read_sources(
      "<!DOCTYPE opml [<!ENTITY a 'AAAA'><!ENTITY b '&a;&a;&a;'>"
      "<!ENTITY file SYSTEM 'file:///etc/passwd'>]>"
      "<opml><body><outline text='&b;&file;' xmlUrl='http://a.test/'/></body></opml>");
  ASSERT_THAT(sources, SizeIs(1));
  EXPECT_EQ(sources[0].title, "&b;&file;");
}

TEST(WriteOpml, GivesBackEverySettingWhenRead) {
  const std::vector<SourceSettings> all = {
      {.url = "https://a.test/plain"},
      {.url = "https://a.test/f?a=1&b=2",
       .title = "<\"Ä & B\"> 新聞 '",
       .site_url = "https://a.test/",
       .language = "zh-Hant",
       .country = "TW",
       .topics = {"world", "politics"},
       .enabled = false,
       .interval = std::chrono::minutes(15)},
      {.url = "https://a.test/topics", .topics = {"a, b", "/c", "d/e"}},
      {.url = "https://a.test/1", .title = "Deep", .folder = {"A"}},
      {.url = "https://a.test/2", .folder = {"A", "B", "C"}},
      {.url = "https://a.test/3", .folder = {"A", "B", "D <&>"}},
      {.url = "https://a.test/4", .folder = {"E", "B"}},
      {.url = "https://a.test/5", .folder = {"E", "B"}},
  };
  const std::string written = write_opml(as_sources(all), kNow);
  EXPECT_EQ(read_sources(written), all) << written;
}

TEST(WriteOpml, WritesWhatOtherReadersExpect) {
  Source named{.settings = {.url = "https://a.test/f", .title = "A", .folder = {"News"}}};
  Source learned{.settings = {.url = "https://b.test/f", .folder = {"News"}}};
  learned.state.feed_title = "Own title";
  EXPECT_EQ(write_opml(std::vector<Source>{named, learned}, kNow),
            R"(<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0" xmlns:tidings="urn:tidings:opml">
  <head>
    <title>Tidings feeds</title>
    <dateCreated>Sat, 14 Mar 2026 00:00:00 GMT</dateCreated>
  </head>
  <body>
    <outline text="News">
      <outline type="rss" text="A" title="A" xmlUrl="https://a.test/f"/>
      <outline type="rss" text="Own title" xmlUrl="https://b.test/f" tidings:title="feed"/>
    </outline>
  </body>
</opml>
)");
}

TEST(WriteOpml, KeepsDepthsThatItsReaderTakes) {
  SourceSettings deep{.url = "https://a.test/f"};
  for (int i = 0; i < 100; ++i) deep.folder.push_back(std::to_string(i));
  const std::vector<SourceSettings> back = read_sources(write_opml(as_sources({deep}), kNow));
  ASSERT_THAT(back, SizeIs(1));
  EXPECT_THAT(back[0].folder, SizeIs(kOpmlDepthMax - 1));
}

TEST(WriteOpml, DropsWhatXmlCannotSay) {
  const std::vector<SourceSettings> back = read_sources(
      write_opml(as_sources({{.url = "https://a.test/f", .title = "a\x01\xFFz"}}), kNow));
  ASSERT_THAT(back, SizeIs(1));
  EXPECT_EQ(back[0].title, "a\xEF\xBF\xBDz");
}

}  // namespace
}  // namespace tidings::sources
