# Installs the program, the library with its public headers, and the CMake package that consumers find.
include(CMakePackageConfigHelpers)
install(TARGETS nines_program RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
