#include "pipeline/batch_workers.h"

#include <algorithm>

#include "core/check.h"

namespace tidings::pipeline {

BatchWorkers::BatchWorkers(std::size_t threads, int nice_levels) {
  CHECK(threads > 0);
  for (std::size_t i = 0; i < threads; ++i) {
    threads_.emplace_back([this, nice_levels] {
      name_batch_thread("analyze", nice_levels);
      work();
    });
  }
}

BatchWorkers::~BatchWorkers() {
  request_stop();
}

bool BatchWorkers::run(std::size_t parts, const std::function<void(std::size_t)>& part) {
  MutexLock lock(mutex_);
  part_ = &part;
  next_ = 0;
  parts_ = parts;
  has_parts_.notify_all();
  while (at_work_ > 0 || (next_ < parts_ && !is_stopped_)) is_done_.wait(mutex_);
  const bool was_whole = next_ == parts_;
  part_ = nullptr;
  parts_ = next_ = 0;
  return was_whole;
}

void BatchWorkers::request_stop() {
  MutexLock lock(mutex_);
  is_stopped_ = true;
  has_parts_.notify_all();
  is_done_.notify_all();
}

std::size_t BatchWorkers::threads_by_default() {
  return std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, 8);
}

void BatchWorkers::work() {
  while (true) {
    const std::function<void(std::size_t)>* part = nullptr;
    std::size_t mine = 0;
    {
      MutexLock lock(mutex_);
      while (!is_stopped_ && next_ == parts_) has_parts_.wait(mutex_);
      if (is_stopped_) return;
      part = part_;
      mine = next_++;
      ++at_work_;
    }
    (*part)(mine);
    MutexLock lock(mutex_);
    --at_work_;
    if (at_work_ == 0) is_done_.notify_all();
  }
}

}  // namespace tidings::pipeline
