// What the allocator keeps for later, given back to the system.
#pragma once

namespace tidings {

// After a burst of work: glibc keeps what threads freed, which for hundreds of documents in flight
// is most of what the process holds. Takes some milliseconds for each 100 MB. Does nothing with
// other allocators (sanitizers bring their own).
void release_free_memory();

}  // namespace tidings
