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

# Puts files into the program's read-only data as they are, 64-byte aligned: each becomes an `inline std::string_view NAME()`
# named after it (language.bin → language_bin()) in a generated header. Their pages are mapped with the program and read
# when touched, and processes share them. Paths are absolute; a file may be made by the build.
#   tidings_embed_bytes(TARGET HEADER NAMESPACE file…)
function(tidings_embed_bytes target header namespace)
  set(declarations)
  set(accessors)
  set(assembly ".section .note.GNU-stack,\"\",%progbits\n.section .rodata\n")
  foreach(file ${ARGN})
    get_filename_component(name ${file} NAME)
    string(MAKE_C_IDENTIFIER ${name} symbol)
    set(begin tidings_bytes_${symbol})
    string(APPEND assembly ".balign 64\n.globl ${begin}\n${begin}:\n.incbin \"${file}\"\n"
           ".globl ${begin}_end\n${begin}_end:\n.byte 0\n")
    string(APPEND declarations "extern \"C\" {\nextern const char ${begin}[];\nextern const char ${begin}_end[];\n}\n")
    string(APPEND accessors "inline std::string_view ${symbol}() {\n"
           "  return {${begin}, static_cast<std::size_t>(${begin}_end - ${begin})};\n}\n")
  endforeach()
  set(folder ${CMAKE_CURRENT_BINARY_DIR}/embedded)
  set(source ${folder}/${header}.S)
  file(CONFIGURE OUTPUT ${source} CONTENT "${assembly}")
  file(CONFIGURE OUTPUT ${folder}/${header}
       CONTENT "// Generated: see tidings_embed_bytes.\n#pragma once\n\n#include <cstddef>\n#include <string_view>\n\n\
${declarations}\nnamespace ${namespace} {\n\n${accessors}\n}  // namespace ${namespace}\n")
  set_source_files_properties(${source} PROPERTIES OBJECT_DEPENDS "${ARGN}")
  target_sources(${target} PRIVATE ${source})
  target_include_directories(${target} PRIVATE ${folder})
endfunction()
