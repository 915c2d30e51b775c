# Installs the program, the library with its public headers, and the CMake package that consumers find.
include(CMakePackageConfigHelpers)
set(NINES_PACKAGE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/nines)

install(TARGETS nines_program RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
# Programs that only nines runs, for the sake of what they link.
install(TARGETS nines_calendar nines_engine RUNTIME DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/nines)
install(TARGETS nines EXPORT nines-targets LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(EXPORT nines-targets NAMESPACE nines:: DESTINATION ${NINES_PACKAGE_DIR})

# The list is found at installation, since a header may have become public after configuring.
install(CODE "
  include(\"${PROJECT_SOURCE_DIR}/cmake/public_headers.cmake\")
  nines_public_headers(\"${PROJECT_SOURCE_DIR}/lib\" headers foreign)
  foreach(header IN LISTS headers)
    get_filename_component(folder \${header} DIRECTORY)
    file(INSTALL \"${PROJECT_SOURCE_DIR}/lib/\${header}\"
         DESTINATION \"\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_INCLUDEDIR}/nines/\${folder}\")
  endforeach()")

configure_package_config_file(cmake/nines-config.cmake.in ${PROJECT_BINARY_DIR}/nines-config.cmake
                              INSTALL_DESTINATION ${NINES_PACKAGE_DIR})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/nines-config-version.cmake
                                 COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/nines-config.cmake ${PROJECT_BINARY_DIR}/nines-config-version.cmake
        DESTINATION ${NINES_PACKAGE_DIR})
# The prefix is said from the file's own place, so that the whole tree may be moved.
file(RELATIVE_PATH NINES_PC_PREFIX /prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig /prefix)
configure_file(cmake/nines.pc.in ${PROJECT_BINARY_DIR}/nines.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/nines.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

foreach(section 1 5 7)
  install(DIRECTORY man/ ${PROJECT_BINARY_DIR}/man/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section}
          FILES_MATCHING PATTERN "*.${section}")
endforeach()
install(DIRECTORY schemas/ DESTINATION ${CMAKE_INSTALL_DATADIR}/nines/schemas
        FILES_MATCHING PATTERN "*.json")
