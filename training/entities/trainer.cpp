#include "entities/trainer.h"

#include "core/check.h"
#include "entities/field.h"
#include "entities/field_model.h"

namespace tidings::training {
namespace {

using analyze::EntityRun;
using analyze::EntityText;
using analyze::FeatureList;

// An example as the tagger sees it.
struct Prepared {
  EntityText text;
  std::vector<Sequence> runs;
};

std::vector<std::uint8_t> tags_of(const Example& example, const EntityText& text,
                                  const EntityRun& run) {
  std::vector<std::uint8_t> tags;
  const analyze::NamedSpan* open = nullptr;
  for (std::uint32_t at = run.begin; at < run.end; ++at) {
    const analyze::EntityToken& token = text.tokens[at];
    const analyze::NamedSpan* inside = nullptr;
    for (const analyze::NamedSpan& name : example.names)
      if (token.begin >= name.span.begin && token.end <= name.span.end) inside = &name;
    const bool goes_on = inside != nullptr && inside == open;
    tags.push_back(inside == nullptr ? std::uint8_t{0}
                   : goes_on         ? analyze::inside_tag(inside->entity_class)
                                     : analyze::begin_tag(inside->entity_class));
    open = inside;
  }
  return tags;
}

Prepared prepare(const Example& example, analyze::EntityLexicon lexicon) {
  const text::Segments segments =
      text::segment(example.text, analyze::code_of(example.language), example.title_end);
  Prepared prepared{.text = analyze::cut_entity_text(segments, example.language, lexicon)};
  FeatureList features;
  for (const EntityRun& run : prepared.text.runs) {
    Sequence& sequence = prepared.runs.emplace_back();
    sequence.tags = tags_of(example, prepared.text, run);
    for (std::uint32_t at = run.begin; at < run.end; ++at) {
      features.clear();
      add_features(prepared.text, run, at, features);
      sequence.features.emplace_back(features.values().begin(), features.values().end());
    }
  }
  return prepared;
}

std::vector<Sequence> first_sequences(const std::vector<Prepared>& all, std::size_t left_out,
                                      std::size_t parts) {
  std::vector<Sequence> sequences;
  for (std::size_t index = 0; index < all.size(); ++index)
    if (index % parts != left_out)
      sequences.insert(sequences.end(), all[index].runs.begin(), all[index].runs.end());
  return sequences;
}

// The example's runs with what a first pass says of the document's names.
std::vector<Sequence> second_sequences(const Prepared& prepared,
                                       const analyze::EntityTagger& tagger) {
  const std::vector<analyze::TaggedName> names = tagger.tag_once(prepared.text);
  analyze::NameVotes votes(prepared.text.seen_lower.size());
  votes.add(prepared.text, names);
  std::vector<Sequence> sequences = prepared.runs;
  FeatureList features;
  for (std::size_t index = 0; index < sequences.size(); ++index) {
    const EntityRun& run = prepared.text.runs[index];
    for (std::uint32_t at = run.begin; at < run.end; ++at) {
      features.clear();
      votes.add_features(prepared.text, run, at, features);
      auto& own = sequences[index].features[at - run.begin];
      own.insert(own.end(), features.values().begin(), features.values().end());
    }
  }
  return sequences;
}

}  // namespace

std::string train_model(const std::vector<Example>& examples, std::size_t parts,
                        std::string_view lexicon) {
  const FieldSettings settings;
  std::vector<Prepared> prepared;
  for (const Example& example : examples)
    prepared.push_back(prepare(example, analyze::EntityLexicon(lexicon)));
  std::vector<Sequence> second;
  for (std::size_t part = 0; part < parts; ++part) {
    const std::string model =
        write_model(train_field(first_sequences(prepared, part, parts), settings), {}, {});
    const auto tagger = analyze::EntityTagger::open(model);
    CHECK(tagger.has_value());
    for (std::size_t index = part; index < prepared.size(); index += parts) {
      std::vector<Sequence> of_example = second_sequences(prepared[index], *tagger);
      std::move(of_example.begin(), of_example.end(), std::back_inserter(second));
    }
  }
  const Field first = train_field(first_sequences(prepared, parts, parts), settings);
  return write_model(first, train_field(second, settings), lexicon);
}

}  // namespace tidings::training
