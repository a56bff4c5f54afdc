# tests/unit/<layer>/test_*.c link that layer; the other folders link everything.
pkg_check_modules(CMOCKA REQUIRED IMPORTED_TARGET cmocka)

add_library(hvplan_support STATIC ${PROJECT_SOURCE_DIR}/tests/support/support.c)
target_link_libraries(hvplan_support PUBLIC hvplan_options PkgConfig::CMOCKA m)
add_library(hvplan_queuesim STATIC ${PROJECT_SOURCE_DIR}/tests/support/queuesim.c)
target_link_libraries(hvplan_queuesim PUBLIC hvplan_engine hvplan_support)
add_library(hvplan_hostsim STATIC ${PROJECT_SOURCE_DIR}/tests/support/hostsim.c ${PROJECT_SOURCE_DIR}/tests/support/replay.c)
target_link_libraries(hvplan_hostsim PUBLIC hvplan_scenarios hvplan_support)
target_compile_definitions(hvplan_hostsim PRIVATE
  HVPLAN_SOURCE_DIR="${PROJECT_SOURCE_DIR}" HVPLAN_BINARY_DIR="${PROJECT_BINARY_DIR}")

# Published measurements and what the model makes of them: for validation/test_published_*.c and the validation page.
file(GLOB published_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/support/published*.c)
find_package(BZip2 REQUIRED) # a recorded trace of disk operations
add_library(hvplan_published STATIC ${published_sources} ${PROJECT_SOURCE_DIR}/tests/support/disktrace.c)
target_link_libraries(hvplan_published PUBLIC hvplan_hostsim BZip2::BZip2)
target_compile_definitions(hvplan_published PRIVATE
  HVPLAN_SOURCE_DIR="${PROJECT_SOURCE_DIR}" HVPLAN_BINARY_DIR="${PROJECT_BINARY_DIR}")
add_executable(validation_report ${PROJECT_SOURCE_DIR}/tests/support/validation_report.c)
target_link_libraries(validation_report PRIVATE hvplan_published)

function(hvplan_tests folder label)
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/${folder}/test_*.c)
  foreach(source ${sources})
    get_filename_component(name ${source} NAME_WE)
    set(target ${label}_${name})
    add_executable(${target} ${source})
    target_link_libraries(${target} PRIVATE ${ARGN} hvplan_support)
    hvplan_plain_link(${target})
    target_compile_definitions(${target} PRIVATE
      HVPLAN_SOURCE_DIR="${PROJECT_SOURCE_DIR}" HVPLAN_BINARY_DIR="${PROJECT_BINARY_DIR}")
    add_test(NAME ${folder}/${name} COMMAND ${target})
    set_tests_properties(${folder}/${name} PROPERTIES LABELS ${label} TIMEOUT 600)
  endforeach()
endfunction()

foreach(layer base engine mechanism analytic scenarios calibrate)
  hvplan_tests(unit/${layer} unit_${layer} hvplan_${layer} PkgConfig::GSL)
endforeach()
hvplan_tests(unit/host unit_host hvplan_hostsim) # models are easier to read as YAML

# A made-up result for the tests of reports; fixture_report writes it in any format (and refreshes the golden file).
add_library(hvplan_fixture STATIC ${PROJECT_SOURCE_DIR}/tests/support/fixture_result.c
            ${PROJECT_SOURCE_DIR}/tests/support/capture.c ${PROJECT_SOURCE_DIR}/tests/support/golden.c)
target_link_libraries(hvplan_fixture PUBLIC hvplan_base PkgConfig::JANSSON)
add_executable(fixture_report ${PROJECT_SOURCE_DIR}/tests/support/fixture_report.c)
target_link_libraries(fixture_report PRIVATE hvplan_reports hvplan_fixture)
hvplan_tests(unit/reports unit_reports hvplan_reports hvplan_fixture)
hvplan_tests(validation validation hvplan_queuesim hvplan_published hvplan_hostsim hvplan_calibrate hvplan_reports PkgConfig::GSL)
hvplan_tests(property property hvplan_hostsim hvplan_calibrate hvplan_reports PkgConfig::GSL)
hvplan_tests(golden golden hvplan_calibrate hvplan_reports hvplan_fixture PkgConfig::JANSSON)

# Scripts: exit 0 passes, exit 77 is "skipped" and says why.
function(hvplan_scripts folder)
  file(GLOB scripts CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/${folder}/*.sh)
  foreach(script ${scripts})
    get_filename_component(name ${script} NAME_WE)
    add_test(NAME ${folder}/${name} COMMAND ${script} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
    set_tests_properties(${folder}/${name} PROPERTIES LABELS ${folder} SKIP_RETURN_CODE 77 TIMEOUT 900
      ENVIRONMENT "HVPLAN=$<$<TARGET_EXISTS:hvplan>:$<TARGET_FILE:hvplan>>;HVPLAN_BUILD=${PROJECT_BINARY_DIR}")
  endforeach()
endfunction()
hvplan_scripts(lint)
hvplan_scripts(e2e)

include(cmake/Fuzz.cmake OPTIONAL)
