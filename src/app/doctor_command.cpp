// Looks for what is wrong with this installation, and says what to do about each thing.
#include <sys/statvfs.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "app/commands.h"
#include "app/files.h"
#include "app/settings_options.h"
#include "app/wiring.h"
#include "core/json_writer.h"

namespace tidings::app {
namespace {

struct Finding {
  std::string check;
  bool ok = true;
  std::string message;
  std::string remedy;
};

Finding check_data_folder(const Settings& settings) {
  Finding finding{.check = "data folder", .message = settings.data.string() + " can be written"};
  std::error_code error;
  std::filesystem::create_directories(settings.data, error);
  if (error || ::access(settings.data.c_str(), W_OK) != 0) {
    finding.ok = false;
    finding.message = fmt::format("{} cannot be written{}", settings.data.string(),
                                  error ? ": " + error.message() : "");
    finding.remedy = "name another folder with --data, or give this user the right to write there";
  }
  return finding;
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

Finding check_certificates(const Settings& settings) {
  Finding finding{.check = "certificates", .message = settings.http.ca_bundle + " can be read"};
  if (::access(settings.http.ca_bundle.c_str(), R_OK) != 0) {
    finding.ok = false;
    finding.message = settings.http.ca_bundle + " cannot be read: no https feed can be fetched";
    finding.remedy = "apt-get install ca-certificates, or set fetch.ca_bundle";
  }
  return finding;
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

Result<bool> examine(const Arguments& arguments) {
  std::vector<Finding> findings;
  const Result<Settings> settings = settings_from(arguments);
  if (settings) {
    findings = {{.check = "settings", .message = "are valid"},
                check_data_folder(*settings),
                check_disk(*settings),
                check_database(*settings),
                check_certificates(*settings)};
  } else {
    findings = {{.check = "settings",
                 .ok = false,
                 .message = settings.error().message,
                 .remedy = "`tidings settings --markdown` lists every setting"}};
  }
  bool all_ok = true;
  for (const Finding& finding : findings) {
    all_ok = all_ok && finding.ok;
    TRY(write_output(to_json(finding)));
  }
  return all_ok;
}

}  // namespace

int run_doctor(const Arguments& arguments) {
  const Result<bool> all_ok = examine(arguments);
  if (!all_ok) return fail(all_ok.error().message);
  return *all_ok ? kSuccess : kFailure;
}

}  // namespace tidings::app
