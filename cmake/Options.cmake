# Compiler settings that every target shares.
set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

add_library(hvplan_options INTERFACE)
target_include_directories(hvplan_options INTERFACE ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/generated)
target_compile_definitions(hvplan_options INTERFACE _POSIX_C_SOURCE=200809L)
# -ffp-contract=off: no fused multiply-add, so that every machine computes the same bytes.
target_compile_options(hvplan_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wdouble-promotion -Wmissing-prototypes
  -Wstrict-prototypes -Wvla -Wundef -Werror -ffp-contract=off)

option(HVPLAN_SANITIZE "build with AddressSanitizer and UndefinedBehaviorSanitizer" OFF)
if(HVPLAN_SANITIZE)
  target_compile_options(hvplan_options INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=all
                         -fno-omit-frame-pointer)
  target_compile_definitions(hvplan_options INTERFACE HVPLAN_ARENA_DEBUG=1)
  target_link_options(hvplan_options INTERFACE -fsanitize=address,undefined)
endif()

option(HVPLAN_COVERAGE "measure line coverage" OFF)
if(HVPLAN_COVERAGE)
  target_compile_options(hvplan_options INTERFACE --coverage)
  target_link_options(hvplan_options INTERFACE --coverage)
endif()

option(HVPLAN_FUZZ "build the libFuzzer targets (clang)" OFF)

# Whole-program optimisation is for the program and the benches. Objects carry both forms (gcc), so that the many tests link
# the plain one in a blink; see hvplan_plain_link.
if(CMAKE_INTERPROCEDURAL_OPTIMIZATION AND CMAKE_C_COMPILER_ID STREQUAL "GNU")
  set(CMAKE_C_COMPILE_OPTIONS_IPO -flto=auto -ffat-lto-objects)
endif()
function(hvplan_plain_link target)
  if(CMAKE_INTERPROCEDURAL_OPTIMIZATION AND CMAKE_C_COMPILER_ID STREQUAL "GNU")
    set_target_properties(${target} PROPERTIES INTERPROCEDURAL_OPTIMIZATION OFF)
    target_link_options(${target} PRIVATE -fno-lto)
  endif()
endfunction()
