// Connectors as a person sees them: those there are, their files, and what a file makes of an
// answer.
#include <string>

#include <fmt/format.h>

#include "app/commands.h"
#include "app/connector_files.h"
#include "app/files.h"
#include "app/settings_options.h"
#include "connectors/answer.h"
#include "connectors/connector_address.h"
#include "connectors/read_connector.h"
#include "connectors/request.h"
#include "core/json_writer.h"
#include "normalize/sanitize_document.h"
#include "parse/feed_json.h"

namespace tidings::app {
namespace {

using connectors::Connector;

void write_parameters(JsonWriter& json, const Connector& connector) {
  json.objects_if("parameters", connector.parameters, [&json](const connectors::Parameter& one) {
    json.field("name", one.name);
    json.field("needed", one.required);
    json.field_if("help", one.help);
    json.field_if("default", one.default_value);
    json.texts_if("values", one.values);
  });
}

void write_connector(JsonWriter& json, const Connector& connector) {
  json.field("title", connector.title);
  json.field_if("description", connector.description);
  json.field_if("terms", connector.terms);
  if (connector.key.place != connectors::KeyRule::Place::None)
    json.field("secret", connector.key.secret);
  write_parameters(json, connector);
}

Result<void> list(const Arguments& arguments) {
  const Settings settings = TRY(settings_from(arguments));
  std::string out;
  for (const ConnectorFile& file : connector_files(settings)) {
    const Result<Connector> connector = read_connector_file(file);
    JsonWriter json(out);
    json.begin_object();
    json.field("name", file.name);
    json.field_if("file", file.path);
    if (connector) write_connector(json, *connector);
    if (!connector) json.field("problem", connector.error().message);
    json.end_object();
    out += '\n';
  }
  return write_output(out);
}

Result<void> show(const Arguments& arguments) {
  if (arguments.words.size() != 1) return usage_error("connectors show takes the name of one");
  return write_output(
      TRY(find_connector_file(TRY(settings_from(arguments)), arguments.words[0])).toml);
}

// What a source would ask first, with the key hidden.
Result<std::string> first_request(const Connector& connector, const std::string& typed) {
  const connectors::ConnectorAddress address =
      TRY(connectors::checked_address(connector, TRY(connectors::parse_connector_address(typed))));
  const connectors::RefreshTimes times{.now = SystemClock().now()};
  return TRY(connectors::build_request(connector, address, {}, times, "***")).url;
}

Result<std::string> sample_json(const Connector& connector, const std::string& path) {
  constexpr std::size_t kSampleBytesMax = 15'000'000;
  const std::string body = TRY(read_input(path, kSampleBytesMax));
  const connectors::ConnectorAddress address{.connector = connector.name};
  connectors::Answer answer =
      TRY(with_context(connectors::read_answer(connector, address, {}, {.body = body}), path));
  FeedDocument document{.format_name = "api " + connector.name,
                        .encoding = "utf-8",
                        .problems = std::move(answer.problems),
                        .feed = std::move(answer.feed)};
  normalize::sanitize_document(document);
  std::string json;
  parse::write_feed_json(document, json);
  return json + "\n";
}

Result<void> check(const Arguments& arguments) {
  if (arguments.words.size() != 1)
    return usage_error("connectors check takes one file, or - for standard input");
  const std::string& path = arguments.words[0];
  const std::string toml = TRY(read_input(path, connectors::kConnectorBytesMax));
  const Connector connector = TRY(connectors::read_connector(toml, path));
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.field("name", connector.name);
  write_connector(json, connector);
  if (const auto address = arguments.get("--address"))
    json.field("request", TRY(with_context(first_request(connector, *address), "--address")));
  json.end_object();
  out += '\n';
  if (const auto sample = arguments.get("--sample")) out += TRY(sample_json(connector, *sample));
  return write_output(out);
}

}  // namespace

int run_connectors_list(const Arguments& arguments) {
  return report(list(arguments));
}
int run_connectors_show(const Arguments& arguments) {
  return report(show(arguments));
}
int run_connectors_check(const Arguments& arguments) {
  return report(check(arguments));
}

}  // namespace tidings::app
