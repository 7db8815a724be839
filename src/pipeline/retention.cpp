#include "pipeline/retention.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>

#include "core/log.h"
#include "core/thread_name.h"
#include "pipeline/raw_objects.h"

namespace tidings::pipeline {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

// What publishers sent, and what was read of it: they come and go together.
constexpr std::array<std::string_view, 2> kPrefixes = {"raw/", "processed/"};
constexpr std::size_t kPageObjects = 1000;
constexpr std::size_t kBatchRows = 1000;

Result<void> for_each_raw(const ObjectStore& objects, const std::stop_token& stop,
                          const std::function<Result<void>(const ObjectInfo&, sys_days)>& visit) {
  for (const std::string_view prefix : kPrefixes) {
    std::string after;
    do {
      const ObjectPage page = TRY(objects.list(prefix, after, kPageObjects));
      for (const ObjectInfo& object : page.objects) {
        if (stop.stop_requested()) return {};
        if (const auto day = raw_object_day(object.key)) TRY(visit(object, *day));
      }
      after = page.next;
    } while (!after.empty());
  }
  return {};
}

// The newest day that must go so that what stays is at most `bytes_max`. Whole days go, never
// today.
std::optional<sys_days> last_day_over(const std::map<sys_days, std::int64_t>& bytes_by_day,
                                      std::int64_t bytes_max, sys_days today) {
  std::int64_t kept = 0;
  for (auto day = bytes_by_day.rbegin(); day != bytes_by_day.rend(); ++day) {
    kept += day->second;
    if (kept > bytes_max && day->first < today) return day->first;
  }
  return std::nullopt;
}

}  // namespace

Retention::Retention(ArticleStore& articles, EventLog& log, RollupStore& rollups,
                     ObjectStore& objects, Metrics& metrics, const Clock& clock,
                     RetentionSettings settings)
    : articles_(articles),
      log_(log),
      rollups_(rollups),
      objects_(objects),
      metrics_(metrics),
      clock_(clock),
      settings_(settings) {}

Result<RetentionReport> Retention::sweep(const std::stop_token& stop) {
  RetentionReport report;
  // Each kind on its own: that one cannot be swept must not keep the others.
  const Result<void> raw = sweep_raw(stop, report);
  const Result<void> articles = sweep_articles(stop, report);
  const Result<void> events = sweep_events(stop, report);
  const Result<void> rollups = sweep_rollups(stop, report);
  publish(report);
  for (const Result<void>* swept : {&raw, &articles, &events, &rollups}) {
    if (!*swept) return swept->error();
  }
  return report;
}

Result<std::int64_t> Retention::disk_bytes_missing() const {
  const std::optional<std::int64_t> free = TRY(objects_.free_bytes());
  return free ? std::max<std::int64_t>(settings_.disk_free_bytes_min - *free, 0) : 0;
}

Result<void> Retention::sweep_raw(const std::stop_token& stop, RetentionReport& report) {
  std::map<sys_days, std::int64_t> bytes_by_day;
  std::int64_t bytes = 0;
  TRY(for_each_raw(objects_, stop, [&](const ObjectInfo& object, sys_days day) -> Result<void> {
    bytes_by_day[day] += object.size_bytes;
    bytes += object.size_bytes;
    return {};
  }));

  const sys_days today = std::chrono::floor<days>(clock_.now());
  std::optional<sys_days> last_gone;
  if (settings_.raw_age_max) last_gone = today - *settings_.raw_age_max - days(1);
  std::int64_t bytes_max = settings_.raw_bytes_max.value_or(bytes);
  if (const std::int64_t missing = TRY(disk_bytes_missing()); missing > 0) {
    bytes_max = std::min(bytes_max, std::max<std::int64_t>(bytes - missing, 0));
  }
  last_gone = std::max(last_gone, last_day_over(bytes_by_day, bytes_max, today));
  if (!last_gone || bytes_by_day.empty() || bytes_by_day.begin()->first > *last_gone) return {};

  return for_each_raw(objects_, stop, [&](const ObjectInfo& object, sys_days day) -> Result<void> {
    if (day > *last_gone) return {};
    TRY(objects_.remove(object.key));
    ++report.raw_objects;
    report.raw_bytes += object.size_bytes;
    return {};
  });
}

