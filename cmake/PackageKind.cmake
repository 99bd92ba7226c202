# Read by cpack for each kind of package: a Debian package asks for the system's libraries, an archive
# carries them.
list(GET CPACK_BUILD_SOURCE_DIRS 1 build)
set(CPACK_INSTALL_CMAKE_PROJECTS "${build};fivetran-sim;program;/")
if(CPACK_GENERATOR STREQUAL "TGZ")
  list(APPEND CPACK_INSTALL_CMAKE_PROJECTS "${build};fivetran-sim;libraries;/")
endif()
