# knowledge/ and rules/ travel inside the program: each file becomes a read-only byte range, found by its path
# (src/base/embedded.cpp). Paths and ranges come from one source, so that they cannot belong to different states of it.
file(GLOB_RECURSE embedded RELATIVE ${PROJECT_SOURCE_DIR} CONFIGURE_DEPENDS
  ${PROJECT_SOURCE_DIR}/knowledge/* ${PROJECT_SOURCE_DIR}/rules/*)
set(ranges ".section .rodata\n")
set(rows ".section .data.rel.ro, \"aw\"\n.balign 8\n.globl embedded_rows\nembedded_rows:\n")
set(index 0)
set(depends "")
foreach(path ${embedded})
  string(APPEND ranges
    "embedded_${index}_path:\n.asciz \"${path}\"\n.balign 16\nembedded_${index}_begin:\n.incbin \"${PROJECT_SOURCE_DIR}/${path}\"\nembedded_${index}_end:\n.byte 0\n")
  string(APPEND rows ".quad embedded_${index}_path, embedded_${index}_begin, embedded_${index}_end\n")
  list(APPEND depends ${PROJECT_SOURCE_DIR}/${path})
  math(EXPR index "${index} + 1")
endforeach()
string(APPEND rows ".globl embedded_rows_end\nembedded_rows_end:\n.section .note.GNU-stack,\"\",%progbits\n")
file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/embedded/data.S CONTENT "${ranges}${rows}" @ONLY)
set_source_files_properties(${PROJECT_BINARY_DIR}/embedded/data.S PROPERTIES OBJECT_DEPENDS "${depends}")
add_library(testudo_embedded STATIC ${PROJECT_BINARY_DIR}/embedded/data.S)
