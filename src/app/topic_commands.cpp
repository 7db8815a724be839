// Labels of one's own: train topic and evaluate topic.
#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fmt/format.h>

#include "analyze/topic_evaluation.h"
#include "analyze/topic_model.h"
#include "analyze/topic_trainer.h"
#include "app/commands.h"
#include "app/files.h"
#include "app/labeled_lines.h"
#include "app/settings_options.h"
#include "app/wiring.h"
#include "core/json_writer.h"
#include "core/strings.h"
#include "core/utf8.h"
#include "pipeline/topic_learning.h"

namespace tidings::app {
namespace {

constexpr std::size_t kModelBytesMax = 1'000'000'000;

Result<std::string> needed(const Arguments& arguments, std::string_view option,
                           std::string_view what) {
  const std::optional<std::string> value = arguments.get(option);
  if (!value || value->empty()) return usage_error(fmt::format("{} is missing: {}", option, what));
  return *value;
}

// What the input holds is the caller's to mend, like what was typed.
Error as_usage(const Error& error) {
  return error.kind == ErrorKind::InvalidInput ? usage_error(error.message) : error;
}

// Whole or not at all: a model that is half written would be taken for a damaged one.
Result<void> write_file(const std::string& path, std::string_view bytes) {
  const std::string unfinished = path + ".part";
  std::FILE* file = std::fopen(unfinished.c_str(), "we");
  bool is_written =
      file != nullptr && std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
  if (file != nullptr) is_written = (std::fclose(file) == 0) && is_written;
  if (is_written && std::rename(unfinished.c_str(), path.c_str()) == 0) return {};
  const std::string reason = std::strerror(errno);
  std::remove(unfinished.c_str());
  return unavailable(fmt::format("{}: {}", path, reason));
}

std::string evaluation_json(const analyze::TopicEvaluation& evaluation) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.field("accuracy", evaluation.accuracy());
  json.field("macro_f1", evaluation.macro_f1());
  json.field("count", evaluation.count());
  json.key("labels");
  json.begin_object();
  for (const auto& [label, quality] : evaluation.labels()) {
    json.key(label);
    json.begin_object();
    json.field("precision", quality.precision());
    json.field("recall", quality.recall());
    json.field("f1", quality.f1());
    json.field("count", quality.count);
    json.field("predicted", quality.predicted);
    json.end_object();
  }
  json.end_object();
  json.end_object();
  return out + "\n";
}

Result<analyze::TopicTrainer> read_examples(const std::string& input) {
  analyze::TopicTrainer trainer;
  const Result<void> read = read_labeled_lines(
      input,
      [&](std::string_view text, std::string_view label) { return trainer.add(text, label); });
  if (!read) return as_usage(read.error());
  if (trainer.left_out() > 0) {
    write_error(fmt::format("tidings: {} texts were left out evenly, to stay within memory\n",
                            trainer.left_out()));
  }
  return trainer;
}

Result<std::size_t> folds_option(const Arguments& arguments) {
  const std::optional<std::string> typed = arguments.get("--folds");
  if (!typed) return std::size_t{0};
  const std::optional<long long> folds = parse_int(*typed);
  if (!folds || *folds < 2 || *folds > 100)
    return usage_error(fmt::format("--folds {}: give a number from 2 to 100", *typed));
  return static_cast<std::size_t>(*folds);
}

std::string term_json(const analyze::LearnedTerm& term) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  const bool is_tag = term.kind == analyze::LearnedTerm::Kind::Tag;
  json.field(is_tag ? "tag" : "word", term.text);
  if (!is_tag) json.field("language", term.language);
  json.field("topic", term.topic);
  json.field("articles", term.articles);
  json.field("agreeing", term.agreeing);
  json.field("weight", term.weight);
  json.end_object();
  return out + "\n";
}

// What a server does by itself now and then, at once: for curiosity, and after an import.
Result<void> train_from_feeds(const Arguments& arguments) {
  for (const std::string_view option : {"--input", "--output", "--folds"}) {
    if (arguments.has(option)) {
      return usage_error(
          fmt::format("{} does not go with --from-feeds, which learns from stored articles and "
                      "keeps what it learned in the data folder",
                      option));
    }
  }
  const SystemClock clock;
  const Settings settings = TRY(settings_from(arguments));
  TRY(check_installation(settings));
  const auto stores = TRY(open_stores(settings, clock));
  const auto objects = TRY(open_objects(settings));
  pipeline::LearnedTopicTable table;
  const analyze::LearnedTopics learned =
      TRY(pipeline::TopicLearning(stores->articles(), *objects, table).learn_and_keep({}));
  for (const analyze::LearnedTerm& term : learned.terms) TRY(write_output(term_json(term)));
  write_error(fmt::format(
      "{} tags and words learned from {} articles (of topics that tags give twenty or more)\n",
      learned.terms.size(), learned.tagged_articles));
  return {};
}

Result<void> train(const Arguments& arguments) {
  if (arguments.has("--from-feeds")) return train_from_feeds(arguments);
  const std::string input =
      TRY(needed(arguments, "--input", "give a file of JSON lines {\"text\",\"label\"}, or -"));
  const std::size_t folds = TRY(folds_option(arguments));
  const std::string output = arguments.get("--output").value_or("");
  if (output.empty() && folds == 0)
    return usage_error("--output is missing: give the file that the model is written to");
  const analyze::TopicTrainer trainer = TRY(read_examples(input));
  if (folds > 0) {
    const Result<analyze::TopicEvaluation> evaluation = trainer.cross_validate(folds);
    if (!evaluation) return as_usage(with_context(evaluation, input).error());
    TRY(write_output(evaluation_json(*evaluation)));
  }
  if (output.empty()) return {};
  const Result<std::string> model = trainer.train();
  if (!model) return as_usage(with_context(model, input).error());
  return write_file(output, *model);
}

Result<void> evaluate(const Arguments& arguments) {
  const std::string path =
      TRY(needed(arguments, "--model", "give a file that `tidings train topic` wrote"));
  const std::string input =
      TRY(needed(arguments, "--input", "give a file of JSON lines {\"text\",\"label\"}, or -"));
  const Result<std::string> bytes = read_input(path, kModelBytesMax);
  if (!bytes) return as_usage(bytes.error());
  const Result<analyze::TopicModel> model = with_context(analyze::TopicModel::open(*bytes), path);
  if (!model) return model.error();
  analyze::TopicEvaluation evaluation;
  const Result<void> read =
      read_labeled_lines(input, [&](std::string_view text, std::string_view label) -> Result<void> {
        evaluation.add(repaired_utf8(label), model->classify(repaired_utf8(text)).front().label);
        return {};
      });
  if (!read) return as_usage(read.error());
  return write_output(evaluation_json(evaluation));
}

}  // namespace

int run_train_topic(const Arguments& arguments) {
  return report(train(arguments));
}
int run_evaluate_topic(const Arguments& arguments) {
  return report(evaluate(arguments));
}

}  // namespace tidings::app
