#include "pipeline/full_text.h"

#include <array>
#include <string>
#include <utility>

#include "extract/truncated.h"
#include "normalize/normalize.h"

namespace tidings::pipeline {
namespace {

using Field = ExtractRule::Field;

// The page as an entry of its source, so that it is written the one way there is.
std::optional<Article> article_of_page(const extract::ExtractedPage& page, const Article& article,
                                       const Source& source, Time now) {
  Entry entry{.url = article.summary.url,
              .title = article.summary.title,
              .content_html = page.html,
              .published = article.summary.published,
              .image = page.image,
              .language = page.language,
              .base_url = page.url.empty() ? article.summary.url : page.url};
  for (const std::string& name : page.authors) entry.authors.push_back({.name = name});
  Feed feed;
  feed.entries.push_back(std::move(entry));
  normalize::NormalizedFeed normalized = normalize::normalize_feed(feed, source, now);
  if (normalized.articles.size() != 1) return std::nullopt;
  return std::move(normalized.articles[0].article);
}

}  // namespace

void want_pages(std::vector<NewArticle>& articles, FullText full_text) {
  if (full_text == FullText::Off) return;
  for (NewArticle& fresh : articles) {
    const std::string& text = fresh.article.body.text;
    fresh.wants_page = !fresh.article.summary.url.empty() &&
                       (full_text == FullText::On || extract::is_truncated({.content = text}));
  }
}

Result<extract::Rules> page_rules(std::span<const ExtractRule> rules) {
  extract::Rules read;
  const std::array<std::pair<Field, std::optional<html::Selector>*>, 5> fields = {{
      {Field::Content, &read.content},
      {Field::Title, &read.title},
      {Field::Authors, &read.authors},
      {Field::Published, &read.date},
      {Field::Remove, &read.remove},
  }};
  for (const auto& [field, selector] : fields) {
    std::string list;
    for (const ExtractRule& rule : rules) {
      if (rule.field != field) continue;
      TRY(with_context(html::Selector::parse(rule.selector), to_string(rule)));
      list += (list.empty() ? "" : ", ") + rule.selector;
    }
    if (!list.empty()) *selector = TRY(html::Selector::parse(list));
  }
  return read;
}

std::optional<Article> with_page(const Article& article, const extract::ExtractedPage& page,
                                 const Source& source, Time now) {
  // A page that says less is a wall, a player or a list of links.
  if (page.text.size() <= article.body.text.size()) return std::nullopt;
  std::optional<Article> read = article_of_page(page, article, source, now);
  if (!read || read->body.text.size() <= article.body.text.size()) return std::nullopt;
  Article completed = article;
  completed.body.content_html = std::move(read->body.content_html);
  completed.body.text = std::move(read->body.text);
  ArticleSummary& summary = completed.summary;
  if (summary.authors.empty()) summary.authors = std::move(read->summary.authors);
  if (summary.language.empty()) summary.language = std::move(read->summary.language);
  if (summary.image.empty()) summary.image = std::move(read->summary.image);
  if (summary.summary.empty()) summary.summary = std::move(read->summary.summary);
  return completed;
}

}  // namespace tidings::pipeline
