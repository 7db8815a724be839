#include "parse/parse.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/compression.h"
#include "parse/feed_json.h"

namespace tidings::parse {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

FeedDocument parsed(std::string_view bytes, std::string_view content_type = {}) {
  Result<FeedDocument> document = parse_feed(
      {.bytes = bytes, .content_type = content_type, .url = "https://example.org/feeds/all.xml"});
  if (!document) {
    ADD_FAILURE() << document.error().message << "\n" << bytes.substr(0, 200);
    return {};
  }
  return *std::move(document);
}

std::string rss(std::string_view items) {
  return "<rss version=\"2.0\"><channel><title>T</title>" + std::string(items) + "</channel></rss>";
}

TEST(ParseFeed, FindsPicturesInMediaElements) {
  const struct {
    std::string_view why, media, image;
    std::size_t enclosures = 0;
  } cases[] = {
      {"by its ending", "<media:content url='https://a/i.PNG?w=1'/>", "https://a/i.PNG?w=1"},
      {"by its size", "<media:content url='https://a/i' width='600' height='400'/>", "https://a/i"},
      {"a film has a size too", "<media:content url='https://a/i.mp4' width='600' height='400'/>",
       ""},
      {"nothing tells", "<media:content url='https://a/i'/>", ""},
      {"its type tells", "<media:content url='https://a/i.jpg' type='video/mp4'/>", "", 1},
      {"the widest thumbnail",
       "<media:thumbnail url='https://a/1' width='66'/><media:thumbnail url='https://a/2' "
       "width='240'/><media:thumbnail url='https://a/3' width='90'/>",
       "https://a/2"},
  };
  for (const auto& c : cases) {
    const FeedDocument document = parsed(
        "<rss version='2.0' xmlns:media='http://search.yahoo.com/mrss/'><channel><title>T"
        "</title><item><title>A</title>" +
        std::string(c.media) + "</item></channel></rss>");
    ASSERT_EQ(document.feed.entries.size(), 1U) << c.why;
    EXPECT_EQ(document.feed.entries[0].image, c.image) << c.why;
    EXPECT_EQ(document.feed.entries[0].enclosures.size(), c.enclosures) << c.why;
  }
}

TEST(ParseFeed, SaysWhatItIsWhenItIsNoFeed) {
  struct Case {
    std::string_view given, code, says;
  };
  constexpr Case kCases[] = {
      {"", "not_a_feed", "is empty"},
      {" \n\t ", "not_a_feed", "is empty"},
      {"\xEF\xBB\xBF", "not_a_feed", "is empty"},
      {"<!DOCTYPE html><html><body>Hi</body></html>", "not_a_feed", "an HTML page"},
      {"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>", "not_a_feed",
       "an HTML page"},
      {"<?xml version='1.0'?>\n<!-- c --><HTML><p>", "not_a_feed", "an HTML page"},
      {"<opml version='2.0'><body/></opml>", "not_a_feed", "OPML"},
      {"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'/>", "not_a_feed", "a sitemap"},
      {"<note><to>Tove</to></note>", "not_a_feed", "<note>"},
      {"Not found", "not_a_feed", "plain text"},
      {"%PDF-1.4 <x>", "not_a_feed", "a PDF file"},
      {"{\"a\":1}", "not_a_feed", "not a JSON Feed"},
      {"[1,2]", "not_a_feed", "not a JSON Feed"},
      {"{\"version\":", "not_a_feed", "begins like JSON"},
      {"a < b", "not_a_feed", "no RSS"},
  };
  for (const Case& c : kCases) {
    const Result<FeedDocument> document = parse_feed({.bytes = c.given});
    ASSERT_FALSE(document) << c.given;
    EXPECT_EQ(document.error().kind, ErrorKind::InvalidInput) << c.given;
    EXPECT_EQ(document.error().code, c.code) << c.given;
    EXPECT_THAT(document.error().message, HasSubstr(c.says)) << c.given;
  }
}

TEST(ParseFeed, MendsJsonAsTemplatesWriteIt) {
  const struct {
    std::string_view why, items, content;
  } cases[] = {
      {"a comma too many", R"([{"id":"1","content_text":"a",},])", "a"},
      {"raw line breaks in a string", "[{\"id\":\"1\",\"content_html\":\"<p>a\nb</p>\"}]",
       "<p>a b</p>"},
      {"a quote that nobody escaped", R"([{"id":"1","content_text":"say "no" to it"}])",
       "say &quot;no&quot; to it"},
      {"a wrong escape", R"([{"id":"1","content_text":"it\'s"}])", "it's"},
      {"a comma too few", R"([{"id":"1" "content_text":"a"}])", "a"},
  };
  for (const auto& c : cases) {
    const FeedDocument document =
        parsed(R"({"version":"https://jsonfeed.org/version/1.1","title":"T","items":)" +
               std::string(c.items) + "}");
    ASSERT_EQ(document.feed.entries.size(), 1U) << c.why;
    EXPECT_EQ(document.feed.entries[0].content_html, c.content) << c.why;
    EXPECT_TRUE(document.recovered) << c.why;
    EXPECT_THAT(document.problems.at(0), HasSubstr("not well-formed")) << c.why;
  }
}

TEST(ParseFeed, PlainTextInJsonKeepsItsLines) {
  const FeedDocument document = parsed(
      R"({"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","content_text":"a\nb\n\nc < d"}]})");
  EXPECT_EQ(document.feed.entries.at(0).content_html, "<p>a<br>\nb</p>\n<p>c &lt; d</p>\n");
}

// 20,000 of them and 300,000 empty elements took a worker a minute and more.
TEST(ParseFeed, AttributesThatEachElementGetsByDefaultAreABomb) {
  std::string declared;
  for (int i = 0; i < 2000; ++i) declared += "a" + std::to_string(i) + " CDATA \"x\" ";
  const auto document_of = [](const std::string& attributes) {
    return "<!DOCTYPE rss [<!ATTLIST item " + attributes + ">]>" +
           rss("<item><title>a</title></item>");
  };
  const Result<FeedDocument> refused = parse_feed({.bytes = document_of(declared)});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "entity_bomb");
  EXPECT_TRUE(parse_feed({.bytes = document_of("a CDATA \"x\" b CDATA #IMPLIED")}));
}

TEST(ParseFeed, RefusesEntityBombs) {
  std::string bomb = "<!DOCTYPE rss [<!ENTITY a0 \"0123456789012345678901234567890123456789\">";
  for (int i = 1; i < 20; ++i) {
    bomb += "<!ENTITY a" + std::to_string(i) + " \"";
    for (int j = 0; j < 10; ++j) bomb += "&a" + std::to_string(i - 1) + ";";
    bomb += "\">";
  }
  bomb += "]>" + rss("<item><title>&a19;</title></item>");
  const Result<FeedDocument> document = parse_feed({.bytes = bomb});
  ASSERT_FALSE(document);
  EXPECT_EQ(document.error().code, "entity_bomb");
}

TEST(ParseFeed, LoadsNothingFromOutside) {
  const FeedDocument document =
      parsed("<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" +
             rss("<item><title>a&x;b</title></item>"));
  EXPECT_EQ(document.feed.entries.at(0).title, "ab");
}

TEST(ParseFeed, BoundsTheDepth) {
  std::string deep = "<rss><channel><item><description>";
  for (int i = 0; i < 100'000; ++i) deep += "<b>";
  for (const std::string& tail : {std::string(), std::string("&broken")}) {
    const Result<FeedDocument> document = parse_feed({.bytes = deep + tail});
    ASSERT_FALSE(document);
    EXPECT_EQ(document.error().code, "too_deep");
  }
  const Result<FeedDocument> json = parse_feed(
      {.bytes = "{\"items\":" + std::string(5'000, '[') + std::string(5'000, ']') + "}"});
  ASSERT_FALSE(json);
  EXPECT_EQ(json.error().code, "too_deep");
}

TEST(ParseFeed, KeepsTheFirstEntriesOfAnEndlessFeed) {
  std::string items;
  for (int i = 0; i < 20; ++i) items += "<item><title>" + std::to_string(i) + "</title></item>";
  const Result<FeedDocument> document = parse_feed({.bytes = rss(items)}, {.entries_max = 7});
  ASSERT_TRUE(document);
  EXPECT_EQ(document->feed.entries.size(), 7U);
  EXPECT_EQ(document->feed.title, "T");
  EXPECT_THAT(document->problems.at(0), HasSubstr("first 7 entries"));
}

TEST(ParseFeed, CutsTextsAtTheirLimits) {
  const std::string bytes = rss("<item><title>" + std::string(99, 'a') + "é</title><description>" +
                                std::string(999, 'b') + "é</description></item>");
  const Result<FeedDocument> document =
      parse_feed({.bytes = bytes}, {.html_bytes_max = 1000, .text_bytes_max = 100});
  ASSERT_TRUE(document);
  EXPECT_EQ(document->feed.entries.at(0).title, std::string(99, 'a'));
  EXPECT_EQ(document->feed.entries.at(0).summary_html, std::string(999, 'b'));
  EXPECT_THAT(document->problems.at(0), HasSubstr("longer than its limit"));
}

TEST(ParseFeed, RefusesDocumentsBeyondTheSizeLimit) {
  const Result<FeedDocument> document = parse_feed({.bytes = rss({})}, {.document_bytes_max = 10});
  ASSERT_FALSE(document);
  EXPECT_EQ(document.error().code, "too_large");
}

TEST(ParseFeed, ReadsAFeedThatIsAGzipFile) {
  const std::string packed = compress(rss("<item><title>One</title></item>"), Compression::Gzip, 6);
  EXPECT_EQ(parsed(packed).feed.entries.at(0).title, "One");

  const auto code_of = [](std::string_view bytes, std::size_t unpacked_bytes_max) {
    const Result<FeedDocument> document =
        parse_feed({.bytes = bytes}, {.unpacked_bytes_max = unpacked_bytes_max});
    return document ? std::string() : document.error().code;
  };
  EXPECT_EQ(code_of(packed, 20), "too_large");
  EXPECT_EQ(code_of(packed.substr(0, packed.size() / 2), 1'000), "not_a_feed");
  EXPECT_EQ(code_of(compress(packed, Compression::Gzip, 6), 1'000), "not_a_feed");
}

TEST(ParseFeed, KeepsWholeEntriesOfATruncatedDocument) {
  const std::string whole =
      rss("<item><title>One</title><link>https://example.org/1</link></item>"
          "<item><title>Two</title><link>https://example.org/2</link><description>Never "
          "ends</description></item>");
  const FeedDocument document = parsed(whole.substr(0, whole.find("ends")));
  ASSERT_EQ(document.feed.entries.size(), 2U);
  EXPECT_EQ(document.feed.entries[1].title, "Two");
  EXPECT_EQ(document.feed.entries[1].summary_html, "");
  EXPECT_TRUE(document.recovered);
  // An entry that nothing names yet is not one.
  EXPECT_EQ(parsed(whole.substr(0, whole.find("Two</"))).feed.entries.size(), 1U);
}

TEST(ParseFeed, SurvivesEveryTruncation) {
  const std::string whole =
      "<?xml version=\"1.0\"?><feed "
      "xmlns=\"http://www.w3.org/2005/Atom\"><entry><id>urn:1</id><title type=\"xhtml\">"
      "<div xmlns=\"http://www.w3.org/1999/xhtml\">A <b title='x'>b</b></div></title><link "
      "rel=\"enclosure\" href=\"a.mp3\"/>"
      "<content type=\"html\"><![CDATA[<p>x</p>]]>&amp;&#233;</content></entry></feed>";
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const Result<FeedDocument> document =
        parse_feed({.bytes = std::string_view(whole).substr(0, size)});
    if (size >= whole.find("<entry>")) {
      EXPECT_TRUE(document) << size;
    }
  }
}

TEST(ParseFeed, ReadsCharsetsInTheRightOrder) {
  struct Case {
    std::string_view why, bytes, content_type, title, encoding;
  };
  constexpr Case kCases[] = {
      {"nothing said", "<rss><channel><title>\xC3\xA9</title></channel></rss>", "", "é", "utf-8"},
      {"declared",
       "<?xml version='1.0' "
       "encoding='windows-1251'?><rss><channel><title>\xC4\xE0</title></channel></rss>",
       "", "Да", "windows-1251"},
      {"transport beats declaration",
       "<?xml version='1.0' "
       "encoding='windows-1251'?><rss><channel><title>\xC4\xE0</title></channel></rss>",
       "text/xml; charset=koi8-r", "дЮ", "koi8-r"},
      {"mark beats transport", "\xEF\xBB\xBF<rss><channel><title>\xC3\xA9</title></channel></rss>",
       "text/xml; charset=iso-8859-1", "é", "utf-8"},
      {"latin1 is windows-1252", "<rss><channel><title>\x93\xE9\x94</title></channel></rss>",
       "application/rss+xml;charset=\"ISO-8859-1\"", "“é”", "iso-8859-1"},
      {"a western label on utf-8", "<rss><channel><title>\xC3\xA9t\xC3\xA9</title></channel></rss>",
       "text/xml; charset=us-ascii", "été", "utf-8"},
      {"a utf-8 label on what is not",
       "<?xml version='1.0' "
       "encoding='windows-1251'?><rss><channel><title>\xC4\xE0</title></channel></rss>",
       "text/xml; charset=utf-8", "Да", "windows-1251"},
      {"a wide label on bytes that could be read",
       "<?xml version='1.0' "
       "encoding='utf-16'?><rss><channel><title>\xC3\xA9</title></channel></rss>",
       "", "é", "utf-8"},
      {"gb2312 is gb18030",
       "<?xml version='1.0' "
       "encoding='gb2312'?><rss><channel><title>\xD0\xC2\xCE\xC5</title></channel></rss>",
       "", "新闻", "gb2312"},
      {"big5",
       "<?xml version='1.0' "
       "encoding='big5'?><rss><channel><title>\xB7\x73\xBB\x44</title></channel></rss>",
       "", "新聞", "big5"},
      {"shift_jis",
       "<?xml version='1.0' "
       "encoding='Shift_JIS'?><rss><channel><title>\x83\x6A\x83\x85</title></channel></rss>",
       "", "ニュ", "shift_jis"},
      {"euc-jp",
       "<?xml version='1.0' "
       "encoding='EUC-JP'?><rss><channel><title>\xC6\xFC\xCB\xDC</title></channel></rss>",
       "", "日本", "euc-jp"},
      {"euc-kr",
       "<?xml version='1.0' "
       "encoding='euc-kr'?><rss><channel><title>\xB4\xBA\xBD\xBA</title></channel></rss>",
       "", "뉴스", "euc-kr"},
      {"an unknown label on utf-8",
       "<?xml version='1.0' "
       "encoding='martian'?><rss><channel><title>\xC3\xA9</title></channel></rss>",
       "", "é", "utf-8"},
  };
  for (const Case& c : kCases) {
    const FeedDocument document = parsed(c.bytes, c.content_type);
    EXPECT_EQ(document.feed.title, c.title) << c.why;
    EXPECT_EQ(document.encoding, c.encoding) << c.why;
    EXPECT_FALSE(document.recovered) << c.why;
  }
}

TEST(ParseFeed, ReadsWideCharsets) {
  const std::u16string text = u"<rss><channel><title>Ж</title></channel></rss>";
  std::string little, big;
  for (const char16_t c : text) {
    little += {static_cast<char>(c & 0xFF), static_cast<char>(c >> 8)};
    big += {static_cast<char>(c >> 8), static_cast<char>(c & 0xFF)};
  }
  EXPECT_EQ(parsed("\xFF\xFE" + little).encoding, "utf-16le");
  EXPECT_EQ(parsed("\xFF\xFE" + little).feed.title, "Ж");
  EXPECT_EQ(parsed("\xFE\xFF" + big).feed.title, "Ж");
  EXPECT_EQ(parsed(big).feed.title, "Ж");  // without a mark
  EXPECT_EQ(parsed(little).encoding, "utf-16le");
}

TEST(ParseFeed, RefusesCharsetsThatNobodyKnows) {
  const Result<FeedDocument> document = parse_feed(
      {.bytes = "<?xml version='1.0' "
                "encoding='martian'?><rss><channel><title>\xE9</title></channel></rss>"});
  ASSERT_FALSE(document);
  EXPECT_EQ(document.error().code, "unknown_charset");
}

TEST(ParseFeed, ReadsMalformedXmlAsAPersonWould) {
  struct Case {
    std::string_view why, items, title, url;
  };
  constexpr Case kCases[] = {
      {"bare ampersand",
       "<item><title>Fish & Chips</title><link>http://a.example/?x=1&y=2</link></item>",
       "Fish & Chips", "http://a.example/?x=1&y=2"},
      {"HTML entity", "<item><title>Caf&eacute;&nbsp;au lait</title></item>", "Café au lait", ""},
      {"unknown entity", "<item><title>a &foo; b</title></item>", "a &foo; b", ""},
      {"control character",
       "<item><title>ab\x01"
       "cd</title></item>",
       "abcd", ""},
      {"bad UTF-8 is windows-1252", "<item><title>caf\xE9</title></item>", "café", ""},
      {"bad UTF-8 among good", "<item><title>caf\xE9 \xC3\xA9</title></item>", "café é", ""},
      {"unclosed inline tag", "<item><title>A <b>b</title><link>http://a.example/1</link></item>",
       "A b", "http://a.example/1"},
      {"stray end tag", "<item><title>A</p></title><link>http://a.example/1</link></item>", "A",
       "http://a.example/1"},
      {"crossed tags", "<item><title><b><i>A</b></i></title><link>http://a.example/1</link></item>",
       "A", "http://a.example/1"},
      {"unclosed title", "<item><title>A<link>http://a.example/1</link></item>", "A",
       "http://a.example/1"},
      {"unclosed item", "<item><title>A</title><item><title>B</title></item>", "A", ""},
      {"unquoted attribute", "<item><title lang=en>A</title></item>", "A", ""},
      {"less-than as text", "<item><title>1 < 2</title></item>", "1 < 2", ""},
      {"attribute twice", "<item><title a='1' a='2'>A</title></item>", "A", ""},
      {"CDATA that never ends",
       "<item><title><![CDATA[A</title><link>http://a.example/1</link></item>", "A",
       "http://a.example/1"},
      {"letter case of end tags", "<item><title>A</Title><link>http://a.example/1</LINK></item>",
       "A", "http://a.example/1"},
      {"comment with dashes", "<item><!-- a -- b --><title>A</title></item>", "A", ""},
      {"void HTML element",
       "<item><title>A</title><description>x<br>y</description><link>http://a.example/1</link></"
       "item>",
       "A", "http://a.example/1"},
  };
  for (const Case& c : kCases) {
    const FeedDocument document = parsed(rss(c.items));
    ASSERT_FALSE(document.feed.entries.empty()) << c.why;
    EXPECT_EQ(document.feed.entries[0].title, c.title) << c.why;
    EXPECT_EQ(document.feed.entries[0].url, c.url) << c.why;
    EXPECT_TRUE(document.recovered) << c.why;
    EXPECT_THAT(document.problems, testing::Not(IsEmpty())) << c.why;
  }
}

TEST(ParseFeed, FindsTheFeedBehindJunk) {
  for (const std::string_view junk :
       {"\n\n", "<br />\n<b>Warning</b>: include() in <b>/x.php</b>\n", "abc ", "<!-- hi --> x"}) {
    const FeedDocument document = parsed(std::string(junk) + "<?xml version=\"1.0\"?>" +
                                         rss("<item><title>A</title></item>"));
    ASSERT_EQ(document.feed.entries.size(), 1U) << junk;
    EXPECT_TRUE(document.recovered) << junk;
  }
  const FeedDocument behind = parsed(rss("<item><title>A</title></item>") + "<script>x</script>");
  EXPECT_EQ(behind.feed.entries.size(), 1U);
  EXPECT_TRUE(behind.recovered);
}

TEST(ParseFeed, TakesLinearTimeOnHostileText) {
  const std::size_t count = 200'000;
  for (const std::string_view part : {"<![CDATA[", "<!--", "<a b=\"", "</", "<!DOCTYPE [", "&",
                                      "<title>", "]]>", "<?", "<a b=\"</a"}) {
    std::string hostile = "<rss><channel><item><title>x</title>";
    for (std::size_t i = 0; i < count; ++i) hostile += part;
    (void)parse_feed({.bytes = hostile});  // the time limit of the test run is the assertion
  }
}

TEST(ParseFeed, TakesLinearTimeOnManyNamespaces) {
  std::string hostile = "<rss";
  for (int i = 0; i < 100'000; ++i)
    hostile += " xmlns:n" + std::to_string(i) + "=\"urn:" + std::to_string(i) + "\"";
  hostile += "><channel><title>T</title></channel></rss>";
  EXPECT_EQ(parsed(hostile).feed.title, "T");
}

TEST(ParseFeed, BoundsWhatRelativeAddressesGrowTo) {
  const std::string base = "https://a.example/" + std::string(4'000, 'x') + "/";
  std::string items;
  for (int i = 0; i < 1'000; ++i)
    items += "<item><link>" + std::to_string(i) + "</link><description>d</description></item>";
  const std::string bytes = "<rss xml:base=\"" + base + "\"><channel>" + items + "</channel></rss>";
  const Result<FeedDocument> document =
      parse_feed({.bytes = bytes}, {.address_growth_bytes_max = 100'000});
  ASSERT_TRUE(document);
  std::size_t total = 0;
  for (const Entry& entry : document->feed.entries)
    total += entry.url.size() + entry.base_url.size();
  EXPECT_LE(total, 110'000U);
  EXPECT_THAT(document->problems, testing::ElementsAre(HasSubstr("beyond their limit")));
}

TEST(ParseFeed, ReadsEntitiesOfADocumentTypeThatItDoesNotLoad) {
  const FeedDocument document = parsed(
      "<!DOCTYPE rss PUBLIC \"-//Netscape Communications//DTD RSS 0.91//EN\" "
      "\"http://my.netscape.com/publish/formats/rss-0.91.dtd\">"
      "<rss version=\"0.91\"><channel><title>Caf&eacute;</title></channel></rss>");
  EXPECT_EQ(document.feed.title, "Café");
  EXPECT_FALSE(document.recovered);
}

TEST(WriteFeedJson, LeavesOutWhatIsAbsent) {
  FeedDocument document{
      .format_name = "rss 2.0", .encoding = "utf-8", .recovered = true, .problems = {"One."}};
  document.feed.entries.push_back(
      {.id = "1", .published = from_micros(0), .extensions = {{"geo:lat", {"1.5"}}}});
  document.feed.entries.back().enclosures.push_back(
      {.url = "http://a.example/", .length_bytes = 7});
  std::string json;
  write_feed_json(document, json);
  EXPECT_EQ(
      json,
      R"({"format":"rss 2.0","encoding":"utf-8","recovered":true,"problems":["One."],"feed":{},"entries":[)"
      R"({"id":"1","published":"1970-01-01T00:00:00Z","enclosures":[{"url":"http://a.example/","length_bytes":7}],)"
      R"("extensions":{"geo:lat":["1.5"]}}]})");
}

}  // namespace
}  // namespace tidings::parse
