// Measures the finder of names by folds of documents: tidings_cross_validate_entities DATA_FOLDER
// [FOLDS]. Prints one line of JSON: exact spans and types as CoNLL counts them (products, events
// and others are MISC), of wikigold as natural text and with spaces between all tokens, and of our
// own sentences in each other language.
#include <cstdio>
#include <cstdlib>
#include <map>

#include "core/check.h"
#include "entities/lexicon.h"
#include "entities/trainer.h"

namespace {

using namespace tidings::training;
using tidings::analyze::EntityClass;
using tidings::analyze::EntityTagger;
using tidings::analyze::NamedSpan;

constexpr std::size_t kParts = 4;
constexpr std::uint32_t kHeadlineOneIn = 6;

struct Counts {
  std::size_t gold = 0, found = 0, right = 0;

  double f1() const {
    return gold + found == 0 ? 0
                             : 2.0 * static_cast<double>(right) / static_cast<double>(gold + found);
  }
};

const char* label_of(EntityClass entity_class) {
  if (entity_class == EntityClass::Person) return "PER";
  if (entity_class == EntityClass::Organization) return "ORG";
  return entity_class == EntityClass::Place ? "LOC" : "MISC";
}

using Scores = std::map<std::string, Counts>;

void score(const EntityTagger& tagger, const Example& example, Scores& scores, bool shows) {
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::string> gold;
  for (const NamedSpan& name : example.names)
    gold[{name.span.begin, name.span.end}] = label_of(name.entity_class);
  for (const auto& [span, label] : gold) ++scores[label].gold, ++scores["all"].gold;
  for (const NamedSpan& name : tagger.spans(
           tidings::text::segment(example.text, tidings::analyze::code_of(example.language),
                                  example.title_end),
           example.language)) {
    const std::string label = label_of(name.entity_class);
    ++scores[label].found, ++scores["all"].found;
    const auto known = gold.find({name.span.begin, name.span.end});
    const bool is_right = known != gold.end() && known->second == label;
    if (is_right) ++scores[label].right, ++scores["all"].right;
    const std::string text = example.text.substr(name.span.begin, name.span.end - name.span.begin);
    if (shows && !is_right)
      std::fprintf(stderr, "+%s %s (%s)\n", label.c_str(), text.c_str(),
                   known == gold.end() ? "-" : known->second.c_str());
    if (known != gold.end()) gold.erase(known);
  }
  if (!shows) return;
  for (const auto& [span, label] : gold)
    std::fprintf(stderr, "-%s %s\n", label.c_str(),
                 example.text.substr(span.first, span.second - span.first).c_str());
}

std::string json(const Scores& scores) {
  std::string out;
  for (const auto& [label, counts] : scores) {
    std::array<char, 160> line;
    std::snprintf(line.data(), line.size(),
                  "%s\"%s\":{\"f1\":%.4f,\"precision\":%.4f,\"recall\":%.4f,\"names\":%zu}",
                  out.empty() ? "" : ",", label.c_str(), counts.f1(),
                  static_cast<double>(counts.right) /
                      static_cast<double>(std::max<std::size_t>(counts.found, 1)),
                  static_cast<double>(counts.right) /
                      static_cast<double>(std::max<std::size_t>(counts.gold, 1)),
                  counts.gold);
    out += line.data();
  }
  return "{" + out + "}";
}

bool is_english(const Example& example) {
  return example.language == tidings::analyze::EntityLanguage::English;
}

struct Data {
  std::vector<Example> natural, tokenized, own;  // own: all languages'
};

// What the fold is not measured on. Our own English sentences are never measured on.
std::vector<Example> examples_without(const Data& data, std::size_t fold, std::size_t folds) {
  std::vector<Example> examples;
  for (std::size_t index = 0; index < data.natural.size(); ++index)
    if (index % folds != fold) examples.push_back(data.natural[index]);
  for (std::size_t index = 0; index < data.own.size(); ++index)
    if (is_english(data.own[index]) || index % folds != fold) examples.push_back(data.own[index]);
  const std::vector<Example> headlines = as_headlines(examples, kHeadlineOneIn);
  examples.insert(examples.end(), headlines.begin(), headlines.end());
  return examples;
}

tidings::Result<std::string> measured(const std::filesystem::path& folder, std::size_t folds) {
  const std::filesystem::path file = folder / "entities" / "wikigold.conll.txt";
  const Data data = {.natural = TRY(read_conll(file, Spacing::Natural)),
                     .tokenized = TRY(read_conll(file, Spacing::Tokenized)),
                     .own = TRY(read_brackets(TIDINGS_ENTITY_EXAMPLES))};
  const std::string lexicon = TRY(read_lexicon(TIDINGS_TESSERACT));
  std::map<std::string, Scores> scores;
  const bool shows = std::getenv("TIDINGS_SHOW_MISTAKES") != nullptr;
  for (std::size_t fold = 0; fold < folds; ++fold) {
    const std::string model = train_model(examples_without(data, fold, folds), kParts, lexicon);
    const auto tagger = EntityTagger::open(model);
    CHECK(tagger.has_value());
    for (std::size_t index = fold; index < data.natural.size(); index += folds) {
      score(*tagger, data.natural[index], scores["natural"], shows);
      score(*tagger, data.tokenized[index], scores["tokenized"], false);
    }
    for (std::size_t index = fold; index < data.own.size(); index += folds)
      if (!is_english(data.own[index]))
        score(*tagger, data.own[index],
              scores[std::string(tidings::analyze::code_of(data.own[index].language))], shows);
  }
  std::string out;
  for (const auto& [name, of_name] : scores)
    out += (out.empty() ? "{\"" : ",\"") + name + "\":" + json(of_name);
  return out + "}";
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) {
    std::fputs("usage: tidings_cross_validate_entities DATA_FOLDER [FOLDS]\n", stderr);
    return 2;
  }
  const std::size_t folds = count > 2 ? std::strtoul(arguments[2], nullptr, 10) : 10;
  const tidings::Result<std::string> result = measured(arguments[1], folds < 2 ? 10 : folds);
  if (!result) {
    std::fprintf(stderr, "tidings_cross_validate_entities: %s\n", result.error().message.c_str());
    return 1;
  }
  std::puts(result->c_str());
  return 0;
}
