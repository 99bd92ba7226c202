# Language, warnings, sanitizers and tools that speed up the build. All of our targets link
# fsim_settings; nothing is set globally but the language level.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

add_library(fsim_settings INTERFACE)
target_include_directories(fsim_settings INTERFACE ${PROJECT_SOURCE_DIR}/src)
target_compile_options(fsim_settings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Woverloaded-virtual
  -Wno-missing-field-initializers)  # designated initialisers name what differs from the defaults
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC bug 105651; and at -O3 it takes each optional that is moved for uninitialized: clang and the sanitizers tell those that are.
  target_compile_options(fsim_settings INTERFACE -Wno-restrict -Wno-maybe-uninitialized)
endif()
if(FSIM_DEV)
  target_compile_options(fsim_settings INTERFACE -Werror)
  target_compile_definitions(fsim_settings INTERFACE $<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>)
endif()
if(FSIM_SANITIZE)
  target_compile_options(fsim_settings INTERFACE -fsanitize=${FSIM_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(fsim_settings INTERFACE -fsanitize=${FSIM_SANITIZE})
  # As shared libraries, g++'s two share names, and what the second finds goes to stderr only, where log_path
  # is asked for: a report nobody looks at would be lost.
  if(FSIM_SANITIZE MATCHES "undefined" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_link_options(fsim_settings INTERFACE -static-libasan -static-libubsan)
  endif()
endif()
if(FSIM_COVERAGE)
  target_compile_options(fsim_settings INTERFACE --coverage)
  target_link_options(fsim_settings INTERFACE --coverage)
endif()
if(FSIM_FUZZ)
  target_compile_options(fsim_settings INTERFACE -fsanitize=fuzzer-no-link)
endif()

find_program(FSIM_CCACHE ccache)
if(FSIM_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${FSIM_CCACHE})
endif()
find_program(FSIM_MOLD mold)
if(FSIM_MOLD)
  target_link_options(fsim_settings INTERFACE -fuse-ld=mold)
endif()
