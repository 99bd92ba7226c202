# One PostgreSQL server for all tests of a ctest run that need one; ctest starts it before the first of
# them and ends it after the last.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
set(FSIM_TEST_POSTGRES ${PROJECT_BINARY_DIR}/postgres-server.txt)
foreach(what start stop)
  add_test(NAME postgres_${what} COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/postgres_server.py
    ${what} ${FSIM_TEST_POSTGRES})
  set_tests_properties(postgres_${what} PROPERTIES TIMEOUT 180 SKIP_RETURN_CODE 125)
endforeach()
set_tests_properties(postgres_start PROPERTIES FIXTURES_SETUP postgres)
set_tests_properties(postgres_stop PROPERTIES FIXTURES_CLEANUP postgres)

# Gives the test the server: FSIM_TEST_POSTGRES names a file whose first line is its URL, or which is
# not there where PostgreSQL is not installed.
function(fsim_needs_postgres name)
  set_property(TEST ${name} APPEND PROPERTY FIXTURES_REQUIRED postgres)
  set_property(TEST ${name} APPEND PROPERTY ENVIRONMENT FSIM_TEST_POSTGRES=${FSIM_TEST_POSTGRES})
endfunction()
