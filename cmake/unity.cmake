# Compiles the files of a target in groups: reading the headers is most of what a file costs.
set(NINES_UNITY_FILES 8 CACHE STRING "Files of one folder that are compiled together (1: each alone)")

# nines_unity(TARGET [folder...]): groups are of one folder, so that a name must be unique in its folder
# only. In the folders named, every file has its own tables and rows of the same names: each alone,
# as are generated files.
function(nines_unity target)
  if(NINES_UNITY_FILES LESS 2)
    return()
  endif()
  get_target_property(sources ${target} SOURCES)
  foreach(source IN LISTS sources)
    get_filename_component(folder ${source} DIRECTORY)
    get_filename_component(name ${folder} NAME)
    string(FIND "${source}" "${PROJECT_BINARY_DIR}" generated)
    if(name IN_LIST ARGN OR generated EQUAL 0)
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
endfunction()
