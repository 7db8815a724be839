// Stored articles, analyzed anew beside a running server.
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <thread>

#include <fmt/format.h>

#include "analyze/analyze.h"
#include "app/commands.h"
#include "app/files.h"
#include "app/opened.h"
#include "app/stop_signals.h"
#include "app/wiring.h"
#include "core/thread_name.h"
#include "pipeline/analysis.h"
#include "pipeline/topic_learning.h"

namespace tidings::app {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

std::string with_commas(std::int64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3;) text.insert(at -= 3, 1, ',');
  return text;
}

std::string duration_text(double seconds) {
  const auto whole = static_cast<std::int64_t>(std::ceil(seconds));
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {} s", whole / 60, whole % 60);
  return fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60);
}

// One line that is written over on a terminal; elsewhere a line now and then.
class Progress {
 public:
  explicit Progress(std::int64_t total) : total_(total) {}

  void tell(std::int64_t done) {
    const steady_clock::time_point now = steady_clock::now();
    const auto pause = is_terminal_ ? milliseconds(500) : milliseconds(10'000);
    if (now < told_at_ + pause) return;
    told_at_ = now;
    const double seconds = std::chrono::duration<double>(now - begun_at_).count();
    const double rate = static_cast<double>(done) / std::max(seconds, 1e-3);
    const auto left = static_cast<double>(std::max<std::int64_t>(0, total_ - done));
    write_error(fmt::format("{}{} of {} articles, {} a second, {} left{}", is_terminal_ ? "\r" : "",
                            with_commas(done), with_commas(std::max(total_, done)),
                            with_commas(std::llround(rate)), duration_text(left / rate),
                            is_terminal_ ? "\x1b[K" : "\n"));
    is_told_ = true;
  }

  // So that what is written next begins a line.
  void end() const {
    if (is_terminal_ && is_told_) write_error("\r\x1b[K");
  }

 private:
  const std::int64_t total_;
  const bool is_terminal_ = ::isatty(STDERR_FILENO) == 1;
  const steady_clock::time_point begun_at_ = steady_clock::now();
  steady_clock::time_point told_at_ = begun_at_;
  bool is_told_ = false;
};

// Who follows the log of a running server comes first: while the server is behind with what is new,
// and gets on with it, there is a pause.
class Courtesy {
 public:
  explicit Courtesy(const EventLog& events) : events_(events) {}

  template <class IsStopped>
  Result<void> wait(const IsStopped& is_stopped) {
    if (steady_clock::now() < looks_again_at_) return {};
    const std::string consumer(pipeline::kConsumerNames[1]);
    EventSequence at = TRY(events_.cursor(consumer));
    while (!is_stopped() && to_int(TRY(events_.head())) - to_int(at) > kEventsBehind) {
      std::this_thread::sleep_for(kPause);
      const EventSequence now_at = TRY(events_.cursor(consumer));
      if (now_at == at) break;  // nobody analyzes what is new
      at = now_at;
    }
    looks_again_at_ = steady_clock::now() + kLooksEvery;
    return {};
  }

 private:
  // More than what is done here makes of events between two looks: that is no work for the server.
  static constexpr std::int64_t kEventsBehind = 5'000;
  static constexpr milliseconds kPause{200}, kLooksEvery{1'000};

  const EventLog& events_;
  steady_clock::time_point looks_again_at_{};
};

// The workers end at a signal; the thread that stores looks at it between two batches.
class Interruption {
 public:
  Interruption(const StopSignals& signals, pipeline::BatchWorkers& workers)
      : watching_([this, &signals, &workers](const std::stop_token& stop) {
          while (!stop.stop_requested() && !came_) came_ = signals.wait_for(milliseconds(100));
          if (came_) workers.request_stop();
        }) {}
  bool came() const { return came_; }

 private:
  std::atomic<bool> came_ = false;
  std::jthread watching_;
};

Result<void> reanalyze(const Arguments& arguments) {
  constexpr int kNiceLevel = 15;
  // Before any thread begins: one that does not block signals would take them.
  const StopSignals signals;
  const auto opened = TRY(open(arguments, Installation::MustExist));
  AnalysisStore& analyses = opened->stores->analyses();
  if (arguments.has("--all") && !TRY(analyses.begin_renewal()))
    write_error("tidings: going on with the one that was interrupted\n");
  const std::int64_t total = TRY(analyses.count_outdated(analyze::kAnalyzers));

  name_batch_thread("reanalyze");
  pipeline::BatchWorkers workers(pipeline::BatchWorkers::threads_by_default(), kNiceLevel);
  const Interruption interruption(signals, workers);
  const auto is_stopped = [&] { return interruption.came(); };
  pipeline::LearnedTopicTable learned;
  if (opened->settings.learn_topics) TRY(learned.load(*TRY(open_objects(opened->settings))));
  pipeline::Reanalysis work(opened->stores->articles(), analyses, workers, analyze::kAnalyzers,
                            &learned);
  Courtesy courtesy(opened->stores->events());
  Progress progress(total);
  std::int64_t done = 0;
  while (!is_stopped()) {
    TRY(courtesy.wait(is_stopped));
    const Result<std::size_t> count = work.step();
    if (!count && is_stopped()) break;
    if (!count) return count.error();
    if (*count == 0) {
      progress.end();
      TRY(analyses.end_renewal());
      return write_output(fmt::format("{{\"analyzed\":{}}}\n", done));
    }
    done += static_cast<std::int64_t>(*count);
    progress.tell(done);
  }
  progress.end();
  return Error{ErrorKind::Unavailable,
               fmt::format("stopped: {} articles are analyzed, {} are left; `tidings reanalyze` "
                           "goes on with them",
                           with_commas(done), with_commas(std::max<std::int64_t>(0, total - done))),
               {}};
}

}  // namespace

int run_reanalyze(const Arguments& arguments) {
  return report(reanalyze(arguments));
}

}  // namespace tidings::app
