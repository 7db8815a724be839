// Looks for what is wrong with this installation, and says what to do about each thing.
#include <sys/statvfs.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "app/commands.h"
#include "app/data_lock.h"
#include "app/files.h"
#include "app/health.h"
#include "app/pushing.h"
#include "app/settings_options.h"
#include "app/wiring.h"
#include "core/json_writer.h"
#include "pipeline/topic_learning.h"

namespace tidings::app {
namespace {

struct Finding {
  std::string check;
  bool ok = true;
  std::string message;
  std::string remedy;
};

Finding check_data_folder(const Settings& settings) {
  const std::string folder = settings.data.string();
  std::error_code error;
  if (!std::filesystem::is_directory(settings.data, error)) {
    return {.check = "data folder",
            .ok = false,
            .message = folder + " is not there, or is no folder",
            .remedy = "name the folder with --data; `tidings serve` makes a new one"};
  }
  if (::access(settings.data.c_str(), W_OK) != 0) {
    return {.check = "data folder",
            .ok = false,
            .message = folder + " cannot be written",
            .remedy =
                "name another folder with --data, or give this user the right to write "
                "there"};
  }
  return {.check = "data folder", .message = folder + " can be written"};
}

Finding check_disk(const Settings& settings) {
  struct statvfs info{};
  Finding finding{.check = "disk space"};
  if (::statvfs(settings.data.c_str(), &info) != 0) {
    return {.check = "disk space",
            .ok = false,
            .message = "cannot be read",
            .remedy = "see the data folder's check"};
  }
  const auto free =
      static_cast<std::int64_t>(info.f_bavail) * static_cast<std::int64_t>(info.f_frsize);
  finding.message = fmt::format("{:.1f} GB free", static_cast<double>(free) / 1e9);
  if (free < settings.retention.disk_free_bytes_min) {
    finding.ok = false;
    finding.remedy = "free some space, or lower retention.raw_bytes_max";
  }
  return finding;
}

Finding check_database(const Settings& settings) {
  if (!check_installation(settings))
    return {.check = "database", .message = "there is none yet: the first start makes it"};
  const SystemClock clock;
  Finding finding{.check = "database"};
  const auto stores = open_stores(settings, clock);
  const Result<void> alive = stores ? (*stores)->ping() : Result<void>(stores.error());
  if (!alive) {
    finding.ok = false;
    finding.message = alive.error().message;
    finding.remedy = settings.database.empty()
                         ? "check the data folder; restore the last backup if the file is damaged"
                         : "check database.url and that PostgreSQL is running";
    return finding;
  }
  const Result<ArticleCounts> counts = (*stores)->articles().counts();
  finding.message = describe_database(settings);
  if (counts) {
    finding.message += fmt::format(": {} sources ({} failing), {} articles", counts->sources,
                                   counts->sources_failing, counts->articles);
  }
  return finding;
}

Finding check_object_store(const Settings& settings) {
  const auto objects = open_objects(settings);
  if (!objects) {
    return {.check = "object store",
            .ok = false,
            .message = objects.error().message,
            .remedy = "give this user the right to write there"};
  }
  const serve::HealthReport report = check_objects(**objects);
  return {
      .check = "object store", .ok = report.ok, .message = report.detail, .remedy = report.remedy};
}

// A store that cannot be read is the object store's finding.
Finding check_learned_topics(const Settings& settings) {
  Finding finding{.check = "learned topics"};
  const auto objects = open_objects(settings);
  const Result<std::string> bytes =
      objects ? (*objects)->get(pipeline::kLearnedTopicsKey) : Result<std::string>(objects.error());
  if (!bytes && bytes.error().kind != ErrorKind::Corrupt) {
    finding.message = "none yet: they take twenty articles of a topic that their feeds' tags name";
    return finding;
  }
  pipeline::LearnedTopicTable table;
  if (const Result<void> read = bytes ? table.set(*bytes) : Result<void>(bytes.error()); !read) {
    finding.ok = false;
    finding.message = read.error().message;
    finding.remedy = "learn them anew with `tidings train topic --from-feeds`";
    return finding;
  }
  finding.message = fmt::format("{} tags and words of your feeds speak for a topic",
                                table.get()->feature_count());
  return finding;
}

// A server that is running has the port already, as it should.
Finding check_address(const Settings& settings) {
  const std::string place =
      fmt::format("{} port {}", settings.serve.http.address, settings.serve.http.port);
  const Result<void> bound = serve::try_address(settings.serve.http);
  if (bound) return {.check = "address", .message = place + " is free"};
  const bool in_use = bound.error().code == "port_in_use";
  const std::string server = in_use ? DataLock::holder(settings.data) : std::string();
  if (!server.empty()) {
    return {.check = "address",
            .message = fmt::format("{} is in use, and the server of this data folder is running "
                                   "(process {})",
                                   place, server)};
  }
  return {.check = "address",
          .ok = false,
          .message = bound.error().message,
          .remedy = in_use ? "stop the program that uses it, or choose another with --port"
                           : "choose another with --port or serve.address"};
}

Finding check_certificates(const Settings& settings) {
  Finding finding{.check = "certificates", .message = settings.http.ca_bundle + " can be read"};
  if (::access(settings.http.ca_bundle.c_str(), R_OK) != 0) {
    finding.ok = false;
    finding.message = settings.http.ca_bundle + " cannot be read: no https feed can be fetched";
    finding.remedy = "apt-get install ca-certificates, or set fetch.ca_bundle";
  }
  return finding;
}

Finding check_hubs(const Settings& settings) {
  if (has_websub(settings))
    return {.check = "websub", .message = "hubs call " + settings.serve.public_url + "/websub/"};
  return {.check = "websub",
          .message =
              "is off, and feeds are polled: set serve.public_url to where hubs can reach "
              "this server"};
}

std::string to_json(const Finding& finding) {
  std::string line;
  JsonWriter json(line);
  json.begin_object();
  json.field("check", finding.check);
  json.field("ok", finding.ok);
  json.field("message", finding.message);
  if (!finding.ok) json.field("remedy", finding.remedy);
  json.end_object();
  return line + "\n";
}

std::vector<Finding> examine(const Result<Settings>& settings) {
  if (!settings) {
    return {{.check = "settings",
             .ok = false,
             .message = settings.error().message,
             .remedy = "`tidings settings --markdown` lists every setting"}};
  }
  std::vector<Finding> findings = {{.check = "settings", .message = "are valid"}};
  findings.push_back(check_data_folder(*settings));
  if (findings.back().ok) {
    findings.push_back(check_disk(*settings));
    // Looking must not make what is not there: not in a folder that was meant to be another.
    if (check_installation(*settings)) {
      findings.push_back(check_object_store(*settings));
      findings.push_back(check_learned_topics(*settings));
    }
  }
  findings.push_back(check_database(*settings));
  findings.push_back(check_certificates(*settings));
  findings.push_back(check_hubs(*settings));
  if (has_role(*settings, "serve")) findings.push_back(check_address(*settings));
  return findings;
}

Result<bool> print_findings(const Arguments& arguments) {
  bool all_ok = true;
  for (const Finding& finding : examine(settings_from(arguments))) {
    all_ok = all_ok && finding.ok;
    TRY(write_output(to_json(finding)));
  }
  return all_ok;
}

}  // namespace

int run_doctor(const Arguments& arguments) {
  const Result<bool> all_ok = print_findings(arguments);
  if (!all_ok) return fail(all_ok.error().message);
  return *all_ok ? kSuccess : kFailure;
}

}  // namespace tidings::app
