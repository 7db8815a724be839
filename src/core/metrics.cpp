#include "core/metrics.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/check.h"

namespace tidings {
namespace {

std::string escaped_label(std::string_view value) {
  std::string escaped;
  for (const char c : value) {
    if (c == '\\' || c == '"') escaped += '\\';
    if (c == '\n') {
      escaped += "\\n";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

// {a="b",c="d"}; nothing for no labels. `le` is a histogram's bucket bound.
std::string label_text(const MetricLabels& labels, std::string_view le = {}) {
  std::string text;
  const auto add = [&text](std::string_view key, std::string_view value) {
    text += fmt::format("{}{}=\"{}\"", text.empty() ? "{" : ",", key, escaped_label(value));
  };
  for (const auto& [key, value] : labels) add(key, value);
  if (!le.empty()) add("le", le);
  return text.empty() ? text : text + "}";
}

}  // namespace

void Histogram::observe(double seconds) {
  const auto bucket = std::lower_bound(kBounds.begin(), kBounds.end(), seconds) - kBounds.begin();
  buckets_[static_cast<std::size_t>(bucket)].fetch_add(1, std::memory_order_relaxed);
  count_.fetch_add(1, std::memory_order_relaxed);
  sum_.fetch_add(seconds, std::memory_order_relaxed);
}

Metrics::Series& Metrics::find_or_add(std::string_view name, std::string_view help,
                                      std::string_view type, MetricLabels labels) {
  const std::string full_name = fmt::format("tidings_{}", name);
  auto family = std::find_if(families_.begin(), families_.end(),
                             [&](const auto& known) { return known->name == full_name; });
  if (family == families_.end()) {
    families_.push_back(
        std::make_unique<Family>(Family{full_name, std::string(help), std::string(type), {}}));
    family = families_.end() - 1;
  }
  CHECK((*family)->type == type);
  auto& series = (*family)->series;
  const auto known = std::find_if(series.begin(), series.end(),
                                  [&](const auto& one) { return one->labels == labels; });
  if (known != series.end()) return **known;
  series.push_back(std::make_unique<Series>());
  series.back()->labels = std::move(labels);
  return *series.back();
}

Counter& Metrics::counter(std::string_view name, std::string_view help, MetricLabels labels) {
  MutexLock lock(mutex_);
  Series& series = find_or_add(name, help, "counter", std::move(labels));
  if (!series.counter) series.counter = std::make_unique<Counter>();
  return *series.counter;
}

Gauge& Metrics::gauge(std::string_view name, std::string_view help, MetricLabels labels) {
  MutexLock lock(mutex_);
  Series& series = find_or_add(name, help, "gauge", std::move(labels));
  if (!series.gauge) series.gauge = std::make_unique<Gauge>();
  return *series.gauge;
}

Histogram& Metrics::histogram(std::string_view name, std::string_view help, MetricLabels labels) {
  MutexLock lock(mutex_);
  Series& series = find_or_add(name, help, "histogram", std::move(labels));
  if (!series.histogram) series.histogram = std::make_unique<Histogram>();
  return *series.histogram;
}

void Metrics::gauge_from(std::string_view name, std::string_view help,
                         std::function<double()> read) {
  MutexLock lock(mutex_);
  find_or_add(name, help, "gauge", {}).read = std::move(read);
}

std::string Metrics::render() const {
  MutexLock lock(mutex_);
  std::string out;
  for (const auto& family : families_) {
    out += fmt::format("# HELP {} {}\n# TYPE {} {}\n", family->name, family->help, family->name,
                       family->type);
    for (const auto& series : family->series) {
      const std::string labels = label_text(series->labels);
      if (series->counter)
        out += fmt::format("{}{} {}\n", family->name, labels, series->counter->value());
      if (series->gauge)
        out += fmt::format("{}{} {}\n", family->name, labels, series->gauge->value());
      if (series->read) out += fmt::format("{}{} {}\n", family->name, labels, series->read());
      if (!series->histogram) continue;
      const Histogram& histogram = *series->histogram;
      std::int64_t below = 0;
      for (std::size_t i = 0; i < histogram.buckets_.size(); ++i) {
        below += histogram.buckets_[i].load(std::memory_order_relaxed);
        const std::string bound =
            i < Histogram::kBounds.size() ? fmt::format("{}", Histogram::kBounds[i]) : "+Inf";
        out +=
            fmt::format("{}_bucket{} {}\n", family->name, label_text(series->labels, bound), below);
      }
      out += fmt::format("{}_sum{} {}\n{}_count{} {}\n", family->name, labels,
                         histogram.sum_.load(), family->name, labels, below);
    }
  }
  return out;
}

}  // namespace tidings
