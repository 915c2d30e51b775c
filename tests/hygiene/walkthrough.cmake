# Runs examples/${SCRIPT}.sh, a whole session at the terminal, and compares what it prints with the committed text.
# NINES_UPDATE=1 writes the text anew: read the difference before you commit it.
cmake_minimum_required(VERSION 3.25)
set(expected_file ${ROOT}/tests/golden/${SCRIPT}_walkthrough.txt)
execute_process(COMMAND ${CMAKE_COMMAND} -E env NINES=${PROGRAM} sh ${ROOT}/examples/${SCRIPT}.sh
                OUTPUT_VARIABLE printed ERROR_VARIABLE complaints RESULT_VARIABLE failed)
if(failed OR complaints)
  message(SEND_ERROR "examples/${SCRIPT}.sh ends with ${failed}: ${complaints}\n${printed}")
endif()
if("$ENV{NINES_UPDATE}")
  file(WRITE ${expected_file} "${printed}")
endif()
file(READ ${expected_file} expected)
if(NOT printed STREQUAL expected)
  file(WRITE ${BUILD}/${SCRIPT}_walkthrough.txt "${printed}")
  message(SEND_ERROR "examples/${SCRIPT}.sh prints something else: diff ${expected_file} "
                     "${BUILD}/${SCRIPT}_walkthrough.txt; NINES_UPDATE=1 ctest -R hygiene.walkthrough writes it")
endif()
# Without brackets, which would glue the elements of a list together.
string(REGEX MATCHALL " [$] nines" steps "${printed}")
list(LENGTH steps count)
if(count LESS 20)
  message(SEND_ERROR "only ${count} steps: the walk-through would prove nothing")
endif()
message(STATUS "walkthrough: ${count} steps")
