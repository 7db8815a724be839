#include "core/memory.h"

#ifdef TIDINGS_MIMALLOC
#include <mimalloc.h>
#endif

namespace tidings {

void release_free_memory() {
#ifdef TIDINGS_MIMALLOC
  constexpr bool kAll = true;
  ::mi_collect(kAll);
#endif
}

}  // namespace tidings
