// Counters, gauges and histograms, rendered for Prometheus. Passed by reference; there is no global
// registry.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/mutex.h"

namespace tidings {

using MetricLabels = std::vector<std::pair<std::string, std::string>>;

class Counter {
 public:
  void add(std::int64_t by = 1) { value_.fetch_add(by, std::memory_order_relaxed); }
  std::int64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::int64_t> value_{0};
};

class Gauge {
 public:
  void set(double value) { value_.store(value, std::memory_order_relaxed); }
  double value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<double> value_{0};
};

// Seconds, in fixed buckets from 100 µs to 100 s.
class Histogram {
 public:
  static constexpr std::array<double, 13> kBounds = {0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1,
                                                     0.5,    1,      5,     10,    50,   100};
  void observe(double seconds);

 private:
  friend class Metrics;
  std::array<std::atomic<std::int64_t>, 14> buckets_{};
  std::atomic<std::int64_t> count_{0};
  std::atomic<double> sum_{0};
};

// Names are snake_case with the unit last and get "tidings_" in front; counters end in _total.
// References stay valid for the life of the registry; asking again for the same name and labels
// gives the same one. Safe to call from many threads.
class Metrics {
 public:
  Counter& counter(std::string_view name, std::string_view help, MetricLabels labels = {});
  Gauge& gauge(std::string_view name, std::string_view help, MetricLabels labels = {});
  Histogram& histogram(std::string_view name, std::string_view help, MetricLabels labels = {});
  // Read when rendered. The function must outlive the registry's last render.
  void gauge_from(std::string_view name, std::string_view help, std::function<double()> read);

  // Prometheus text format 0.0.4.
  std::string render() const;

 private:
  struct Series {
    MetricLabels labels;
    std::unique_ptr<Counter> counter;
    std::unique_ptr<Gauge> gauge;
    std::unique_ptr<Histogram> histogram;
    std::function<double()> read;
  };
  struct Family {
    std::string name, help, type;
    std::vector<std::unique_ptr<Series>> series;
  };
  Series& find_or_add(std::string_view name, std::string_view help, std::string_view type,
                      MetricLabels labels) REQUIRES(mutex_);

  mutable Mutex mutex_;
  std::vector<std::unique_ptr<Family>> families_ GUARDED_BY(mutex_);
};

}  // namespace tidings
