# Tables that the build compiles out of npm packages (data/tables/package.json; its lock file holds each to a digest).
#   tidings_table(NAME)   data/tables/NAME.mjs writes build/PRESET/tables/NAME.bin, whose path ${TIDINGS_TABLES}/NAME.bin is
# A program of data/tables is called with the folder of the packages and the file to write.
set(TIDINGS_TABLES ${CMAKE_BINARY_DIR}/tables)
set(TIDINGS_PACKAGES ${CMAKE_BINARY_DIR}/packages)
find_program(NPM npm REQUIRED)
find_program(NODE node REQUIRED)
file(MAKE_DIRECTORY ${TIDINGS_TABLES})

add_custom_command(
  OUTPUT ${TIDINGS_PACKAGES}/node_modules/.package-lock.json
  COMMAND ${CMAKE_COMMAND} -E copy ${CMAKE_SOURCE_DIR}/data/tables/package.json ${CMAKE_SOURCE_DIR}/data/tables/package-lock.json
          ${TIDINGS_PACKAGES}
  COMMAND ${NPM} ci --silent --ignore-scripts --no-audit --no-fund
  COMMAND ${CMAKE_COMMAND} -E touch ${TIDINGS_PACKAGES}/node_modules/.package-lock.json
  DEPENDS ${CMAKE_SOURCE_DIR}/data/tables/package.json ${CMAKE_SOURCE_DIR}/data/tables/package-lock.json
  WORKING_DIRECTORY ${TIDINGS_PACKAGES}
  COMMENT "Fetching the packages of data/tables"
  VERBATIM)
add_custom_target(table_packages DEPENDS ${TIDINGS_PACKAGES}/node_modules/.package-lock.json)
file(MAKE_DIRECTORY ${TIDINGS_PACKAGES})

function(tidings_table name)
  file(GLOB shared CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/data/tables/shared/*.mjs)
  add_custom_command(
    OUTPUT ${TIDINGS_TABLES}/${name}.bin
    COMMAND ${NODE} ${CMAKE_SOURCE_DIR}/data/tables/${name}.mjs ${TIDINGS_PACKAGES}/node_modules ${TIDINGS_TABLES}/${name}.bin
    DEPENDS ${CMAKE_SOURCE_DIR}/data/tables/${name}.mjs ${shared} table_packages
            ${TIDINGS_PACKAGES}/node_modules/.package-lock.json
    COMMENT "Compiling the table ${name}"
    VERBATIM)
endfunction()
