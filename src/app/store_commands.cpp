// Looking into the stores: what consumers gave up, and what the settings are.
#include <fmt/format.h>

#include "app/commands.h"
#include "app/files.h"
#include "app/settings_options.h"
#include "app/settings_table.h"
#include "app/wiring.h"
#include "core/json_writer.h"

namespace tidings::app {
namespace {

constexpr std::size_t kLettersMax = 10'000;

Result<void> list_letters(const Arguments& arguments) {
  const SystemClock clock;
  const Settings settings = TRY(settings_from(arguments));
  TRY(check_installation(settings));
  const auto stores = TRY(open_stores(settings, clock));
  const std::string consumer = arguments.get("--consumer").value_or("");
  std::string out;
  for (const DeadLetter& letter : TRY(stores->events().dead_letters(consumer, kLettersMax))) {
    JsonWriter json(out);
    json.begin_object();
    json.field("id", to_int(letter.id));
    json.field("consumer", letter.consumer);
    json.field("event", to_string(letter.event.kind));
    json.field("sequence", to_int(letter.event.sequence));
    json.field("subject", letter.event.subject);
    json.field("error", letter.error);
    json.field("attempts", letter.attempts);
    json.field("buried_at", letter.buried_at);
    json.field("redriven", letter.redriven);
    json.end_object();
    out += '\n';
  }
  return write_output(out);
}

Result<void> redrive(const Arguments& arguments) {
  const auto consumer = arguments.get("--consumer");
  if (!consumer)
    return usage_error(
        "dead-letters redrive needs --consumer NAME; dead-letters list shows the names");
  std::vector<DeadLetterId> ids;
  for (const std::string& word : arguments.words) {
    const auto id = parse_id<DeadLetterId>(word);
    if (!id) return usage_error(fmt::format("'{}' is not the id of a dead letter", word));
    ids.push_back(*id);
  }
  const SystemClock clock;
  const Settings settings = TRY(settings_from(arguments));
  TRY(check_installation(settings));
  const auto stores = TRY(open_stores(settings, clock));
  const std::size_t count = TRY(stores->events().redrive(*consumer, ids));
  return write_output(fmt::format("{{\"redriven\":{}}}\n", count));
}

// A URL's password must not reach a terminal or a log.
std::string shown(const Setting& setting, const Settings& settings) {
  return setting.key == "database.url" && !settings.database.empty() ? describe_database(settings)
                                                                     : setting.show(settings);
}

Result<void> show_settings(const Arguments& arguments) {
  if (arguments.has("--markdown")) return write_output(settings_reference());
  const Settings settings = TRY(settings_from(arguments));
  std::string out;
  for (const Setting& setting : settings_table()) {
    JsonWriter json(out);
    json.begin_object();
    json.field("key", setting.key);
    json.field("value", shown(setting, settings));
    json.field("environment", environment_name(setting.key));
    json.field("help", setting.help);
    json.end_object();
    out += '\n';
  }
  return write_output(out);
}

}  // namespace

int run_dead_letters_list(const Arguments& arguments) {
  return report(list_letters(arguments));
}
int run_dead_letters_redrive(const Arguments& arguments) {
  return report(redrive(arguments));
}
int run_settings(const Arguments& arguments) {
  return report(show_settings(arguments));
}

int run_version(const Arguments&) {
  return report(
      write_output(fmt::format("{{\"name\":\"tidings\",\"version\":\"{}\"}}\n", TIDINGS_VERSION)));
}

}  // namespace tidings::app
