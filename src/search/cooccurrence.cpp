// Which names articles have together.
#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "query/topic_names.h"
#include "search/aggregate.h"
#include "search/count.h"
#include "search/dimension_column.h"

namespace tidings::search {
namespace {

constexpr std::uint32_t kNotCounted = ~0U;

// Of a segment's numbers, which of the names each is.
std::vector<std::uint32_t> places_of(
    const NamesOfColumn& there, const std::map<std::string, std::uint32_t, std::less<>>& names) {
  std::vector<std::uint32_t> places(there.size(), kNotCounted);
  for (std::uint32_t number = 0; number < there.size(); ++number) {
    const std::string_view text = there.text(number);
    const auto found = names.find(text.substr(0, text.find('\x1F')));
    if (found != names.end()) places[number] = found->second;
  }
  return places;
}

// A topic and the one above it are together by definition.
std::vector<std::vector<std::string>> names_above(
    Dimension dimension, const std::vector<CooccurrenceCounts::Name>& names) {
  std::vector<std::vector<std::string>> above(names.size());
  if (dimension != Dimension::Topic) return above;
  for (std::size_t i = 0; i < names.size(); ++i)
    above[i] = query::TopicNames::shipped().with_those_above(names[i].name);
  return above;
}

}  // namespace

CooccurrenceCounts cooccurrence(const Snapshot& snapshot, const CooccurrenceRequest& request) {
  Aggregates most =
      aggregate(snapshot, {.query = request.query,
                           .dimensions = {request.dimension},
                           .names_max = std::min(request.names_max, kCooccurringMax)});
  CooccurrenceCounts counts{.articles = most.total.articles};
  std::map<std::string, std::uint32_t, std::less<>> names;
  for (NamedCounts& one : most.dimensions.front().top) {
    names.emplace(one.name, static_cast<std::uint32_t>(counts.names.size()));
    counts.names.push_back({std::move(one.name), std::move(one.text), one.total.articles});
  }
  const std::size_t size = counts.names.size();
  std::vector<std::uint64_t> together(size * size);
  std::vector<std::uint32_t> here;
  std::vector<Expansion> expansions = expansions_of(request.query);
  for (const SegmentView& view : snapshot.segments) {
    const NumberColumn& column = view.segment->columns().named(column_of(request.dimension));
    const std::vector<std::uint32_t> places = places_of(column.names(), names);
    Matcher matcher(view, request.query, expansions);
    each_match(view, matcher, [&](Window window, const DocumentSet& set) {
      set.each([&](std::uint32_t place) {
        here.clear();
        column.each(window.begin + place, [&](std::uint32_t number) {
          if (places[number] != kNotCounted) here.push_back(places[number]);
        });
        std::ranges::sort(here);
        for (std::size_t i = 0; i < here.size(); ++i) {
          for (std::size_t k = i + 1; k < here.size(); ++k) ++together[here[i] * size + here[k]];
        }
      });
    });
  }
  const std::vector<std::vector<std::string>> above = names_above(request.dimension, counts.names);
  const auto is_above = [&](std::size_t one, std::size_t other) {
    return std::ranges::find(above[other], counts.names[one].name) != above[other].end();
  };
  for (std::size_t i = 0; i < together.size(); ++i) {
    const std::size_t first = i / size, second = i % size;
    if (together[i] == 0 || first == second || is_above(first, second) || is_above(second, first))
      continue;
    counts.pairs.push_back({first, second, together[i]});
  }
  std::ranges::sort(counts.pairs, [](const auto& a, const auto& b) {
    if (a.articles != b.articles) return a.articles > b.articles;
    return std::pair(a.first, a.second) < std::pair(b.first, b.second);
  });
  return counts;
}

}  // namespace tidings::search
