# Style, script and Chart.js of the HTML report, compiled in: the program needs no data files, the report no network.
# chart.umd.js is the browser build of version 4, chart.min.js that of version 3.
find_file(HVPLAN_CHART_JS NAMES chart.umd.js chart.min.js
          PATHS /usr/share/javascript/chart.js /usr/share/nodejs/chart.js/dist NO_DEFAULT_PATH REQUIRED
          DOC "browser build of Chart.js (Debian package libjs-chart.js)")

add_executable(hvplan_embed ${PROJECT_SOURCE_DIR}/cmake/embed.c)
target_link_libraries(hvplan_embed PRIVATE hvplan_options)

set(hvplan_assets ${PROJECT_BINARY_DIR}/generated/assets.c)
file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/generated)
add_custom_command(OUTPUT ${hvplan_assets}
  COMMAND hvplan_embed ${hvplan_assets}
          report.css=${PROJECT_SOURCE_DIR}/reports/assets/report.css
          report.js=${PROJECT_SOURCE_DIR}/reports/assets/report.js
          chart.js=${HVPLAN_CHART_JS}
  DEPENDS hvplan_embed ${PROJECT_SOURCE_DIR}/reports/assets/report.css
          ${PROJECT_SOURCE_DIR}/reports/assets/report.js ${HVPLAN_CHART_JS}
  COMMENT "Embedding the assets of the HTML report" VERBATIM)

add_library(hvplan_assets STATIC ${hvplan_assets})
target_link_libraries(hvplan_assets PUBLIC hvplan_options)
