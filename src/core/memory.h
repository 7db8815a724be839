// What the allocator keeps for later, given back to the system.
#pragma once

#include <chrono>

namespace tidings {

// What the calling thread, and threads that have ended, freed. Costs a millisecond or so. Does
// nothing where a sanitizer has an allocator of its own.
void release_free_memory();

// A thread that has waited for so long, at once or in turns that nothing ended, has nothing to do:
// it gives back what it freed, once until it is woken. Whatever waits (Condition, and loops over
// descriptors) asks how long it has until then and tells what came; who works without having been
// woken says so.
inline constexpr std::chrono::seconds kIdleAfter{1};
bool is_thread_idle();
std::chrono::nanoseconds time_until_idle();        // for ever where it is
void add_waited(std::chrono::nanoseconds waited);  // in vain
void set_thread_idle();                            // releases
void set_thread_busy();

}  // namespace tidings
