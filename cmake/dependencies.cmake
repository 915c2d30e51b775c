# Finds the packages of Debian 12 that the project builds on, and says which one to install when one is missing.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(ZLIB REQUIRED)
find_package(fmt 9 REQUIRED)
find_package(date REQUIRED)
find_package(yaml-cpp 0.7 REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(Boost 1.74 REQUIRED)
find_package(SQLiteCpp 3.2 REQUIRED)
find_package(CLI11 2.1 REQUIRED)
# Only the companion program nines-calendar links it.
pkg_check_modules(ical REQUIRED IMPORTED_TARGET libical)
# Only the companion program nines-engine links it.
pkg_check_modules(curl REQUIRED IMPORTED_TARGET libcurl)
# Only the companion program nines-postgres links it, and without it there is none.
pkg_check_modules(pq QUIET IMPORTED_TARGET libpq)

# Debian has fmt and date as shared libraries only, and one shared library of C++ makes each command load
# the shared C++ runtime, the better half of its start. So neither is linked: base/fmt_library.cpp
# compiles what fmt's headers leave out, base/zone_file.cpp reads the zones, and date is for the tests.
add_library(nines_fmt INTERFACE)
target_compile_definitions(nines_fmt INTERFACE $<TARGET_PROPERTY:fmt::fmt,INTERFACE_COMPILE_DEFINITIONS>)

# What the library's objects compile against, and what libnines.so links.
add_library(nines_packages INTERFACE)
# What the program links: archives where there are some, because every shared library that the
# dynamic loader need not open makes each command start sooner. Debian's archives are not
# position-independent enough for a shared library, so the two lists differ.
add_library(nines_archives INTERFACE)
# Only with archives of all C++ packages can the program carry the C++ runtime too: libstdc++ alone is
# half of the start of a command.
set(NINES_STATIC_RUNTIME ON)

# nines_package(TARGET ARCHIVE): `TARGET` by name for the shared list, libARCHIVE.a for the program.
function(nines_package target archive)
  target_link_libraries(nines_packages INTERFACE ${target})
  find_library(NINES_ARCHIVE_${archive} lib${archive}.a)
  mark_as_advanced(NINES_ARCHIVE_${archive})
  if(NINES_ARCHIVE_${archive})
    target_link_libraries(nines_archives INTERFACE ${NINES_ARCHIVE_${archive}})
  else()
    target_link_libraries(nines_archives INTERFACE ${target})
    set(NINES_STATIC_RUNTIME OFF PARENT_SCOPE)
  endif()
endfunction()

# The same for a C library that has only a pkg-config file.
function(nines_pkg name module archive)
  pkg_check_modules(${name} REQUIRED IMPORTED_TARGET ${module})
  nines_package(PkgConfig::${name} ${archive})
  set(NINES_STATIC_RUNTIME ${NINES_STATIC_RUNTIME} PARENT_SCOPE)
endfunction()

nines_package(SQLiteCpp SQLiteCpp)  # before sqlite3, whose symbols it needs
nines_pkg(sqlite sqlite3 sqlite3)
nines_package(yaml-cpp yaml-cpp)
nines_package(ZLIB::ZLIB z)
nines_pkg(libyaml yaml-0.1 yaml)
nines_pkg(expat expat expat)
nines_pkg(sodium libsodium sodium)
nines_pkg(utf8proc libutf8proc utf8proc)
nines_pkg(re2 re2 re2)
nines_pkg(zstd libzstd zstd)
nines_pkg(xxhash libxxhash xxhash)
foreach(list nines_packages nines_archives)
  target_link_libraries(${list} INTERFACE nines_fmt nlohmann_json::nlohmann_json Boost::headers
                        Threads::Threads ${CMAKE_DL_LIBS} m)
  # What date's headers are compiled with, in units and tests alike.
  target_compile_definitions(${list} INTERFACE
                             $<TARGET_PROPERTY:date::date-tz,INTERFACE_COMPILE_DEFINITIONS>)
endforeach()
