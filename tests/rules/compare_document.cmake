# Fails when docs/rules.md is not what the program prints.
execute_process(COMMAND ${PROGRAM} rules --format markdown OUTPUT_VARIABLE printed RESULT_VARIABLE result)
file(READ ${DOCUMENT} stored)
if(NOT result EQUAL 0 OR NOT printed STREQUAL stored)
  message(FATAL_ERROR "${DOCUMENT} is not current: run `fivetran-sim rules --format markdown >docs/rules.md`")
endif()
