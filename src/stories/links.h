// Which stories in different languages tell of one event.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/byte_stream.h"
#include "core/result.h"
#include "core/time.h"
#include "model/story.h"
#include "stories/link_facts.h"
#include "stories/postings.h"
#include "stories/stream_clock.h"

namespace tidings::stories {

struct LinkLimits {
  std::size_t stories_max = 20'000;          // that can be linked, the newest; 1 kB each
  Duration idle_max = std::chrono::days(2);  // a story that nothing was said of for so long is not
};

// Facts of stories by what they share. A fact weighs the less the more stories have it (inverse
// document frequency); a fact counts for a story when a quarter of its articles have it. Of two
// stories in different languages, told within 36 hours of each other, the weights of the facts that
// both have are summed; numbers of which none agrees, and topics of which none agrees, take off
// from that. From kLinkMin on two stories are linked: the score is sum / (sum + kLinkMin).
//
// What it answers depends on what was added alone. Bounded; for one thread.
class StoryLinks {
 public:
  static constexpr double kLinkMin = 2.7;
  static constexpr std::size_t kFactsMax = 24;  // of a story, those that most of its articles have

  explicit StoryLinks(const LinkLimits& limits = {}) : limits_(limits) {}

  // An article has joined the story (or opened it). Gives the story's links as they are now: in
  // each other language the one story, if any, that is linked to it best.
  std::vector<StoryLink> add(std::int64_t story, const LinkFacts& article);

  // The links of a story as they are now; none where it is not known.
  std::vector<StoryLink> links(std::int64_t story) const;

  // A story has become part of another.
  void merge(std::int64_t gone, std::int64_t into);
  // A story has ended, or lost articles: what is added again is what it has then.
  void forget(std::int64_t story);

  // All that it knows: what is restored from it answers as this would, under the same limits.
  // Corrupt when the bytes are not of `save`.
  void save(ByteWriter& out) const;
  static Result<StoryLinks> restore(ByteReader& in, const LinkLimits& limits = {});

  std::size_t size() const { return slots_.size(); }

 private:
  using Slot = std::uint32_t;
  // A fact of a story, and how many of its articles have it.
  struct Told {
    LinkFact fact;
    std::uint32_t articles = 0;
  };
  // The same in little room.
  struct Fact {
    std::uint32_t key = 0;
    std::uint32_t articles = 0;
    float weight = 0;
    std::uint16_t text_begin = 0;  // in the story's texts
    std::uint8_t text_size = 0;
    FactKind kind = FactKind::Name;
  };
  struct Story {
    std::int64_t key = 0;
    std::string language;
    Time first{}, last{};
    std::uint32_t articles = 0;                          // 0: the slot is free
    std::vector<Fact> facts;                             // by key
    std::string texts;                                   // of the facts
    std::vector<std::pair<std::string, double>> topics;  // by code; sums
  };

  Slot slot_of(std::int64_t key);
  void add_facts(Slot slot, std::vector<Told> facts);
  void set_facts(Slot slot, std::span<const Told> facts);
  static std::string_view text_of(const Story& story, const Fact& fact);
  static std::vector<Told> told(const Story& story);
  static void add_topics(Story& story, std::span<const std::pair<std::string, double>> topics);
  void free(Slot slot);
  void end_idle();
  double rarity(std::uint32_t fact) const;
  std::vector<Slot> candidates(const Story& story) const;
  StoryLink compare(const Story& story, const Story& other) const;
  std::vector<LinkEvidence> shared(const Story& story, const Story& other) const;
  static double numbers_of(const Story& story);
  void save(const Story& story, ByteWriter& out) const;
  Result<void> restore_story(ByteReader& in);

  LinkLimits limits_;
  std::vector<Story> stories_;
  std::vector<Slot> free_;
  std::unordered_map<std::int64_t, Slot> slots_;
  Postings having_;  // by fact: the stories; their weights say nothing
  StreamClock clock_;
  std::uint64_t added_ = 0;
};

}  // namespace tidings::stories
