# Installs the program, the library with its public headers, and the CMake package that consumers find.
include(CMakePackageConfigHelpers)
set(NINES_PACKAGE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/nines)

install(TARGETS nines_program RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT program)
# Programs that only nines runs, for the sake of what they link.
install(TARGETS nines_calendar nines_engine RUNTIME DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/nines
        COMPONENT program)
if(TARGET nines_postgres)
  install(TARGETS nines_postgres RUNTIME DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/nines COMPONENT postgres)
  install(DIRECTORY schemas/postgres DESTINATION ${CMAKE_INSTALL_DATADIR}/nines/schemas
          COMPONENT postgres FILES_MATCHING PATTERN "*.sql")
endif()
install(TARGETS nines EXPORT nines-targets LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT library
        NAMELINK_COMPONENT development)
install(EXPORT nines-targets NAMESPACE nines:: DESTINATION ${NINES_PACKAGE_DIR} COMPONENT development)

# The list is found at installation, since a header may have become public after configuring.
install(CODE "
  include(\"${PROJECT_SOURCE_DIR}/cmake/public_headers.cmake\")
  nines_public_headers(\"${PROJECT_SOURCE_DIR}/lib\" headers foreign)
  foreach(header IN LISTS headers)
    get_filename_component(folder \${header} DIRECTORY)
    file(INSTALL \"${PROJECT_SOURCE_DIR}/lib/\${header}\"
         DESTINATION \"\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_INCLUDEDIR}/nines/\${folder}\")
  endforeach()" COMPONENT development)

configure_package_config_file(cmake/nines-config.cmake.in ${PROJECT_BINARY_DIR}/nines-config.cmake
                              INSTALL_DESTINATION ${NINES_PACKAGE_DIR})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/nines-config-version.cmake
                                 COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/nines-config.cmake ${PROJECT_BINARY_DIR}/nines-config-version.cmake
        DESTINATION ${NINES_PACKAGE_DIR} COMPONENT development)
# The prefix is said from the file's own place, so that the whole tree may be moved.
file(RELATIVE_PATH NINES_PC_PREFIX /prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig /prefix)
configure_file(cmake/nines.pc.in ${PROJECT_BINARY_DIR}/nines.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/nines.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT development)

foreach(section 1 5 7)
  install(DIRECTORY man/ ${PROJECT_BINARY_DIR}/man/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section}
          COMPONENT program FILES_MATCHING PATTERN "*.${section}")
endforeach()
install(DIRECTORY schemas/ DESTINATION ${CMAKE_INSTALL_DATADIR}/nines/schemas
        COMPONENT program FILES_MATCHING PATTERN "*.json" PATTERN postgres EXCLUDE)

# Where each shell looks for completions by itself; the program writes them.
set(NINES_COMPLETIONS ${PROJECT_BINARY_DIR}/completions)
foreach(place bash=bash-completion/completions/nines zsh=zsh/vendor-completions/_nines
        fish=fish/vendor_completions.d/nines.fish)
  string(REGEX MATCH "^[a-z]+" shell ${place})
  string(REGEX REPLACE "^[a-z]+=" "" place ${place})
  get_filename_component(folder ${place} DIRECTORY)
  get_filename_component(name ${place} NAME)
  add_custom_command(OUTPUT ${NINES_COMPLETIONS}/${name}
                     COMMAND ${CMAKE_COMMAND} -E make_directory ${NINES_COMPLETIONS}
                     COMMAND $<TARGET_FILE:nines_program> completion ${shell} > ${NINES_COMPLETIONS}/${name}
                     DEPENDS nines_program VERBATIM)
  list(APPEND completions ${NINES_COMPLETIONS}/${name})
  install(FILES ${NINES_COMPLETIONS}/${name} DESTINATION ${CMAKE_INSTALL_DATADIR}/${folder} COMPONENT program)
endforeach()
add_custom_target(nines_completions ALL DEPENDS ${completions})
