# The tests of what is installed, of what the library shows, and of how the program is linked.
if(NINES_SANITIZE)
  return()  # sanitizers link and export things of their own
endif()
add_test(NAME hygiene.exports
         COMMAND ${CMAKE_COMMAND} -DROOT=${PROJECT_SOURCE_DIR} -DNM=${CMAKE_NM}
                 -DLIBRARY=$<TARGET_FILE:nines> -P ${PROJECT_SOURCE_DIR}/tests/hygiene/exports.cmake)
add_test(NAME hygiene.program
         COMMAND ${CMAKE_COMMAND} -DPROGRAM=$<TARGET_FILE:nines_program> -DLIBRARY=$<TARGET_FILE:nines>
                 -DCALENDAR=$<TARGET_FILE:nines_calendar> -DENGINE=$<TARGET_FILE:nines_engine> -DREADELF=${CMAKE_READELF}
                 -DPOSTGRES=$<$<TARGET_EXISTS:nines_postgres>:$<TARGET_FILE:nines_postgres>>
                 -DRELEASE=$<CONFIG:Release> -P ${PROJECT_SOURCE_DIR}/tests/hygiene/program.cmake)
add_test(NAME install.consumer
         COMMAND ${CMAKE_COMMAND} -DBUILD=${PROJECT_BINARY_DIR} -DWORK=${PROJECT_BINARY_DIR}/consumer
                 -DSOURCE=${CMAKE_CURRENT_LIST_DIR} -DCXX=${CMAKE_CXX_COMPILER}
                 -DLIBDIR=${CMAKE_INSTALL_LIBDIR} -DLIBEXECDIR=${CMAKE_INSTALL_LIBEXECDIR} -P ${CMAKE_CURRENT_LIST_DIR}/run.cmake)
set_tests_properties(hygiene.exports hygiene.program PROPERTIES LABELS quick)
set_tests_properties(install.consumer PROPERTIES LABELS full)
