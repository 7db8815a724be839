// What every user of the tree relies on: order, ranges, links, limits.
#include "html/document.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tidings::html {
namespace {

std::string html_of(const Document& document, NodeId id = 0) {
  std::string out;
  write_html(out, document, id);
  return out;
}

NodeId find(const Document& document, Tag tag) {
  for (NodeId id = 0; id < document.size(); ++id) {
    if (document[id].tag == tag) return id;
  }
  return kNoNode;
}

// Every link says the same as the order of the nodes does.
void expect_consistent(const Document& document) {
  ASSERT_EQ(document[0].end, document.size());
  for (NodeId id = 0; id < document.size(); ++id) {
    NodeId previous = kNoNode;
    NodeId end = id + 1;
    for (NodeId child = first_child(document, id); child != kNoNode;
         child = document[child].next_sibling) {
      ASSERT_EQ(document[child].parent, id);
      ASSERT_EQ(document[child].previous_sibling, previous);
      ASSERT_EQ(child, end);
      previous = child;
      end = document[child].end;
    }
    ASSERT_EQ(document[id].end, end) << id;
  }
}

TEST(Tags, HaveNamesBothWays) {
  EXPECT_EQ(tag_of("blockquote"), Tag::Blockquote);
  EXPECT_EQ(tag_of("nothing"), Tag::Unknown);
  EXPECT_EQ(tag_of(""), Tag::Unknown);
  for (std::size_t i = 1; i < kTagCount; ++i)
    EXPECT_EQ(tag_of(tag_name(static_cast<Tag>(i))), static_cast<Tag>(i));
}

TEST(Document, IsInDocumentOrderAndSubtreesAreRanges) {
  const Document document = Document::parse(
      "<!DOCTYPE html><title>T</title><p "
      "id=1>a<b>b<i>c</p><p>d<table><tr><td>e<p>f</table><!--g-->");
  expect_consistent(document);
  EXPECT_EQ(document[document.root()].kind, NodeKind::Document);
  EXPECT_EQ(document[1].kind, NodeKind::Doctype);
  EXPECT_EQ(document[1].name, "html");
  const NodeId p = find(document, Tag::P);
  EXPECT_EQ(attribute(document[p], "id"), "1");
  EXPECT_EQ(text_content(document, p), "abc");
  EXPECT_EQ(text_content(document, 0), "Tabcdef");
}

TEST(Document, OfNothingHasItsThreeElements) {
  const Document document = Document::parse("");
  expect_consistent(document);
  EXPECT_EQ(html_of(document), "<html><head></head><body></body></html>");
  EXPECT_FALSE(document.truncated());
}

TEST(Document, FragmentsStandBelowTheRoot) {
  const Document document = Document::parse_fragment("<p>a<div>b</p>c</div><td>d");
  expect_consistent(document);
  EXPECT_EQ(html_of(document), "<p>a</p><div>b<p></p>c</div>d");
}

TEST(Document, AttributesAreLowerCasedDecodedAndOnce) {
  const Document document =
      Document::parse_fragment("<a HREF='?a=1&amp;b=2&copy=3' href=x Data-X=&eacute; empty>t</a>");
  const Node& a = document[1];
  EXPECT_EQ(attribute(a, "href"), "?a=1&b=2&copy=3");
  EXPECT_EQ(attribute(a, "data-x"), "\u00e9");
  EXPECT_TRUE(has_attribute(a, "empty"));
  EXPECT_FALSE(has_attribute(a, "missing"));
  EXPECT_EQ(attribute(a, "missing"), "");
  EXPECT_EQ(a.attributes.size(), 3u);
}

TEST(Document, WordsOfAnAttributeAreWhole) {
  const Document document = Document::parse_fragment("<p class='bigger big\tsmall'>");
  EXPECT_TRUE(has_word(document[1], "class", "big"));
  EXPECT_TRUE(has_word(document[1], "class", "small"));
  EXPECT_FALSE(has_word(document[1], "class", "gge"));
  EXPECT_FALSE(has_word(document[1], "class", ""));
  EXPECT_FALSE(has_word(document[1], "id", "big"));
}

TEST(Document, ForeignElementsHaveNamesOnly) {
  const Document document = Document::parse_fragment(
      "<svg><title>t</title><a xlink:href=#x><foreignobject><p>q</p></foreignobject></a></svg>");
  EXPECT_EQ(html_of(document),
            "<svg><title>t</title><a xlink:href=\"#x\"><foreignObject><p>q</p></foreignObject>"
            "</a></svg>");
  EXPECT_EQ(find(document, Tag::Title), kNoNode);
  EXPECT_EQ(find(document, Tag::A), kNoNode);
  EXPECT_EQ(document[1].space, Space::Svg);
  EXPECT_NE(find(document, Tag::P), kNoNode);
}

TEST(Document, TextOfTemplatesIsNotThePagesText) {
  const Document document = Document::parse_fragment("a<template>b<p>c</p></template>d");
  EXPECT_EQ(text_content(document, 0), "ad");
  EXPECT_EQ(text_content(document, find(document, Tag::Template)), "bc");
}

TEST(Document, TextIsCutAtACodePoint) {
  const Document document = Document::parse_fragment("<p>a\u00e9<b>xyz</b>");
  EXPECT_EQ(text_content(document, 0, 2), "a");
  EXPECT_EQ(text_content(document, 0, 3), "a\u00e9");
  EXPECT_EQ(text_content(document, 0, 4), "a\u00e9x");
}

TEST(Document, WritesWhatStandsForItself) {
  const Document document = Document::parse_fragment(
      "<p title='&lt;&quot;&amp;&nbsp;'>&lt;b&gt; "
      "&amp;&nbsp;\u00c2\u00a9<br><script>a<b&&c</script>");
  EXPECT_EQ(html_of(document),
            "<p title=\"&lt;&quot;&amp;&nbsp;\">&lt;b&gt; &amp;&nbsp;\u00c2\u00a9<br>"
            "<script>a<b&&c</script></p>");
}

TEST(Limits, CutAndSayThatTheyCut) {
  struct Case {
    const char* why;
    std::string given;
    ParseLimits limits;
    std::string expected;
  };
  const std::vector<Case> cases = {
      {"bytes", "abc\u00e9", {.bytes_max = 4}, "abc"},
      {"nodes", "<i>a</i><b>b</b><u>c</u>", {.nodes_max = 5}, "<i>a</i><b>b</b>"},
      {"depth: text stays", "<i><b><u>x</u>y</b>z</i>", {.depth_max = 2}, "<i><b>xy</b>z</i>"},
      {"attributes", "<p a=1 b=2 c=3>x</p>", {.attributes_max = 2}, "<p a=\"1\" b=\"2\">x</p>"},
  };
  for (const Case& given : cases) {
    const Document document = Document::parse_fragment(given.given, given.limits);
    EXPECT_EQ(html_of(document), given.expected) << given.why;
    EXPECT_TRUE(document.truncated()) << given.why;
  }
}

}  // namespace
}  // namespace tidings::html
