#include "pipeline/rolled_articles.h"

#include <set>
#include <string>
#include <unordered_map>
#include <utility>

#include "core/strings.h"
#include "pipeline/search_documents.h"
#include "query/names.h"
#include "query/values.h"
#include "search/document_names.h"

namespace tidings::pipeline {
namespace {

// As query/values.h spells it; empty where there is nothing to count.
std::string value_of(Dimension dimension, std::string_view name) {
  switch (dimension) {
    case Dimension::Language:
      return name == "und" ? std::string() : to_lower(name);
    case Dimension::Country:
    case Dimension::About:
      return to_lower(name);
    case Dimension::Publisher:
    case Dimension::Entity:
    case Dimension::Place:
      return query::name_text(name, query::kNameWordsMax);
    default:
      return std::string(name);
  }
}

class Values {
 public:
  void add(Dimension dimension, std::string_view name, std::string_view text) {
    std::string value = value_of(dimension, name);
    const bool is_long = value.size() > kRolledValueBytesMax || name.size() > kRolledValueBytesMax;
    if (value.empty() || is_long || values_.size() >= kRolledValuesMax) return;
    if (!seen_.emplace(dimension, value).second) return;
    values_.push_back({dimension, std::move(value), std::string(name),
                       std::string(text.substr(0, kRolledValueBytesMax))});
  }
  std::vector<RolledValue> take() { return std::move(values_); }

 private:
  std::set<std::pair<Dimension, std::string>> seen_;
  std::vector<RolledValue> values_;
};

}  // namespace

std::vector<RolledValue> rolled_values(const SearchDocument& document) {
  Values values;
  for (std::size_t i = 0; i < kDimensions; ++i) {
    const auto dimension = static_cast<Dimension>(i);
    if (!is_rolled(dimension)) continue;
    search::each_name(document, dimension, [&](std::string_view name, std::string_view text) {
      values.add(dimension, name, text);
    });
  }
  return values.take();
}

Result<std::vector<RolledArticle>> rolled_articles(Stores& stores,
                                                   const stories::PublisherFamilies& families,
                                                   std::span<const ArticleId> ids) {
  std::unordered_map<std::int64_t, AnalyzedArticle> analyses;
  for (AnalyzedArticle& one : TRY(stores.analyses().get_many(ids)))
    analyses.emplace(to_int(one.article_id), std::move(one));
  std::vector<RolledArticle> rolled;
  for (const ArticleSummary& summary : TRY(stores.articles().get_many(ids))) {
    const auto analyzed = analyses.find(to_int(summary.id));
    const bool is_known =
        analyzed != analyses.end() && analyzed->second.revision == summary.revision;
    const SearchDocument document =
        described(summary, is_known ? &analyzed->second.analysis : nullptr, families);
    rolled.push_back({.article_id = summary.id,
                      .published = summary.published,
                      .sentiment = document.sentiment,
                      .values = rolled_values(document)});
  }
  return rolled;
}

}  // namespace tidings::pipeline
