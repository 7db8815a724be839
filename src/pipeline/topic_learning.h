// Keeps what an installation learns of its own feeds' tags: learned in the background, kept in the
// object store, used by whoever analyzes.
#pragma once

#include <chrono>
#include <memory>
#include <stop_token>
#include <string>

#include "analyze/topic_learner.h"
#include "core/mutex.h"
#include "core/result.h"
#include "ports/article_store.h"
#include "ports/object_store.h"

namespace tidings::pipeline {

inline constexpr std::string_view kLearnedTopicsKey = "models/learned_topics.bin";

// The table in use. Safe to call from many threads.
class LearnedTopicTable {
 public:
  // Shared, since it may be replaced while articles are analyzed by it. Null: nothing was learned.
  std::shared_ptr<const analyze::TopicTable> get() const EXCLUDES(mutex_);

  // Corrupt where `bytes` are no table, or one of other topics than the program's: the one before
  // stays.
  Result<void> set(std::string bytes) EXCLUDES(mutex_);

  // What the object store has; success where it has none.
  Result<void> load(const ObjectStore& objects) EXCLUDES(mutex_);

 private:
  mutable Mutex mutex_;
  std::shared_ptr<const analyze::TopicTable> table_ GUARDED_BY(mutex_);
};

// Learns from titles and summaries of the newest articles, kArticlesMax of them at most. Reads
// page by page, with a pause after each. Stops early, with what it read, when `stop` is requested.
Result<analyze::LearnedTopics> learn_topics(const ArticleStore& articles,
                                            std::chrono::milliseconds pause = {},
                                            const std::stop_token& stop = {});

struct TopicLearningSettings {
  std::chrono::seconds first_after{120};  // a start has better to do
  std::chrono::minutes interval{30};
  std::chrono::milliseconds pause{20};  // after each page of articles
};

// One thread.
class TopicLearning {
 public:
  TopicLearning(const ArticleStore& articles, ObjectStore& objects, LearnedTopicTable& table,
                TopicLearningSettings settings = {})
      : articles_(articles), objects_(objects), table_(table), settings_(settings) {}

  // Learns anew, stores it and puts it to use. Where there is too little to learn from, or `stop`
  // is requested, what was learned before stays.
  Result<analyze::LearnedTopics> learn_and_keep(const std::stop_token& stop);

  void run(const std::stop_token& stop);

 private:
  const ArticleStore& articles_;
  ObjectStore& objects_;
  LearnedTopicTable& table_;
  const TopicLearningSettings settings_;
};

}  // namespace tidings::pipeline
