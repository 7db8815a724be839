#include "core/memory.h"

#ifdef TIDINGS_MIMALLOC
#include <mimalloc.h>
#endif

namespace tidings {

void return_freed_memory_soon() {
#ifdef TIDINGS_MIMALLOC
  constexpr long kMilliseconds = 1;
  ::mi_option_set_default(mi_option_decommit_delay, kMilliseconds);
#endif
}

void release_free_memory() {
#ifdef TIDINGS_MIMALLOC
  constexpr bool kAll = true;
  ::mi_collect(kAll);
#endif
}

}  // namespace tidings
