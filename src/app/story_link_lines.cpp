#include "app/story_link_lines.h"

#include <utility>
#include <vector>

#include "core/json_writer.h"
#include "ports/story_store.h"
#include "serve/story_json.h"

namespace tidings::app {
namespace {

std::string line_of(std::string_view story, std::string_view linked, const StoryLink& link) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.key("story");
  json.raw(story);
  json.key("linked");
  json.raw(linked);
  serve::write_link_fields(json, link);
  json.end_object();
  return out + '\n';
}

}  // namespace

std::string StoryLinkLines::add(const stories::Joined& joined, const stories::LinkFacts& article,
                                const Name& name) {
  for (const std::int64_t gone : joined.merged) {
    links_.merge(gone, joined.story);
    forget(gone);
  }
  const std::vector<StoryLink> links = links_.add(joined.story, article);
  const auto before = found_[joined.story];
  forget(joined.story);
  if (!joined.splits.empty()) {
    links_.forget(joined.story);  // which facts left with the others is not known
    return {};
  }
  std::string out;
  for (const StoryLink& link : links) {
    const std::int64_t linked = to_int(link.story);
    StoryLink back = turned_round(link, StoryId(joined.story));
    const bool is_older = joined.story < linked;
    if (!before.contains(linked)) {
      out += is_older ? line_of(name(joined.story), name(linked), link)
                      : line_of(name(linked), name(joined.story), back);
    }
    found_[joined.story][linked] = link;
    found_[linked][joined.story] = std::move(back);
  }
  return out;
}

void StoryLinkLines::forget(std::int64_t story) {
  for (const auto& [other, link] : found_[story]) found_[other].erase(story);
  found_.erase(story);
}

std::string StoryLinkLines::all(const Name& name) const {
  std::string out;
  for (const auto& [story, links] : found_) {
    for (const auto& [other, link] : links) {
      if (story < other) out += line_of(name(story), name(other), link);
    }
  }
  return out;
}

}  // namespace tidings::app
