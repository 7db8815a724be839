#include "analyze/entities.h"

#include <algorithm>
#include <string>

#include "analyze/entity_join.h"
#include "analyze/entity_key.h"
#include "analyze/evidence.h"

namespace tidings::analyze {
namespace {

constexpr double kTitleWeight = 3;
constexpr double kHalvingSentences = 8;  // a mention so many sentences into the text weighs half
constexpr double kDoubt = 1;  // keeps the only name of a short text from being all that it is about
constexpr std::size_t kAliasesMax = 20;

// Of mentions in the text's order.
class Weigher {
 public:
  explicit Weigher(const Document& document) : document_(document) {}

  double weight(const Mention& mention) {
    if (mention.span.end <= document_.title_end) return kTitleWeight;
    const auto sentences = document_.segments.sentences();
    while (sentence_ + 1 < sentences.size() && sentences[sentence_ + 1].begin <= mention.span.begin)
      ++sentence_;
    return kHalvingSentences / (kHalvingSentences + static_cast<double>(sentence_));
  }

 private:
  const Document& document_;
  std::size_t sentence_ = 0;
};

// Words and what they are worth to a reader: more words say more, and capitals throughout say less.
std::size_t fullness(std::string_view written) {
  const bool has_lower =
      std::any_of(written.begin(), written.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  return 2 * static_cast<std::size_t>(std::count(written.begin(), written.end(), ' ')) +
         (has_lower ? 1 : 0);
}

void name(Entity& entity, std::string_view text) {
  std::vector<std::string_view> spellings;
  for (const TextSpan& span : entity.offsets) {
    const std::string_view written = text.substr(span.begin, span.end - span.begin);
    if (spellings.size() <= kAliasesMax &&
        std::find(spellings.begin(), spellings.end(), written) == spellings.end())
      spellings.push_back(written);
  }
  auto fullest = std::max_element(
      spellings.begin(), spellings.end(),
      [](std::string_view a, std::string_view b) { return fullness(a) < fullness(b); });
  // Of "Deutschlands" and "Deutschland" the name is the one without the ending.
  if (const auto owner =
          std::find(spellings.begin(), spellings.end(), fullest->substr(0, fullest->size() - 1));
      owner != spellings.end() && fullest->ends_with('s'))
    fullest = owner;
  entity.text = *fullest;
  for (auto spelling = spellings.begin(); spelling != spellings.end(); ++spelling)
    if (spelling != fullest) entity.aliases.emplace_back(*spelling);
}

}  // namespace

std::vector<Entity> entities(const Document& document) {
  return entities(document, entity_mentions(document));
}

std::vector<Entity> entities(const Document& document, std::span<const Mention> mentions,
                             Explain explain) {
  const std::string_view text = document.segments.text();
  std::vector<double> weights;
  double total = kDoubt;
  Weigher weigher(document);
  for (const Mention& mention : mentions) total += weights.emplace_back(weigher.weight(mention));

  std::vector<Entity> found;
  for (const MentionGroup& group : join_mentions(text, document.language, mentions)) {
    Entity& entity = found.emplace_back();
    entity.id = entity_id(group.type, group.key);
    entity.type = group.type;
    entity.count = static_cast<std::int32_t>(group.mentions.size());
    std::vector<Evidence> spelled;
    for (const std::uint32_t mention : group.mentions) {
      const TextSpan span = mentions[mention].span;
      entity.offsets.push_back(span);
      entity.salience += weights[mention] / total;
      if (explain == Explain::Yes)
        spelled.push_back({.text = std::string(text.substr(span.begin, span.end - span.begin)),
                           .weight = weights[mention] / total});
    }
    entity.evidence = strongest(spelled);
    name(entity, text);
  }
  std::sort(found.begin(), found.end(), [](const Entity& a, const Entity& b) {
    if (a.salience != b.salience) return a.salience > b.salience;
    return a.offsets.front().begin < b.offsets.front().begin;
  });
  if (found.size() > kEntitiesMax) found.resize(kEntitiesMax);
  return found;
}

}  // namespace tidings::analyze
