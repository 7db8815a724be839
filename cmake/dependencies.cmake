# Every library that the tree links, all from Debian 12. docs/decisions/ says why each was chosen.
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(fmt REQUIRED)
# Only for tests and benchmarks: who just runs the server needs neither.
find_package(GTest QUIET)
find_package(benchmark QUIET)
find_package(Boost 1.81 REQUIRED)
find_package(mimalloc 2.0 REQUIRED)
foreach(library libcurl libzip gmime-3.0 sqlite3 libpq expat pugixml gumbo simdjson icu-uc icu-i18n libpsl
                libxxhash libzstd libbrotlienc libbrotlidec zlib libcrypto libssl tomlplusplus)
  string(MAKE_C_IDENTIFIER ${library} name)
  pkg_check_modules(${name} REQUIRED IMPORTED_TARGET ${library})
endforeach()
