#include "core/memory.h"

#include <algorithm>

#ifdef TIDINGS_MIMALLOC
#include <mimalloc.h>
#endif

namespace tidings {
namespace {

thread_local bool thread_is_idle = false;
thread_local std::chrono::nanoseconds thread_waited{0};  // since it was busy

}  // namespace

void release_free_memory() {
#ifdef TIDINGS_MIMALLOC
  // What a collection frees is otherwise given back when its thread allocates again, 25 ms later at
  // the earliest: never, where the thread waits.
  static const long delay = ::mi_option_get(mi_option_decommit_delay);
  constexpr bool kAll = true;
  ::mi_option_set(mi_option_decommit_delay, 0);
  ::mi_collect(kAll);
  ::mi_option_set(mi_option_decommit_delay, delay);
#endif
}

bool is_thread_idle() {
  return thread_is_idle;
}

std::chrono::nanoseconds time_until_idle() {
  if (thread_is_idle) return std::chrono::nanoseconds::max();
  return std::max<std::chrono::nanoseconds>(kIdleAfter - thread_waited, thread_waited.zero());
}

void add_waited(std::chrono::nanoseconds waited) {
  thread_waited += waited;
}

void set_thread_idle() {
  release_free_memory();
  thread_is_idle = true;
}

void set_thread_busy() {
  thread_is_idle = false;
  thread_waited = thread_waited.zero();
}

}  // namespace tidings
