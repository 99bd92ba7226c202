# Run while an archive is packed: puts every library that the program links or opens at run time, with
# all that these need, into lib/fivetran-sim, each as one file under the name that the loader asks for,
# and the licence of each beside the documentation, with a list of which belongs to which. The C library
# and the loader stay the system's.
# PROGRAM, CURL, PQ, DUCKDB (a folder, may be missing), DOCDIR come from cmake/Install.cmake.
set(opened ${CURL} ${PQ})
if(NOT CURL OR NOT PQ)
  message(FATAL_ERROR "cannot pack the libraries: libcurl.so.4 is \"${CURL}\", libpq.so.5 is \"${PQ}\" "
    "(scripts/install-deps package installs both; then configure again)")
endif()
file(GET_RUNTIME_DEPENDENCIES EXECUTABLES ${PROGRAM} LIBRARIES ${opened}
  RESOLVED_DEPENDENCIES_VAR needed UNRESOLVED_DEPENDENCIES_VAR missing
  PRE_EXCLUDE_REGEXES "^ld-linux" "^lib(c|m|dl|rt|pthread|resolv|util)\\.so")
if(missing)
  message(FATAL_ERROR "cannot pack the libraries: the loader does not find ${missing}")
endif()

set(licences ${CMAKE_INSTALL_PREFIX}/${DOCDIR}/licences)
set(list "")
# Sets `package` to the Debian package that FILE comes from; its folder tells architectures apart.
function(find_package_of file)
  string(REGEX MATCH "[^/]+/[^/]+$" name ${file})
  execute_process(COMMAND dpkg-query -S "*/${name}" OUTPUT_VARIABLE owner ERROR_QUIET)
  string(REGEX MATCH "^[^:,\n]+" package "${owner}")
  if(NOT package OR NOT EXISTS /usr/share/doc/${package}/copyright)
    message(FATAL_ERROR "cannot pack ${file}: no Debian package has it, so its licence is not known")
  endif()
  set(package ${package} PARENT_SCOPE)
endfunction()

foreach(library ${opened} ${needed})
  get_filename_component(name ${library} NAME)
  get_filename_component(file ${library} REALPATH)
  file(INSTALL DESTINATION ${CMAKE_INSTALL_PREFIX}/lib/fivetran-sim TYPE FILE FILES ${file} RENAME ${name})
  find_package_of(${file})
  file(INSTALL DESTINATION ${licences} TYPE FILE FILES /usr/share/doc/${package}/copyright RENAME ${package})
  string(APPEND list "${name} ${package}\n")
endforeach()
if(EXISTS ${DUCKDB}/libduckdb.so AND NOT DEFINED ENV{FSIM_WITHOUT_DUCKDB})
  file(INSTALL DESTINATION ${CMAKE_INSTALL_PREFIX}/lib/fivetran-sim TYPE FILE FILES ${DUCKDB}/libduckdb.so)
  file(INSTALL DESTINATION ${licences} TYPE FILE FILES ${DUCKDB}/LICENSE.duckdb RENAME libduckdb)
  string(APPEND list "libduckdb.so libduckdb\n")
endif()
file(WRITE $ENV{DESTDIR}${licences}/LIBRARIES "${list}")
