// What follows from events in a running server, and what goes with time.
#pragma once

#include <thread>
#include <vector>

#include "app/runtime.h"
#include "app/settings.h"
#include "pipeline/analysis.h"
#include "pipeline/analyzer_failures.h"
#include "pipeline/batch_workers.h"
#include "pipeline/consumer.h"
#include "pipeline/hourly_counts.h"
#include "pipeline/retention.h"
#include "pipeline/standing.h"
#include "pipeline/stories.h"
#include "pipeline/topic_learning.h"
#include "pipeline/trends.h"

namespace tidings::app {

class Processing {
 public:
  Processing(const Settings& settings, pipeline::StorySettings stories, const Runtime& runtime);
  ~Processing();

  // On threads of its own, which its end stops and joins.
  void start();

 private:
  void count(const std::stop_token& stop);
  void follow_stories(const std::stop_token& stop);
  void follow_trends(const std::stop_token& stop);

  Signal& appended_;
  pipeline::HourlyCounts counts_;
  pipeline::BatchWorkers analysts_;
  pipeline::AnalyzerFailures failures_;
  pipeline::LearnedTopicTable learned_topics_;
  pipeline::AnalyzeConsumer analysis_;
  const stories::PublisherFamilies families_;
  pipeline::StoriesConsumer stories_;
  pipeline::StandingConsumer standing_;
  pipeline::TrendsConsumer trends_;
  pipeline::ConsumerRunner counting_, analyzing_, grouping_, matching_, trending_;
  pipeline::Retention retention_;
  const bool learns_topics_;
  pipeline::TopicLearning learning_;
  std::vector<std::jthread> threads_;  // last: they use all of the above
};

}  // namespace tidings::app
