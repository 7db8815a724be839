// Stories of stored articles: made anew, and put right by a person.
#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "app/commands.h"
#include "app/files.h"
#include "app/opened.h"
#include "app/progress.h"
#include "app/stop_signals.h"
#include "app/story_settings.h"
#include "app/wiring.h"
#include "core/thread_name.h"
#include "pipeline/stories.h"

namespace tidings::app {
namespace {

using std::chrono::milliseconds;

// Takes the steps itself, or waits where a running server has taken them over.
class Rebuilding {
 public:
  Rebuilding(Opened& opened, ObjectStore& objects, pipeline::StorySettings settings)
      : stories_(opened.stores->stories()),
        consumer_(*opened.stores, objects, metrics_, opened.clock, std::move(settings)) {}

  Result<void> begin() {
    if (!TRY(stories_.state()).backfilled_to) return consumer_.begin_rebuild();
    write_error("tidings: going on with the one that was interrupted\n");
    return {};
  }

  // False when all is done.
  Result<bool> step() {
    Result<bool> stepped = consumer_.backfill_step();
    if (stepped) return stepped;
    if (stepped.error().code == pipeline::kBackfillElsewhere) {
      std::this_thread::sleep_for(milliseconds(200));
    } else if (stepped.error().kind != ErrorKind::Conflict) {
      return stepped;
    }
    return TRY(stories_.state()).backfilled_to.has_value();
  }

  Result<std::int64_t> left() const {
    const auto at = TRY(stories_.state()).backfilled_to;
    return at ? stories_.count_analyzed(*at) : std::int64_t{0};
  }

  Result<void> checkpoint() { return consumer_.checkpoint(); }

 private:
  Metrics metrics_;
  StoryStore& stories_;
  pipeline::StoriesConsumer consumer_;
};

Result<void> rebuild(const Arguments& arguments) {
  constexpr milliseconds kLooksEvery{500};
  const StopSignals signals;
  const auto opened = TRY(open(arguments, Installation::MustExist));
  const auto objects = TRY(open_objects(opened->settings));
  name_batch_thread("rebuild");
  Rebuilding work(*opened, *objects, TRY(story_settings(opened->settings)));
  TRY(work.begin());
  const std::int64_t total = TRY(opened->stores->stories().count_analyzed(ArticleId{}));
  Progress progress(total);
  auto looked_at = std::chrono::steady_clock::now();
  while (!signals.wait_for(milliseconds(0))) {
    if (!TRY(work.step())) {
      progress.end();
      TRY(work.checkpoint());
      return write_output(fmt::format("{{\"grouped\":{}}}\n", total));
    }
    if (std::chrono::steady_clock::now() < looked_at + kLooksEvery) continue;
    progress.tell(total - TRY(work.left()));
    looked_at = std::chrono::steady_clock::now();
  }
  progress.end();
  return Error{ErrorKind::Unavailable,
               fmt::format("stopped: {} articles are left; a server goes on with them, or "
                           "`tidings stories rebuild`",
                           with_commas(TRY(work.left()))),
               {}};
}

Result<StoryId> story_named(const std::string& name) {
  const auto id = parse_id<StoryId>(name);
  if (!id) return usage_error(fmt::format("'{}' is no number of a story", name));
  return *id;
}

Result<std::vector<ArticleId>> articles_named(std::span<const std::string> names) {
  std::vector<ArticleId> ids;
  for (const std::string& name : names) {
    const auto id = parse_id<ArticleId>(name);
    if (!id) return usage_error(fmt::format("'{}' is no number of an article", name));
    ids.push_back(*id);
  }
  return ids;
}

Result<StoryCorrection> correction_named(std::span<const std::string> words) {
  if (words.size() < 3)
    return usage_error("say merge, split or remove, a story, and what to do with it");
  StoryCorrection correction{.story = TRY(story_named(words[1]))};
  if (words[0] == "merge") {
    if (words.size() != 3) return usage_error("merge takes two stories");
    correction.other = TRY(story_named(words[2]));
    if (correction.other == correction.story) return usage_error("merge takes two stories");
    return correction;
  }
  if (words[0] != "split" && words[0] != "remove")
    return usage_error(fmt::format("'{}' is neither merge, split nor remove", words[0]));
  correction.kind = words[0] == "split" ? StoryCorrectionKind::Split : StoryCorrectionKind::Remove;
  correction.articles = TRY(articles_named(words.subspan(2)));
  return correction;
}

// What is named has to be there: a misspelled number must not wait in the log for ever.
Result<void> check(const StoryStore& stories, const StoryCorrection& correction) {
  TRY(stories.get(correction.story));
  if (correction.kind == StoryCorrectionKind::Merge) TRY(stories.get(correction.other));
  for (const ArticleId id : correction.articles) {
    const auto placement = TRY(stories.placements({&id, 1}));
    if (placement.empty() || placement.front().place.story_id != correction.story) {
      return not_found(
          fmt::format("article {} is not in story {}", to_int(id), to_int(correction.story)));
    }
  }
  return {};
}

Result<void> edit(const Arguments& arguments) {
  const StoryCorrection correction = TRY(correction_named(arguments.words));
  const auto opened = TRY(open(arguments, Installation::MustExist));
  StoryStore& stories = opened->stores->stories();
  TRY(check(stories, correction));
  const StoryCorrectionId id = TRY(stories.correct(correction));
  return write_output(fmt::format("{{\"correction\":{},\"kind\":\"{}\",\"story\":{}}}\n",
                                  to_int(id), to_string(correction.kind),
                                  to_int(correction.story)));
}

}  // namespace

int run_stories_rebuild(const Arguments& arguments) {
  return report(rebuild(arguments));
}
int run_stories_edit(const Arguments& arguments) {
  return report(edit(arguments));
}

}  // namespace tidings::app
