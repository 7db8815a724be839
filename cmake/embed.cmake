# Compiles files into the program: each becomes an `inline constexpr std::string_view` named after it
# (index.html → index_html) in a generated header.
#   tidings_embed(TARGET HEADER NAMESPACE file…)
if(CMAKE_SCRIPT_MODE_FILE)
  # Run at build time: cmake -DOUT=… -DNAMESPACE=… "-DFILES=a;b" -P embed.cmake
  set(text "// Generated from the files it names; edit those.\n#pragma once\n\n#include <string_view>\n\n")
  string(APPEND text "namespace ${NAMESPACE} {\n\n")
  foreach(file ${FILES})
    get_filename_component(name ${file} NAME)
    string(MAKE_C_IDENTIFIER ${name} symbol)
    file(READ ${file} hex HEX)
    string(LENGTH "${hex}" digits)
    math(EXPR size "${digits} / 2")
    string(REGEX REPLACE "(................................)" "\\1\n" lines "${hex}")
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${lines}")
    string(APPEND text "inline constexpr unsigned char ${symbol}_bytes[] = {\n${bytes}0};\n")
    string(APPEND text "inline const std::string_view ${symbol}{\n"
           "    reinterpret_cast<const char*>(${symbol}_bytes), ${size}};\n\n")
  endforeach()
  string(APPEND text "}  // namespace ${NAMESPACE}\n")
  file(WRITE ${OUT} "${text}")
  return()
endif()

set(TIDINGS_EMBED_SCRIPT ${CMAKE_CURRENT_LIST_FILE})
add_custom_target(generated_sources) # what tools that read the sources need beside them

function(tidings_embed target header namespace)
  set(files)
  foreach(file ${ARGN})
    list(APPEND files ${CMAKE_CURRENT_SOURCE_DIR}/${file})
  endforeach()
  set(out ${CMAKE_CURRENT_BINARY_DIR}/embedded/${header})
  add_custom_command(
    OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DOUT=${out} -DNAMESPACE=${namespace} "-DFILES=${files}" -P
            ${TIDINGS_EMBED_SCRIPT}
    DEPENDS ${files} ${TIDINGS_EMBED_SCRIPT}
    COMMENT "Embedding ${header}"
    VERBATIM)
  add_custom_target(${target}_embedded DEPENDS ${out})
  add_dependencies(generated_sources ${target}_embedded)
  target_sources(${target} PRIVATE ${out})
  target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/embedded)
endfunction()
