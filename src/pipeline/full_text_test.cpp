#include "pipeline/full_text.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tidings::pipeline {
namespace {

using Field = ExtractRule::Field;

const Time kNow = parse_rfc3339("2026-11-23T18:30:00Z").value();

NewArticle article_of(const std::string& url, const std::string& text) {
  NewArticle fresh;
  fresh.article.summary.url = url;
  fresh.article.body.text = text;
  return fresh;
}

std::string long_text() {
  std::string text;
  for (int i = 0; i < 60; ++i)
    text += "The council has decided on the harbour after a long debate. ";
  return text;
}

std::vector<bool> wanted(FullText full_text) {
  std::vector<NewArticle> articles = {article_of("https://a.example/1", "It begins …"),
                                      article_of("https://a.example/2", long_text()),
                                      article_of("", "It begins …")};
  want_pages(articles, full_text);
  std::vector<bool> found;
  for (const NewArticle& fresh : articles) found.push_back(fresh.wants_page);
  return found;
}

TEST(FullText, TellsWhosePageIsRead) {
  EXPECT_EQ(wanted(FullText::Off), (std::vector<bool>{false, false, false}));
  EXPECT_EQ(wanted(FullText::On), (std::vector<bool>{true, true, false}));
  EXPECT_EQ(wanted(FullText::Automatic), (std::vector<bool>{true, false, false}));
}

TEST(FullText, FillsInWhatTheFeedLeftOut) {
  Article article;
  article.summary.url = "https://a.example/1";
  article.summary.title = "The feed's title";
  article.summary.authors = {{.name = "Ada"}};
  article.summary.revision = 3;
  article.body = {.content_html = "<p>It begins …</p>", .text = "It begins …"};
  const extract::ExtractedPage page{.title = "The page's title",
                                    .authors = {"Bo"},
                                    .language = "de",
                                    .image = "/harbour.jpg",
                                    .html = "<p onclick=x()>It begins and goes on.</p>",
                                    .text = "It begins and goes on."};
  const auto completed = with_page(article, page, {}, kNow);
  ASSERT_TRUE(completed);
  EXPECT_EQ(completed->summary.title, "The feed's title");
  EXPECT_EQ(completed->summary.authors[0].name, "Ada");
  EXPECT_EQ(completed->summary.language, "de");
  EXPECT_EQ(completed->summary.image, "https://a.example/harbour.jpg");
  EXPECT_EQ(completed->summary.revision, 3);
  EXPECT_EQ(completed->body.content_html, "<p>It begins and goes on.</p>");
}

TEST(FullText, RulesOfOneFieldAreOneList) {
  const std::vector<ExtractRule> rules = {
      {Field::Content, "div.a"}, {Field::Content, "div.b"}, {Field::Remove, "aside"}};
  const Result<extract::Rules> read = page_rules(rules);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_TRUE(read->content);
  EXPECT_TRUE(read->remove);
  EXPECT_FALSE(read->title);
}

TEST(FullText, ARuleThatCannotBeReadIsNamed) {
  const std::vector<ExtractRule> rules = {{Field::Title, "h1["}};
  const Result<extract::Rules> read = page_rules(rules);
  ASSERT_FALSE(read);
  EXPECT_THAT(read.error().message, testing::HasSubstr("title=h1["));
}

}  // namespace
}  // namespace tidings::pipeline
