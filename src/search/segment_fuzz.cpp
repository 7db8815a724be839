// Segments that nobody wrote: no crash, bounded time and memory. Seals are
// passed over: they tell of chance, not of intent.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include "core/check.h"
#include "search/aggregate.h"
#include "search/count.h"
#include "search/publisher_statistics.h"
#include "search/ranking.h"
#include "search/segment.h"
#include "search/segment_merger.h"

namespace tidings::search {
namespace {

// The lengths of the first three parts (u32 each), the parts, and the last one.
SegmentBytes parts_of(std::string_view data) {
  std::array<std::uint32_t, kParts> sizes = {};
  const std::size_t head = std::min(data.size(), (kParts - 1) * sizeof sizes[0]);
  std::memcpy(sizes.data(), data.data(), head);
  data.remove_prefix(head);
  sizes.back() = static_cast<std::uint32_t>(data.size());
  SegmentOutput output = SegmentOutput::in_memory();
  for (std::size_t i = 0; i < kParts; ++i) {
    const std::string_view part = data.substr(0, sizes[i]);
    output[static_cast<Part>(i)].append(part);
    data.remove_prefix(part.size());
  }
  return SegmentBytes::of_memory(std::move(output));
}

void walk(const Terms& terms) {
  std::uint64_t bytes = 0;
  for (auto at = terms.walk(); !at.is_at_end(); at.next()) bytes += at.term().size();
  CHECK(terms.size() > 0 || bytes == 0);
}

void read_columns(const Columns& columns) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < kNamedColumns; ++i) {
    const NumberColumn& column = columns.named(static_cast<NamedColumn>(i));
    for (std::uint32_t name = 0; name < column.names().size(); ++name)
      sum += column.names().text(name).size();
    for (std::uint32_t document = 0; document < columns.documents(); ++document) {
      if (!column.is_list()) sum += column.at(document);
      column.each(document, [&](std::uint32_t number) { sum += number; });
    }
  }
  const auto of_one = columns.find(1);
  CHECK(!of_one || *of_one < columns.documents());
  CHECK(columns.between(0, 1'000).size() <= columns.documents() && sum + 1 != 0);
}

Query word(QueryKind kind, std::string_view text) {
  return {.kind = kind, .text = std::string(text)};
}

// Every kind of leaf, and what joins them. The words are those of the seeds.
std::vector<Query> queries() {
  const Query election = word(QueryKind::Word, "election"), spain = word(QueryKind::Word, "spain");
  Query phrase{.kind = QueryKind::Phrase, .parts = {election, spain}};
  Query near{.kind = QueryKind::Near, .distance = 5, .parts = {election, spain}};
  Query title = spain;
  title.field = QueryField::Title;
  const Query source{.kind = QueryKind::Value, .field = QueryField::Source, .text = "2"};
  const Query large{.kind = QueryKind::Range, .field = QueryField::StorySize, .at_least = 2};
  const Query toned{.kind = QueryKind::Range, .field = QueryField::Sentiment, .at_least = 0};
  const Query recent{.kind = QueryKind::Range, .field = QueryField::Published, .at_least = 1e15};
  Query negation{.kind = QueryKind::Not, .parts = {spain}};
  return {Query{},
          election,
          title,
          phrase,
          near,
          word(QueryKind::Prefix, "e"),
          word(QueryKind::Fuzzy, "elecion"),
          source,
          {.kind = QueryKind::And, .parts = {election, large, negation}},
          {.kind = QueryKind::And, .parts = {election, spain}},
          {.kind = QueryKind::Or, .parts = {election, spain, toned}},
          {.kind = QueryKind::Or, .parts = {election, spain}},
          {.kind = QueryKind::And, .parts = {recent, phrase}}};
}

void ask(const Snapshot& snapshot, const Query& query) {
  const RankingSettings settings{.hits_max = 5, .now = from_micros(1'800'000'000'000'000)};
  const std::vector<Hit> hits = best(snapshot, query, settings);
  for (const Hit& hit : hits) CHECK(hit.document < snapshot.segments[hit.segment].documents());
  if (!hits.empty()) explain(snapshot, query, settings, hits.front());
  in_order(snapshot, query, Direction::NewestFirst, 5, PerStory::Best);
  in_order(snapshot, query, Direction::OldestFirst, 5);
  CHECK(count_matches(snapshot, query, CountPrecision::Exact).articles <= snapshot.documents);
  aggregate(snapshot, {.query = query,
                       .boundaries = {from_micros(0), from_micros(1'700'000'000'000'000),
                                      from_micros(1'900'000'000'000'000)},
                       .dimensions = {Dimension::Language, Dimension::Topic, Dimension::Entity}});
  CHECK(publisher_statistics(snapshot, {.query = query}).total.articles <= snapshot.documents);
}

void read(const std::shared_ptr<const Segment>& segment) {
  walk(segment->terms());
  read_columns(segment->columns());
  Snapshot snapshot;
  snapshot.mean_words = segment->columns().mean_words();
  snapshot.documents = segment->documents();
  snapshot.segments.push_back({.segment = segment});
  static const std::vector<Query> kQueries = queries();
  for (const Query& query : kQueries) ask(snapshot, query);
}

// With itself.
std::shared_ptr<const Segment> merged(const std::shared_ptr<const Segment>& segment) {
  const std::array<SegmentView, 2> inputs = {SegmentView{.segment = segment, .number = 1},
                                             SegmentView{.segment = segment, .number = 2}};
  SegmentOutput output = SegmentOutput::in_memory();
  merge_segments(inputs, output, [] { return false; });
  return std::make_shared<const Segment>(SegmentBytes::of_memory(std::move(output)));
}

void read_and_merge(std::string_view data) {
  const auto segment = std::make_shared<const Segment>(parts_of(data));
  read(segment);
  const std::shared_ptr<const Segment> twice = merged(segment);
  CHECK(twice->documents() <= 2 * segment->documents());
  read(twice);
}

}  // namespace
}  // namespace tidings::search

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  tidings::search::read_and_merge({reinterpret_cast<const char*>(data), size});
  return 0;
}
