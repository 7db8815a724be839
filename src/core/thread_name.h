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

// For threads nobody waits for: SCHED_BATCH (sched(7)) keeps one that is handed work from
// interrupting whoever handed it over, so that work comes in batches, with fewer switches between
// threads, and requests are served first. Where the system refuses it, only that is lost.
inline void name_batch_thread(const char* name) {
  name_thread(name);
  const ::sched_param none{};
  ::pthread_setschedparam(::pthread_self(), SCHED_BATCH, &none);
}

// The calling thread's share where others want the processor too: five levels above the process's
// are a third of it, fifteen a thirtieth (sched(7)). Linux has a nice value for each thread.
inline void lower_thread_priority(int nice_levels) {
  const int present = ::getpriority(PRIO_PROCESS, 0);
  ::setpriority(PRIO_PROCESS, 0, present + nice_levels);
}

}  // namespace tidings
