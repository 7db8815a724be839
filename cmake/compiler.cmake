# One place for language level, warnings, sanitizers, linker and compiler cache.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS ON) # TRY is a statement expression
set(TIDINGS_SANITIZER "" CACHE STRING "value for -fsanitize=")
option(TIDINGS_FUZZ "build the libFuzzer targets (clang only)" OFF)

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CCACHE})
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  find_program(LLD NAMES ld.lld-19 ld.lld)
  if(LLD)
    add_link_options(-fuse-ld=${LLD})
  endif()
else()
  find_program(MOLD mold)
  if(MOLD)
    add_link_options(-fuse-ld=mold)
  endif()
endif()

add_compile_options(-Wall -Wextra -Wpedantic -Wno-missing-field-initializers -fno-omit-frame-pointer)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # Statement expressions are what TRY is made of.
  add_compile_options(-Wno-gnu-statement-expression -Wno-gnu-statement-expression-from-macro-expansion
                      -Wno-missing-designated-field-initializers -Wthread-safety)
else()
  # -Wpedantic has no finer switch in g++; TRY marks itself with __extension__.
  add_compile_options(-Wno-dangling-reference)
endif()
if(TIDINGS_SANITIZER)
  add_compile_options(-fsanitize=${TIDINGS_SANITIZER} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${TIDINGS_SANITIZER})
endif()
if(TIDINGS_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1") # -O0 doubles the test time, -g doubles the link
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O1 -g1")
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1 -DNDEBUG -ffunction-sections -fdata-sections")