Result<std::optional<std::int64_t>> Retention::body_bytes_max() {
  const std::int64_t missing = TRY(disk_bytes_missing());
  if (missing == 0) {
    body_bytes_when_low_.reset();
    return settings_.body_bytes_max;
  }
  if (!body_bytes_when_low_) body_bytes_when_low_ = TRY(articles_.counts()).body_bytes;
  log::warn("disk.ran_low", {{"bytes_missing", missing},
                             {"free_bytes_min", settings_.disk_free_bytes_min},
                             {"body_bytes_max", *body_bytes_when_low_}});
  const std::int64_t wanted = settings_.body_bytes_max.value_or(*body_bytes_when_low_);
  return std::optional(std::min(wanted, *body_bytes_when_low_));
}

Result<void> Retention::sweep_articles(const std::stop_token& stop, RetentionReport& report) {
  const Time now = clock_.now();
  RetentionRequest request{.articles_max = settings_.articles_max,
                           .body_bytes_max = TRY(body_bytes_max()),
                           .rows_max = kBatchRows};
  if (settings_.body_age_max) request.bodies_before = now - *settings_.body_age_max;
  if (settings_.article_age_max) request.articles_before = now - *settings_.article_age_max;
  while (!stop.stop_requested()) {
    const RetentionOutcome outcome = TRY(articles_.apply_retention(request));
    report.bodies += outcome.bodies_removed;
    report.articles += outcome.articles_removed;
    if (outcome.bodies_removed + outcome.articles_removed == 0) break;
  }
  return {};
}

Result<void> Retention::sweep_events(const std::stop_token& stop, RetentionReport& report) {
  if (!settings_.event_age_max) return {};
  const Time before = clock_.now() - *settings_.event_age_max;
  while (!stop.stop_requested()) {
    const std::size_t removed = TRY(log_.trim(before, kBatchRows));
    report.events += static_cast<std::int64_t>(removed);
    if (removed == 0) break;
  }
  return {};
}

Result<void> Retention::sweep_rollups(const std::stop_token& stop, RetentionReport& report) {
  const Time now = clock_.now();
  RollupFold fold{.rows_max = kBatchRows};
  if (settings_.rollup_hours_age_max) fold.hours_before = now - *settings_.rollup_hours_age_max;
  if (settings_.rollup_singles_age_max)
    fold.singles_before = now - *settings_.rollup_singles_age_max;
  while (!stop.stop_requested()) {
    const std::size_t rows = TRY(rollups_.fold(fold));
    report.rollup_rows += static_cast<std::int64_t>(rows);
    if (rows == 0) break;
  }
  return {};
}

void Retention::publish(const RetentionReport& report) {
  const auto count = [this](std::string_view kind, std::int64_t removed) {
    metrics_
        .counter("retention_removed_total", "What retention removed.",
                 {{"kind", std::string(kind)}})
        .add(removed);
  };
  count("raw", report.raw_objects);
  count("body", report.bodies);
  count("article", report.articles);
  count("event", report.events);
  count("rollup_row", report.rollup_rows);
  if (report.raw_objects + report.bodies + report.articles + report.events + report.rollup_rows ==
      0)
    return;
  log::info("retention.swept", {{"raw_objects", report.raw_objects},
                                {"raw_bytes", report.raw_bytes},
                                {"bodies", report.bodies},
                                {"articles", report.articles},
                                {"events", report.events},
                                {"rollup_rows", report.rollup_rows}});
}

void Retention::run(const std::stop_token& stop) {
  name_batch_thread("retention");
  Signal stopped;
  const std::stop_callback wake(stop, [&stopped] { stopped.notify(); });
  stopped.wait_past(0, settings_.first_after);
  while (!stop.stop_requested()) {
    const Result<RetentionReport> report = sweep(stop);
    if (!report) log::warn("retention.failed", {{"reason", report.error().message}});
    stopped.wait_past(0, settings_.interval);
  }
}

}  // namespace tidings::pipeline
