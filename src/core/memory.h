// What the allocator keeps for later, given back to the system.
#pragma once

namespace tidings {

// Before the first thread: what is freed goes back within a millisecond, not 25. For the server,
// which idles after each burst. Somebody's own MIMALLOC_DECOMMIT_DELAY is left as it is.
void return_freed_memory_soon();

// After a burst of work: what the calling thread, and threads that have ended, freed. Other threads
// give back what they freed with their next turn. Does nothing where a sanitizer has an allocator
// of its own.
void release_free_memory();

}  // namespace tidings
