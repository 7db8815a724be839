// What the allocator keeps for later, given back to the system.
#pragma once

namespace tidings {

// After a burst of work: what the calling thread, and threads that have ended, freed. Other threads
// give back what they freed with their next turn. Does nothing where a sanitizer has an allocator
// of its own.
void release_free_memory();

}  // namespace tidings
