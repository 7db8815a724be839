#include "pipeline/topic_learning.h"

#include <algorithm>
#include <utility>

#include "core/log.h"
#include "core/signal.h"
#include "core/thread_name.h"
#include "core/utf8.h"

namespace tidings::pipeline {
namespace {

constexpr std::size_t kPageArticles = 500;

// The bytes and the table that is read in them.
struct Kept {
  std::string bytes;
  analyze::TopicTable table;
};

void add(const ArticleSummary& article, analyze::TopicLearner& learner) {
  const std::string text = repaired_utf8(article.title + "\n" + article.summary);
  const std::size_t title_end = std::min(text.find('\n'), text.size());
  const std::string language = article.language.substr(0, article.language.find('-'));
  const std::string known = language.empty() ? "und" : language;
  learner.add({.segments = text::segment(text, known, title_end),
               .title_end = static_cast<std::uint32_t>(title_end),
               .language = known},
              article.categories);
}

// Sooner when `stop` is requested.
void wait(const std::stop_token& stop, std::chrono::nanoseconds time) {
  Signal stopped;
  const std::stop_callback wake(stop, [&stopped] { stopped.notify(); });
  stopped.wait_past(0, time);
}

}  // namespace

std::shared_ptr<const analyze::TopicTable> LearnedTopicTable::get() const {
  MutexLock lock(mutex_);
  return table_;
}

Result<void> LearnedTopicTable::set(std::string bytes) {
  const auto kept = std::make_shared<Kept>(Kept{std::move(bytes), {}});
  kept->table = TRY(analyze::TopicTable::open(kept->bytes));
  if (!kept->table.has_topics_of(analyze::TopicTable::shipped()))
    return corrupt("learned by another version of this program: it will be learned anew");
  MutexLock lock(mutex_);
  table_ = std::shared_ptr<const analyze::TopicTable>(kept, &kept->table);
  return {};
}

Result<void> LearnedTopicTable::load(const ObjectStore& objects) {
  Result<std::string> bytes = objects.get(kLearnedTopicsKey);
  if (!bytes && bytes.error().kind == ErrorKind::NotFound) return {};
  return with_context(set(TRY(std::move(bytes))), std::string(kLearnedTopicsKey));
}

Result<analyze::LearnedTopics> learn_topics(const ArticleStore& articles,
                                            std::chrono::milliseconds pause,
                                            const std::stop_token& stop) {
  analyze::TopicLearner learner;
  ArticleQuery query{.limit = kPageArticles};
  while (!stop.stop_requested() && !learner.is_full()) {
    const ArticlePage page = TRY(articles.find(query));
    for (const ArticleSummary& article : page.articles) add(article, learner);
    if (!page.next) break;
    query.after = page.next;
    if (pause > pause.zero()) wait(stop, pause);
  }
  return learner.learn();
}

Result<analyze::LearnedTopics> TopicLearning::learn_and_keep(const std::stop_token& stop) {
  analyze::LearnedTopics learned = TRY(learn_topics(articles_, settings_.pause, stop));
  if (stop.stop_requested() || learned.terms.empty()) return learned;
  const Object object{.key = std::string(kLearnedTopicsKey), .bytes = learned.table};
  TRY(objects_.put({&object, 1}));
  log::info("topics.learned",
            {{"terms", learned.terms.size()}, {"tagged_articles", learned.tagged_articles}});
  TRY(table_.set(learned.table));
  return learned;
}

void TopicLearning::run(const std::stop_token& stop) {
  name_batch_thread("topic_learning");
  if (const Result<void> loaded = table_.load(objects_); !loaded)
    log::warn("learned_topics.unreadable", {{"reason", loaded.error().message}});
  wait(stop, settings_.first_after);
  while (!stop.stop_requested()) {
    if (const auto learned = learn_and_keep(stop); !learned)
      log::warn("topic_learning.failed", {{"reason", learned.error().message}});
    wait(stop, settings_.interval);
  }
}

}  // namespace tidings::pipeline
