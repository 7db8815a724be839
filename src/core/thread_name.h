// Names threads, so that `top -H` and profiles speak of what a thread does.
#pragma once

#include <pthread.h>

namespace tidings {

// The calling thread; at most 15 characters (the kernel's limit), longer names are not taken.
inline void name_thread(const char* name) {
  ::pthread_setname_np(::pthread_self(), name);
}

}  // namespace tidings
