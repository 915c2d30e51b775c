# Installs the build into a fresh folder, then builds and runs programs against what was installed:
# one that uses the CMake package, one that uses pkg-config, and every public header by itself.
cmake_minimum_required(VERSION 3.25)
set(prefix ${WORK}/prefix)
file(REMOVE_RECURSE ${WORK})
file(MAKE_DIRECTORY ${WORK})

function(run)
  execute_process(COMMAND ${ARGN} WORKING_DIRECTORY ${WORK} RESULT_VARIABLE result
                  OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT result EQUAL 0)
    string(JOIN " " line ${ARGN})
    message(FATAL_ERROR "'${line}' left with ${result}:\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${prefix})
foreach(file bin/nines ${LIBEXECDIR}/nines/nines-calendar ${LIBEXECDIR}/nines/nines-engine ${LIBDIR}/libnines.so ${LIBDIR}/pkgconfig/nines.pc
             include/nines/usecases/session.hpp ${LIBDIR}/cmake/nines/nines-config.cmake)
  if(NOT EXISTS ${prefix}/${file})
    message(FATAL_ERROR "installation left out ${file}")
  endif()
endforeach()
file(GLOB_RECURSE pages RELATIVE ${SOURCE}/../../man ${SOURCE}/../../man/*.[1-8])
foreach(page IN LISTS pages)
  get_filename_component(section ${page} LAST_EXT)
  string(REPLACE "." "man" section ${section})
  if(NOT EXISTS ${prefix}/share/man/${section}/${page})
    message(FATAL_ERROR "installation left out the manual page ${page}")
  endif()
endforeach()

# Elsewhere than it was installed, and without the source tree.
file(RENAME ${prefix} ${WORK}/moved)
set(prefix ${WORK}/moved)
run(${CMAKE_COMMAND} -S ${SOURCE} -B ${WORK}/by-cmake -G Ninja -DCMAKE_PREFIX_PATH=${prefix}
    -DCMAKE_CXX_COMPILER=${CXX} -DCMAKE_FIND_USE_PACKAGE_REGISTRY=OFF)
run(${CMAKE_COMMAND} --build ${WORK}/by-cmake)
run(${WORK}/by-cmake/consumer)
message(STATUS "by find_package: ${output}")

set(ENV{PKG_CONFIG_PATH} ${prefix}/${LIBDIR}/pkgconfig)
run(pkg-config --cflags --libs nines)
separate_arguments(flags UNIX_COMMAND "${output}")
run(${CXX} ${SOURCE}/consumer.cpp -o ${WORK}/by-pkg-config ${flags} -Wl,-rpath,${prefix}/${LIBDIR})
run(${WORK}/by-pkg-config)
message(STATUS "by pkg-config: ${output}")

# Each public header by itself.
file(GLOB_RECURSE headers RELATIVE ${prefix}/include/nines ${prefix}/include/nines/*.hpp)
foreach(header IN LISTS headers)
  file(WRITE ${WORK}/header.cpp "#include \"${header}\"\n")
  run(${CXX} -std=c++20 -fsyntax-only -I${prefix}/include/nines ${WORK}/header.cpp)
endforeach()
list(LENGTH headers count)
message(STATUS "${count} public headers stand alone")
