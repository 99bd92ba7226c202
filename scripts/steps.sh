# SPDX-License-Identifier: Apache-2.0
#
# Sourced by .ci/run and scripts/nightly: named, timed steps that end the run when one fails.

jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)

# step NAME COMMAND…: runs a command or function in a subshell that stops at its first error.
step() {
  local name=$1 begin=$SECONDS code
  shift
  printf '\n== %s\n' "$name"
  set +e
  (
    set -e
    "$@"
  ) </dev/null
  code=$?
  set -e
  if [ $code -ne 0 ]; then
    printf '\n== FAILED: %s (exit code %s after %s s)\n' "$name" "$code" $((SECONDS - begin))
    exit 1
  fi
  printf '== %s: ok, %s s\n' "$name" $((SECONDS - begin))
}

# build PRESET [CMAKE-OPTION…]: configures and builds; its output is shown only when it fails.
build() {
  local preset=$1 log
  shift
  mkdir -p build
  log=build/$preset.log
  { cmake --preset "$preset" "$@" && cmake --build --preset "$preset" -j "$jobs"; } >"$log" 2>&1 ||
    { grep -nE 'error|warning|FAILED' "$log" | head -n 40; tail -n 60 "$log"; return 1; }
}

# sanitized CTEST-ARGUMENT…: tests of the preset asan. Each program leaves its report in a file (CMakePresets.json), so
# that one is found too where a test looks neither at the exit code nor at the output.
sanitized() {
  local code=0 reports=build/asan/reports
  rm -rf "$reports"
  ctest --preset asan -j "$jobs" "$@" || code=$?
  if compgen -G "$reports/*" >/dev/null; then
    head -n 60 "$reports"/*
    echo "the sanitizers reported: all of it is in $reports"
    return 1
  fi
  return $code
}

# The C++ files that git knows or would add, less what is only test data.
cpp_files() { git -c safe.directory='*' ls-files -co --exclude-standard -- 'src/*.cpp' 'src/*.hpp' 'tests/*.cpp' 'tests/*.hpp'; }

# fuzz SECONDS: runs each fuzz target of build/fuzz on its committed corpus; the log of each is build/fuzz/TARGET.log.
fuzz() {
  local seconds=$1 target name log inputs found=
  mkdir -p build/fuzz/faults
  for target in build/fuzz/tests/fuzz/fuzz_*; do
    [ -f "$target" ] && [ -x "$target" ] || continue
    found=1
    name=$(basename "$target")
    log=build/fuzz/$name.log
    inputs=$(mktemp -d)
    "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
      -artifact_prefix="$PWD/build/fuzz/faults/$name-" $(fuzz_dictionary "${name#fuzz_}") "$inputs" $(fuzz_corpus "$name") >"$log" 2>&1 ||
      { tail -n 30 "$log"; return 1; }
    rm -rf "$inputs"
    echo "$name: $seconds s, $(fuzz_figures "$log"), no fault"
  done
  [ -n "$found" ] || { echo "no fuzz target was built"; return 1; }
}

# How often the program of a log ran, and how many edges of its code were taken.
fuzz_figures() {
  local runs edges
  runs=$(grep -aoE 'number_of_executed_units: *[0-9]+' "$1" | grep -oE '[0-9]+$')
  edges=$(grep -aoE 'cov: [0-9]+' "$1" | tail -n 1)
  echo "$runs runs, ${edges#cov: } edges"
}

fuzz_corpus() {
  local folder=tests/fuzz/corpus/${1#fuzz_}
  [ ! -d "$folder" ] || echo "$PWD/$folder"  # a target may change its folder
}

fuzz_dictionary() {
  case $1 in
    response | state | fixture) echo "-dict=tests/fuzz/dictionaries/json.dict" ;;
    http | runtime_api | s3) echo "-dict=tests/fuzz/dictionaries/http.dict" ;;
    settings) echo "-dict=tests/fuzz/dictionaries/toml.dict" ;;
    aws_cli | warehouse) echo "-dict=tests/fuzz/dictionaries/$1.dict" ;;
  esac
}
