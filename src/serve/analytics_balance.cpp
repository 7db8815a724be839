// /api/v1/analytics/balance: who covers a story or a query, by ratings that somebody supplied.
#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "analytics/balance.h"
#include "analytics/ratings.h"
#include "core/strings.h"
#include "model/saved_search.h"
#include "query/values.h"
#include "serve/aggregates_json.h"
#include "serve/analytics_answers.h"
#include "serve/analytics_comparison.h"
#include "serve/analytics_writer.h"
#include "serve/cache_tags.h"
#include "serve/problem.h"
#include "serve/rolled_history.h"

namespace tidings::serve {
namespace {

constexpr std::chrono::hours kStoryTimeMin{24};  // what is expected needs others to compare with
constexpr std::size_t kTornShown = 5;

// The story's articles, over its time where no other is asked for. Adds to `tags` what may change
// that.
Result<void> ask_for_story(const AnalyticsRouteStores& stores, const Parameters& parameters,
                           AnalyticsRequest& request, std::vector<CacheTag>& tags) {
  const auto number = parameters.number("story");
  if (!number) return {};
  if (parameters.text("q"))
    return bad_parameter("story", "'story' and 'q' cannot be asked at once.");
  StoryId id{*number};
  tags.push_back(story_tag(id));
  if (const auto into = TRY(stores.stories.merged_into(id))) id = *into;
  tags.push_back(story_tag(id));
  const Story story = TRY(stores.stories.get(id));
  request.queries = {
      {.kind = QueryKind::Value,
       .field = QueryField::Story,
       .text = TRY(query::value_text(QueryField::Story, fmt::to_string(to_int(id))))}};
  if (!parameters.time("since")) request.since = story.opened_at;
  if (!parameters.time("until"))
    request.until = std::max(story.updated_at + Duration(1), story.opened_at + kStoryTimeMin);
  return {};
}

Result<std::size_t> scale_asked(const Parameters& parameters, const analytics::RatingTable& table) {
  const auto name = parameters.text("scale");
  if (!name) return std::size_t{0};
  const auto found = std::ranges::find(table.scales, *name);
  if (found == table.scales.end())
    return bad_parameter("scale", fmt::format("'{}' is no column of the ratings: there are {}.",
                                              *name, join(table.scales, ", ")));
  return static_cast<std::size_t>(found - table.scales.begin());
}

void write_side(JsonWriter& json, const analytics::BalanceSide& side) {
  json.field("rating", side.rating);
  write_bucket_fields(json, side.covering);
  json.field("publishers", side.publishers);
  json.field("share", side.share);
  json.field("expected", side.expected);
  json.field("expected_share", side.expected_share);
  json.field("active_publishers", side.active_publishers);
}

void write_totals(JsonWriter& json, const analytics::Balance& balance) {
  write_bucket_fields(json, balance.covering);
  json.field("publishers", balance.publishers);
  json.field("rated_articles", balance.rated.articles);
  json.field("rated_publishers", balance.rated_publishers);
  json.field("unrated_share",
             balance.covering.articles == 0 ? 0 : 1 - share_of(balance.rated, balance.covering));
  if (balance.mean) json.field("mean", *balance.mean);
  if (balance.expected_mean) json.field("expected_mean", *balance.expected_mean);
}

void write_balance(JsonWriter& json, const analytics::Balance& balance) {
  write_totals(json, balance);
  json.key("ratings");
  json.begin_array();
  for (const analytics::BalanceSide& side : balance.sides) {
    json.begin_object();
    write_side(json, side);
    json.end_object();
  }
  json.end_array();
  json.objects_if("blind_spots", analytics::blind_spots(balance),
                  [&](const analytics::BalanceSide* side) {
                    json.field("rating", side->rating);
                    json.field("expected", side->expected);
                    json.field("silence_chance", side->silence_chance);
                  });
  json.objects_if("unrated_publishers", balance.unrated, [&](const NamedCounts& one) {
    json.field("name", one.name);
    write_bucket_fields(json, one.total);
  });
}

void write_torn(JsonWriter& json, const analytics::RatingScale& scale) {
  std::vector<std::string> torn = scale.torn();
  if (torn.size() > kTornShown) torn.resize(kTornShown);
  for (std::string& publisher : torn)
    publisher += ": its domains are rated differently, so it counts as not rated";
  json.texts_if("notes", torn);
}

Content balance_csv(const analytics::Balance& balance) {
  AnalyticsCsv csv("rating", "articles", "tone", "publishers", "share", "expected",
                   "expected_share", "active_publishers", "silence_chance");
  for (const analytics::BalanceSide& side : balance.sides)
    csv.row(side.rating, side.covering.articles, tone_or_zero(side.covering), side.publishers,
            side.share, side.expected, side.expected_share, side.active_publishers,
            side.silence_chance);
  return csv.end();
}

Result<Content> balance_json(const RollupStore& rollups, const AnalyticsRequest& request,
                             const std::string& name, const analytics::RatingScale& scale,
                             const analytics::Balance& balance, EventSequence cursor) {
  AnalyticsJson answer(request);
  TRY(write_articles_since(answer.json(), rollups, request.since));
  answer.json().field("scale", name);
  write_balance(answer.json(), balance);
  write_torn(answer.json(), scale);
  return answer.end(cursor);
}

}  // namespace

Result<Content> answer_balance(const AnalyticsRouteStores& stores, const Call& call) {
  AnalyticsRequest request = TRY(analytics_request(call.parameters, stores.clock.now()));
  std::vector<CacheTag> tags = {ratings_tag()};
  TRY(ask_for_story(stores, call.parameters, request, tags));
  const analytics::RatingTable table =
      TRY(analytics::read_ratings(TRY(stores.ratings.get(kLocalOwner)).csv));
  const std::size_t number = TRY(scale_asked(call.parameters, table));
  const analytics::RatingScale scale(table, number, [&](std::string_view domain) {
    return stores.families.publisher_of(fmt::format("https://{}/", domain));
  });
  const Aggregates covering = TRY(counted_within(stores.index, request, request.queries.front(),
                                                 {Dimension::Publisher}, kPublishersCounted));
  const Aggregates all =
      TRY(counted_within(stores.index, request, {}, {Dimension::Publisher}, kPublishersCounted));
  const analytics::Balance balance = analytics::balance_of(scale, covering, all);
  Content content = request.as_csv ? balance_csv(balance)
                                   : TRY(balance_json(stores.rollups, request, table.scales[number],
                                                      scale, balance, covering.cursor));
  content.tags = std::move(tags);
  return content;
}

}  // namespace tidings::serve
