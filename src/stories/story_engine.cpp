#include "stories/story_engine.h"

#include <algorithm>

#include "core/byte_stream.h"
#include "core/compression.h"
#include "core/packed_stream.h"

namespace tidings::stories {
namespace {

constexpr int kZstdLevel = 3;
constexpr std::size_t kInputsBytesMax = 256'000'000;
constexpr std::string_view kName = "TIDSTO03";  // of a journal and of a checkpoint

void write(ByteWriter& out, const StoryInput& input) {
  out.add(input.key);
  out.add(to_micros(input.published));
  out.add(std::string_view(input.language));
  out.add(std::string_view(pack(input.sketch)));
  out.add(static_cast<std::uint32_t>(input.terms.size()));
  // Amounts are few, terms are chance: apart they are smaller.
  for (const TermAmount& term : input.terms) out.add(term.term);
  for (const TermAmount& term : input.terms) out.add(term.amount);
  out.add(static_cast<std::uint32_t>(input.facts.size()));
  for (const LinkFact& fact : input.facts) save(fact, out);
  out.add(static_cast<std::uint32_t>(input.topics.size()));
  for (const TopicScore& topic : input.topics) {
    out.add(std::string_view(topic.code));
    out.add(topic.score);
  }
}

Result<StoryInput> read_input(ByteReader& in) {
  StoryInput input;
  input.key = TRY(in.number<std::int64_t>());
  input.published = from_micros(TRY(in.number<std::int64_t>()));
  input.language = TRY(in.text());
  input.sketch = TRY(unpack(TRY(in.text())));
  const auto terms = TRY(in.number<std::uint32_t>());
  if (terms > in.left()) return corrupt("what was kept of stories ends early");
  input.terms.resize(terms);
  for (TermAmount& term : input.terms) term.term = TRY(in.number<std::uint32_t>());
  for (TermAmount& term : input.terms) term.amount = TRY(in.number<float>());
  const auto facts = TRY(in.number<std::uint32_t>());
  for (std::uint32_t i = 0; i < facts; ++i) input.facts.push_back(TRY(restore_fact(in)));
  const auto topics = TRY(in.number<std::uint32_t>());
  for (std::uint32_t i = 0; i < topics; ++i) {
    TopicScore topic{.code = TRY(in.text())};
    topic.score = TRY(in.number<double>());
    input.topics.push_back(std::move(topic));
  }
  return input;
}

void write(ByteWriter& out, const CorrectionInput& correction) {
  out.add(correction.story);
  out.add(correction.other);
  out.add(static_cast<std::uint32_t>(correction.leaving.size()));
  for (const StoryInput& input : correction.leaving) write(out, input);
}

Result<CorrectionInput> read_correction(ByteReader& in) {
  CorrectionInput correction;
  correction.story = TRY(in.number<std::int64_t>());
  correction.other = TRY(in.number<std::int64_t>());
  const auto leaving = TRY(in.number<std::uint32_t>());
  for (std::uint32_t i = 0; i < leaving; ++i) correction.leaving.push_back(TRY(read_input(in)));
  return correction;
}

Grouped grouped(const StoryInput& input) {
  return {.key = input.key,
          .published = input.published,
          .language = input.language,
          .terms = input.terms};
}

}  // namespace

std::string encode_journal(std::span<const JournalEntry> entries) {
  if (entries.empty()) return {};
  ByteWriter out;
  out.add(kName);
  out.add(static_cast<std::uint32_t>(entries.size()));
  for (const JournalEntry& entry : entries) {
    out.add(static_cast<std::uint8_t>(entry.index()));
    std::visit([&](const auto& one) { write(out, one); }, entry);
  }
  return compress(out.take(), Compression::Zstd, kZstdLevel);
}

Result<std::vector<JournalEntry>> decode_journal(std::string_view bytes) {
  std::vector<JournalEntry> entries;
  if (bytes.empty()) return entries;
  const std::string plain = TRY(decompress(bytes, Compression::Zstd, kInputsBytesMax));
  ByteReader in(plain);
  if (TRY(in.text()) != kName) return corrupt("this is no journal of stories");
  const auto count = TRY(in.number<std::uint32_t>());
  for (std::uint32_t i = 0; i < count; ++i) {
    if (TRY(in.number<std::uint8_t>()) == 0) {
      entries.emplace_back(TRY(read_input(in)));
    } else {
      entries.emplace_back(TRY(read_correction(in)));
    }
  }
  TRY(in.expect_end());
  return entries;
}

StoryEngine::StoryEngine() : grouping_(TermCounts::shipped()) {}

StoryEngine::Outcome StoryEngine::add(const StoryInput& input) {
  Outcome outcome{.joined = grouping_.add(grouped(input)),
                  .copy = duplicates_.add(input.key, input.published, input.sketch)};
  outcome.story = outcome.joined.story;
  for (const std::int64_t gone : outcome.joined.merged) links_.merge(gone, outcome.story);
  for (const Split& split : outcome.joined.splits) {
    forget_links(outcome.joined.story, split.story);
    if (std::ranges::find(split.articles, input.key) != split.articles.end())
      outcome.story = split.story;
  }
  outcome.links = links_.add(outcome.story, {.language = input.language,
                                             .published = input.published,
                                             .facts = input.facts,
                                             .topics = input.topics});
  return outcome;
}

// Which facts left with the others is not known.
void StoryEngine::forget_links(std::int64_t story, std::int64_t other) {
  links_.forget(story);
  links_.forget(other);
}

Result<std::int64_t> StoryEngine::correct(const CorrectionInput& correction) {
  if (correction.leaving.empty()) {
    const std::int64_t stays = TRY(grouping_.merge(correction.story, correction.other));
    links_.merge(stays == correction.story ? correction.other : correction.story, stays);
    return stays;
  }
  std::vector<Grouped> leaving;
  leaving.reserve(correction.leaving.size());
  for (const StoryInput& input : correction.leaving) leaving.push_back(grouped(input));
  const std::int64_t split = TRY(grouping_.split(correction.story, leaving)).story;
  forget_links(correction.story, split);
  return split;
}

void StoryEngine::replay(const JournalEntry& entry) {
  if (const auto* input = std::get_if<StoryInput>(&entry)) {
    add(*input);
  } else {
    static_cast<void>(correct(std::get<CorrectionInput>(entry)));
  }
}

std::string StoryEngine::save() const {
  return pack_stream(kName, [&](ByteWriter& out) {
    duplicates_.save(out);
    grouping_.save(out);
    links_.save(out);
  });
}

Result<StoryEngine> StoryEngine::restore(std::string_view bytes) {
  return unpack_stream(bytes, kName, [](ByteReader& in) -> Result<StoryEngine> {
    DuplicateIndex duplicates = TRY(DuplicateIndex::restore(in));
    Grouping grouping = TRY(Grouping::restore(in));
    StoryLinks links = TRY(StoryLinks::restore(in));
    return StoryEngine(std::move(duplicates), std::move(grouping), std::move(links));
  });
}

}  // namespace tidings::stories
