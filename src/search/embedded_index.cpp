#include "search/embedded_index.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "search/aggregate.h"
#include "search/count.h"
#include "search/dimension_column.h"
#include "search/publisher_statistics.h"
#include "search/ranking.h"
#include "text/fold.h"
#include "text/stop_words.h"

namespace tidings::search {
namespace {

constexpr std::size_t kSuggestionTermsMax = 20'000;  // looked at in one segment
constexpr std::size_t kLikeWords = 12;
constexpr std::string_view kCutShort =
    "A beginning or a misspelled word stands for too many words: those in most articles were "
    "taken.";

std::uint64_t documents_with(const Snapshot& snapshot, std::string_view form) {
  std::uint64_t documents = 0;
  for (const SegmentView& view : snapshot.segments) {
    const auto record = view.segment->terms().find(term_of(kWordKind, form));
    if (record) documents += record->documents;
  }
  return documents;
}

std::vector<Hit> hits_of(const Snapshot& snapshot, const SearchRequest& request,
                         const RankingSettings& settings) {
  switch (request.sort) {
    case SearchSort::Newest:
      return in_order(snapshot, request.query, Direction::NewestFirst, settings.hits_max,
                      settings.per_story);
    case SearchSort::Oldest:
      return in_order(snapshot, request.query, Direction::OldestFirst, settings.hits_max,
                      settings.per_story);
    case SearchSort::Relevance:
      break;
  }
  return best(snapshot, request.query, settings);
}

// Where not all that was wanted was found, there is little to count. No estimate is below what is
// shown.
SearchCount count_of(const Snapshot& snapshot, const SearchRequest& request, std::size_t found,
                     std::size_t wanted) {
  SearchCount count = count_matches(snapshot, request.query,
                                    found < wanted ? CountPrecision::Exact : request.count);
  count.articles = std::max<std::uint64_t>(count.articles, found);
  return count;
}

bool is_cut_short(const Snapshot& snapshot, const Query& query) {
  std::vector<Expansion> expansions = expansions_of(query);
  for (const SegmentView& view : snapshot.segments) {
    for (Expansion& expansion : expansions) {
      if (expansion.may_be_cut_short()) expansion.forms(*view.segment);
    }
  }
  return std::ranges::any_of(expansions, &Expansion::is_cut_short);
}

}  // namespace

Result<SearchAnswer> EmbeddedIndex::search(const SearchRequest& request) const {
  const std::shared_ptr<const Snapshot> snapshot = index_.snapshot();
  const RankingSettings settings{
      .hits_max = std::min(request.offset + request.limit, kSearchDepthMax),
      .per_story = request.per_story ? PerStory::Best : PerStory::All,
      .now = request.now};
  const std::vector<Hit> hits = hits_of(*snapshot, request, settings);
  SearchAnswer answer{.count = count_of(*snapshot, request, hits.size(), settings.hits_max),
                      .cursor = snapshot->cursor};
  for (std::size_t i = request.offset; i < hits.size(); ++i) {
    const Hit& hit = hits[i];
    const StoryPlace story = snapshot->segments[hit.segment].story(hit.document);
    SearchHit& found = answer.hits.emplace_back(SearchHit{.article_id = ArticleId(hit.id),
                                                          .score = hit.score,
                                                          .story_id = StoryId(story.story),
                                                          .story_size = story.size});
    if (request.explain && request.sort == SearchSort::Relevance)
      found.explanation = explain(*snapshot, request.query, settings, hit);
  }
  if (is_cut_short(*snapshot, request.query)) answer.notes.emplace_back(kCutShort);
  return answer;
}

Result<Aggregates> EmbeddedIndex::aggregate(const AggregateRequest& request) const {
  const std::shared_ptr<const Snapshot> snapshot = index_.snapshot();
  Aggregates aggregates = search::aggregate(*snapshot, request);
  aggregates.cursor = snapshot->cursor;
  if (is_cut_short(*snapshot, request.query)) aggregates.notes.emplace_back(kCutShort);
  return aggregates;
}

Result<CooccurrenceCounts> EmbeddedIndex::cooccurrence(const CooccurrenceRequest& request) const {
  if (!is_list(column_of(request.dimension)))
    return invalid_input("an article has one " + std::string(to_string(request.dimension)) +
                         " alone: nothing comes together with it");
  const std::shared_ptr<const Snapshot> snapshot = index_.snapshot();
  CooccurrenceCounts counts = search::cooccurrence(*snapshot, request);
  counts.cursor = snapshot->cursor;
  return counts;
}

Result<PublisherStatistics> EmbeddedIndex::publishers(const PublisherRequest& request) const {
  const std::shared_ptr<const Snapshot> snapshot = index_.snapshot();
  PublisherStatistics statistics = publisher_statistics(*snapshot, request);
  statistics.cursor = snapshot->cursor;
  if (is_cut_short(*snapshot, request.query)) statistics.notes.emplace_back(kCutShort);
  return statistics;
}

Result<std::vector<Suggestion>> EmbeddedIndex::suggest(std::string_view written,
                                                       std::size_t limit) const {
  const std::shared_ptr<const Snapshot> snapshot = index_.snapshot();
  const std::string begin = text::fold(text::search_form(written));
  std::map<std::string, std::uint64_t, std::less<>> articles;
  for (const SegmentView& view : snapshot->segments) {
    each_folded(view.segment->terms(), begin, kSuggestionTermsMax,
                [&](std::string_view, std::string_view form, const TermRecord& record) {
                  articles[std::string(form)] += record.documents;
                });
  }
  std::vector<Suggestion> suggestions;
  suggestions.reserve(articles.size());
  for (const auto& [text, count] : articles) suggestions.push_back({text, count});
  std::ranges::sort(suggestions, [](const Suggestion& a, const Suggestion& b) {
    return a.articles != b.articles ? a.articles > b.articles : a.text < b.text;
  });
  if (suggestions.size() > limit) suggestions.resize(limit);
  return suggestions;
}

// The words that tell it from others: often here, seldom elsewhere.
Result<Query> EmbeddedIndex::more_like(const SearchDocument& article) const {
  const std::shared_ptr<const Snapshot> snapshot = index_.snapshot();
  const text::SearchWords words = text::search_words(article.title, article.text, article.language);
  const text::StopWords stop_words(article.language);
  std::vector<double> counts(words.forms.size());
  for (std::uint32_t i = 0; i < words.words; ++i)
    counts[words.form_at[i]] += i < words.title_words ? 1 + kTitleWeight : 1;
  std::vector<std::pair<double, std::string_view>> weighted;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const std::string_view form = words.forms[i];
    const std::uint64_t having = documents_with(*snapshot, form);
    if (having < 2 || form.size() < 3 || stop_words.contains(form)) continue;
    const double rarity =
        std::log1p(static_cast<double>(snapshot->documents) / static_cast<double>(having));
    weighted.emplace_back(counts[i] / (counts[i] + kBm25K1) * rarity, form);
  }
  std::ranges::sort(weighted, std::greater<>());
  if (weighted.size() > kLikeWords) weighted.resize(kLikeWords);
  if (weighted.empty()) return not_found("The article has no words that others have.");
  Query like{.kind = QueryKind::Or};
  for (const auto& [weight, form] : weighted)
    like.parts.push_back({.kind = QueryKind::Word, .text = std::string(form)});
  return like.parts.size() == 1 ? like.parts.front() : like;
}

Result<SearchStatistics> EmbeddedIndex::statistics() const {
  const IndexStatistics now = index_.statistics();
  return SearchStatistics{.articles = now.documents,
                          .deleted = now.dead,
                          .segments = now.segments,
                          .memory_segments = now.memory_segments,
                          .memory_articles = now.memory_documents,
                          .file_bytes = now.file_bytes,
                          .memory_bytes = now.memory_bytes,
                          .terms = now.terms,
                          .cursor = now.cursor,
                          .durable_cursor = now.durable_cursor,
                          .is_filling = now.is_filling};
}

}  // namespace tidings::search
