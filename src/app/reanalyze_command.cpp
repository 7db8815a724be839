// Stored articles, analyzed anew beside a running server.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

#include <fmt/format.h>

#include "analyze/analyze.h"
#include "app/commands.h"
#include "app/files.h"
#include "app/opened.h"
#include "app/progress.h"
#include "app/stop_signals.h"
#include "app/wiring.h"
#include "core/thread_name.h"
#include "pipeline/analysis.h"
#include "pipeline/topic_learning.h"

namespace tidings::app {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

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

  name_batch_thread("reanalyze", 0);
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
