# Programs that print ratios; never run as tests. bench_engine measures the engine alone, the others link everything.
file(GLOB bench_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/bench/bench_*.c)
foreach(source ${bench_sources})
  get_filename_component(bench ${source} NAME_WE)
  add_executable(${bench} ${source})
  if(bench STREQUAL "bench_engine")
    target_sources(${bench} PRIVATE ${PROJECT_SOURCE_DIR}/bench/engine_queue.c ${PROJECT_SOURCE_DIR}/bench/engine_events.c
                                    ${PROJECT_SOURCE_DIR}/bench/tight.c)
    target_link_libraries(${bench} PRIVATE hvplan_engine)
  else()
    target_link_libraries(${bench} PRIVATE hvplan_calibrate hvplan_reports)
  endif()
endforeach()
