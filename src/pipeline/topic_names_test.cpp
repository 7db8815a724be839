// The topics that queries can name are those that articles are given.
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "analyze/topic_table.h"
#include "query/topic_names.h"

namespace tidings::pipeline {
namespace {

TEST(TopicNames, AreThoseOfTheAnalysis) {
  const auto code_of = [](const analyze::TableTopic& topic) {
    return fmt::format("medtop:{:08}", topic.code);
  };
  const auto topics = analyze::TopicTable::shipped().topics();
  ASSERT_FALSE(topics.empty());
  for (const analyze::TableTopic& topic : topics) {
    EXPECT_EQ(query::TopicNames::shipped().code_of(topic.label), code_of(topic)) << topic.label;
    std::vector<std::string> chain = {code_of(topic)};
    if (&topics[topic.parent] != &topic) chain.push_back(code_of(topics[topic.parent]));
    EXPECT_EQ(query::TopicNames::shipped().with_those_above(code_of(topic)), chain);
  }
}

}  // namespace
}  // namespace tidings::pipeline
