# Compiles the files of a target in groups: reading the headers, and making the same templates anew,
# is most of what a file costs.
set(NINES_UNITY_FILES 8 CACHE STRING "Files of one folder that are compiled together (1: each alone)")

# nines_unity(TARGET [folder...]): groups are of one folder, so that a name must be unique in its folder
# only. In the folders named, each file is a thing of its own, such as a verb or a format, and is
# compiled alone where groups are small: good to work with, but not to build everything. Generated
# files are compiled alone.
function(nines_unity target)
  if(NINES_UNITY_FILES LESS 2)
    return()
  endif()
  get_target_property(sources ${target} SOURCES)
  foreach(source IN LISTS sources)
    get_filename_component(folder ${source} ABSOLUTE)
    get_filename_component(folder ${folder} DIRECTORY)
    get_filename_component(name ${folder} NAME)
    string(FIND "${source}" "${PROJECT_BINARY_DIR}" generated)
    if((name IN_LIST ARGN AND NINES_UNITY_FILES LESS_EQUAL 8) OR generated EQUAL 0)
      set_source_files_properties(${source} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
      continue()
    endif()
    string(MAKE_C_IDENTIFIER "${folder}" folder)
    if(NOT DEFINED count_${folder})
      set(count_${folder} 0)
    endif()
    math(EXPR group "${count_${folder}} / ${NINES_UNITY_FILES}")
    math(EXPR count_${folder} "${count_${folder}} + 1")
    set_source_files_properties(${source} PROPERTIES UNITY_GROUP ${folder}_${group})
  endforeach()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  if(NINES_UNITY_FILES GREATER 8 AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # A class whose member has a type of an anonymous namespace is sound: each file is read once.
    # What one file opens may look like a shadow in the next; the preset dev sees the real ones.
    target_compile_options(${target} PRIVATE -Wno-subobject-linkage -Wno-error=shadow)
  endif()
endfunction()
