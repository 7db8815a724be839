#include "connectors/read_fields.h"

#include <utility>

namespace tidings::connectors {
namespace {

Result<FieldRule::Choice> parse_choice(const std::string& text) {
  FieldRule::Choice choice;
  if (text.find_first_of("{}") == std::string::npos) {
    choice.path = TRY(JsonPath::parse(text));
    return choice;
  }
  choice.text = TRY(parse_template(text));
  for (const TextTemplate::Piece& piece : choice.text.pieces) {
    if (piece.is_name) choice.paths.push_back(TRY(JsonPath::parse(piece.text)));
  }
  return choice;
}

std::vector<FieldRule::Choice> read_choices(TomlTable& table, std::string_view key) {
  std::vector<FieldRule::Choice> choices;
  for (const std::string& text : table.texts(key)) {
    Result<FieldRule::Choice> choice = parse_choice(text);
    if (choice) {
      choices.push_back(*std::move(choice));
    } else {
      table.wrong(key, choice.error().message);
    }
  }
  return choices;
}

// `title = "headline.main"`, or a table where there is more to say.
FieldRule read_field(TomlTable& fields, std::string_view name) {
  FieldRule rule;
  if (!fields.has_table(name)) {
    rule.choices = read_choices(fields, name);
    return rule;
  }
  TomlTable table = *fields.table(name);
  rule.choices = read_choices(table, "path");
  if (!table.has("path")) table.wrong("path", "is missing");
  const std::string form = table.text("form");
  if (!form.empty() && form != "text" && form != "html")
    table.wrong("form", "'" + form + "' is neither text nor html");
  rule.is_html = form == "html";
  if (const std::string format = table.text("format"); !format.empty())
    rule.time = table.taken("format", parse_time_format(format));
  rule.strip = table.texts("strip");
  rule.cut_at = table.text("cut_at");
  rule.split = table.texts("split");
  if (std::optional<TomlTable> values = table.table("values")) {
    for (auto& [given, meant] : values->all_texts()) rule.values.emplace(given, meant);
  }
  table.finish();
  return rule;
}

}  // namespace

FieldRules read_fields(TomlTable table) {
  FieldRules fields;
  const std::pair<std::string_view, FieldRule*> places[] = {
      {"id", &fields.id},
      {"url", &fields.url},
      {"title", &fields.title},
      {"summary", &fields.summary},
      {"content", &fields.content},
      {"authors", &fields.authors},
      {"published", &fields.published},
      {"updated", &fields.updated},
      {"image", &fields.image},
      {"language", &fields.language},
      {"country", &fields.country},
      {"categories", &fields.categories},
      {"source", &fields.source},
      {"comments_url", &fields.comments_url},
  };
  for (const auto& [name, rule] : places) *rule = read_field(table, name);
  if (fields.title.choices.empty() && fields.url.choices.empty())
    table.wrong("title", "is missing: an entry needs a title or a url");
  table.finish();
  return fields;
}

}  // namespace tidings::connectors
