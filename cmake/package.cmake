# Debian packages of an installation, the program, the library and what developers need apart:
# sh cmake/package.sh. The same tree and SOURCE_DATE_EPOCH give the same bytes.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME nines)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "The nines authors <maintainers@nines.dev>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL program library development)
if(TARGET nines_postgres)
  list(APPEND CPACK_COMPONENTS_ALL postgres)
endif()
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME nines)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION admin)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SUGGESTS "git, nines-postgres, openssh-client")
set(CPACK_COMPONENT_PROGRAM_DESCRIPTION "Holds service level objectives, incidents and postmortems in one local
SQLite file: offline, with a history that shows when it was changed. SLO
definitions are YAML files; git-style commands define, measure, alert,
log, find causes, plan fixes and report.")

# Apart, for the sake of machines that do not want libpq.
set(CPACK_DEBIAN_POSTGRES_PACKAGE_NAME nines-postgres)
set(CPACK_DEBIAN_POSTGRES_PACKAGE_SECTION admin)
set(CPACK_DEBIAN_POSTGRES_PACKAGE_DEPENDS "nines (= ${PROJECT_VERSION})")
set(CPACK_COMPONENT_POSTGRES_DESCRIPTION "Lets nines exchange its events through a PostgreSQL database: 'nines sync
postgres://...' runs it. With the SQL that an administrator applies to give
each team a stream of its own.")

set(CPACK_DEBIAN_LIBRARY_PACKAGE_NAME libnines${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SECTION libs)
# What CPack would generate calls ldconfig from scripts; a trigger does that.
file(WRITE ${PROJECT_BINARY_DIR}/debian/triggers "activate-noawait ldconfig\n")
file(WRITE ${PROJECT_BINARY_DIR}/debian/shlibs
     "libnines ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR} "
     "${CPACK_DEBIAN_LIBRARY_PACKAGE_NAME} (= ${PROJECT_VERSION})\n")
set(CPACK_DEBIAN_LIBRARY_PACKAGE_CONTROL_EXTRA
    ${PROJECT_BINARY_DIR}/debian/triggers ${PROJECT_BINARY_DIR}/debian/shlibs)
set(CPACK_COMPONENT_LIBRARY_DESCRIPTION "The use cases of nines as a library: what each command does, without the
command line.")

set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libnines-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SHLIBDEPS OFF)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS
    "${CPACK_DEBIAN_LIBRARY_PACKAGE_NAME} (= ${PROJECT_VERSION})")
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION "Public headers of libnines, its CMake package and its pkg-config file.")

# What Debian asks of every package: see package_stage.cmake.
set(CPACK_NINES_PACKAGES "program=${CPACK_DEBIAN_PROGRAM_PACKAGE_NAME}"
                         "library=${CPACK_DEBIAN_LIBRARY_PACKAGE_NAME}"
                         "development=${CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME}")
if(TARGET nines_postgres)
  list(APPEND CPACK_NINES_PACKAGES "postgres=${CPACK_DEBIAN_POSTGRES_PACKAGE_NAME}")
endif()
set(CPACK_NINES_DEBIAN ${PROJECT_SOURCE_DIR}/cmake/debian)
set(CPACK_PRE_BUILD_SCRIPTS ${PROJECT_SOURCE_DIR}/cmake/package_stage.cmake)
set(CPACK_OUTPUT_CONFIG_FILE ${PROJECT_BINARY_DIR}/CPackConfig.cmake)
include(CPack)
