# Headers of others that most sources include: read once a target, not once a source. The release preset reads none of
# them ahead, so that a source that forgets to include what it uses does not get into a release.
set(testudo_common_headers <algorithm> <array> <cstdint> <cstdio> <cstring> <filesystem> <functional> <map> <memory>
  <optional> <set> <span> <string> <string_view> <unordered_map> <vector>)

# A floor of the house: one library a folder of src/, which may use only the folders it names in USES.
# Sources are found by pattern, so that a new file (a parser above all) needs no edit here.
function(testudo_floor name)
  cmake_parse_arguments(F "OBJECT" "" "USES;LIBS;HEADERS" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/${name}/*.cpp)
  # Self-registering objects in a static library are dropped by the linker; parsers are an OBJECT library.
  set(kind STATIC)
  if(F_OBJECT)
    set(kind OBJECT)
  endif()
  if(NOT sources)
    add_library(testudo_${name} INTERFACE)
    set(scope INTERFACE)
  else()
    add_library(testudo_${name} ${kind} ${sources})
    set(scope PUBLIC)
    target_link_libraries(testudo_${name} PRIVATE testudo_warnings)
    if(NOT F_OBJECT)  # whose precompiled header would be linked like an object
      target_precompile_headers(testudo_${name} PRIVATE ${testudo_common_headers} ${F_HEADERS})
    endif()
  endif()
  target_include_directories(testudo_${name} ${scope} ${PROJECT_SOURCE_DIR}/src)
  foreach(lower ${F_USES})
    target_link_libraries(testudo_${name} ${scope} testudo_${lower})
  endforeach()
  target_link_libraries(testudo_${name} ${scope} ${F_LIBS})
  set_property(GLOBAL APPEND PROPERTY TESTUDO_FLOORS testudo_${name})
endfunction()

# One test program a folder of tests/, named like the floor that it tests.
function(testudo_test name)
  cmake_parse_arguments(T "" "" "USES;LIBS" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/${name}/*.cpp)
  if(NOT sources)
    return()
  endif()
  add_executable(test_${name} ${sources})
  target_include_directories(test_${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_link_libraries(test_${name} PRIVATE testudo_warnings GTest::gtest_main ${T_LIBS})
  foreach(lower ${T_USES})
    target_link_libraries(test_${name} PRIVATE testudo_${lower})
  endforeach()
  target_precompile_headers(test_${name} PRIVATE ${testudo_common_headers} <gtest/gtest.h>)
  target_compile_definitions(test_${name} PRIVATE
    TESTUDO_SOURCE_DIR="${PROJECT_SOURCE_DIR}" TESTUDO_BINARY_DIR="${PROJECT_BINARY_DIR}")
  add_test(NAME ${name} COMMAND test_${name})
endfunction()
