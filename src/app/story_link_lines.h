// Stories of different languages that are linked, as lines of JSON.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "model/story.h"
#include "stories/grouping.h"
#include "stories/links.h"

namespace tidings::app {

// Follows what becomes of stories. Links change with each article of either story: the last word
// counts.
class StoryLinkLines {
 public:
  using Name = std::function<std::string_view(std::int64_t story)>;  // as JSON

  // The article is the one that joined. Gives the links that were not there before.
  std::string add(const stories::Joined& joined, const stories::LinkFacts& article,
                  const Name& name);
  std::string all(const Name& name) const;

 private:
  void forget(std::int64_t story);

  stories::StoryLinks links_;
  // By both stories, each way with the evidence as the first writes it.
  std::map<std::int64_t, std::map<std::int64_t, StoryLink>> found_;
};

}  // namespace tidings::app
