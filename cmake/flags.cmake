# Compiler flags that every target of the project shares.
add_library(nines_flags INTERFACE)
target_compile_options(nines_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor)
target_compile_definitions(nines_flags INTERFACE NINES_VERSION="${PROJECT_VERSION}")
if(NINES_WERROR)
  target_compile_options(nines_flags INTERFACE -Werror)
endif()
# Hardening is in every kind of build, so that the test which reads it back from the binary means
# the release too; fortification needs the optimiser.
include(CheckPIESupported)
check_pie_supported()
target_compile_options(nines_flags INTERFACE -fstack-protector-strong)
target_link_options(nines_flags INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack,--as-needed)
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  target_compile_definitions(nines_flags INTERFACE _FORTIFY_SOURCE=2)
  # GCC 12 sees overflows in std::string concatenation and unset members of moved variants that are
  # not there (GCC bugs 105651, 105562).
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    target_compile_options(nines_flags INTERFACE -Wno-restrict -Wno-stringop-overflow -Wno-stringop-overread
                           -Wno-array-bounds -Wno-maybe-uninitialized)
  endif()
endif()
if(CMAKE_BUILD_TYPE STREQUAL "Debug")
  target_compile_definitions(nines_flags INTERFACE _GLIBCXX_ASSERTIONS)
  # Some thirty test programs, each with the whole library: GNU ld takes longer over them than the
  # compiler over everything.
  find_program(NINES_MOLD mold)
  mark_as_advanced(NINES_MOLD)
  if(NINES_MOLD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 12.1)
    target_link_options(nines_flags INTERFACE -fuse-ld=mold)
  endif()
endif()
if(NINES_SANITIZE)
  target_compile_options(nines_flags INTERFACE -fsanitize=${NINES_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(nines_flags INTERFACE -fsanitize=${NINES_SANITIZE})
endif()
if(NINES_BUILD_FUZZERS)
  target_compile_options(nines_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
