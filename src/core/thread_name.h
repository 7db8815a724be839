// Names threads, so that `top -H` and profiles speak of what a thread does, and says which may
// wait.
#pragma once

#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>

namespace tidings {

// The calling thread; at most 15 characters (the kernel's limit), longer names are not taken.
inline void name_thread(const char* name) {
  ::pthread_setname_np(::pthread_self(), name);
}

// For threads nobody waits for, so that requests are served first. SCHED_BATCH keeps one that is
// handed work from interrupting whoever handed it over: work comes in batches, with fewer switches
// between threads. `nice_levels` above the process's are its share where others want the processor
// too: five are a third of theirs, ten a tenth (sched(7); Linux has a nice value for each thread).
// Where the system refuses it, only that is lost.
inline constexpr int kBatchNiceLevels = 10;
inline void name_batch_thread(const char* name, int nice_levels = kBatchNiceLevels) {
  name_thread(name);
  const ::sched_param none{};
  ::pthread_setschedparam(::pthread_self(), SCHED_BATCH, &none);
  const int present = ::getpriority(PRIO_PROCESS, 0);
  ::setpriority(PRIO_PROCESS, 0, present + nice_levels);
}

}  // namespace tidings
