// For tests: what happens to an index, and what it must be after each event.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/log.h"
#include "query/canonical.h"
#include "query/matches.h"
#include "search/index.h"
#include "search/manifest.h"
#include "search/ranking.h"
#include "tests/support/random_queries.h"

namespace tidings::search {

using Documents = std::map<ArticleId, SearchDocument>;
using Ids = std::vector<std::int64_t>;

enum class ActionKind : std::uint8_t { Apply, Flush, Merge };
struct Action {
  ActionKind kind{};
  std::size_t step = 0;  // of Apply
};

inline StoryPlace place_of(const SearchDocument& document) {
  return {to_int(document.story), static_cast<std::uint32_t>(document.story_size),
          to_int(document.copy_of)};
}

// What an index has, for people to compare: "7 version 3 story 2 of 9 copy of 0".
inline std::string line_of(std::int64_t id, std::uint32_t version, StoryPlace story) {
  return fmt::format("{} version {} story {} of {} copy of {}", id, version, story.story,
                     story.size, story.copy_of);
}

inline std::vector<std::string> content_of(const Documents& documents) {
  std::vector<std::string> lines;
  for (const auto& [id, document] : documents)
    lines.push_back(line_of(to_int(id), document.version, place_of(document)));
  std::ranges::sort(lines);
  return lines;
}

// Random articles come, change, go and move between stories.
class History {
 public:
  explicit History(std::uint32_t seed) : random_(seed), numbers_(seed) {
    log::set_level(log::Level::Error);
    for (int i = 0; i < 4; ++i) queries_.push_back(query::canonical(random_.query()));
    note_state({});
    for (int i = 0; i < 14; ++i) add_step();
  }

  const std::vector<Action>& actions() const { return actions_; }
  std::size_t steps() const { return steps_.size(); }
  void apply(Index& index, std::size_t step) const {
    const Step& given = steps_[step];
    IndexStep made{.removed = given.removed,
                   .stories = given.stories,
                   .cursor = EventSequence(static_cast<std::int64_t>(step) + 1),
                   .filled_to = std::nullopt};
    for (const SearchDocument& document : given.articles)
      made.articles.push_back(indexed(document));
    index.apply(made);
  }
  // What is there, and what each query finds of it, newest first.
  struct State {
    Documents documents;
    std::vector<std::string> content;
    std::vector<Ids> found;
  };
  const State& after(EventSequence cursor) const {
    return after_[static_cast<std::size_t>(to_int(cursor))];
  }
  const State& at_the_end() const { return after_.back(); }
  std::span<const Query> queries() const { return queries_; }

 private:
  struct Step {
    std::vector<SearchDocument> articles;
    std::vector<ArticleId> removed;
    std::vector<ArticleStoryPlace> stories;
  };

  int pick(int count) { return static_cast<int>(numbers_() % static_cast<unsigned>(count)); }

  void add_step() {
    Documents documents = after_.back().documents;
    Step step;
    const auto any = [&] {
      auto at = documents.begin();
      std::advance(at, pick(static_cast<int>(documents.size())));
      return at;
    };
    if (pick(2) == 0 && !documents.empty()) {
      const auto gone = any();
      step.removed.push_back(gone->first);
      documents.erase(gone);
    }
    for (int i = pick(4); i > 0; --i) add_article(random_.document(1 + pick(40)), step, documents);
    for (int i = pick(3); i > 0 && !documents.empty(); --i) {
      SearchDocument& document = any()->second;
      document.story = StoryId(1 + pick(5));
      document.story_size = 1 + pick(9);
      document.copy_of = ArticleId(pick(41));
      step.stories.push_back({document.id, place_of(document)});
    }
    actions_.push_back({ActionKind::Apply, steps_.size()});
    if (pick(2) == 0) actions_.push_back({ActionKind::Flush});
    if (pick(3) == 0) actions_.push_back({ActionKind::Merge});
    steps_.push_back(std::move(step));
    note_state(std::move(documents));
  }

  void note_state(Documents documents) {
    State state{.content = content_of(documents), .found = std::vector<Ids>(queries_.size())};
    std::vector<std::pair<Time, ArticleId>> order;
    for (const auto& [id, document] : documents) order.emplace_back(document.published, id);
    std::ranges::sort(order, std::greater<>());
    for (const auto& [published, id] : order) {
      const query::MatchedDocument matched(documents.at(id));
      for (std::size_t i = 0; i < queries_.size(); ++i) {
        if (query::matches(queries_[i], matched)) state.found[i].push_back(to_int(id));
      }
    }
    state.documents = std::move(documents);
    after_.push_back(std::move(state));
  }

  void add_article(SearchDocument document, Step& step, Documents& documents) const {
    const bool is_twice = std::ranges::any_of(
        step.articles, [&](const SearchDocument& one) { return one.id == document.id; });
    if (is_twice) return;
    document.version = static_cast<std::uint32_t>(steps_.size()) + 1;
    if (document.story == StoryId{}) {
      document.story_size = 0;
      document.copy_of = ArticleId{};
    }
    step.articles.push_back(document);
    documents[document.id] = std::move(document);
  }

  static IndexedArticle indexed(const SearchDocument& document) {
    IndexedArticle article{.document = document};
    article.words = text::search_words(document.title, document.text, document.language);
    SearchDocument placeless = document;
    placeless.story = StoryId{};
    article.values = query::value_terms(placeless);
    return article;
  }

  tests::RandomQueries random_;
  std::mt19937 numbers_;
  std::vector<Action> actions_;
  std::vector<Step> steps_;
  std::vector<State> after_;
  std::vector<Query> queries_;
};

inline std::vector<std::string> content_of(const Index& index) {
  std::vector<std::string> lines;
  for (const SegmentView& view : index.snapshot()->segments) {
    for (std::uint32_t document = 0; document < view.documents(); ++document) {
      const Columns& columns = view.segment->columns();
      if (!view.is_dead(document))
        lines.push_back(
            line_of(columns.id(document), columns.version(document), view.story(document)));
    }
  }
  std::ranges::sort(lines);
  return lines;
}

inline Ids found(const Index& index, const Query& query) {
  Ids ids;
  for (const Hit& hit : in_order(*index.snapshot(), query, Direction::NewestFirst, 1'000))
    ids.push_back(hit.id);
  return ids;
}

inline std::set<std::string> files_of(const IndexFiles& files) {
  const Result<std::vector<std::string>> names = files.list();
  EXPECT_TRUE(names);
  return names ? std::set<std::string>(names->begin(), names->end()) : std::set<std::string>();
}

// What the manifest names, and the manifest.
inline std::set<std::string> named_files(const IndexFiles& files) {
  std::set<std::string> names;
  const Result<std::unique_ptr<IndexFile>> file = files.open(kManifestName);
  if (!file) return names;
  names.emplace(kManifestName);
  const Result<Manifest> manifest = decode_manifest((*file)->bytes());
  EXPECT_TRUE(manifest);
  for (const SegmentEntry& entry : manifest->segments) {
    for (std::size_t i = 0; i < kParts; ++i)
      names.insert(part_name(entry.number, static_cast<Part>(i)));
  }
  for (const ChangesEntry& entry : manifest->changes)
    names.insert(std::to_string(entry.number) + ".changes");
  return names;
}

}  // namespace tidings::search
