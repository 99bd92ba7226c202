# What `cmake --install` puts where, `uninstall`, and the packages of cpack (scripts/package).
include(GNUInstallDirs)
set(program_file $<TARGET_FILE:fivetran-sim>)

# The program looks here first, also for what it opens at run time and for what those libraries need:
# DT_RPATH reaches that far, DT_RUNPATH does not. Only packages that carry libraries fill the folder.
if(UNIX AND NOT APPLE)
  set_target_properties(fivetran-sim PROPERTIES BUILD_WITH_INSTALL_RPATH ON INSTALL_RPATH "$ORIGIN/../lib/fivetran-sim")
  target_link_options(fivetran-sim PRIVATE -Wl,--disable-new-dtags)
endif()

# The program prints its own manual page and completions.
set(made ${PROJECT_BINARY_DIR}/share)
add_custom_command(
  OUTPUT ${made}/fivetran-sim.1 ${made}/fivetran-sim ${made}/_fivetran-sim ${made}/fivetran-sim.fish
  COMMAND ${CMAKE_COMMAND} -E make_directory ${made}
  COMMAND ${program_file} man > ${made}/fivetran-sim.1
  COMMAND ${program_file} completion bash > ${made}/fivetran-sim
  COMMAND ${program_file} completion zsh > ${made}/_fivetran-sim
  COMMAND ${program_file} completion fish > ${made}/fivetran-sim.fish
  DEPENDS fivetran-sim VERBATIM)
add_custom_target(shell_files ALL DEPENDS ${made}/fivetran-sim.1)

install(TARGETS fivetran-sim RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT program)
install(FILES ${made}/fivetran-sim.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program)
install(FILES ${made}/fivetran-sim DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT program)
install(FILES ${made}/fivetran-sim.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d COMPONENT program)
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright COMPONENT program)
# Debian's zsh looks below /usr in a folder of its own.
install(CODE "
  set(zsh site-functions)
  if(CMAKE_INSTALL_PREFIX STREQUAL \"/usr\" AND EXISTS /etc/debian_version)
    set(zsh vendor-completions)
  endif()
  file(INSTALL DESTINATION \"\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_DATADIR}/zsh/\${zsh}\" TYPE FILE FILES \"${made}/_fivetran-sim\")" COMPONENT program)

# What is opened at run time, to be carried by archives.
find_library(FSIM_CARRIED_CURL NAMES libcurl.so.4)
find_library(FSIM_CARRIED_PQ NAMES libpq.so.5)
set(bundle ${PROJECT_BINARY_DIR}/bundle.cmake)
file(GENERATE OUTPUT ${bundle} CONTENT "set(PROGRAM \"${program_file}\")
set(CURL \"${FSIM_CARRIED_CURL}\")
set(PQ \"${FSIM_CARRIED_PQ}\")
set(DUCKDB \"${PROJECT_SOURCE_DIR}/build/clients/duckdb\")
set(DOCDIR \"${CMAKE_INSTALL_DOCDIR}\")
include(\"${PROJECT_SOURCE_DIR}/cmake/BundleLibraries.cmake\")
")
install(SCRIPT ${bundle} COMPONENT libraries EXCLUDE_FROM_ALL)

add_custom_target(uninstall
  COMMAND ${CMAKE_COMMAND} -DMANIFEST=${PROJECT_BINARY_DIR}/install_manifest.txt -P ${PROJECT_SOURCE_DIR}/cmake/Uninstall.cmake
  VERBATIM)

set(CPACK_PACKAGE_NAME fivetran-sim)
set(CPACK_PACKAGE_VENDOR "the fivetran-sim authors")
set(CPACK_PACKAGE_CONTACT "the fivetran-sim authors <fivetran-sim@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_PACKAGE_FILE_NAME fivetran-sim-${PROJECT_VERSION}-linux-${CMAKE_SYSTEM_PROCESSOR})
set(CPACK_GENERATOR DEB TGZ)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# What is opened at run time, under its names before and after Debian's change of time_t.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "libcurl4 | libcurl4t64")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "libpq5, python3, nodejs, awscli")
set(CPACK_PROJECT_CONFIG_FILE ${PROJECT_SOURCE_DIR}/cmake/PackageKind.cmake)
include(CPack)
