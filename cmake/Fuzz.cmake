# tests/fuzz/fuzz_*.c: each has LLVMFuzzerTestOneInput. Its corpus, tests/fuzz/corpus/<name without fuzz_>/, is replayed by
# ctest in every build; with HVPLAN_FUZZ (clang) a libFuzzer program is built as well:
#   cmake --preset fuzz && cmake --build --preset fuzz
#   build/fuzz/libfuzzer_yaml -max_total_time=600 tests/fuzz/corpus/yaml
if(HVPLAN_FUZZ AND NOT CMAKE_C_COMPILER_ID MATCHES "Clang")
  message(FATAL_ERROR "HVPLAN_FUZZ needs clang: -DCMAKE_C_COMPILER=clang")
endif()
if(HVPLAN_FUZZ)
  # Coverage feedback from every layer, not only from the target itself.
  target_compile_options(hvplan_options INTERFACE -fsanitize=fuzzer-no-link)
  target_link_options(hvplan_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

function(hvplan_fuzz_target target)
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(${target} PRIVATE hvplan_calibrate)
endfunction()

file(GLOB fuzz_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/fuzz/fuzz_*.c)
foreach(source ${fuzz_sources})
  get_filename_component(name ${source} NAME_WE)
  string(REPLACE "fuzz_" "" short ${name})
  add_executable(${name} ${source} ${PROJECT_SOURCE_DIR}/tests/fuzz/replay.c)
  hvplan_fuzz_target(${name})
  add_test(NAME fuzz/${short} COMMAND ${name} ${PROJECT_SOURCE_DIR}/tests/fuzz/corpus/${short})
  set_tests_properties(fuzz/${short} PROPERTIES LABELS fuzz TIMEOUT 300)
  if(HVPLAN_FUZZ)
    add_executable(libfuzzer_${short} ${source})
    hvplan_fuzz_target(libfuzzer_${short})
    target_compile_options(libfuzzer_${short} PRIVATE -fsanitize=fuzzer)
    target_link_options(libfuzzer_${short} PRIVATE -fsanitize=fuzzer)
  endif()
endforeach()
