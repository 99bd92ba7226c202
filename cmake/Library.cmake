# fsim_library(base SOURCES a.cpp b.cpp LINKS fmt::fmt)
# One static library a folder of src/, with the folder's name. LINKS lists our layers below and the
# third-party libraries that this folder alone includes.
function(fsim_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS;PUBLIC_LINKS" ${ARGN})
  add_library(fsim_${name} STATIC ${ARG_SOURCES})
  target_link_libraries(fsim_${name} PUBLIC ${ARG_PUBLIC_LINKS} PRIVATE ${ARG_LINKS} fsim_settings)
  target_include_directories(fsim_${name} PUBLIC ${PROJECT_SOURCE_DIR}/src)
endfunction()

# fsim_embed(target NAME file): makes `extern const std::string_view NAME` from a file, in namespace
# `embedded`, with a header "embedded/NAME.hpp" for the target.
function(fsim_embed target name file)
  set(dir ${CMAKE_CURRENT_BINARY_DIR}/embedded)
  get_filename_component(file ${file} ABSOLUTE)
  add_custom_command(
    OUTPUT ${dir}/${name}.cpp ${dir}/${name}.hpp
    COMMAND ${CMAKE_COMMAND} -DNAME=${name} -DFILE=${file} -DDIR=${dir} -P ${PROJECT_SOURCE_DIR}/cmake/Embed.cmake
    DEPENDS ${file} ${PROJECT_SOURCE_DIR}/cmake/Embed.cmake VERBATIM)
  target_sources(${target} PRIVATE ${dir}/${name}.cpp)
  target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR})
endfunction()

# fsim_embed_folder(target NAME folder): the same with all files below a folder, in one string: for
# each "SIZE PATH\n" and its bytes. What only tests read (expected*, files at the top of tests/rules)
# stays out: see Embed.cmake.
function(fsim_embed_folder target name folder)
  set(dir ${CMAKE_CURRENT_BINARY_DIR}/embedded)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS ${folder}/*)
  add_custom_command(
    OUTPUT ${dir}/${name}.cpp ${dir}/${name}.hpp
    COMMAND ${CMAKE_COMMAND} -DNAME=${name} -DFOLDER=${folder} -DDIR=${dir} -P ${PROJECT_SOURCE_DIR}/cmake/Embed.cmake
    DEPENDS ${files} ${PROJECT_SOURCE_DIR}/cmake/Embed.cmake VERBATIM)
  target_sources(${target} PRIVATE ${dir}/${name}.cpp)
endfunction()
