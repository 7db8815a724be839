#include "serve/story_page.h"

#include <algorithm>
#include <chrono>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "serve/cache_tags.h"
#include "serve/story_json.h"
#include "stories/story_detail.h"
#include "stories/story_facts.h"

namespace tidings::serve {
namespace {

constexpr std::size_t kPublishersMax = 100, kRevisedRead = 20, kHeadlineChangesMax = 20;
constexpr std::size_t kSummarized = 20;  // originals whose sentences are looked at
constexpr std::string_view kDay = "day", kHour = "hour";

using Members = std::span<const StoryMember>;

// Those of the originals: first the one whose headline stands for all, then the newest.
Result<std::vector<stories::StorySentence>> sentences_of(const AnalysisStore& analyses,
                                                         const Story& story, Members members) {
  std::vector<ArticleId> ids = {story.headline_article};
  for (std::size_t i = members.size(); i-- > 0 && ids.size() < kSummarized;) {
    const bool is_further = members[i].article.id != story.headline_article;
    if (is_further && !members[i].place.copy_of) ids.push_back(members[i].article.id);
  }
  std::vector<stories::StorySentence> sentences;
  for (const AnalyzedArticle& one : TRY(analyses.get_many(ids))) {
    for (const std::string& sentence : one.analysis.summary) {
      sentences.push_back(
          {.article_id = one.article_id, .text = sentence, .language = one.analysis.language.code});
    }
  }
  return sentences;
}

Result<void> write_summary_of(JsonWriter& json, const AnalysisStore& analyses, const Story& story,
                              Members members) {
  const auto sentences = TRY(sentences_of(analyses, story, members));
  json.objects_if("summary", stories::summary_of(sentences),
                  [&](const stories::StorySentence& sentence) {
                    json.field("text", sentence.text);
                    json.field("article_id", to_int(sentence.article_id));
                  });
  return {};
}

void write_timeline(JsonWriter& json, Members members) {
  const stories::Timeline timeline = stories::timeline_of(members);
  json.key("timeline");
  json.begin_object();
  json.field("step", timeline.step > std::chrono::hours(1) ? kDay : kHour);
  json.objects_if("steps", timeline.steps, [&](const stories::TimelineStep& step) {
    const StoryMember& head = members[step.headline];
    json.field("begin", step.begin);
    json.field("articles", step.articles);
    json.field("copies", step.copies);
    json.field("headline", head.article.title);
    json.field("article_id", to_int(head.article.id));
    json.field("publisher", head.place.publisher);
    json.field("published", head.place.published);
    json.field_if("url", head.article.url);
  });
  json.end_object();
}

void write_publishers(JsonWriter& json, Members members) {
  using std::chrono::seconds;
  std::vector<stories::StoryPublisher> publishers = stories::publishers_of(members);
  if (publishers.size() > kPublishersMax) publishers.resize(kPublishersMax);
  json.objects_if("by_publisher", publishers, [&](const stories::StoryPublisher& publisher) {
    json.field("publisher", publisher.name);
    json.field("first_at", publisher.first_at);
    json.field("behind_seconds", std::chrono::duration_cast<seconds>(publisher.behind).count());
    json.field("first_article", to_int(members[publisher.first].article.id));
    json.field("articles", publisher.articles);
    json.field("copies", publisher.copies);
    write_tones(json, publisher.tones);
  });
}

struct HeadlineChange {
  ArticleId article_id{};
  std::string publisher, before, after;
  Time at{};
};

// Of the articles that were edited, the newest.
Result<std::vector<HeadlineChange>> headline_changes(const ArticleStore& articles,
                                                     Members members) {
  std::vector<HeadlineChange> changes;
  std::size_t read = 0;
  for (std::size_t i = members.size(); i-- > 0 && read < kRevisedRead;) {
    const ArticleSummary& article = members[i].article;
    if (article.revision <= 1) continue;
    ++read;
    const auto revisions = articles.revisions(article.id);
    if (!revisions && revisions.error().kind == ErrorKind::NotFound) continue;
    if (!revisions) return revisions.error();
    std::string after = article.title;
    for (const ArticleRevision& revision : *revisions) {
      if (revision.title != after)
        changes.push_back(
            {article.id, members[i].place.publisher, revision.title, after, revision.replaced_at});
      after = revision.title;
    }
  }
  std::ranges::sort(changes, {}, &HeadlineChange::at);
  if (changes.size() > kHeadlineChangesMax)
    changes.erase(changes.begin(),
                  changes.end() - static_cast<std::ptrdiff_t>(kHeadlineChangesMax));
  return changes;
}

Result<void> write_headline_changes(JsonWriter& json, const ArticleStore& articles,
                                    Members members) {
  const auto changes = TRY(headline_changes(articles, members));
  json.objects_if("headline_changes", changes, [&](const HeadlineChange& change) {
    json.field("article_id", to_int(change.article_id));
    json.field("publisher", change.publisher);
    json.field("at", change.at);
    json.field("before", change.before);
    json.field("after", change.after);
  });
  return {};
}

// Their stories are shown: the answer changes with them.
Result<void> write_links(JsonWriter& json, const StoryStore& stories, StoryId id, Time now,
                         std::vector<CacheTag>& tags) {
  std::vector<StoryLink> links = TRY(stories.links(id));
  std::vector<StoryId> ids;
  ids.reserve(links.size());
  for (const StoryLink& link : links) {
    ids.push_back(link.story);
    tags.push_back(story_tag(link.story));
  }
  std::unordered_map<StoryId, Story> others;
  for (Story& other : TRY(stories.get_many(ids))) others.emplace(other.id, std::move(other));
  std::erase_if(links, [&](const StoryLink& link) { return !others.contains(link.story); });
  json.objects_if("links", links, [&](const StoryLink& link) {
    json.key("story");
    json.begin_object();
    write_story_fields(json, others.at(link.story), now);
    json.end_object();
    write_link_fields(json, link);
  });
  return {};
}

}  // namespace

Result<Content> story_page(const StoryRouteStores& stores, StoryId id) {
  const Story story = TRY(stores.stories.get(id));
  const std::vector<StoryMembers> found =
      TRY(stores.stories.members({&id, 1}, stories::kFactMembersMax));
  const Members members = found.front().members;
  Content content{.tags = {story_tag(id)}};
  JsonWriter json(content.body);
  json.begin_object();
  const Time now = stores.clock.now();
  write_story_fields(json, story, now);
  TRY(write_summary_of(json, stores.analyses, story, members));
  write_timeline(json, members);
  write_publishers(json, members);
  TRY(write_headline_changes(json, stores.articles, members));
  TRY(write_links(json, stores.stories, id, now, content.tags));
  json.end_object();
  content.body += '\n';
  return content;
}

}  // namespace tidings::serve
