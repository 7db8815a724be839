#include "pipeline/search_documents.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <utility>

#include "core/hash.h"
#include "query/values.h"

namespace tidings::pipeline {
namespace {

// A person, an organization or a thing counts for an article where it stands out in it.
constexpr double kSalienceMin = 0.02;

// The text counts by itself: a page that completes an article leaves its revision as it was.
std::uint32_t version_of(const Article& article, const AnalyzedArticle* analyzed) {
  const std::array<std::int64_t, 3> facts = {
      article.summary.revision, analyzed != nullptr ? to_micros(analyzed->analyzed_at) : 0,
      static_cast<std::int64_t>(hash64(article.body.text))};
  return static_cast<std::uint32_t>(
      hash64({reinterpret_cast<const char*>(facts.data()), sizeof facts}));
}

void add_analysis(const Analysis& analysis, SearchDocument& document) {
  for (const TopicScore& topic : analysis.topics) document.topics.push_back(topic.code);
  for (const Entity& entity : analysis.entities) {
    if (entity.salience >= kSalienceMin)
      document.entities.push_back(
          {.id = entity.id, .text = entity.text, .aliases = entity.aliases});
  }
  for (const Place& place : analysis.places) {
    if (std::ranges::find(document.places, place.name) == document.places.end())
      document.places.push_back(place.name);
  }
  for (const CountryScore& country : analysis.countries) document.about.push_back(country.code);
  for (const Keyphrase& phrase : analysis.keyphrases) document.keyphrases.push_back(phrase.text);
  if (analysis.sentiment)
    document.sentiment = static_cast<std::int8_t>(std::lround(analysis.sentiment->score * 100));
}

}  // namespace

SearchDocument described(const ArticleSummary& summary, const Analysis* analysis,
                         const stories::PublisherFamilies& families) {
  SearchDocument document{.id = summary.id,
                          .source_id = summary.source_id,
                          .published = summary.published,
                          .language = summary.language,
                          .publisher = families.publisher_of(summary.url),
                          .country = summary.country,
                          .url = summary.url};
  for (const Person& author : summary.authors) document.authors.push_back(author.name);
  if (analysis != nullptr) add_analysis(*analysis, document);
  return document;
}

Result<std::string> SearchDocuments::title_of(SourceId id) {
  const auto known = source_titles_.find(id);
  if (known != source_titles_.end()) return known->second;
  Result<Source> source = stores_.sources().get(id);
  if (!source && source.error().kind != ErrorKind::NotFound) return source.error();
  return source_titles_[id] = source ? source->title() : std::string();
}

Result<SearchDocument> SearchDocuments::document(const Article& article,
                                                 const AnalyzedArticle* analyzed) {
  const ArticleSummary& summary = article.summary;
  SearchDocument document =
      described(summary, analyzed != nullptr ? &analyzed->analysis : nullptr, families_);
  document.version = version_of(article, analyzed);
  document.title = summary.title;
  document.text = article.body.text.empty() ? summary.summary : article.body.text;
  document.source_title = TRY(title_of(summary.source_id));
  return document;
}

Result<std::vector<Article>> SearchDocuments::articles(std::span<const ArticleId> ids,
                                                       Texts texts) const {
  if (texts == Texts::Whole) return stores_.articles().get_whole(ids);
  std::vector<ArticleSummary> summaries = TRY(stores_.articles().get_many(ids));
  std::vector<Article> articles(summaries.size());
  for (std::size_t i = 0; i < summaries.size(); ++i) articles[i].summary = std::move(summaries[i]);
  return articles;
}

Result<SearchDocuments::Read> SearchDocuments::read(std::span<const ArticleId> ids, Texts texts) {
  Read read;
  std::unordered_map<std::int64_t, AnalyzedArticle> analyses;
  for (AnalyzedArticle& one : TRY(stores_.analyses().get_many(ids)))
    analyses.emplace(to_int(one.article_id), std::move(one));
  std::unordered_map<std::int64_t, StoryMark> marks;
  for (const StoryMark& mark : TRY(stores_.stories().marks(ids)))
    marks.emplace(to_int(mark.article_id), mark);
  for (const Article& article : TRY(articles(ids, texts))) {
    const std::int64_t id = to_int(article.summary.id);
    const auto analyzed = analyses.find(id);
    // What was found in an earlier form tells nothing of this one.
    const bool is_known =
        analyzed != analyses.end() && analyzed->second.revision == article.summary.revision;
    SearchDocument& document = read.documents.emplace_back(
        TRY(this->document(article, is_known ? &analyzed->second : nullptr)));
    if (!is_known) read.unanalyzed.push_back(article.summary.id);
    const auto mark = marks.find(id);
    if (mark == marks.end()) continue;
    document.story = mark->second.story_id;
    document.story_size = mark->second.story_articles;
    document.copy_of = mark->second.copy_of.value_or(ArticleId{});
  }
  return read;
}

search::IndexedArticle indexed(SearchDocument document) {
  search::IndexedArticle article;
  article.words = text::search_words(document.title, document.text, document.language);
  // A story is no term of an article: it changes.
  const StoryId story = std::exchange(document.story, StoryId{});
  article.values = query::value_terms(document);
  article.document = std::move(document);
  article.document.story = story;
  return article;
}

}  // namespace tidings::pipeline
